"""`python -m bot.documents.worker TASK`: one file, from standard input to standard output, in bounded memory.

It prints JSON or a file. How it fails is told by the JSON (`refusal`), or by its exit code where it crashes.
"""

import os
import sys
from typing import Final

import orjson

from bot.documents.cells import decoded
from bot.documents.refusals import FileRefusal, FileRefusedError

_MEMORY: Final = 768 * 1024 * 1024  # bytes of address space
_SECONDS: Final = 20  # of computing
_NICE: Final = 5  # a third of what the bot gets, where both want a processor


def main(arguments: list[str]) -> int:
    """Do what the argument says."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    _bound()
    sys.stdout.buffer.write(perform(arguments[0], sys.stdin.buffer.read()))
    return 0


def perform(task: str, data: bytes) -> bytes:
    """What is printed for this task and this input."""
    if task == "write":
        from bot.documents.workbook_writing import write

        told = orjson.loads(data)
        return write(told, [[decoded(cell) for cell in row] for row in told["rows"]])
    if task == "qr":
        from bot.documents.qr_codes import qr_codes

        return orjson.dumps(qr_codes(orjson.loads(data)))
    if task == "sheet":
        from bot.documents.invitation_sheet import sheet

        return sheet(orjson.loads(data))
    return _judged(task, data)


def _judged(task: str, data: bytes) -> bytes:
    """What is made of a file that somebody sent: a line of JSON, and what the bot keeps of it."""
    answer: dict[str, object] = {}
    kept = b""
    try:
        if task == "roster":
            from bot.documents.roster_reading import read

            told, file = data.split(b"\n", 1)
            kept = orjson.dumps(read(file, orjson.loads(told)))
        else:
            from bot.documents.judging import judged

            told, days, file = data.split(b"\n", 2)
            answer, kept = judged(file, orjson.loads(told), days.decode())
    except FileRefusedError as error:
        answer = {"refusal": error.refusal.value}
    except MemoryError:
        answer = {"refusal": FileRefusal.TOO_BIG_INSIDE.value}
    return orjson.dumps(answer) + b"\n" + kept


def _bound() -> None:
    """Let nothing that a file holds take more than this, where the system can forbid it."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
