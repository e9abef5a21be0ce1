"""The cells of a workbook's sheet, as they are shown when it is opened; formulas by the value that was last calculated.

Rows and columns that are hidden are read: a filter hides rows, and what it hides is not meant to be left out.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.sheet_scan import scan
from bot.documents.workbook_package import checked, packed

Cell = str | float | bool | date | time | None
_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no zone
_FIRST_DAY: Final = datetime(1899, 12, 31)  # noqa: DTZ001 - Excel counts a 29 February 1900 that there was not
_LEAP_DAY: Final = datetime(1900, 3, 1)  # noqa: DTZ001
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that hold anything, by their numbers, and what is wrong with cells, by their names."""

    name: str
    rows: dict[int, list[Cell]]
    merged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)


def read(data: bytes, wanted: str, kept: str, max_rows: int) -> tuple[Sheet, Sheet | None]:
    """The sheet of the name `wanted` (else the fullest that people see), and the one called `kept`, if there is one.

    Raises FileRefusedError.
    """
    parts = checked(data)
    try:
        paths = _paths(parts)
        with CalamineWorkbook.from_filelike(io.BytesIO(packed(parts))) as workbook:
            seen = [
                one.name
                for one in workbook.sheets_metadata
                if one.typ is SheetTypeEnum.WorkSheet and one.visible is SheetVisibleEnum.Visible
            ]
            names = workbook.sheet_names
            seen = [wanted] if wanted in names else seen
            sheets = [_sheet(workbook, name, parts[paths[name]], max_rows) for name in seen if name in paths]
            if not sheets:
                raise FileRefusedError(FileRefusal.NO_TABLE)
            own = _sheet(workbook, kept, parts[paths[kept]], max_rows) if kept in names and kept in paths else None
            return max(sheets, key=lambda sheet: len(sheet.rows)), own
    except (CalamineError, ET.ParseError, ValueError, LookupError, OverflowError):
        raise FileRefusedError(FileRefusal.DAMAGED) from None


def _sheet(workbook: CalamineWorkbook, name: str, content: bytes, max_rows: int) -> Sheet:
    found = scan(content, max_rows)
    rows: dict[int, list[Cell]] = {}
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is not None:
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            row = [_cell(cell) for cell in cells]
            if any(cell is not None for cell in row):
                rows[number] = row
    return Sheet(name, rows, found.merged, found.errors, found.uncalculated)


def _cell(value: int | float | str | bool | time | date | datetime | timedelta) -> Cell:
    match value:
        case bool():
            return value
        case int() | float():
            return float(value)
        case timedelta():
            return value / _DAY
        case datetime() if value.year <= 1900:  # a number of days, in a cell that shows times alone
            return (value - (_FIRST_DAY if value < _LEAP_DAY else _EPOCH)) / _DAY
        case str():
            return value if value.strip() else None
    return value


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """The part of each sheet, by its name."""
    related = {one.get("Id", ""): one.get("Target", "") for one in _tree(parts, "xl/_rels/workbook.xml.rels")}
    paths: dict[str, str] = {}
    for one in _sheets(_tree(parts, "xl/workbook.xml")):
        relation = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
        target = related.get(relation, "").removeprefix("/").removeprefix("xl/")
        if f"xl/{target}" in parts:
            paths[one.get("name", "")] = f"xl/{target}"
    return paths


def _sheets(workbook: ET.Element) -> Iterator[ET.Element]:
    for space in (_MAIN, _STRICT):
        yield from workbook.iter(f"{space}sheet")


def _tree(parts: dict[str, bytes], name: str) -> ET.Element:
    return ET.fromstring(parts[name])  # noqa: S314 - `checked` refused what has a document type, where entities begin
