"""The programme as a file: what a workbook or a YAML file that somebody sent makes of it, and itself as a workbook."""

import asyncio
import base64
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from bot.documents.cells import encoded
from bot.documents.process import DocumentProcess
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.programme import document as documents
from bot.programme.model import Seminar
from bot.programme.table import SHEET, STAMP_SHEET, Column, FileBase, Stamp, TableError, TableProblem, columns, to_rows


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file makes of the programme: a `document`, of no use where something is wrong with it.

    `problems` are the first of `problem_count`. `is_told`: the file says which version it was made from. `unread` are
    headings of what is not read.
    """

    document: str
    problems: tuple[TableProblem, ...]
    problem_count: int
    is_told: bool
    unread: tuple[str, ...]


async def read(process: DocumentProcess, name: str, data: bytes, base: FileBase, language: str) -> ReadFile | Stamp:
    """What the file makes of `base`; the file's own stamp, where it was made from another version.

    Raises FileRefusedError. Nothing of the file is parsed or judged here: the bot's process gets the outcome alone.
    """
    told = await asyncio.to_thread(_base, _ending(name), base, language)
    printed = await process.run("read", data=told + data)
    return await asyncio.to_thread(_outcome, printed)


async def workbook(
    process: DocumentProcess, base: FileBase, language: str, labels: Mapping[str, tuple[str, str]]
) -> bytes:
    """The programme as .xlsx; `labels` are what a column is called and what is said of a wrong value, by its name.

    Raises FileRefusedError where the process crashed.
    """
    return await process.run("write", data=await asyncio.to_thread(_told, base, language, labels))


def _ending(name: str) -> str:
    """What the name says of the format."""
    return "".join(char for char in name.rpartition(".")[2][:8].lower() if char.isascii() and char.isalnum())


def _base(ending: str, base: FileBase, language: str) -> bytes:
    """What the process has to know, on a line, and the days, on another. The rest of the seminar is not their size."""
    rest, stamp = replace(base.seminar, days=(), lessons=(), info=(), contacts=()), base.stamp
    told = {
        "ending": ending,
        "language": language,
        "stamp": (stamp.seminar, stamp.version, stamp.digest),
        "seminar": base64.b64encode(pickle.dumps(rest)).decode(),
    }
    return b"\n".join((orjson.dumps(told), base.document.encode(), b""))


def _outcome(printed: bytes) -> ReadFile | Stamp:
    """What the process printed: a line of JSON, and the document. Raises FileRefusedError."""
    line, _, document = printed.partition(b"\n")
    try:
        answer = orjson.loads(line)
        if "refusal" in answer:
            refusal = FileRefusal(answer["refusal"])
            raise FileRefusedError(refusal)
        if "stamp" in answer:
            seminar, version, digest = answer["stamp"]
            return Stamp(str(seminar), int(version), str(digest))
        problems = tuple(TableProblem(where, TableError(error), *rest) for where, error, *rest in answer["problems"])
        text = document.decode()
        if not problems:
            documents.read(text)
        return ReadFile(text, problems, answer["problem_count"], answer["is_told"], tuple(answer["unread"]))
    except (ValueError, LookupError, TypeError):
        raise FileRefusedError(FileRefusal.DAMAGED) from None


def _told(base: FileBase, language: str, labels: Mapping[str, tuple[str, str]]) -> bytes:
    seminar, stamp = base.seminar, base.stamp
    told = {
        "sheet": SHEET,
        "kept": STAMP_SHEET,
        "facts": {"seminar": stamp.seminar, "version": str(stamp.version), "digest": stamp.digest},
        "columns": [_column(seminar, one, *labels[one.name]) for one in columns(seminar, language)],
        "rows": to_rows(seminar, language),
    }
    return orjson.dumps(told, default=encoded, option=orjson.OPT_PASSTHROUGH_DATETIME)


def _column(seminar: Seminar, column: Column, label: str, error: str) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": f"# {label}" if column.name == "key" else label,
        "type": column.type.value,
        "choices": column.choices,
        "error": error,
        "first": seminar.first.isoformat(),
        "last": seminar.last.isoformat(),
    }
