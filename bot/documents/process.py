"""Runs `bot.documents.worker` on one file at a time: its time and its memory are not the bot's."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Final

from bot.documents.refusals import FileRefusal, FileRefusedError

# What Python needs to start. The rest is not for who reads strangers' files: the token above all.
_ENVIRONMENT: Final = frozenset({"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT"})
_SECONDS: Final = 30.0
# What the signals that ended it say: an operator or a machine without memory; a library that got no memory.
_ENDED: Final = {
    -signal.SIGKILL: FileRefusal.STOPPED,
    -signal.SIGTERM: FileRefusal.STOPPED,
    -signal.SIGABRT: FileRefusal.TOO_BIG_INSIDE,
}
_ROOT: Final = Path(__file__).parents[2]  # where `bot` is found, whatever folder the bot was started in


class DocumentProcess:
    """Starts the process. A file may take all that one is let have, and two at once could be too much for a machine."""

    def __init__(self) -> None:
        self._slot = asyncio.Semaphore(1)

    async def run(self, task: str, data: bytes) -> bytes:
        """What it printed. Raises FileRefusedError where it did not end well; it never outlives this call."""
        async with self._slot:
            return await _run(task, data)


async def _run(task: str, data: bytes) -> bytes:
    try:
        process = await _started(task)
    except OSError:  # no memory or no file descriptor is left: nothing is wrong with the file
        raise FileRefusedError(FileRefusal.STOPPED) from None
    try:
        async with asyncio.timeout(_SECONDS):
            printed, _ = await process.communicate(data)
    except TimeoutError:
        raise FileRefusedError(FileRefusal.TOO_SLOW) from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise FileRefusedError(_ENDED.get(process.returncode or 0, FileRefusal.DAMAGED))
    return printed


async def _started(task: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.documents.worker",
        task,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it may quote what people wrote
        cwd=_ROOT,
        env={name: value for name, value in os.environ.items() if name in _ENVIRONMENT},
    )
