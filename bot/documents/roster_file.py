"""The roster as a file: what somebody's file says, the roster as a workbook to fill in, and sheets of invitations."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError

from bot.documents.process import DocumentProcess
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.roster_table import COLUMNS, FACTS, MOST_ROWS, SHEET, STAMP_SHEET, RosterFacts, RosterFile, folded
from bot.languages import Language
from bot.programme.model import Seminar

LISTED: Final = MOST_ROWS  # people in the file to fill in: as many as come back in one
CARDS: Final = 280  # on one sheet, 14 a page: 20 pages take a second and a quarter of a gigabyte
_READ: Final = TypeAdapter(RosterFile)
_NAMED: Final = {"latin_name": "latin name", "group_key": "group", "id": "key"}


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of a sheet, in the language of whoever prints it."""

    title: str
    footer: str
    language: str


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One person's part of a sheet: with the link behind the QR code, and what to do with it in their language."""

    name: str
    latin: str
    school: str
    group: str
    link: str
    hint: str


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """A sheet that is to be made."""

    words: SheetWords
    cards: Sequence[SheetCard] = field(default_factory=tuple)


async def read(process: DocumentProcess, name: str, data: bytes, seminar: Seminar) -> RosterFile:
    """What the file says. Raises FileRefusedError. Nothing of the file is parsed or judged in this process."""
    told = {"ending": ending(name), "seminar": seminar.key, "groups": groups(seminar)}
    printed = await process.run("roster", orjson.dumps(told) + b"\n" + data)
    return await asyncio.to_thread(_outcome, printed)


async def workbook(
    process: DocumentProcess,
    seminar: Seminar,
    people: Iterable[tuple[int, RosterFacts]],
    language: str,
    labels: Mapping[str, tuple[str, str]],
) -> bytes:
    """The roster as .xlsx; `labels` are what a column is called and what is said of a wrong value, by its name.

    Raises FileRefusedError where the process crashed.
    """
    told = {
        "sheet": SHEET,
        "kept": STAMP_SHEET,
        "facts": {"seminar": seminar.key},
        "columns": [_column(seminar, name, *labels[name], language) for name in COLUMNS],
        "rows": [_row(seminar, number, facts, language) for number, facts in people],
    }
    return await process.run("write", await asyncio.to_thread(orjson.dumps, told))


async def sheet(process: DocumentProcess, order: SheetOrder) -> bytes:
    """The sheet as PDF. Raises FileRefusedError where the process crashed."""
    return await process.run("sheet", await asyncio.to_thread(orjson.dumps, order))


def groups(seminar: Seminar) -> dict[str, str]:
    """The key of each group by everything that people may write for it, folded."""
    named = {folded(title): one.key for one in seminar.groups for title in one.title.texts.values()}
    return {**named, **{folded(one.key): one.key for one in seminar.groups}}


def ending(name: str) -> str:
    """What the name says of the format."""
    return "".join(char for char in name.rpartition(".")[2][:8].lower() if char.isascii() and char.isalnum())


def _outcome(printed: bytes) -> RosterFile:
    line, _, kept = printed.partition(b"\n")
    try:
        answer = orjson.loads(line)
        if "refusal" in answer:
            raise FileRefusedError(FileRefusal(answer["refusal"]))
        return _READ.validate_json(kept)
    except (ValueError, LookupError, TypeError, ValidationError):
        raise FileRefusedError(FileRefusal.DAMAGED) from None


def _column(seminar: Seminar, name: str, label: str, error: str, language: str) -> dict[str, Any]:
    choices: list[str] = []
    if name == "group_key":
        choices = [one.title.get(language) for one in seminar.groups]
    elif name == "language":
        choices = [Language(one).own_name for one in seminar.languages]
    return {
        "name": _NAMED.get(name, name),
        "label": f"# {label}" if name == "id" else label,
        "type": "key" if name == "id" else "short",
        "choices": choices,
        "error": error,
    }


def _row(seminar: Seminar, number: int, facts: RosterFacts, language: str) -> list[str | None]:
    values = {name: getattr(facts, name) or None for name in FACTS}
    group = seminar.group(facts.group_key)
    values["group_key"] = group.title.get(language) if group is not None else None
    values["language"] = Language(facts.language).own_name if facts.language else None
    return [f"R{number}", *values.values()]
