"""How a rehearsal is ended from outside: by Ctrl+C, by a signal, or by the terminal that is closed."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

import uvloop

from bot.operations.terminal import heard_alone

T = TypeVar("T")

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP)


def run_quickly(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as the program's whole, on the loop that takes the least of the processor.

    Raises KeyboardInterrupt on Ctrl+C, SIGTERM and SIGHUP, once the coroutine has put away what it made.
    """
    with heard_alone(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_ended_by_signals(main))


async def _ended_by_signals(main: Coroutine[Any, Any, T]) -> T:
    work, ended = asyncio.ensure_future(main), False

    def end() -> None:
        nonlocal ended
        if not ended:  # a second one would break off the tidying up
            ended = True
            work.cancel()

    for name in _ENDS:
        asyncio.get_running_loop().add_signal_handler(name, end)
    try:
        return await work
    except asyncio.CancelledError:
        if ended:
            raise KeyboardInterrupt from None
        raise
