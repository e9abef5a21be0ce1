"""Whatever is wrong, a command ends with one sentence on standard error and exit code 1."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot import run_command
from tests.kit import SEMINAR
from tests.programs import main

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAsecretSECRETsecretSECRETsecret-_0"
LONG = "x" * 5000


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and settings that are right."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"TOKEN": "1:a", "SEMINAR": str(SEMINAR), "DATABASE": "hamroh.db"}.items():
        monkeypatch.setenv(f"HAMROH_{name}", value)
    return tmp_path


def sentence(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said when these arguments fail: nothing but one line."""
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    [line] = said.err.splitlines()
    return line


@contextmanager
def standard_output(monkeypatch: pytest.MonkeyPatch, stream: io.TextIOWrapper | None) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        yield


@pytest.mark.parametrize(
    ("database", "why"),
    [
        ("", "HAMROH_DATABASE: it is empty; write the path of a file"),
        (".", "it is a folder, not a file; write the path of a file, like HAMROH_DATABASE=data/hamroh.db"),
        ("letter/hamroh.db", "a part of the path is a file, not a folder"),
        ("circle", "its links lead in a circle"),
        (LONG, "the name is too long"),
        ("/proc/none/hamroh.db", "there is no such file or folder"),
        ("/dev/null", "it is no ordinary file"),
        (TOKEN, "this looks like the bot's token"),
    ],
    ids=["empty", "folder", "below a file", "circle", "too long", "nowhere", "device", "token"],
)
def test_a_database_that_can_be_none(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database: str, why: str
) -> None:
    (place / "letter").touch()
    (place / "circle").symlink_to("circle")
    monkeypatch.setenv("HAMROH_DATABASE", database)
    for command in (["run"], ["invite", "teacher"], ["invite", "--list"], ["invite", "--revoke", "1"]):
        said = sentence(capsys, *command)
        assert why in said
        assert len(said) < 500
        assert TOKEN not in said
    assert sorted(path.name for path in place.iterdir()) == ["circle", "letter"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1970-01-01"])
@pytest.mark.parametrize("command", [["check", str(SEMINAR)], ["rehearsal", "--headless"], ["rehearsal"]])
def test_a_first_day_that_no_seminar_can_have(capsys: pytest.CaptureFixture[str], command: list[str], day: str) -> None:
    assert f"no seminar starts on {day}; write a day" in sentence(capsys, *command, "--starts-on", day)


@pytest.mark.parametrize("path", [LONG, "a\0b", TOKEN, "\udcff"])
def test_a_folder_that_can_be_none(capsys: pytest.CaptureFixture[str], path: str) -> None:
    said = sentence(capsys, "check", path)
    assert "name a folder like seminars/sejong-2025" in said
    assert len(said) < 400
    assert TOKEN not in said


@pytest.mark.parametrize("command", [["run"], ["rehearsal", "--headless"], ["invite", "teacher"]])
def test_a_settings_file_in_another_encoding(
    place: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (place / ".env").write_bytes("# Токен\n".encode("cp1251"))
    said = sentence(capsys, *command)
    assert said == "hamroh: .env:1: this is not UTF-8; save the file again with the encoding UTF-8"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", ".", "--starts-on", TOKEN],
        ["invite", TOKEN],
        ["rehearsal", "--port", TOKEN],
        ["rehearsal", "--seed", TOKEN],
        ["run", TOKEN],
    ],
)
def test_a_token_on_the_command_line_is_not_repeated(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    said = capsys.readouterr().err
    assert "<token>" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "arguments",
    [["rehearsal", "--port", "-1"], ["rehearsal", "--port", "65535"], ["invite", "--revoke", "9" * 30]],
)
def test_a_number_that_is_too_large_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert "write a number from" in capsys.readouterr().err


def test_an_output_that_nobody_reads(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream, standard_output(monkeypatch, stream):
        assert main(["check", str(SEMINAR)]) == 1
    assert capsys.readouterr().err == "hamroh: the output was not read to its end\n"


def test_an_output_that_is_full(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with Path("/dev/full").open("w") as stream, standard_output(monkeypatch, stream):
        assert main(["check", str(SEMINAR)]) == 1
    assert capsys.readouterr().err == "hamroh: the disk is full\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251"])
def test_an_output_that_does_not_know_every_letter(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    with closing(io.TextIOWrapper(raw := io.BytesIO(), encoding=encoding)) as stream:
        with standard_output(monkeypatch, stream):
            assert main(["check", str(SEMINAR)]) == 0
        assert "(sejong-2025)" in raw.getvalue().decode(encoding)


def test_no_output_at_all(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with standard_output(monkeypatch, None):
        assert main(["check", str(SEMINAR)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("redirected", "code"), [("check nowhere >&- 2>&-", 1), ("--help >/dev/full", 0), ("run now 2>/dev/full", 2)]
)
def test_the_process_ends_with_its_code_whatever_becomes_of_its_words(redirected: str, code: int) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m bot {redirected}"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (code, "")


def test_nothing_takes_the_place_of_a_stream_that_was_closed() -> None:
    """What was printed would go to it: to the database, or to Telegram."""
    opens = "import os; from bot import output; output.prepare(); os._exit(os.open(os.devnull, os.O_RDONLY))"
    ended = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -c '{opens}' <&- >&- 2>&-"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ended.returncode > 2


@pytest.mark.parametrize("seed", ["seven", "7.5", "-99999999999999999999", ""])
def test_a_seed_that_no_report_can_contain(capsys: pytest.CaptureFixture[str], seed: str) -> None:
    with pytest.raises(SystemExit):
        main(["rehearsal", "--headless", f"--seed={seed}"])
    assert "is not a seed; write a whole number like 7" in capsys.readouterr().err


def test_a_python_without_the_packages(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "bot.environment", None)
    said = sentence(capsys, "run")
    assert "is not installed here; start it with make, or with .venv/bin/python" in said


def test_a_mistake_of_our_own_is_named_by_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        return {"words of people": 1}["nothing"]

    monkeypatch.setattr(run_command, "run", broken)
    said = sentence(capsys, "run")
    assert said.startswith("hamroh: KeyError in ")
    assert "a mistake in Hamroh itself" in said
    assert "nothing" not in said
