"""One running bot a database."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.operations.lock import AlreadyRunningError, only_instance

_HOLD = """
import sys
from pathlib import Path
from bot.operations.lock import only_instance
with only_instance(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_copy_is_told_who_holds_it(tmp_path: Path) -> None:
    database = tmp_path / "deep" / "hamroh.db"
    with only_instance(database), pytest.raises(AlreadyRunningError, match=str(os.getpid())), only_instance(database):
        pytest.fail("two at once")
    with only_instance(database):
        assert (tmp_path / "deep" / "hamroh.db.lock").read_text().strip() == str(os.getpid())


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    database = tmp_path / "hamroh.db"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunningError, match=str(other.pid)), only_instance(database):
            pytest.fail("two at once")
        other.kill()
        other.wait()
    with only_instance(database):
        assert True


def test_its_file_is_closed_to_others(tmp_path: Path) -> None:
    database = tmp_path / "data" / "hamroh.db"
    before = os.umask(0)
    try:
        with only_instance(database):
            assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700
            assert stat.S_IMODE((database.parent / "hamroh.db.lock").stat().st_mode) == 0o600
    finally:
        os.umask(before)
