"""A table as a workbook: typed columns, drop-downs, and a second row that says what each column is.

The lists behind the drop-downs are on a hidden sheet, with what the bot has to know when the file comes back.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.documents.workbook_reading import Cell

FIRST_ROW: Final = 2  # counted from 0: headings and what they mean come before
_TYPED_ROWS: Final = 1_000
_FORMATS: Final = {"date": "yyyy-mm-dd", "time": "hh:mm"}
_WIDTHS: Final = {"date": 12, "time": 8, "flag": 11, "key": 18}
_TEXT_WIDTH: Final = 30
_FIRST_LIST: Final = 3  # column of the hidden sheet
# What people wrote is never a formula, a link or a number, whatever it begins with.
_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def write(table: Mapping[str, Any], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The workbook. `table` has `sheet`, `kept` (the hidden sheet's name), `facts` (name to value) and `columns`.

    Of a column: `name`, `label`, `type`, `choices`, `error` (said of a value that is not of the type), `first` and
    `last` (dates, of a column of dates).
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as workbook:
        sheet, kept = workbook.add_worksheet(table["sheet"]), workbook.add_worksheet(table["kept"])
        kept.hide()
        for number, (name, value) in enumerate(table["facts"].items()):
            kept.write(number, 0, name)
            kept.write(number, 1, value)
        _head(workbook, sheet, table["columns"])
        for place, column in enumerate(table["columns"]):
            _column(workbook, sheet, kept, place, column)
            _cells(workbook, sheet, place, column["type"], [row[place] for row in rows])
        sheet.freeze_panes(FIRST_ROW, 1)
    return made.getvalue()


def _head(workbook: Workbook, sheet: Worksheet, columns: Sequence[Mapping[str, Any]]) -> None:
    name = workbook.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"})
    label = workbook.add_format({"italic": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column["name"], name)
        sheet.write_string(1, place, column["label"], label)
    sheet.set_row(1, 48)


def _column(workbook: Workbook, sheet: Worksheet, kept: Worksheet, place: int, column: Mapping[str, Any]) -> None:
    """The type of a column, also for rows that are added."""
    kind = column["type"]
    typed = workbook.add_format({"num_format": _FORMATS.get(kind, "@"), "valign": "top", "text_wrap": kind == "text"})
    sheet.set_column(place, place, _WIDTHS.get(kind, _TEXT_WIDTH), typed)
    rule = _rule(kept, place, column)
    if rule is not None:
        sheet.data_validation(FIRST_ROW, place, FIRST_ROW + _TYPED_ROWS, place, rule)


def _rule(kept: Worksheet, place: int, column: Mapping[str, Any]) -> dict[str, Any] | None:
    says = {"error_message": column["error"][:255]} if column["error"] else {}
    between = {"criteria": "between", **says}
    match column["type"]:
        case "date":
            first, last = (date.fromisoformat(column[name]) for name in ("first", "last"))
            return {"validate": "date", "minimum": first, "maximum": last, **between}
        case "time":
            return {"validate": "time", "minimum": time(0, 0), "maximum": time(23, 59), **between}
    if not column["choices"]:
        return None
    kept.write_column(0, _FIRST_LIST + place, column["choices"])
    from_to = f"${_letters(_FIRST_LIST + place)}$1:${_letters(_FIRST_LIST + place)}${len(column['choices'])}"
    # Several groups stand in one cell, which no list holds: the list offers, and does not forbid.
    free = {"show_error": False} if column["type"] == "groups" else says
    return {"validate": "list", "source": f"={kept.get_name()}!{from_to}", **free}


def _cells(workbook: Workbook, sheet: Worksheet, place: int, kind: str, cells: Sequence[Cell]) -> None:
    typed = workbook.add_format({"num_format": _FORMATS.get(kind, "@"), "valign": "top", "text_wrap": kind == "text"})
    for number, cell in enumerate(cells, FIRST_ROW):
        if isinstance(cell, (date, time)):
            sheet.write_datetime(number, place, cell, typed)
        elif cell is not None:
            sheet.write_string(number, place, str(cell), typed)


def _letters(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))
