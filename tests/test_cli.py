"""The command line: what it prints, and how it ends."""

import gc
import logging
import runpy
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from bot import run_command
from bot.programme import load
from bot.services import joining as joining_service
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import person
from tests.kit import SEMINAR
from tests.programs import main

NIGHT = "- day: 7\n    hours:\n      agenda: 02:30\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to be in, with settings of its own; the log goes back to where it was."""
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    for name, value in {
        "TOKEN": "",
        "OWNERS": "",
        "STARTS_ON": "",
        "RATE": "28",
        "SEMINAR": str(SEMINAR),
        "DATABASE": "hamroh.db",
        "API_URL": nobody,
    }.items():
        monkeypatch.setenv(f"HAMROH_{name}", value)
    root, chatty = logging.getLogger(), logging.getLogger("aiosqlite")
    before = (root.handlers[:], root.level, chatty.level)
    yield tmp_path
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    chatty.setLevel(before[2])


def test_a_good_seminar_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SEMINAR), "--starts-on", "2026-02-02"]) == 0
    said = capsys.readouterr()
    assert "(sejong-2025)" in said.out.splitlines()[0]
    assert "2026-02-02 to 2026-02-15" in said.out
    assert said.err == ""


def test_the_first_day_of_the_settings_is_that_of_their_seminar_alone(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMROH_STARTS_ON", "2027-03-22")
    other = SEMINAR.with_name("tbilisi-2027")
    for arguments, said in (
        ([str(SEMINAR)], "2027-03-22 to 2027-04-04"),
        ([str(SEMINAR), "--starts-on", "2026-02-02"], "2026-02-02 to 2026-02-15"),
        ([str(other)], str(load(other).first)),
    ):
        assert main(["check", *arguments]) == 0
        assert said in capsys.readouterr().out.splitlines()[1]
    # In Berlin the agenda of the seventh day would come at an hour that the clocks skip.
    folder = copytree(SEMINAR, place / "berlin")
    for name, old, new in (("seminar", "zone: Asia/Seoul", "zone: Europe/Berlin"), ("programme", "- day: 7\n", NIGHT)):
        file = folder / f"{name}.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert main(["check", str(folder)]) == 0
    monkeypatch.setenv("HAMROH_SEMINAR", str(folder))
    capsys.readouterr()
    assert main(["check", "berlin"]) == 1
    assert "`agenda: 02:30` of day 7 (2027-03-28) does not exist" in capsys.readouterr().err


def test_a_bad_seminar_is_told_by_file_and_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "seminar.yaml").write_text("key: 12:30\n")
    assert main(["check", str(place)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "seminar.yaml:1" in said.err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["check", ".", "--starts-on", "4.8.2025"], "'4.8.2025' is not a day"),
        (["rehearsal", "--teachers", "0"], "'0' is not a count"),
        (["rehearsal", "--days", "two"], "'two' is not a count"),
        (["invite", "king"], "invalid choice"),
        (["invite"], "role --list --revoke"),
        (["invite", "--revoke", "0"], "'0' is not a count"),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_word_is_named(arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert what in capsys.readouterr().err


def test_a_bot_without_a_token_says_where_one_comes_from(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("hamroh: there is no token")
    assert "@BotFather" in said
    assert not (place / "hamroh.db").exists()


def test_each_wrong_setting_is_named_with_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAMROH_RATE", "fast")
    monkeypatch.setenv("HAMROH_API_URL", "api.telegram.org")
    assert main(["run"]) == 1
    first, *wrong = capsys.readouterr().err.splitlines()
    assert first == "hamroh: the settings cannot be read:"
    assert [line.split(":")[0].strip() for line in wrong] == ["HAMROH_API_URL", "HAMROH_RATE"]
    assert wrong[1].endswith("like HAMROH_RATE=28 (it says 'fast')")


def test_a_bot_whose_database_is_no_database_ends_with_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAMROH_TOKEN", "1:secret-word")
    (place / "hamroh.db").write_bytes(b"This is a letter, not a database. " * 500)
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert "hamroh.db" in said
    assert "not a database" in said
    assert "secret-word" not in said


def test_a_sample_that_ended_years_ago_is_not_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAMROH_TOKEN", "1234567:" + "a" * 35)
    assert main(["run"]) == 1
    [said] = capsys.readouterr().err.splitlines()
    assert said.startswith("hamroh: the seminar sejong-2025 ended on 17 August 2025; give it a first day")


def test_a_bot_that_is_interrupted_says_so_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        assert not gc.isenabled()  # nothing is looked through while it starts
        raise KeyboardInterrupt

    monkeypatch.setenv("HAMROH_TOKEN", "1:secret-word")
    monkeypatch.setattr(run_command, "run", interrupted)
    assert main(["run"]) == 130
    assert gc.isenabled()


def test_an_invitation_without_a_network_is_a_text_to_send(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "organizer"]) == 0
    command, advice = capsys.readouterr().out.splitlines()
    assert command.startswith("/start ")
    assert "needs the token" in advice
    with closing(sqlite3.connect(place / "hamroh.db")) as connection:
        kept = connection.execute("SELECT role, uses_left, code_hash FROM invite").fetchall()
    assert [one[:2] for one in kept] == [("organizer", 1)]
    assert command.removeprefix("/start ") not in str(kept)


def test_invitations_are_listed_and_withdrawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--list"]) == 0
    assert capsys.readouterr().out == "No invitation link works at present.\n"
    for role in ("teacher", "organizer"):
        assert main(["invite", role]) == 0
    capsys.readouterr()
    assert main(["invite", "--list"]) == 0
    staff, teachers = capsys.readouterr().out.splitlines()
    assert staff.split()[:4] == ["2", "organizer", "for", "one"]
    assert "on the command line" in teachers
    assert main(["invite", "--revoke", "2"]) == 0
    assert "Link 2 is withdrawn" in capsys.readouterr().out
    assert main(["invite", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["invite", "--revoke", "2"]) == 1
    assert "no invitation link 2" in capsys.readouterr().err


def test_an_owners_link_is_for_one_and_for_a_day_and_ends_the_ownership_when_it_is_withdrawn(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", "owner"]) == 0
    said = capsys.readouterr()
    code = said.out.splitlines()[0].removeprefix("/start ")
    assert said.err.startswith("Open it on your phone and press Start: it makes whoever does so first an owner, once, ")
    with closing(sqlite3.connect(place / "hamroh.db", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        now = datetime.now(UTC)
        assert invite_store.check(connection, code, 5, now + timedelta(hours=23)).good
        assert not invite_store.check(connection, code, 5, now + timedelta(hours=25)).good
        arrived = joining_service.arrive(connection, 5, code=code, owner=False, username=None, language="en", now=now)
        assert arrived.someone is not None
        person.set_name(connection, arrived.someone.id, "Minji")
        assert main(["invite", "--list"]) == 0
        link, owner = capsys.readouterr().out.splitlines()
        assert link.split()[:4] == ["1", "owner", "for", "one"]
        assert owner == "An owner is Minji, by link 1: is answering the first questions"
        joining_store.set_step(connection, arrived.someone.id, joining_store.JoiningStep.CONSENT)
        assert joining_store.finish(connection, arrived.someone.id, now)
    assert main(["invite", "--list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "No invitation link works at present.",
        "An owner is Minji, by link 1: invite --revoke 1 ends that",
    ]
    assert main(["invite", "--revoke", "1"]) == 0
    assert "Minji stays, but is no owner any more." in capsys.readouterr().out
    assert main(["invite", "--list"]) == 0
    assert capsys.readouterr().out == "No invitation link works at present.\n"


def test_an_invitation_without_a_database_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "hamroh.db").mkdir()
    assert main(["invite", "teacher"]) == 1
    assert "the database cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("how", [[], ["--headless"]])
def test_a_rehearsal_of_nothing_is_refused(how: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rehearsal", "--seminar", "nowhere", *how]) == 1
    assert "the seminar in nowhere cannot be read" in capsys.readouterr().err


def test_a_stand_in_on_a_port_that_is_taken_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["rehearsal", "--server-only", "--port", str(taken.getsockname()[1])]) == 1
    said = capsys.readouterr().err
    assert "another program has it already; try --port" in said
    assert "Errno" not in said


def test_a_page_on_a_port_that_is_taken_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["rehearsal", "--seminar", str(SEMINAR), "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"port {port} cannot be used: another program has it already; try --port" in said


def test_python_m_bot_is_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["bot", "check", "nowhere"])
    monkeypatch.setattr("os._exit", sys.exit)  # Python is not taken down under the threads of the HTTP library
    monkeypatch.setattr("logging.shutdown", lambda: None)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bot", run_name="__main__")
    assert ended.value.code == 1
    assert "nowhere" in capsys.readouterr().err


def test_python_m_rehearsal_is_a_program_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["rehearsal", "--headless", "--seminar", "nowhere"])
    monkeypatch.setattr("os._exit", sys.exit)
    monkeypatch.setattr("logging.shutdown", lambda: None)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("rehearsal", run_name="__main__")
    assert ended.value.code == 1
    assert "the seminar in nowhere cannot be read" in capsys.readouterr().err


def test_the_former_command_names_the_new_one_with_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rehearse", "--port", "9000"]) == 1
    said = capsys.readouterr().err
    assert "the rehearsal is a program of its own now: make rehearse, or python -m rehearsal --port 9000" in said
