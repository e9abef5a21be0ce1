"""Tables as a package (.zip) of CSV files, or of one JSON file beside its JSON Schema, written as the rows come."""

import csv
import io
import re
import time as clock
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import orjson

from bot.clock import from_text
from bot.documents.export_table import (
    LARGEST,
    SLOWEST,
    About,
    Cell,
    CellKind,
    ExportTooLargeError,
    Rows,
    Table,
    TableColumn,
    Value,
    definitions,
    shown,
    text,
)

_DATA: Final = "hamroh.json"
_SCHEMA: Final = "hamroh.schema.json"
_LEVEL: Final = 5  # of compression: twice as fast as the usual 6, and a twentieth larger
_FLUSH: Final = 1_000  # rows that are written at once
_BOM: Final = "\ufeff"  # by it Excel knows UTF-8
# A text that a spreadsheet would run as a formula, also with spaces or wide signs before it; and one that it would take
# for a number or a date, and so lose zeros or digits of. Both are kept as text by an apostrophe.
_FORMULA: Final = re.compile(r"[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\t\r\n|%]")
_NUMBER: Final = re.compile(r"(?i)[\s\d.,:;/eE%+()\-]*\d[\s\d.,:;/eE%+()\-]*|true|false")


class _Package:
    """The package: its files are written one after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._ends = clock.monotonic() + SLOWEST

    def file(self, name: str) -> "_PackedFile":
        return _PackedFile(self, self._zip.open(name, "w", force_zip64=True))

    def check(self) -> None:
        """Raises ExportTooLargeError where it takes too long, or has become too large."""
        if clock.monotonic() > self._ends or self._path.stat().st_size > LARGEST:
            raise ExportTooLargeError

    def close(self) -> None:
        self._zip.close()
        self.check()

    def abandon(self) -> None:
        self._zip.close()


class _PackedFile:
    """A file of a package; text is written in pieces."""

    def __init__(self, package: _Package, file: Any) -> None:
        self._package = package
        self._file = file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._package.check()


class CsvWriter:
    """A package of CSV files: UTF-8 with a BOM, CRLF, every value quoted, one file a table."""

    def __init__(self, path: Path, tables: Sequence[Table], about: About, zone: ZoneInfo) -> None:
        self._package = _Package(path)
        self._tables = tables
        self._about = about
        self._zone = zone

    def table(self, table: Table, rows: Rows) -> int:
        """Write a file."""
        columns = [(place, shown(one, self._zone, self._about)) for place, one in enumerate(table.columns)]

        def written(row: Sequence[Value]) -> list[str]:
            return [written_cell(convert(row[place])) for place, convert in columns]

        return self._file(table.name, [one.label for one in table.columns], map(written, rows))

    def close(self) -> None:
        """Write the file of definitions."""
        rows = [[written_cell(text(said)) for said in row] for row in definitions(self._tables, self._about)]
        self._file("definitions", self._about.labels, rows)
        self._package.close()

    def abandon(self) -> None:
        """End without a file."""
        self._package.abandon()

    def _file(self, name: str, headings: Sequence[str], rows: Any) -> int:
        number = 0
        with self._package.file(f"{name}.csv") as file:
            buffer = io.StringIO(newline="")
            writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            buffer.write(_BOM)
            writer.writerow(headings)
            for number, row in enumerate(rows, 1):
                writer.writerow(row)
                if number % _FLUSH == 0:
                    file.write(buffer.getvalue().encode())
                    buffer.seek(0)
                    buffer.truncate()
            file.write(buffer.getvalue().encode())
        return number


def written_cell(value: Cell) -> str:
    """A value as it stands in a CSV file. A text with an apostrophe before it is the text behind that."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "seconds")
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case str() if _FORMULA.match(value) or _NUMBER.fullmatch(value):
            return f"'{value}"
    return str(value)


class JsonWriter:
    """A package of one JSON file, with codes and moments as programs read them, and of its JSON Schema."""

    def __init__(self, path: Path, tables: Sequence[Table], about: About, zone: ZoneInfo) -> None:
        self._package = _Package(path)
        self._tables = tables
        self._about = about
        self._zone = zone
        self._file = self._package.file(_DATA)
        told = dict(about.facts)
        self._file.write(b'{"$schema":"%s","about":%s' % (_SCHEMA.encode(), orjson.dumps(told)))

    def table(self, table: Table, rows: Rows) -> int:
        """Write a list of objects."""
        self._file.write(b',"%s":[\n' % table.name.encode())
        columns = [(place, column, column.name) for place, column in enumerate(table.columns)]
        number, between = 0, b""
        lines: list[bytes] = []
        for number, row in enumerate(rows, 1):
            said = {name: json_value(column, row[place], self._zone) for place, column, name in columns}
            lines.append(orjson.dumps(said))
            if number % _FLUSH == 0:
                self._file.write(between + b",\n".join(lines))
                between, lines = b",\n", []
        if lines:
            self._file.write(between + b",\n".join(lines))
        self._file.write(b"\n]")
        return number

    def close(self) -> None:
        """Write the schema."""
        self._file.write(b"}\n")
        self._file.__exit__(None, None, None)
        with self._package.file(_SCHEMA) as file:
            file.write(orjson.dumps(schema(self._tables, self._about), option=orjson.OPT_INDENT_2))
        self._package.close()

    def abandon(self) -> None:
        """End without a file."""
        self._file.__exit__(None, None, None)
        self._package.abandon()


_TYPES: Final[Mapping[CellKind, Mapping[str, object]]] = {
    CellKind.TEXT: {"type": ["string", "null"]},
    CellKind.NUMBER: {"type": ["number", "null"]},
    CellKind.FLAG: {"type": ["boolean", "null"]},
    CellKind.DATE: {"type": ["string", "null"], "format": "date"},
    CellKind.TIME: {"type": ["string", "null"], "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    CellKind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
}


def json_value(column: TableColumn, value: Value, zone: ZoneInfo) -> str | int | float | bool | None:
    """A value that was read, as programs read it: codes stay codes, a moment has its distance to UTC."""
    if value is None:
        return None
    match column.kind:
        case CellKind.FLAG:
            return bool(value)
        case CellKind.MOMENT:
            return from_text(str(value)).astimezone(zone).isoformat(timespec="seconds")
        case CellKind.TEXT:
            return text(str(value))
    return value


def schema(tables: Sequence[Table], about: About) -> dict[str, object]:
    """The JSON Schema of such a file: what each table and column is, in the reader's words."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": about.heading,
        "description": "\n".join(about.left_out),
        "type": "object",
        "additionalProperties": False,
        "required": ["about", *(table.name for table in tables)],
        "properties": {
            "$schema": {"type": "string"},
            "about": {"type": "object", "additionalProperties": {"type": "string"}},
            **{table.name: _list(table) for table in tables},
        },
    }


def _list(table: Table) -> dict[str, object]:
    properties = {column.name: _property(column) for column in table.columns}
    one = {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in table.columns],
        "properties": properties,
    }
    return {"type": "array", "title": table.label, "items": one}


def _property(column: TableColumn) -> dict[str, object]:
    said: dict[str, object] = {**_TYPES[column.kind], "title": column.label, "description": column.definition}
    if column.words:
        said["x-words"] = dict(column.words)
    return said
