"""The process that does jobs: started when first needed, ended when nothing came for a while.

Its libraries stay loaded between two jobs, which is why it is one process and not one for each job. It gets what the
bot itself has made; files of strangers are read by `bot.documents.process`.
"""

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.jobs import frames
from bot.jobs.background import Background
from bot.jobs.job import Answer, Job, JobFailedError, JobFailure

R = TypeVar("R")

_LOG = logging.getLogger(__name__)
# What Python needs to start. The rest is not for this process: the token above all.
_ENVIRONMENT: Final = frozenset({"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT"})
_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each reserves memory for itself
_SECONDS: Final = 120.0
_IDLE_SECONDS: Final = 120.0
_MOST_WAITING: Final = 20
_READ_AT_ONCE: Final = 1024 * 1024
_ASIDE: Final = 256 * 1024  # bytes of an answer that are unpacked in a thread
_ROOT: Final = Path(__file__).parents[2]  # where `bot` is found, whatever folder the bot was started in


class JobProcess:
    """Runs jobs one after the other in a process that reads `database`. `background`: who waits for them at length."""

    def __init__(
        self, database: Path, *, idle_seconds: float = _IDLE_SECONDS, most_waiting: int = _MOST_WAITING
    ) -> None:
        self.background = Background()
        self._database = database.absolute()
        self._idle_seconds = idle_seconds
        self._most_waiting = most_waiting
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._child: asyncio.subprocess.Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._rest: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        return self._child.pid if self._child is not None else None

    async def run(self, job: Job[R], *, seconds: float = _SECONDS) -> R:
        """What the job gives. Raises JobFailedError; a job that is cancelled, or takes more `seconds`, is ended."""
        if self._waiting >= self._most_waiting:
            raise JobFailedError(JobFailure.BUSY)
        request = pickle.dumps((self._database, job), pickle.HIGHEST_PROTOCOL)
        self._waiting += 1
        try:
            async with self._turn:
                data = await self._answered(request, seconds)
        finally:
            self._waiting -= 1
        answer: Answer[R] = await asyncio.to_thread(_unpacked, data) if len(data) > _ASIDE else _unpacked(data)
        if answer.failure is not None:
            _LOG.error("A job of %s failed: %s", type(job).__name__, answer.log or answer.failure)
            raise JobFailedError(answer.failure)
        return answer.result  # type: ignore[return-value]  # None where that is the result

    async def close(self) -> None:
        """End the process, and whatever it is doing; no other starts."""
        self._closed = True
        await self.background.close()
        if self._rest is not None:
            self._rest.cancel()
        await self._end()

    # --- the process ------------------------------------------------------------------------------------------------

    async def _answered(self, request: bytes, seconds: float) -> bytes:
        if self._rest is not None:
            self._rest.cancel()
        is_answered = False
        try:
            child = await self._started()
            async with asyncio.timeout(seconds):
                data = await _ask(child, request)
            is_answered = True
        except TimeoutError:
            raise JobFailedError(JobFailure.TOO_SLOW) from None
        except (OSError, asyncio.IncompleteReadError):
            code = await self._end()
            raise JobFailedError(JobFailure.TOO_BIG if code == -signal.SIGABRT else JobFailure.STOPPED) from None
        finally:
            if not is_answered:
                await self._end()
        self._rest = asyncio.create_task(self._end_when_idle())
        return data

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self._end()
        if self._closed:
            raise JobFailedError(JobFailure.STOPPED)
        self._folder = tempfile.TemporaryDirectory(prefix="hamroh-jobs-", ignore_cleanup_errors=True)
        inherited = {name: value for name, value in os.environ.items() if name in _ENVIRONMENT}
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.jobs",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # it may quote what people wrote
            limit=_READ_AT_ONCE,
            cwd=_ROOT,
            env={**inherited, **_ONE_THREAD, "TMPDIR": self._folder.name, "MPLCONFIGDIR": self._folder.name},
        )
        if self._closed:  # while it started
            raise JobFailedError(JobFailure.STOPPED)
        return self._child

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._turn:
            self._rest = None  # from here on nothing cancels this
            await self._end()

    async def _end(self) -> int | None:
        """End the process, if there is one, with the files that it left; return its exit code."""
        child, self._child = self._child, None
        folder, self._folder = self._folder, None
        if child is not None:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
            await child.wait()
        if folder is not None:
            folder.cleanup()
        return child.returncode if child is not None else None


async def _ask(child: asyncio.subprocess.Process, request: bytes) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.writelines((frames.framed(request), request))
    await child.stdin.drain()
    (length,) = frames.LENGTH.unpack(await child.stdout.readexactly(frames.LENGTH.size))
    return await child.stdout.readexactly(length)


def _unpacked(data: bytes) -> Answer[Any]:
    answer: Answer[Any] = pickle.loads(data)  # noqa: S301 - from a process of the bot
    return answer
