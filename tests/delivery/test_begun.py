"""The notes of requests that began: they outlive a killed process, and say nothing that is not known."""

from pathlib import Path

import pytest

from bot.delivery import begun as module
from bot.delivery.begun import Begun

needs_linux = pytest.mark.skipif(not Path("/proc/sys/kernel/random/boot_id").exists(), reason="Linux numbers its boots")


@needs_linux
def test_notes_of_a_process_that_died_are_read_by_the_next(tmp_path: Path) -> None:
    dead = Begun(tmp_path / "hamroh.db")
    dead.begin()
    dead.note(7, 1)
    dead.note(9, 3)
    assert Begun(tmp_path / "hamroh.db").read() == frozenset({(7, 1), (9, 3)})
    dead.close()


@needs_linux
def test_a_note_that_was_cut_short_is_left_out(tmp_path: Path) -> None:
    dead = Begun(tmp_path / "hamroh.db")
    dead.begin()
    dead.note(7, 1)
    dead.close()
    with (tmp_path / "hamroh.db.begun").open("ab") as file:
        file.write(b"half")
    assert Begun(tmp_path / "hamroh.db").read() == frozenset({(7, 1)})


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert Begun(tmp_path / "hamroh.db").read() is None


@needs_linux
def test_after_a_restart_of_the_machine_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = Begun(tmp_path / "hamroh.db")
    dead.begin()
    dead.note(7, 1)
    dead.close()
    other = tmp_path / "boot_id"
    other.write_text("another boot\n")
    monkeypatch.setattr(module, "_BOOT", other)
    assert Begun(tmp_path / "hamroh.db").read() is None


@needs_linux
def test_notes_that_cannot_be_written_leave_nothing_half_known(tmp_path: Path) -> None:
    path = tmp_path / "hamroh.db.begun"
    path.mkdir()
    notes = Begun(tmp_path / "hamroh.db")
    notes.begin()
    notes.note(7, 1)
    assert notes.read() is None


@needs_linux
def test_a_quiet_moment_forgets_many_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY", 2)
    notes = Begun(tmp_path / "hamroh.db")
    notes.begin()
    for number in range(2):
        notes.note(number, 1)
    notes.rest()
    assert len(notes.read() or ()) == 2
    notes.note(2, 1)
    notes.rest()
    assert notes.read() == frozenset()
    notes.close()


def test_the_notes_are_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "hamroh.db.begun"
    path.touch(0o666)
    path.chmod(0o666)
    notes = Begun(tmp_path / "hamroh.db")
    notes.begin()
    notes.close()
    assert path.stat().st_mode & 0o777 == 0o600
