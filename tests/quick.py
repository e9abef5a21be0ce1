"""The tests of one feature, or a part of all tests that takes half a minute: what `make quick` runs.

`python -m tests.quick checkin` runs the tests that have the feature in their name or import a module of that name, and
the few that look through every feature. `python -m tests.quick` runs `QUICK`. `--list` names the files instead.
"""

import argparse
import ast
import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
# The rules, one day from the invitation to the evening, documents; `of_conversations` and `of_views` add to it.
QUICK: Final = (
    "tests/acceptance/test_first_day.py",
    "tests/contracts/test_architecture.py",
    "tests/contracts/test_buttons.py",
    "tests/contracts/test_guides.py",
    "tests/contracts/test_contributing.py",
    "tests/contracts/test_project.py",
    "tests/learning",
    "tests/programme/test_model.py",
    "tests/programme/test_problems.py",
    "tests/programme/test_unreadable_files.py",
    "tests/test_glossary.py",
    "tests/test_i18n.py",
    "tests/test_router.py",
)
# What goes through every feature from outside: its buttons, who may press them, how long its messages may get.
EVERY_FEATURE: Final = (
    "tests/contracts/test_architecture.py",
    "tests/contracts/test_authorisation.py",
    "tests/contracts/test_buttons.py",
    "tests/contracts/test_project.py",
    "tests/views/test_limits.py",
)
# Conversations whose tests start processes, make files or go through weeks; `make quick FEATURE=...` runs them.
_LONG: Final = (
    *("attendance_code", "programme_file"),
    *("certificate", "export", "picture", "self_rating", "sheet", "roster", "staff_group"),
)
# Programs of their own (`make soak`, `make fuzz`, `make bench`, the rehearsal) and whole processes: no feature's tests.
_PROGRAMS: Final = ("benchmarks", "fuzz", "lifecycle", "rehearsal", "soak")


def features() -> list[str]:
    """The features that have a conversation, by name."""
    return sorted(path.stem for path in (ROOT / "handlers").glob("[!_]*.py"))


def of_conversations() -> list[str]:
    """The one file of tests that has the name of each conversation; what goes further has longer names."""
    files = [f"tests/handlers/test_{feature}.py" for feature in features() if feature not in _LONG]
    return [file for file in files if (ROOT / file).exists()]


def of_views() -> list[str]:
    """The tests of screens, without those that try each of them with the longest content."""
    files = (path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "views").glob("test_*.py"))
    return [file for file in files if file not in EVERY_FEATURE]


def is_known(name: str) -> bool:
    """Whether a module of production is called so, or a conversation is."""
    return name in features() or name in {path.stem for path in (ROOT / "bot").rglob("[!_]*.py")}


def touching(feature: str) -> list[str]:
    """The files of tests that name the feature or import a module of that name, as paths from the root, sorted."""
    names = re.compile(rf"test_(?:\w+_)?{re.escape(feature)}(?:_\w+|s)?")
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.relative_to(ROOT).parts[1] not in _PROGRAMS
        and (names.fullmatch(path.stem) or any(feature in module.split(".") for module in _imported(path)))
    )


def chosen(feature: str) -> list[str]:
    """What to run: `QUICK` without a feature, or where no test can be told to be about it."""
    found = touching(feature) if feature else []
    return sorted({*found, *EVERY_FEATURE} if found else {*QUICK, *of_conversations(), *of_views()})


@cache
def _imported(path: Path) -> frozenset[str]:
    """Every module of production that a file imports, and every name that it imports from one."""
    return frozenset(name for name in _imports(path) if name.startswith(("bot.", "handlers.")))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def main(arguments: list[str]) -> int:
    """Run or list the tests; the exit code is pytest's, or 2 where no feature has the name."""
    parser = argparse.ArgumentParser(prog="python -m tests.quick", description="the tests that one feature touches")
    parser.add_argument("feature", nargs="?", default="", help="for instance checkin")
    parser.add_argument("--list", action="store_true", help="name the files, run nothing")
    asked = parser.parse_args(arguments)
    feature = asked.feature
    if feature and not is_known(feature):
        near = difflib.get_close_matches(feature, features(), n=1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(features())}."
        sys.stderr.write(f"No feature is called {feature}: {meant}\n")
        return 2
    files = chosen(feature)
    sys.stdout.write("".join(f"{name}\n" for name in files) if asked.list else _says(feature, files))
    if asked.list:
        return 0
    workers = str(min(4, os.cpu_count() or 1))
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not browser", "-n", workers, "--dist", "worksteal", *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _says(feature: str, files: list[str]) -> str:
    """One line above what pytest prints."""
    if feature and set(QUICK) <= set(files):
        return f"No test names {feature}; these are of every kind.\n"
    return f"{len(files)} files of tests{f' for {feature}' if feature else ''}; `make test` runs them all.\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
