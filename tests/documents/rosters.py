"""Files of people, as offices and their programs make them, and what the bot reads in them."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from bot.documents import roster_file
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.roster_table import RosterFile
from tests.documents.files import SameProcess, seminar


def workbook(*rows: Sequence[object], change: Callable[[Any], object] = lambda _sheet: None) -> bytes:
    """A workbook as an office makes it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


async def read(data: bytes, name: str = "people.xlsx") -> RosterFile:
    return await roster_file.read(SameProcess(), name, data, seminar())


async def values(data: bytes, name: str = "people.xlsx") -> list[dict[str, str | None]]:
    """What the rows say."""
    return [dict(row.values) for row in (await read(data, name)).rows]


async def problems(data: bytes, name: str = "people.xlsx") -> list[tuple[str, str, str, str, str]]:
    """Everything that is wrong with the file."""
    found = (await read(data, name)).problems
    return [(one.where, one.column, one.error.value, one.shown, one.instead) for one in found]


async def refusal(data: bytes, name: str = "people.xlsx") -> FileRefusal | None:
    """Why the file as a whole is not read; None for one that is."""
    try:
        await read(data, name)
    except FileRefusedError as error:
        return error.refusal
    return None
