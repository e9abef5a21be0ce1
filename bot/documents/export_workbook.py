"""Tables as a workbook: typed cells, frozen headings, filters and widths, written as the rows come.

XlsxWriter writes row by row into a file (`constant_memory`), in half of the time of openpyxl's `write_only`, and is
what makes the other workbooks of the bot.
"""

import time as clock
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter

from bot.documents.export_table import (
    SLOWEST,
    WORKBOOK_ROWS,
    About,
    Cell,
    CellKind,
    ExportTooLargeError,
    Rows,
    Table,
    TableColumn,
    definitions,
    shown,
    text,
)

_FORMATS: Final = {
    CellKind.TEXT: "@",
    CellKind.FLAG: "@",
    CellKind.NUMBER: "0.##",
    CellKind.DATE: "yyyy-mm-dd",
    CellKind.TIME: "hh:mm",
    CellKind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
_WIDTHS: Final = {
    CellKind.TEXT: 36,
    CellKind.FLAG: 10,
    CellKind.NUMBER: 12,
    CellKind.DATE: 12,
    CellKind.TIME: 10,
    CellKind.MOMENT: 20,
}
_WIDEST: Final = 42
_HEADING_HEIGHT: Final = 46  # points: three lines
_TEXTS: Final = frozenset({CellKind.TEXT, CellKind.FLAG})
_MEANING: Final = 90
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the day 0 of workbooks, which know no zones
_DAY_SECONDS: Final = 86_400
_LOOKS_AFTER: Final = 1_000  # rows between two looks at the clock


class WorkbookWriter:
    """A workbook at `path`; tables are its sheets, and the definitions the last one."""

    def __init__(self, path: Path, tables: Sequence[Table], about: About, zone: ZoneInfo) -> None:
        self._tables = tables
        self._about = about
        self._zone = zone
        self._ends = clock.monotonic() + SLOWEST
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._heading = self._book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "valign": "top"}
        )
        self._formats = {kind: self._format(kind) for kind in CellKind}

    def table(self, table: Table, rows: Rows) -> int:
        """Write a sheet."""
        sheet = self._sheet(table.label, [(one.label, _width(one), one.kind) for one in table.columns])
        columns = [
            (place, shown(one, self._zone, self._about), self._formats[one.kind])
            for place, one in enumerate(table.columns)
        ]
        number = 0
        for number, row in enumerate(rows, 1):
            if number > WORKBOOK_ROWS:
                raise ExportTooLargeError(table.name, number)
            if number % _LOOKS_AFTER == 0 and clock.monotonic() > self._ends:
                raise ExportTooLargeError
            for place, convert, form in columns:
                _write(sheet, number, place, convert(row[place]), form)
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        return number

    def close(self) -> None:
        """Write the sheet of definitions, and pack the file."""
        about = self._about
        widths = (18, 24, 26, 14, _MEANING)
        headings = [(label, width, CellKind.TEXT) for label, width in zip(about.labels, widths, strict=True)]
        sheet = self._sheet(about.label, headings)
        rows = definitions(self._tables, about)
        wrapped = self._book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows, 1):
            for place, said in enumerate(row):
                _write(sheet, number, place, text(said), wrapped)
        sheet.autofilter(0, 0, max(len(rows), 1), len(about.labels) - 1)
        self._book.close()

    def abandon(self) -> None:
        """End without a file."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()

    def _sheet(self, label: str, headings: Sequence[tuple[str, float, CellKind]]) -> Any:
        sheet = self._book.add_worksheet(label[:31])
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, _HEADING_HEIGHT)
        for place, (name, width, kind) in enumerate(headings):
            sheet.set_column(place, place, width, self._formats[kind])
            sheet.write_string(0, place, name, self._heading)
        sheet.freeze_panes(1, 0)
        return sheet

    def _format(self, kind: CellKind) -> Any:
        beside = {"align": "left", "indent": 1} if kind in _TEXTS else {}  # a number stands close before it
        return self._book.add_format({"num_format": _FORMATS[kind], "valign": "top", **beside})


def _write(sheet: Any, row: int, place: int, value: Cell, form: Any) -> None:
    match value:
        case None | "":
            return
        case datetime():
            sheet.write_number(row, place, _days(value), form)
        case date():
            sheet.write_number(row, place, (value - _EPOCH.date()).days, form)
        case time():
            sheet.write_number(row, place, (value.hour * 3_600 + value.minute * 60) / _DAY_SECONDS, form)
        case str():
            sheet.write_string(row, place, value, form)  # never a formula, a link or a number
        case _:
            sheet.write_number(row, place, value, form)


def _days(moment: datetime) -> float:
    """A moment as workbooks count it: days since their day 0. XlsxWriter's own way takes twice as long."""
    since = moment - _EPOCH
    return since.days + since.seconds / _DAY_SECONDS


def _width(column: TableColumn) -> float:
    """Wide enough for the values, and for the longest word of the heading, which is wrapped."""
    longest = max((len(word) for word in column.label.split()), default=0)
    said = max(map(len, column.words.values()), default=_WIDTHS[column.kind]) if column.kind in _TEXTS else 0
    return max(min(said + 3, _WIDEST), longest + 3, 0 if said else _WIDTHS[column.kind])
