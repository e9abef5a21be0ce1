"""A table with everything that files are known to spoil, and the files that are made of it."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import orjson

from bot.documents.export_package import CsvWriter, JsonWriter
from bot.documents.export_table import About, CellKind, ExportWriter, Table, TableColumn, Value
from bot.documents.export_workbook import WorkbookWriter

SEOUL: Final = ZoneInfo("Asia/Seoul")
ABOUT: Final = About(
    heading="This file",
    facts=(("Seminar", "=Rahm&at <1>"),),
    left_out_heading="Left out",
    left_out=("Names.",),
    labels=("Table", "Column", "Key", "Type", "Meaning"),
    kinds={kind: kind.value for kind in CellKind},
    yes="ҳа",
    no="не",
    label="Definitions",
)
TABLE: Final = Table(
    "people",
    "Одамон",
    (
        TableColumn("text", CellKind.TEXT, "Матн", "What was written."),
        TableColumn("number", CellKind.NUMBER, "Рақам", "A number."),
        TableColumn("flag", CellKind.FLAG, "Ҳа ё не", "A flag."),
        TableColumn("date", CellKind.DATE, "Сана", "A date."),
        TableColumn("time", CellKind.TIME, "Соат", "A time of day."),
        TableColumn("moment", CellKind.MOMENT, "Лаҳза", "A moment."),
        TableColumn("state", CellKind.TEXT, "Ҳолат", "A code.", {"sent": "фиристода шуд"}),
    ),
)
# What a spreadsheet would run as a formula (OWASP), or would take for a number or a date.
DANGEROUS: Final = (
    '=HYPERLINK("http://example.com","x")', "+1 good", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1",
    "＠x", "%0A=1", "|calc", "\u200b=1",
)  # fmt: skip
NUMBERS: Final = ("007", "7100000000000000123", "+992901234567", "1E5", "2025-08-04", "12:30", "1/2", "TRUE", "3,50")
PLAIN: Final = (
    "Ғафур ва Ҷамшед Қӯрғонтеппа", "김민지", 'a "quoted", and; a comma', "two\nlines", "<b>&amp;</b>", "_x0041_ stays",
    "🙂 good", "3 яблока", "ӣ" * 3_000,
)  # fmt: skip
TEXTS: Final = (*DANGEROUS, *NUMBERS, *PLAIN)
ROWS: Final[Sequence[tuple[Value, ...]]] = [
    *((said, 1, 0, "2025-08-04", "09:05", "2025-08-03T15:30:00.500Z", "sent") for said in TEXTS),
    (None, None, None, None, None, None, None),
    ("last", 2.5, 1, "2025-12-31", "23:59", "2025-12-31T23:59:59.999Z", "unheard-of"),
]

Make = Callable[[Path, Sequence[Table], About, ZoneInfo], ExportWriter]


def written(folder: Path, make: Make, rows: Sequence[Sequence[Value]] = ROWS) -> Path:
    """The file that this writer makes of the table."""
    path = folder / "made.xlsx"
    writer = make(path, [TABLE], ABOUT, SEOUL)
    assert writer.table(TABLE, rows) == len(rows)
    writer.close()
    return path


def workbook(folder: Path, rows: Sequence[Sequence[Value]] = ROWS) -> Path:
    return written(folder, WorkbookWriter, rows)


def csv_rows(folder: Path, rows: Sequence[Sequence[Value]] = ROWS) -> tuple[bytes, list[list[str]]]:
    """The bytes of the table's CSV, and its rows as a CSV reader reads them."""
    with ZipFile(written(folder, CsvWriter, rows)) as package:
        data = package.read("people.csv")
    return data, list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def json_file(folder: Path, rows: Sequence[Sequence[Value]] = ROWS) -> tuple[object, object]:
    """The JSON, and its schema."""
    with ZipFile(written(folder, JsonWriter, rows)) as package:
        return tuple(orjson.loads(package.read(f"hamroh{end}.json")) for end in ("", ".schema"))
