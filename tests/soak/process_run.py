"""Process runs of the bot: started by `python -m bot run` or forked, ended by a kill or at a crash point."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_PIPE: Final = asyncio.subprocess.PIPE


@dataclass(slots=True)
class ProcessRun:
    """One process of the bot. It is killed through a pidfd: a number that was given away again is never hit."""

    pid: int
    ended: asyncio.Future[int]  # the status of waitpid
    started_at: float = field(default_factory=time.monotonic)
    _fd: int = -1

    def __post_init__(self) -> None:
        try:
            self._fd = os.pidfd_open(self.pid)
        except ProcessLookupError:
            self._fd = -1  # it is gone already

    @property
    def alive(self) -> bool:
        """Whether its end has not been told yet."""
        return not self.ended.done()

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started_at

    def signal(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal, at once; nothing happens when the process is gone."""
        if self._fd >= 0:
            try:
                signal.pidfd_send_signal(self._fd, number)
            except ProcessLookupError:
                return

    async def end(self, within: float) -> int | None:
        """Wait for its end and return the status, or None when it still runs after so many seconds."""
        done, _ = await asyncio.wait([self.ended], timeout=within)
        if not done:
            return None
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        return self.ended.result()


class Launcher:
    """Starts process runs, one at a time. `env` are the bot's settings; what it says goes to the file `log`."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
        self._env = dict(env)
        self._whole_env = {**inherited, **env}
        self._log = log
        self._fork_server: asyncio.subprocess.Process | None = None
        self._last: ProcessRun | None = None

    async def __aenter__(self) -> "Launcher":
        self._fork_server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.soak.fork_server", stdin=_PIPE, stdout=_PIPE, cwd=ROOT, env=self._whole_env
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._last is not None:
            self._last.signal()  # after an error it may be alive, and its launcher would wait for it for ever
        assert self._fork_server is not None
        assert self._fork_server.stdin is not None
        self._fork_server.stdin.close()
        await self._fork_server.wait()

    async def fork(self, point: str | None = None, nth: int = 1) -> ProcessRun:
        """Start the bot in a fork, with a crash point of `tests.soak.fork_server` or without one."""
        assert self._fork_server is not None
        assert self._fork_server.stdin is not None
        assert self._fork_server.stdout is not None
        order = {"env": self._env, "point": point, "nth": nth, "log": str(self._log)}
        self._fork_server.stdin.write(json.dumps(order).encode() + b"\n")
        pid = int(await self._fork_server.stdout.readline())
        self._last = ProcessRun(pid, asyncio.ensure_future(self._exit_status(self._fork_server.stdout)))
        return self._last

    async def execute(self) -> ProcessRun:
        """Start the bot from the command line, as people do."""
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", stdout=log, stderr=log, cwd=ROOT, env=self._whole_env
            )
        self._last = ProcessRun(process.pid, asyncio.ensure_future(process.wait()))
        return self._last

    @staticmethod
    async def _exit_status(stdout: asyncio.StreamReader) -> int:
        word, _, status = (await stdout.readline()).decode().strip().partition(" ")
        assert word == "exit", "the fork server has ended"
        return int(status)
