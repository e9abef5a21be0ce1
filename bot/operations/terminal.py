"""Ctrl+C where make stands between the terminal and this process."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def heard_alone() -> Iterator[None]:
    """Under make, hear Ctrl+C without it: make calls every command that is interrupted a failure, whatever its code.

    So the terminal speaks to this process alone for as long; Ctrl+Z does nothing, as make would not notice it.
    """
    terminal = _terminal() if "MAKELEVEL" in os.environ else None
    if terminal is None:
        yield
        return
    group = os.getpgrp()
    stops = {name: signal.signal(name, signal.SIG_IGN) for name in (signal.SIGTTOU, signal.SIGTSTP)}
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
            os.tcsetpgrp(terminal, os.getpgrp())
        yield
    finally:
        with suppress(OSError):
            os.tcsetpgrp(terminal, group)
            os.setpgid(0, group)
        for name, before in stops.items():
            signal.signal(name, before)
        os.close(terminal)


def _terminal() -> int | None:
    """The terminal that this process has in front of it, or None."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
        if os.tcgetpgrp(terminal) == os.getpgrp():
            return terminal
        os.close(terminal)
    return None
