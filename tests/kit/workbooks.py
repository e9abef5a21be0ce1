"""Workbooks as people change them, by a library that shares no code with what the bot reads and writes them with."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl

from rehearsal.telegram import Message

Change = Callable[[Any], object]


def content(message: Message) -> bytes:
    """The file that a message brought."""
    return message.files[0].content


def changed(data: bytes, change: Change) -> bytes:
    """The workbook after somebody changed its sheet of sessions."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    change(workbook["Programme"])
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def cell(sheet: Any, key: str, column: str) -> Any:
    """The cell of a session and a column."""
    place = next(one.column for one in sheet[1] if one.value == column)
    row = next(one.row for one in sheet["A"] if one.value == key)
    return sheet.cell(row, place)


def put(key: str, column: str, value: object) -> Change:
    """Write a value into the cell of a session."""

    def write(sheet: Any) -> None:
        cell(sheet, key, column).value = value

    return write
