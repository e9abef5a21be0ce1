"""`python -m bot.documents.worker read|write|qr`: one file, from standard input to standard output, in bounded memory.

It prints JSON or a file. How it fails is told by the JSON (`refusal`), or by its exit code where it crashes.
"""

import sys
from typing import Any, Final

import orjson

from bot.documents.cells import decoded, encoded
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.workbook_package import MAX_BYTES

_MEMORY: Final = 768 * 1024 * 1024  # bytes of address space
_SECONDS: Final = 20  # of computing
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
_CSV: Final = frozenset({"csv", "tsv", "tab", "txt"})
_MACROS: Final = frozenset({"xlsm", "xltm", "xlam"})
_YAML: Final = frozenset({"yaml", "yml"})


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    _bound()
    sys.stdout.buffer.write(perform(arguments, sys.stdin.buffer.read()))
    return 0


def perform(arguments: list[str], data: bytes) -> bytes:
    """What is printed for these arguments and this input."""
    task, *rest = arguments
    if task == "write":
        from bot.documents.workbook_writing import write

        told = orjson.loads(data)
        return write(told, [[decoded(cell) for cell in row] for row in told["rows"]])
    if task == "qr":
        from bot.documents.qr_codes import qr_codes

        return orjson.dumps(qr_codes(orjson.loads(data)))
    ending, wanted, kept, max_rows = rest
    try:
        answer = _read(data, ending, wanted, kept, int(max_rows))
    except FileRefusedError as error:
        answer = {"refusal": error.refusal.value}
    except MemoryError:
        answer = {"refusal": FileRefusal.TOO_BIG_INSIDE.value}
    return orjson.dumps(answer, default=encoded, option=_OPTIONS)


def _read(data: bytes, ending: str, wanted: str, kept: str, max_rows: int) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise FileRefusedError(FileRefusal.TOO_LARGE)
    if ending in _MACROS:
        raise FileRefusedError(FileRefusal.MACROS)
    if ending in _YAML and not data.startswith(b"PK"):
        from bot.documents.yaml_reading import read as read_yaml

        return {"yaml": read_yaml(data)}
    if ending in _CSV:
        raise FileRefusedError(FileRefusal.CSV)
    from bot.documents.workbook_reading import read

    sheet, own = read(data, wanted, kept, max_rows)
    return {"sheet": sheet, "kept": own}


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
