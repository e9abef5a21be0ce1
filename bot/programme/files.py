"""Which files of a seminar's folder are read, and those that look like a part of it and are not.

What programs and systems leave beside a file (backups, locks, thumbnails) is passed over in silence.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.programme.problems import Log
from bot.reasons import reason

PARTS: Final = ("seminar.yaml", "places.yaml", "programme.yaml", "info.yaml")
MAX_LESSONS: Final = 60
_LEFT_BEHIND: Final = re.compile(
    r"\._.*|~\$.*|\.~lock.*|\.#.*|#.*#|.*~|.*\.(bak|orig|old|swp|tmp)|\.[^.]*", re.IGNORECASE
)
_YAML: Final = re.compile(r"ya?ml", re.IGNORECASE)
_LESSON: Final = re.compile(r"\.?[0-9]{1,2}[-_ ].*\.(ya?ml|txt|docx?|odt|rtf|json|csv)", re.IGNORECASE)
_NAME: Final = "NN-key.yaml, where NN is the day"


def file_name(day: int, key: str) -> str:
    """What the file of a lesson is called."""
    return f"{day:02}-{key}.yaml"


def lesson_files(folder: Path, log: Log) -> list[Path]:
    """The files of lessons, in order of their names; each that is there and not read is noted."""
    there = folder / "lessons"
    try:
        entries = sorted(there.iterdir())
    except OSError as error:
        near = near_name(there)
        if near:
            instead = f"rename {near} to lessons"
        elif isinstance(error, FileNotFoundError):
            instead = "make it, with a file for each lesson"
        else:
            instead = "check its permissions, and that it is a folder"
        log.of(str(there)).add(1, f"the folder cannot be read ({reason(error)})", instead)
        entries = []
    read = []
    for path in entries:
        if path.suffix == ".yaml" and not path.name.startswith(".") and not _is_folder(path):
            read.append(path)
        else:
            _note_unread(path, log)
    for path in _entries(folder):
        if _LESSON.fullmatch(path.name) and _YAML.search(path.name) and is_file(path):
            log.of(str(path)).add(1, "lessons are not read here", "move the file into the folder lessons")
    for path in read[MAX_LESSONS:]:
        log.of(str(path)).add(
            1, f"this is more than {MAX_LESSONS} lessons", "leave one lesson a day, and move others away"
        )
    return read[:MAX_LESSONS]


def missing(path: Path) -> str:
    """What to do about a file that is not there: rename one that was meant, or begin with a copy."""
    near = near_name(path)
    return f"rename {near} to {path.name}" if near else "copy it from seminars/sejong-2025 and change it"


def unread(folder: Path) -> Iterator[str]:
    """One warning for each file beside the seminar's own that looks like one of them and is not read."""
    for path in _entries(folder):
        known = path.name in PARTS or _LEFT_BEHIND.fullmatch(path.name) or _LESSON.fullmatch(path.name)
        if not known and _YAML.search(path.name) and is_file(path):
            only = f"only {', '.join(PARTS)} are"
            yield f"{path}:1: warning: this file is not read ({only}), put its text into one of them or move it away"


def _note_unread(path: Path, log: Log) -> None:
    if _is_folder(path):
        inside = [one for one in _entries(path) if _YAML.search(one.name) and not _LEFT_BEHIND.fullmatch(one.name)]
        if inside or _YAML.search(path.name):
            what, instead = "lessons in a sub-folder are not read", "move its files into the folder lessons"
            log.of(str(path)).add(1, what, instead)
        return
    if _LEFT_BEHIND.fullmatch(path.name):
        return
    if _YAML.search(path.name) or _LESSON.fullmatch(path.name):
        hidden = path.name.startswith(".")
        what = "a hidden file is not read" if hidden else f"a lesson in a file of this name is not read ({path.name})"
        log.of(str(path)).add(1, what, _better(path))


def _better(path: Path) -> str:
    stem = re.split(r"\.", path.name.lstrip("."))[0].lower()
    better = f"{stem}.yaml"
    if is_file(path.parent / better) and better != path.name:
        return f"put what it says into {better}, or delete it"
    if not _YAML.search(path.name):
        return f"save it as plain text and call it {better} ({_NAME})"
    return f"rename it to {better}; if the ending is not shown, switch on file name extensions"


def near_name(path: Path) -> str | None:
    """A file or folder beside a missing one that somebody took for it: another ending, or capital letters."""
    stem = path.stem.lower()
    for one in _entries(path.parent):
        if one.name != path.name and one.name.lower().split(".")[0] == stem and not _LEFT_BEHIND.fullmatch(one.name):
            return one.name
    return None


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a folder whose names may be read, and nothing else of it
        return False


def is_file(path: Path) -> bool:
    """Whether there is a file, as far as may be seen."""
    try:
        return path.is_file()
    except OSError:
        return False
