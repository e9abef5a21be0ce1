"""`python -m bot.jobs`: does one job after the other until its standard input ends. The bot starts it."""

import os
import pickle
import select
import threading
from typing import Final

from bot.jobs import frames
from bot.jobs.job import Answer, JobFailure, JobFiles

_MEMORY: Final = 1024 * 1024 * 1024  # bytes of address space
_NICE: Final = 10  # a ninth of what the bot gets, where both want a processor


def main() -> None:
    """Serve the bot that started this process, with what this process may use bounded."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    _bound_memory()
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # what a library prints is no answer
    threading.Thread(target=_end_with_the_bot, args=(incoming.fileno(),), daemon=True).start()
    while (request := frames.read(incoming)) is not None:
        frames.write(outgoing, perform(request))


def perform(request: bytes) -> bytes:
    """Do the job of a request; the answer has its result, or says how it failed."""
    try:
        database, job = pickle.loads(request)  # noqa: S301 - from the bot itself
        return pickle.dumps(Answer(job.perform(JobFiles(database))), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Answer[None](failure=JobFailure.TOO_BIG))
    except Exception as error:  # noqa: BLE001 - one job must not stop the others
        from bot.errors import described  # it loads much, and is seldom needed

        return pickle.dumps(Answer[None](failure=JobFailure.BROKEN, log=described(error)))


def _bound_memory() -> None:
    """Let no job take more than this, where the system can forbid it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, OSError, ValueError):
        return


def _end_with_the_bot(descriptor: int) -> None:
    """Wait until the bot is gone, however it ended, and end at once: nobody waits for the job any more."""
    ended = select.poll()
    ended.register(descriptor, 0)
    ended.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
