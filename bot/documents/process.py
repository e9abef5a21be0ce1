"""Runs `bot.documents.worker` on one file at a time: its time and its memory are not the bot's."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from bot.documents.refusals import FileRefusal, FileRefusedError

# What Python needs to start. The rest is not for who reads strangers' files: the token above all.
_ENVIRONMENT: Final = frozenset({"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT"})
_SECONDS: Final = 15.0
_ROOT: Final = Path(__file__).parents[2]  # where `bot` is found, whatever folder the bot was started in


class DocumentProcess:
    """Starts the process. A file may take all that one is let have, and two at once could be too much for a machine."""

    def __init__(self) -> None:
        self._slot = asyncio.Semaphore(1)

    async def run(self, task: str, *arguments: str, data: bytes) -> bytes:
        """What it printed. Raises FileRefusedError where it crashed or took too long; it never outlives this call."""
        async with self._slot:
            return await _run(task, *arguments, data=data)


async def _run(task: str, *arguments: str, data: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.documents.worker",
        task,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it may quote what people wrote
        cwd=_ROOT,
        env={name: value for name, value in os.environ.items() if name in _ENVIRONMENT},
    )
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
        raise FileRefusedError(FileRefusal.DAMAGED)
    return printed
