"""The attempt log: it outlives a killed process, and says nothing that is not known."""

from pathlib import Path

import pytest

from bot.delivery import attempt_log as module
from bot.delivery.attempt_log import AttemptLog

needs_linux = pytest.mark.skipif(not Path("/proc/sys/kernel/random/boot_id").exists(), reason="Linux numbers its boots")


@needs_linux
def test_records_of_a_killed_process_are_read_by_the_next(tmp_path: Path) -> None:
    dead = AttemptLog(tmp_path / "hamroh.db")
    dead.start()
    dead.record(7, 1)
    dead.record(9, 3)
    assert AttemptLog(tmp_path / "hamroh.db").read() == frozenset({(7, 1), (9, 3)})
    dead.close()


@needs_linux
def test_a_record_that_was_cut_short_is_left_out(tmp_path: Path) -> None:
    dead = AttemptLog(tmp_path / "hamroh.db")
    dead.start()
    dead.record(7, 1)
    dead.close()
    with (tmp_path / "hamroh.db.begun").open("ab") as file:
        file.write(b"half")
    assert AttemptLog(tmp_path / "hamroh.db").read() == frozenset({(7, 1)})


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert AttemptLog(tmp_path / "hamroh.db").read() is None


@needs_linux
def test_after_a_restart_of_the_machine_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = AttemptLog(tmp_path / "hamroh.db")
    dead.start()
    dead.record(7, 1)
    dead.close()
    other = tmp_path / "boot_id"
    other.write_text("another boot\n")
    monkeypatch.setattr(module, "_BOOT", other)
    assert AttemptLog(tmp_path / "hamroh.db").read() is None


@needs_linux
def test_records_that_cannot_be_written_leave_nothing_half_known(tmp_path: Path) -> None:
    path = tmp_path / "hamroh.db.begun"
    path.mkdir()
    log = AttemptLog(tmp_path / "hamroh.db")
    log.start()
    log.record(7, 1)
    assert log.read() is None


@needs_linux
def test_an_idle_moment_forgets_many_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COMPACT_AFTER", 2)
    log = AttemptLog(tmp_path / "hamroh.db")
    log.start()
    for number in range(2):
        log.record(number, 1)
    log.compact()
    assert len(log.read() or ()) == 2
    log.record(2, 1)
    log.compact()
    assert log.read() == frozenset()
    log.close()


def test_the_attempt_log_is_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "hamroh.db.begun"
    path.touch(0o666)
    path.chmod(0o666)
    log = AttemptLog(tmp_path / "hamroh.db")
    log.start()
    log.close()
    assert path.stat().st_mode & 0o777 == 0o600
