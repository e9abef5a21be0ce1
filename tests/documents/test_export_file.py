"""Files with data say what was kept: nothing runs, is rounded or loses a zero; judged by others than wrote them."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast

import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from bot.documents import export_package, export_workbook
from bot.documents.export_package import CsvWriter, JsonWriter, written_cell
from bot.documents.export_table import ExportTooLargeError, text
from bot.documents.export_workbook import WorkbookWriter
from tests.documents.exported import ABOUT, DANGEROUS, NUMBERS, PLAIN, ROWS, SEOUL, TABLE, TEXTS, json_file, workbook
from tests.documents.exported import csv_rows as csv_of

_FIRST = [1, "не", date(2025, 8, 4), time(9, 5), datetime.fromisoformat("2025-08-04 00:30:00"), "фиристода шуд"]
_LAST_MOMENT = datetime.fromisoformat("2026-01-01 08:59:59")
_LAST = ["last", 2.5, "ҳа", date(2025, 12, 31), time(23, 59), _LAST_MOMENT, "unheard-of"]


def test_a_workbook_is_typed_and_says_what_was_written(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path))
    sheet = book["Одамон"]

    head, *rows = list(sheet.iter_rows())
    assert [cell.value for cell in head] == [column.label for column in TABLE.columns]
    # What looks like Excel's way to write a sign is escaped, which openpyxl leaves as it stands.
    assert [unescape(row[0].value) for row in rows[: len(TEXTS)]] == [text(said) for said in TEXTS]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr", "n", "d"}, "no formula"
    first = [cell.value for cell in rows[0]][1:]
    assert [first[0], first[1], first[2].date(), *first[3:]] == _FIRST
    assert [cell.value for cell in rows[-2]] == [None] * 7
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:G{len(ROWS) + 1}")
    assert all(dimension.width >= 8 for dimension in sheet.column_dimensions.values())
    assert [*book["Definitions"].values][2] == ("Одамон", "Матн", "people.text", "text", "What was written.")
    assert [*book["Definitions"].values][1][4] == "=Rahm&at <1>"
    assert [*book["Definitions"].values][-1][4] == "Names."


def test_another_library_reads_the_same(tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(str(workbook(tmp_path))).get_sheet_by_name("Одамон").to_python()

    assert [row[0] for row in rows[1 : len(TEXTS) + 1]] == [text(said) for said in TEXTS]
    assert rows[1][1:] == _FIRST
    assert rows[-1] == _LAST


def test_a_csv_is_what_spreadsheets_read_and_runs_nothing(tmp_path: Path) -> None:
    data, rows = csv_of(tmp_path)

    assert data.startswith(b'\xef\xbb\xbf"')
    assert data.count(b"\r\n") == len(ROWS) + 1
    assert [row[0] for row in rows[1 : len(TEXTS) + 1]] == [
        *(f"'{text(said)}" for said in (*DANGEROUS, *NUMBERS)),
        *(text(said) for said in PLAIN),
    ]
    assert rows[1][1:] == ["1", "не", "2025-08-04", "09:05", "2025-08-04 00:30:00", "фиристода шуд"]
    assert rows[-2] == [""] * 7


def test_a_json_keeps_to_its_schema_and_has_codes(tmp_path: Path) -> None:
    found, schema = cast("tuple[Any, Any]", json_file(tmp_path))

    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    judge.check_schema(schema)
    judge.validate(found)
    assert [row["text"] for row in found["people"][: len(TEXTS)]] == [text(said) for said in TEXTS]
    first = found["people"][0]
    assert (first["flag"], first["moment"], first["state"]) == (False, "2025-08-04T00:30:00+09:00", "sent")
    assert not judge.is_valid({**found, "people": [{**first, "number": "1"}]})
    assert not judge.is_valid({**found, "secrets": []})


@pytest.mark.parametrize("count", [0, 1, 1_000, 1_001])
def test_a_json_of_any_length_is_one(count: int, tmp_path: Path) -> None:
    found, _schema = cast("tuple[Any, Any]", json_file(tmp_path, [ROWS[0]] * count))
    assert len(found["people"]) == count


@given(st.text(max_size=20))
def test_no_text_begins_a_formula_and_each_comes_back(said: str) -> None:
    kept = text(said)
    cell = written_cell(kept)
    assert cell in {kept, f"'{kept}"}
    assert cell.strip()[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize("make", [WorkbookWriter, CsvWriter, JsonWriter])
def test_what_takes_too_long_ends(make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_workbook, "SLOWEST", -1.0)
    monkeypatch.setattr(export_package, "SLOWEST", -1.0)
    with pytest.raises(ExportTooLargeError):  # noqa: PT012 - a package sees it at the first write
        writer = make(tmp_path / "made", [TABLE], ABOUT, SEOUL)
        try:
            writer.table(TABLE, [*ROWS] * 100)
        finally:
            writer.abandon()


def test_a_sheet_takes_no_more_rows_than_excel_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_workbook, "WORKBOOK_ROWS", 3)
    writer = WorkbookWriter(tmp_path / "made", [TABLE], ABOUT, SEOUL)
    with pytest.raises(ExportTooLargeError) as refused:
        writer.table(TABLE, ROWS)
    writer.abandon()
    assert (refused.value.table, refused.value.rows) == ("people", 4)
