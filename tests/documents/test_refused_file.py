"""Files that are not read: each is told what it is, and none of them costs much time or memory."""

import io
import tracemalloc
import zipfile
from time import perf_counter
from typing import Any

import openpyxl
import pytest

from bot.documents.refusals import FileRefusal
from bot.documents.workbook_package import MAX_BYTES, MAX_UNPACKED
from tests.documents.files import SHEET, edited, problems, refusal, repacked, same, template, with_sheet
from tests.kit.workbooks import put

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


# What no reader of workbooks takes, whatever should be in it.
MALFORMED = [
    ("a.xlsx", _OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), FileRefusal.ENCRYPTED),
    ("a.xlsx", _OLE + b"\0" * 504, FileRefusal.OLD_EXCEL),
    ("a.xls", _OLE + b"\0" * 504, FileRefusal.OLD_EXCEL),
    ("a.xlsx", b"%PDF-1.7\n", FileRefusal.OTHER_FORMAT),
    ("a.xlsx", b"<html><table>", FileRefusal.OTHER_FORMAT),
    ("a.xlsx", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), FileRefusal.OTHER_FORMAT),
    ("a.xlsx", zipped(word__document=b""), FileRefusal.OTHER_FORMAT),
    ("a.xlsx", b"PK\x03\x04 and no more", FileRefusal.DAMAGED),
    ("a.xlsx", b"", FileRefusal.OTHER_FORMAT),
    ("a.xlsm", b"PK\x03\x04", FileRefusal.MACROS),
    ("a.xlsx", b"x" * (MAX_BYTES + 1), FileRefusal.TOO_LARGE),
]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        *MALFORMED,
        ("a.csv", b"key,date\n", FileRefusal.CSV),
        ("a.TSV", b"key\tdate\n", FileRefusal.CSV),
        ("a.yaml", b"\xff\xfe\x00", FileRefusal.OTHER_FORMAT),
        ("a.yaml", b"days: 5", FileRefusal.NO_TABLE),
        ("a", b"key", FileRefusal.OTHER_FORMAT),
    ],
)
async def test_what_is_no_workbook_is_told_by_what_it_is(name: str, data: bytes, why: FileRefusal) -> None:
    assert await refusal(data, name) is why


async def test_macros_are_refused_whatever_the_file_is_called() -> None:
    file = await template()
    assert await refusal(repacked(file, same, [("xl/vbaProject.bin", b"")])) is FileRefusal.MACROS
    assert await refusal(repacked(file, same, [("xl/macrosheets/sheet1.xml", b"")])) is FileRefusal.MACROS
    kind = repacked(file, lambda _name, content: content.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"))
    assert await refusal(kind) is FileRefusal.MACROS


async def test_a_bomb_that_says_how_large_it_is_is_not_unpacked() -> None:
    bomb = repacked(await template(), same, [("xl/worksheets/sheet9.xml", b"\0" * (MAX_UNPACKED + 1))])
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        assert await refusal(bomb) is FileRefusal.TOO_BIG_INSIDE
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


async def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says() -> None:
    content = b"\0" * (MAX_UNPACKED + 1)
    bomb = repacked(await template(), same, [("xl/worksheets/sheet9.xml", content)])
    lying = bomb.replace(len(content).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != bomb
    tracemalloc.start()
    try:
        assert await refusal(lying) is FileRefusal.DAMAGED
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


async def test_many_parts_are_no_programme() -> None:
    many = [(f"xl/worksheets/sheet{number}.xml", b"") for number in range(9, 600)]
    assert await refusal(repacked(await template(), same, many)) is FileRefusal.TOO_BIG_INSIDE


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
async def test_entities_are_refused_before_anything_expands_them(part: str) -> None:
    def laughing(name: str, content: bytes) -> bytes:
        return _LAUGHS + content.partition(b"?>")[2] if name == part else content

    assert await refusal(repacked(await template(), laughing)) is FileRefusal.DAMAGED


async def test_a_cell_far_away_makes_no_room_for_all_before_it() -> None:
    far = with_sheet(
        await template(),
        lambda xml: xml.replace(b"</sheetData>", b'<row r="99"><c r="XFD99"><v>1</v></c></row></sheetData>'),
    )
    assert await refusal(far) is FileRefusal.TOO_BIG_INSIDE


async def test_ten_thousand_rows_are_refused_at_once_in_little_memory() -> None:
    def fill(sheet: object) -> None:
        for number in range(10_000):
            sheet.append([f"s{number}", "2025-08-04", "10:00", "11:00", "T", "T", "T", "T", "lecture"])  # type: ignore[attr-defined]

    file = await edited(fill)
    tracemalloc.start()
    begin = perf_counter()
    try:
        assert await refusal(file) is FileRefusal.TOO_MANY_ROWS
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert perf_counter() - begin < 10  # traced, on a busy machine; 2 s untraced is what the decision tells


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
async def test_a_file_that_ends_too_early_is_damaged(cut: float) -> None:
    file = await template()
    assert await refusal(file[: int(len(file) * cut)]) is FileRefusal.DAMAGED


async def test_a_sheet_that_is_no_xml_is_damaged() -> None:
    assert await refusal(with_sheet(await template(), lambda xml: xml[:900])) is FileRefusal.DAMAGED


async def test_a_workbook_without_the_headings_is_another_table() -> None:
    other, made = openpyxl.Workbook(), io.BytesIO()
    other.active.append(["Name", "Phone"])
    other.save(made)
    assert await refusal(made.getvalue()) is FileRefusal.NO_TABLE


@pytest.mark.parametrize(
    ("value", "meant"),
    [("8/5/2025", "2025-08-05"), ("5/8/25", "2025-08-05"), ("9/8/2025", "2025-08-09"), ("soon", "2025-08-04"),
     ("99/99/2025", "2025-08-04")],
)  # fmt: skip
async def test_the_day_that_was_meant_is_proposed(value: str, meant: str) -> None:
    assert await problems(await edited(put("opening", "date", value))) == [("Programme!B3", "not_date", value, meant)]


async def test_what_is_wrong_is_told_row_by_row() -> None:
    def spoil(sheet: Any) -> None:
        sheet.merge_cells("E12:E13")
        sheet["E5"] = "=A1"
        sheet["I4"], sheet["C4"] = "maybe", "soon"

    places = [where for where, *_ in await problems(await edited(spoil))]
    assert places == ["Programme!C4", "Programme!I4", "Programme!E5", "Programme!E12:E13"]
