"""Runs a rehearsal until it ends or is stopped: by Ctrl+C, by a signal, or because its terminal was closed."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

import uvloop

from bot.operations.terminal import heard_alone

T = TypeVar("T")

_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


def run_until_stopped(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as the whole program, on uvloop, which needs the least processor time.

    Raises KeyboardInterrupt on Ctrl+C, SIGTERM and SIGHUP, once the coroutine has cleaned up.
    """
    with heard_alone(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_stopped_by_signals(main))


async def _stopped_by_signals(main: Coroutine[Any, Any, T]) -> T:
    task, stopped = asyncio.ensure_future(main), False

    def stop() -> None:
        nonlocal stopped
        if not stopped:  # a second signal would interrupt the clean-up
            stopped = True
            task.cancel()

    for name in _STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(name, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if stopped:
            raise KeyboardInterrupt from None
        raise
