"""What the cells of a sheet do not say: which are merged, which are formulas without a value, how far they reach.

It is read before the values are, by a parser that knows where it is: a reader of values makes room for every cell up
to the last one, which may be the 17,000,000,000th.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from bot.documents.refusals import FileRefusal, FileRefusedError

MAX_COLUMNS: Final = 120
_MAX_ROW: Final = 100_000
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class SheetScan:
    """Cells by their names, as `C14`; `merged` are ranges, as `C14:C16`; `errors` show `#REF!` and the like."""

    merged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)


def scan(content: bytes, max_rows: int) -> SheetScan:
    """Look at the XML of a sheet. Raises FileRefusedError, also for more than `max_rows` rows that hold anything."""
    scanner = _Scanner(max_rows)
    try:
        scanner.parser.Parse(content, True)
    except expat.ExpatError:
        raise FileRefusedError(FileRefusal.DAMAGED) from None
    return scanner.found


class _Scanner:
    """expat's handlers, and where they are."""

    def __init__(self, max_rows: int) -> None:
        self.found = SheetScan()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._max_rows = max_rows
        self._rows = 0
        self._row_holds = False
        self._cell = ""
        self._formula = self._value = self._in_value = self._error = self._text = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row_holds = False
            case "c":
                self._cell = attributes.get("r", "")
                self._formula = self._value = False
                self._error = attributes.get("t") == "e"
                self._text = attributes.get("t") == "str"
            case "f":
                self._formula = True
            case "v" | "t":
                self._in_value = True
                if self._text:  # a formula gave this text, which may be empty
                    self._formula = False
            case "mergeCell":
                self.found.merged.append(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v" | "t":
                self._in_value = False
            case "c":
                self._end_cell()

    def _end_cell(self) -> None:
        if self._formula and not self._value:
            self.found.uncalculated.append(self._cell)
        if self._error:
            self.found.errors.append(self._cell)
        if not self._value:
            return
        place = _CELL.fullmatch(self._cell)
        if place is None and self._cell:
            raise FileRefusedError(FileRefusal.DAMAGED)
        if place is not None and (column(place[1]) > MAX_COLUMNS or int(place[2]) > _MAX_ROW):
            raise FileRefusedError(FileRefusal.TOO_BIG_INSIDE)
        if not self._row_holds:
            self._row_holds = True
            self._rows += 1
            if self._rows > self._max_rows:
                raise FileRefusedError(FileRefusal.TOO_MANY_ROWS)

    def _characters(self, text: str) -> None:
        if self._in_value and text.strip():
            self._value = True


def column(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """The letters of a column, counted from 1."""
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(65 + rest) + written
    return written
