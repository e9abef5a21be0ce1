"""One running bot a database."""

import errno
import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.operations.lock import AlreadyRunningError, only_instance
from bot.store.database import Database

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


def names_of(database: Path) -> dict[str, Path]:
    """Other names of the file, in folders of their own."""
    folder = database.parent
    other = folder.parent / "other"
    other.mkdir()
    (other / "link.db").symlink_to(database)
    (other / "folder").symlink_to(folder)
    (other / "hard.db").hardlink_to(database)
    return {
        "dots": other / ".." / folder.name / database.name,
        "link": other / "link.db",
        "linked folder": other / "folder" / database.name,
        "hard link": other / "hard.db",
    }


def test_a_database_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    database = tmp_path / "data" / "hamroh.db"
    with only_instance(database):
        names = names_of(database)
        for name, path in names.items():
            with pytest.raises(AlreadyRunningError, match="already serves"), only_instance(path):
                pytest.fail(f"two at once through {name}")
    with only_instance(names["hard link"]), pytest.raises(AlreadyRunningError), only_instance(database):
        pytest.fail("two at once, the hard link first")
    with only_instance(names["link"]), pytest.raises(AlreadyRunningError), only_instance(database):
        pytest.fail("two at once, the link first")


def test_a_disk_without_such_locks_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    with only_instance(tmp_path / "hamroh.db"):
        with pytest.raises(AlreadyRunningError), only_instance(tmp_path / "hamroh.db"):
            pytest.fail("two at once")
        assert (tmp_path / "hamroh.db.lock").read_text().strip() == str(os.getpid())


def test_other_databases_beside_it_are_free(tmp_path: Path) -> None:
    with only_instance(tmp_path / "one.db"), only_instance(tmp_path / "two.db"):
        assert (tmp_path / "two.db").exists()


@pytest.mark.parametrize("before", [False, True], ids=["new", "there"])
async def test_sqlite_writes_beside_it(tmp_path: Path, before: bool) -> None:
    path = tmp_path / "hamroh.db"
    if before:
        await (await Database.open(path)).close()
    with only_instance(path):
        db, other = await Database.open(path), await Database.open(path)  # as `bot invite` does
        for one in (db, other):
            await one.write(
                lambda connection: connection.execute("INSERT INTO setting VALUES (hex(randomblob(9)), '')")
            )
        assert await db.read(lambda connection: connection.execute("SELECT count(*) FROM setting").fetchone()[0]) == 2
        await other.close()
        await db.close()


def test_a_file_behind_a_link_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "hamroh.db").symlink_to(tmp_path / "disk" / "real.db")
    with only_instance(tmp_path / "hamroh.db"):
        assert stat.S_IMODE((tmp_path / "disk" / "real.db").stat().st_mode) == 0o600
        assert (tmp_path / "disk" / "real.db.lock").exists()
