"""A roster that somebody sent, read and judged: its rows without mistakes, and every mistake with its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.roster_cells import judged, written
from bot.documents.roster_table import (
    HEADINGS,
    MOST_ROWS,
    SHEET,
    STAMP_SHEET,
    SURNAMES,
    RosterError,
    RosterFile,
    RosterProblem,
    RosterRow,
    folded,
)
from bot.documents.sheet_scan import column, letters
from bot.documents.workbook_package import MAX_BYTES
from bot.documents.workbook_reading import Cell, Sheet
from bot.programme.markup import shortened
from bot.programme.table_values import one_line, shown

_CSV: Final = frozenset({"csv", "tsv", "tab", "txt"})
_MACROS: Final = frozenset({"xlsm", "xltm", "xlam"})
_ABOVE: Final = 20  # rows of titles and headings
_HEADINGS_WITHIN: Final = 10
_SHOWN: Final = 40
_BETWEEN: Final = re.compile(r"[/|()\n,;]")


def read(data: bytes, told: Mapping[str, Any]) -> RosterFile:
    """What the file holds. `told`: `ending`, `seminar`, and `groups` (key by folded name). Raises FileRefusedError."""
    if len(data) > MAX_BYTES:
        raise FileRefusedError(FileRefusal.TOO_LARGE)
    if told["ending"] in _MACROS:
        raise FileRefusedError(FileRefusal.MACROS)
    if told["ending"] in _CSV and not data.startswith(b"PK\x03\x04"):
        from bot.documents.csv_reading import read as read_csv

        sheet, keys_hold = Sheet("", read_csv(data, MOST_ROWS + _ABOVE)), True
    else:
        from bot.documents.workbook_reading import read as read_workbook

        sheet, kept = read_workbook(data, SHEET, STAMP_SHEET, MOST_ROWS + _ABOVE)
        keys_hold = kept is None or _seminar(kept) in {"", told["seminar"]}
    return _Reading(told["groups"], keys_hold=keys_hold).table(sheet)


def _seminar(kept: Sheet) -> str:
    """Of which seminar's roster the file was made; the keys of another one mean other people."""
    return next((shown(cells[1]) for cells in kept.rows.values() if len(cells) > 1 and cells[0] == "seminar"), "")


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    groups: Mapping[str, str]
    keys_hold: bool
    problems: list[RosterProblem] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)
    surname: int | None = None
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def table(self, sheet: Sheet) -> RosterFile:
        head, unread = self._headings(sheet.rows)
        self._cells(sheet, head)
        rows: list[RosterRow] = []
        people = 0
        for number, cells in sheet.rows.items():
            row = {name: _at(cells, place) for name, place in self.places.items()}
            if self.surname is not None:
                row["name"] = _together(row["name"], _at(cells, self.surname))
            if number <= head or _is_label(row) or all(one is None for one in row.values()):
                continue
            people += 1
            if people > MOST_ROWS:
                raise FileRefusedError(FileRefusal.TOO_MANY_ROWS)
            read = self._row(number, row)
            if number not in self.wrong:
                rows.append(read)
        if not people and not self.problems:
            raise FileRefusedError(FileRefusal.NO_PEOPLE)
        where = {name: letters(place + 1) for name, place in self.places.items()}
        count = len(self.problems)
        return RosterFile(tuple(rows), tuple(self.problems), count, len(self.wrong), tuple(unread), where)

    def _headings(self, rows: Mapping[int, Sequence[Cell]]) -> tuple[int, list[str]]:
        """The row of the headings, and those that are not read. Raises FileRefusedError."""
        some = list(rows.items())[:_HEADINGS_WITHIN]
        head = next((number for number, cells in some if any(_column(cell) == "name" for cell in cells)), None)
        if head is None:
            raise FileRefusedError(FileRefusal.NO_NAMES)
        unread = []
        for place, cell in enumerate(rows[head]):
            name = _column(cell)
            if name is not None and name in self.places:
                at = f"{letters(place + 1)}{head}"
                self._wrong(head, RosterProblem(at, name, RosterError.COLUMN_TWICE, one_line(cell)[:_SHOWN]))
            elif name is not None:
                self.places[name] = place
            elif isinstance(cell, str) and self.surname is None and folded(cell) in SURNAMES:
                self.surname = place
            elif cell is not None:
                unread.append(one_line(shown(cell))[:_SHOWN])
        return head, unread

    def _cells(self, sheet: Sheet, head: int) -> None:
        """What the sheet itself says is wrong in columns that are read."""
        names = {place: name for name, place in self.places.items()}
        if self.surname is not None:
            names[self.surname] = "name"
        for cells, error in (
            (sheet.merged, RosterError.MERGED),
            (sheet.errors, RosterError.CELL_ERROR),
            (sheet.uncalculated, RosterError.NO_VALUE),
        ):
            for cell in cells:
                first, _, last = cell.partition(":")
                rows = range(_number(first), _number(last or first) + 1)
                name = names.get(column("".join(char for char in first if char.isalpha())) - 1)
                if rows.stop - 1 > head and name is not None:
                    self._wrong(rows.start, RosterProblem(cell, name, error))
                    self.wrong.update(rows if len(rows) <= MOST_ROWS else ())

    def _row(self, number: int, row: Mapping[str, Cell]) -> RosterRow:
        values: dict[str, str | None] = {}
        entry = 0
        for name, cell in row.items():
            error, value, instead = judged(name, cell, self.groups)
            if error is not None:
                at = f"{letters(self.places[name] + 1)}{number}"
                self._wrong(number, RosterProblem(at, name, error, shortened(written(cell), _SHOWN), instead))
            elif name == "id":
                entry = int(value or 0) if self.keys_hold else 0
            else:
                values[name] = value
        if number not in self.wrong:
            self._twice(number, entry, values)
        return RosterRow(number, entry, values)

    def _twice(self, number: int, entry: int, values: Mapping[str, str | None]) -> None:
        """The same person in two rows of the file."""
        phone, name = values.get("phone") or "", folded(values.get("name") or "")
        told_apart = tuple(values.get(one) or "" for one in ("school", "district", "latin_name"))
        for column_name, error, key in (
            ("id", RosterError.ID_TWICE, ("id", str(entry)) if entry else None),
            ("phone", RosterError.PHONE_TWICE, ("phone", phone) if phone else None),
            ("name", RosterError.PERSON_TWICE, ("name", name, *told_apart) if not phone and not entry else None),
        ):
            before = self.seen.setdefault(key, number) if key else number
            if key and before != number:
                at = f"{letters(self.places[column_name] + 1)}{number}"
                shown_here = {"id": f"R{entry}", "phone": phone}.get(column_name, values.get("name") or "")
                self._wrong(number, RosterProblem(at, column_name, error, shown_here[:_SHOWN], str(before)))
                return

    def _wrong(self, number: int, problem: RosterProblem) -> None:
        self.problems.append(problem)
        self.wrong.add(number)


def _column(cell: Cell) -> str | None:
    """What a heading is, also where it says the same in several languages: "Ном / Name"."""
    if not isinstance(cell, str):
        return None
    if (whole := HEADINGS.get(folded(cell))) is not None:
        return whole
    parts = {HEADINGS.get(folded(part)) for part in _BETWEEN.split(cell) if folded(part)}
    return parts.pop() if len(parts) == 1 else None


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _together(name: Cell, surname: Cell) -> Cell:
    """The name of who has the surname in a cell of its own; the one that is no text, where one is."""
    for one, other in ((name, surname), (surname, name)):
        if one is None or (isinstance(other, str) and other.startswith("=")) or not isinstance(other, str | None):
            return other
    return f"{name} {surname}"


def _is_label(row: Mapping[str, Cell]) -> bool:
    """The second row of the file to fill in says what the columns are."""
    return one_line(shown(row.get("id"))).startswith("#")


def _number(cell: str) -> int:
    return int("".join(char for char in cell if char.isdigit()) or 0)
