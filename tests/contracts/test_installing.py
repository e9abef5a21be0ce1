"""What make installs, and when: a rehearsal what runs, the tests their tools too, and neither anything twice."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.kit import ROOT

_PYTHON = """#!/bin/sh
case "$*" in
  *rehearsal*|*run*) ps -o comm= -p $PPID >> started_by ;;
esac
case "$*" in
  *install*) echo "$*" | sed 's/.*-r //' >> installed ;;
  *rehearsal*) echo "$*" >> rehearsed ;;
esac
"""


class Folder:
    """A project with nothing but its Makefile and locks, and a Python that notes what it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("Makefile", "requirements.lock", "requirements-test.lock"):
            shutil.copyfile(ROOT / name, path / name)
            self.ages(name, 60)
        (path / ".venv" / "bin").mkdir(parents=True)
        python = path / ".venv" / "bin" / "python"
        python.write_text(_PYTHON)
        python.chmod(0o755)

    def ages(self, name: str, seconds: float) -> None:
        """Let a file be so old."""
        then = time.time() - seconds
        os.utime(self.path / name, (then, then))

    def makes(self, *arguments: str) -> list[str]:
        """What is installed by making this."""
        noted = self.path / "installed"
        noted.write_text("")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        made = subprocess.run(
            ["make", *arguments], cwd=self.path, env=kept, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr
        assert ("Installing" in made.stdout) is bool(noted.read_text()), "who waits sees why"
        return noted.read_text().splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_rehearsal_installs_what_runs_once_and_the_tests_add_their_tools(folder: Folder) -> None:
    assert folder.makes("rehearse") == ["requirements.lock"]
    assert folder.makes("rehearse") == []
    assert folder.makes("setup") == []
    assert folder.makes(".venv/.ready-to-test") == ["requirements-test.lock"]
    assert folder.makes(".venv/.ready-to-test") == []
    assert folder.makes("rehearse") == []


def test_who_tests_has_what_runs(folder: Folder) -> None:
    assert folder.makes(".venv/.ready-to-test") == ["requirements-test.lock"]
    assert folder.makes("rehearse") == []


def test_another_lock_is_installed_for_each(folder: Folder) -> None:
    folder.makes(".venv/.ready-to-test")
    for stamp in (".venv/.ready-to-run", ".venv/.ready-to-test"):
        folder.ages(stamp, 30)
    folder.ages("requirements.lock", 20)
    assert folder.makes("rehearse") == ["requirements.lock"]
    assert folder.makes(".venv/.ready-to-test") == ["requirements-test.lock"]


def test_no_shell_stands_between_make_and_what_runs(folder: Folder) -> None:
    """It would end by make's signal, and leave the bot behind, which nobody looks after then."""
    folder.makes("rehearse", "PORT=9000", "SEMINAR=seminars/my own")
    folder.makes("run")
    assert (folder.path / "started_by").read_text().split() == ["make", "make"]


def test_a_port_and_a_seminar_are_handed_on(folder: Folder) -> None:
    folder.makes("rehearse", "PORT=9000", "SEMINAR=seminars/my own")
    assert (folder.path / "rehearsed").read_text() == "-m rehearsal --port 9000 --seminar seminars/my own\n"
