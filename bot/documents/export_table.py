"""What a file with data is made of: its tables, their columns, and what is said of both; words are of the reader."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from bot.clock import from_text

LARGEST: Final = 49 * 1000 * 1000  # bytes; Telegram takes files of 50 MB
SLOWEST: Final = 60.0  # seconds that one file may take
WORKBOOK_ROWS: Final = 1_048_575  # of a sheet, below its heading

Value = str | int | float | None
Cell = str | int | float | date | time | datetime | None


class ExportForm(StrEnum):
    """What kind of file; buttons carry the value."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends: several files come in one package."""
        return "xlsx" if self is ExportForm.WORKBOOK else f"{self}.zip"


class CellKind(StrEnum):
    """What the values of a column are. Flags are 0 or 1 where they are kept, moments are UTC."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column. `name` is what programs call it; `words` are those of coded values: code to what people read."""

    name: str
    kind: CellKind
    label: str
    definition: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file, by its columns. `name` is what programs call it."""

    name: str
    label: str
    columns: tuple[TableColumn, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is said of the file as a whole: facts (label and value), and what was left out and why."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    left_out_heading: str
    left_out: tuple[str, ...]
    labels: tuple[str, ...]  # of the columns of the definitions: table, column, key, type, meaning
    kinds: Mapping[CellKind, str]
    yes: str
    no: str
    label: str  # what the table of definitions is called


class ExportTooLargeError(Exception):
    """No such file is made: it would take too long, or be too large for Telegram, or for a sheet of a workbook.

    `table` is the table with more rows than a sheet has, or "".
    """

    def __init__(self, table: str = "", rows: int = 0) -> None:
        super().__init__(table)
        self.table = table
        self.rows = rows


Rows = Iterable[Sequence[Value]]


class ExportWriter(Protocol):
    """Writes one file, a table after the other."""

    def table(self, table: Table, rows: Rows) -> int:
        """Write a table; return how many rows it has. Raises ExportTooLargeError."""
        ...

    def close(self) -> None:
        """Write the definitions and whatever ends the file. Raises ExportTooLargeError."""
        ...

    def abandon(self) -> None:
        """End without a file, after an error."""
        ...


_MOST_UNITS: Final = 32_767  # that a cell of a workbook holds
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def shown(column: TableColumn, zone: ZoneInfo, about: About) -> Callable[[Value], Cell]:
    """What makes of values that were read what people see in a table: their words, and moments by the clock there."""
    words = {code: text(said) for code, said in column.words.items()}
    convert: Mapping[CellKind, Callable[[Any], Cell]] = {
        CellKind.TEXT: lambda value: words.get(value) or text(value),
        CellKind.NUMBER: lambda value: value,
        CellKind.FLAG: lambda value: about.yes if value else about.no,
        CellKind.DATE: date.fromisoformat,
        CellKind.TIME: time.fromisoformat,
        CellKind.MOMENT: lambda value: from_text(value).astimezone(zone).replace(tzinfo=None, microsecond=0),
    }
    its = convert[column.kind]
    return lambda value: None if value is None else its(value)


def text(value: str) -> str:
    """A text as a cell can hold it: without control signs, and not longer than a cell."""
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:_MOST_UNITS]


def definitions(tables: Sequence[Table], about: About) -> list[tuple[str, ...]]:
    """The rows of the table that says what everything means: the file, each column, and what is missing."""
    rows: list[tuple[str, ...]] = [(about.heading, label, "", "", value) for label, value in about.facts]
    for table in tables:
        rows += [
            (table.label, column.label, f"{table.name}.{column.name}", about.kinds[column.kind], column.definition)
            for column in table.columns
        ]
    return rows + [(about.left_out_heading, "", "", "", said) for said in about.left_out]
