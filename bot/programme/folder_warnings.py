"""What of a seminar's folder is allowed and probably not meant, each with its file and line."""

from datetime import date
from pathlib import Path

from bot.programme import clock_changes, files, translations
from bot.programme.problems import Log
from bot.programme.source import Node, read


def folder_warnings(folder: Path, starts_on: date | None = None) -> list[str]:
    """One line a warning, for a folder that can be loaded; `starts_on` replaces the seminar's own first day."""
    trees = read_trees(folder)
    return [
        *files.unread(folder),
        *clock_changes.coming_twice(folder, trees, starts_on),
        *translations.warnings(folder, trees),
    ]


def remember_translations(folder: Path) -> str:
    """Take all texts of a folder that can be loaded for translations of each other; say how many. Raises OSError."""
    count = translations.write(folder, read_trees(folder))
    if not count:
        return f"{folder} is written in one language: there is nothing to remember."
    return f"{folder / translations.FILE}: the translations of {count} texts are taken to be up to date."


def read_trees(folder: Path) -> dict[str, Node]:
    """The trees of all files that are read, by their names in the folder; a file that cannot be read is left out."""
    unsaid = Log(str(folder))
    paths = [*(folder / name for name in files.PARTS), *files.lesson_files(folder, unsaid)]
    trees = {path.relative_to(folder).as_posix(): read(path, unsaid) for path in paths}
    return {name: tree for name, tree in trees.items() if tree is not None}
