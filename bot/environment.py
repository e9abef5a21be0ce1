"""The settings of this process from its environment and `.env`, or every mistake in them as a sentence."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from bot.reasons import reason
from bot.redaction import quotable
from bot.settings import PREFIX, Settings

ENV_FILE: Final = Path(".env")

_NAME: Final = re.compile(r"[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=")
_MARKS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_ALIKE: Final = 0.85  # a slip of the finger, and not the setting of another version


class SettingsError(Exception):
    """The settings cannot be read. `problems` is never empty: one sentence each, without any secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def read(file: Path = ENV_FILE) -> Settings:
    """The settings; a variable of the environment wins over the file, which need not be there. Raises SettingsError."""
    problems: list[str] = []
    try:
        problems += _not_there(file)
        settings = Settings(_env_file=file)
        problems += _misspelt(file)
    except ValidationError as error:
        problems += _explained(error)
    except UnicodeDecodeError as error:
        problems.append(_encoding(file, error))
    except OSError as error:
        problems.append(f"{file} cannot be read: {reason(error)}")
    # Raised outside of the except blocks: what they caught holds the values, the token among them.
    if problems:
        raise SettingsError(tuple(problems))
    return settings


def _not_there(file: Path) -> Iterator[str]:
    """A link that leads nowhere in the place of the file: settings were meant. Raises OSError.

    A folder of this name is no mistake: some keep a virtual environment in it.
    """
    if file.is_symlink():
        try:
            file.stat()
        except FileNotFoundError:
            yield f"{file} cannot be read: it is a link to a file that is not there"


def _explained(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        name, value = str(one["loc"][0]), one["input"]
        field = Settings.model_fields[name]
        what = f"{one['ctx']['error']}; write" if one["type"] == "value_error" else "write"
        said = f" (it says {value!r})" if name != "token" and isinstance(value, str) and quotable(value) else ""
        variable = f"{PREFIX}{name.upper()}"
        example = field.examples[0] if field.examples else field.default
        yield f"{variable}: {what} {field.description}, like {variable}={example}{said}"


def _encoding(file: Path, error: UnicodeDecodeError) -> str:
    marked = _MARKS.get(error.object[:2])
    line = error.object.count(b"\n", 0, error.start) + 1
    what = f"{file} is {marked} and not UTF-8" if marked else f"{file}:{line}: this is not UTF-8"
    return f"{what}; save the file again with the encoding UTF-8"


def _misspelt(file: Path) -> Iterator[str]:
    """Names in the file that were almost certainly meant to be a setting's."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    if not file.is_file():  # it may be a pipe, and what was read from it is gone
        return
    text = file.read_text("utf-8-sig")
    if "\0" in text:
        yield f"{file} is UTF-16 and not UTF-8; save the file again with the encoding UTF-8"
        return
    for number, line in enumerate(text.split("\n"), 1):
        match = _NAME.match(line)
        name = match[1].upper() if match else ""
        close = get_close_matches(name, known, n=1, cutoff=_ALIKE)
        if name and name not in known and close:
            yield f"{file}:{number}: there is no setting {name}; did you mean {close[0]}?"
