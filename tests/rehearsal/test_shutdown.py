"""A rehearsal that is stopped by a signal: its exit code, what it prints, and that it deletes what it made."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.kit import ROOT


def bare(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which temporary files are made in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAMROH_", "COV", "MAKE"))}
    return {**kept, "TMPDIR": str(folder), "DISPLAY": "", "WAYLAND_DISPLAY": "", **more}


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("SIGINT", ["--port", "0"], 0),
        ("SIGTERM", ["--port", "0"], 0),
        ("SIGHUP", ["--server-only", "--port", "0"], 0),
        ("SIGTERM", ["--headless"], 130),  # its report was wanted, and there is none
    ],
)
def test_a_signal_ends_it_and_nothing_is_left(tmp_path: Path, name: str, arguments: list[str], code: int) -> None:
    command = [sys.executable, "-u", "-m", "rehearsal", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=bare(tmp_path), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if code:
            while not list(tmp_path.glob("hamroh-rehearsal-*/rehearsal.db")):
                assert process.poll() is None
                time.sleep(0.02)
        else:
            assert "http://" in process.stdout.readline()
        process.send_signal(getattr(signal, name))
        said = process.stdout.read()
        assert process.wait(20) == code
    assert ("The rehearsal has ended." in said) is (code == 0)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """`make rehearse` in a terminal of its own: its process, and the terminal's other end."""
    process, screen = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        make = ["make", "-s", "-o", ".venv/.ready-to-run", f"BIN={Path(sys.executable).parent}", "rehearse", "PORT=0"]
        os.execvpe("make", make, bare(tmp_path))
    yield process, screen
    os.close(screen)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process, 0)


def test_ctrl_c_is_no_failure_for_make_either(terminal: tuple[int, int], tmp_path: Path) -> None:
    process, screen = terminal
    said = b""
    with suppress(OSError):  # how a terminal tells that its process has ended
        while more := os.read(screen, 4096):
            said += more
            if b"Ctrl+C" in said and b"\x1a" not in said and b"^C" not in said:
                os.write(screen, b"\x1a\x03")
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode()
    assert b"The rehearsal has ended." in said
    assert b"make: ***" not in said
    assert list(tmp_path.iterdir()) == []
