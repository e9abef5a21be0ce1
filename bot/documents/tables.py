"""From what a workbook or a YAML file holds to a table: which columns and rows it has, and where each cell stands."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.sheet_scan import letters
from bot.documents.workbook_reading import Sheet
from bot.programme.model import Seminar
from bot.programme.table import SESSIONS_A_DAY, Row, Stamp, Table, TableError, TableProblem, Value, columns
from bot.programme.table_values import is_empty, one_line, shown

_HEADINGS_WITHIN: Final = 10  # rows: somebody may write a title above them
_NEEDED: Final = frozenset({"key", "start"})  # without them it is another table


def most_rows(seminar: Seminar) -> int:
    """As many as a folder may hold, or as there are: organizers may have added more in the chat."""
    return max(SESSIONS_A_DAY * seminar.days_count, sum(len(day.sessions) for day in seminar.days) + SESSIONS_A_DAY)


# --- YAML -----------------------------------------------------------------------------------------------------------


def of_yaml(found: Mapping[str, Any], seminar: Seminar, language: str) -> Table:
    """The table that `yaml_reading.read` found. Raises FileRefusedError."""
    names = {column.name for column in columns(seminar, language) if column.name != "date"}
    known = {*names, "day", "groups"}
    if len(found["rows"]) > most_rows(seminar):
        raise FileRefusedError(FileRefusal.TOO_MANY_ROWS)
    problems = [TableProblem(str(line), TableError(error), text) for line, error, text in found["problems"]]
    rows = []
    for line, values, lines in found["rows"]:
        strange = [name for name in values if name not in known]
        problems += [TableProblem(str(lines[name]), TableError.UNKNOWN_FIELD, name) for name in strange]
        cells = {**dict.fromkeys(names), **{name: value for name, value in values.items() if name in known}}
        rows.append(Row(str(line), cells, {name: str(number) for name, number in lines.items()}))
    stamp = Stamp(*found["stamp"]) if found["stamp"] else None
    return Table(tuple(rows), stamp, tuple(found["unread"]), tuple(problems))


# --- sheets ---------------------------------------------------------------------------------------------------------


def of_sheet(sheet: Sheet, kept: Sheet | None, seminar: Seminar, language: str) -> Table:
    """The table of a sheet; `kept` is the hidden one. Raises FileRefusedError."""
    grid = sheet.rows
    names = [column.name for column in columns(seminar, language)]
    head = next((number for number, cells in list(grid.items())[:_HEADINGS_WITHIN] if _names(cells) >= _NEEDED), None)
    if head is None:
        raise FileRefusedError(FileRefusal.NO_TABLE)
    places: dict[str, int] = {}
    unread: list[str] = []
    problems = list(_of_cells(sheet, head))
    for place, cell in enumerate(grid[head]):
        heading = one_line(shown(cell)).casefold()
        if heading in places:
            problems.append(TableProblem(_at(sheet.name, place, head), TableError.COLUMN_TWICE, heading))
        elif heading in names:
            places[heading] = place
        elif heading:
            unread.append(shown(cell))
    rows = [
        Row(f"{sheet.name}!{number}", cells, {name: _at(sheet.name, at, number) for name, at in places.items()})
        for number, cells in _sessions(grid, head, places)
    ]
    return Table(tuple(rows), _stamp(kept), tuple(unread), tuple(problems))


def _names(cells: Sequence[Value]) -> set[str]:
    return {one_line(cell).casefold() for cell in cells if isinstance(cell, str)}


def _sessions(
    grid: Mapping[int, Sequence[Value]], head: int, places: Mapping[str, int]
) -> list[tuple[int, dict[str, Value]]]:
    """The rows below the headings that say anything that is read; where the key begins with #, it is a remark."""
    rows = []
    for number, cells in grid.items():
        if number <= head:
            continue
        row = {name: cells[place] if place < len(cells) else None for name, place in places.items()}
        if not all(is_empty(cell) for cell in row.values()) and not shown(row["key"]).startswith("#"):
            rows.append((number, row))
    return rows


def _of_cells(sheet: Sheet, head: int) -> list[TableProblem]:
    """What the sheet itself says is wrong; above the headings anything may be."""
    wrong = (
        (sheet.merged, TableError.MERGED),
        (sheet.errors, TableError.CELL_ERROR),
        (sheet.uncalculated, TableError.NO_VALUE),
    )
    return [
        TableProblem(f"{sheet.name}!{cell}", error) for cells, error in wrong for cell in cells if _row(cell) >= head
    ]


def _row(cell: str) -> int:
    digits = "".join(char for char in cell.partition(":")[2] or cell if char.isdigit())
    return int(digits or 0)


def _at(sheet: str, place: int, number: int) -> str:
    return f"{sheet}!{letters(place + 1)}{number}"


def _stamp(kept: Sheet | None) -> Stamp | None:
    """What the hidden sheet says; None where it is gone or was written over."""
    facts = {} if kept is None else {cells[0]: cells[1] for cells in kept.rows.values() if len(cells) > 1}
    seminar, version, digest = (shown(facts.get(name)) for name in ("seminar", "version", "digest"))
    return Stamp(seminar, int(version), digest) if seminar and version.isdecimal() else None
