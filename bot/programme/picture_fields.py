"""Pictures of a seminar's folder that one of its files names."""

import re
from pathlib import Path
from typing import Final

from bot.programme.fields import Fields
from bot.programme.files import is_file, near_name
from bot.programme.pictures import find_fault

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*\.(jpg|jpeg|png|webp)")


def read_picture(fields: Fields, key: str, folder: Path) -> Path | None:
    """The file of a picture; None where the key is missing. What is wrong with it is noted in the line of the key."""
    name = fields.optional_text(key, 100)
    if not name:
        return None
    picture = folder / name
    if not _NAME.fullmatch(name):
        instead = "write the name of a .jpg, .png or .webp in the seminar's folder"
        fields.wrong(key, f"`{key}: {name}` is not a picture", instead)
    elif not is_file(picture):
        near = near_name(picture)
        instead = f"rename {near} to {picture.name}" if near else "put it into the seminar's folder"
        fields.wrong(key, f"there is no picture {name}", instead)
    elif (fault := find_fault(picture, name)) is not None:
        fields.wrong(key, *fault)
    return picture
