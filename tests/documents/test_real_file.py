"""What people and their programs do to a programme's file, and what the bot reads then."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from bot.documents import programme_file
from bot.documents.process import DocumentProcess
from bot.documents.programme_file import ReadFile
from bot.programme.model import Session
from bot.programme.table_reading import read
from tests.documents.files import (
    STAMP,
    base,
    edited,
    problems,
    repacked,
    same,
    seminar,
    table,
    taken,
    template,
    with_sheet,
)
from tests.kit.workbooks import Change, cell, changed, put


def moment(*parts: int) -> datetime:
    """A moment as a cell holds it: it knows no zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def column(sheet: Any, name: str) -> int:
    number: int = next(one.column for one in sheet[1] if one.value == name)
    return number


async def opening(*changes: Change) -> Session:
    """The first session as an edited file has it."""
    read = await taken(await edited(*changes))
    assert read.problems == ()
    session = read.seminar.session("opening")
    assert session is not None
    return session


@pytest.mark.parametrize("language", ["en", "ru", "tg", "ko"])
async def test_the_file_as_it_is_sent_says_what_runs(language: str) -> None:
    file = await template(language)
    assert (await taken(file)).seminar == seminar()
    read = await table(file)
    assert (read.stamp, read.unread, read.problems) == (STAMP, (), ())


@pytest.mark.parametrize(
    "value",
    [time(9, 30), "09:30", "9:30", " 09:30\u00a0", "9.30", "09:30:00", 0.39583333, timedelta(hours=9.5),
     moment(2025, 8, 4, 9, 30)],
)  # fmt: skip
async def test_a_time_is_read_however_it_is_kept(value: object) -> None:
    assert (await opening(put("opening", "start", value))).start == time(9, 30)


@pytest.mark.parametrize("value", [9.5, "9:60", "24:00", "half past nine", 1.5, True, "9"])
async def test_what_is_no_time_is_named_with_its_cell(value: object) -> None:
    [(where, error, _, _)] = await problems(await edited(put("opening", "start", value)))
    assert (where, error) == ("Programme!C3", "not_time")


async def test_the_time_that_was_meant_is_proposed() -> None:
    assert await problems(await edited(put("opening", "start", "9.5"))) == [
        ("Programme!C3", "not_time", "9.5", "09:30")
    ]
    assert (await problems(await edited(put("opening", "start", "930"))))[0][3] == "09:30"


@pytest.mark.parametrize(
    "value", ["2025-08-05", "05.08.2025", "5.8.2025", "2025. 8. 5.", "2025년 8월 5일", moment(2025, 8, 5), 45874]
)
async def test_a_date_is_read_however_it_is_kept(value: object) -> None:
    assert (await opening(put("opening", "date", value), put("opening", "start", "06:00"), ends("07:00"))).day == 2


def ends(at: str) -> Change:
    return put("opening", "end", at)


@pytest.mark.parametrize(
    ("value", "error"), [("8/4/2025", "not_date"), ("2025-09-30", "other_date"), ("soon", "not_date")]
)
async def test_a_date_that_is_none_or_two_is_named(value: str, error: str) -> None:
    [(where, found, shown, _)] = await problems(await edited(put("opening", "date", value)))
    assert (where, found, shown) == ("Programme!B3", error, value)


async def test_a_formula_counts_by_the_value_that_was_shown_and_without_one_is_named() -> None:
    file = await edited(put("opening", "start", "=TIME(9,30,0)"))
    assert ("Programme!C3", "no_value", "", "") in await problems(file)
    value = b"</f><v>0.3958333</v>"
    calculated = with_sheet(file, lambda xml: xml.replace(b"</f><v />", value).replace(b"</f><v></v>", value))
    session = (await taken(calculated)).seminar.session("opening")
    assert session is not None
    assert session.start == time(9, 30)


async def test_an_error_in_a_cell_is_not_an_empty_cell() -> None:
    def broken(sheet: Any) -> None:
        one = cell(sheet, "opening", "note en")
        one.value, one.data_type = "#REF!", "e"

    [(_, error, _, _)] = await problems(await edited(broken))
    assert error == "cell_error"


async def test_merged_cells_are_named() -> None:
    file = await edited(lambda sheet: sheet.merge_cells("C3:C4"))
    assert ("Programme!C3:C4", "merged", "", "") in await problems(file)


async def test_a_title_above_the_headings_may_be_merged() -> None:
    def headed(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Programme of the seminar"
        sheet.merge_cells("A1:D1")

    assert (await taken(await edited(headed))).seminar == seminar()


async def test_hidden_rows_and_sheets_are_what_they_were() -> None:
    def hide(sheet: Any) -> None:
        for number in range(4, 12):
            sheet.row_dimensions[number].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.parent.create_sheet("Old", 0).append(["key", "start"])
        sheet.parent["Old"].sheet_state = "hidden"

    assert (await taken(await edited(hide))).seminar == seminar()


async def test_columns_may_be_moved_added_and_left_out() -> None:
    def rearrange(sheet: Any) -> None:
        sheet.delete_cols(column(sheet, "note en"))
        sheet.delete_cols(column(sheet, "date"))
        sheet.insert_cols(1)
        sheet["A1"], sheet["A3"] = "Who calls the bus", "Minji"

    read = await table(file := await edited(rearrange))
    assert read.unread == ("Who calls the bus",)
    assert (await taken(file)).seminar == seminar()


async def test_a_column_that_is_there_twice_is_named() -> None:
    file = await edited(lambda sheet: sheet.cell(1, sheet.max_column + 1, "start"))
    assert [one[1:3] for one in await problems(file)] == [("column_twice", "start")]


async def test_blank_rows_are_no_sessions_and_a_deleted_row_leaves_its_session_out() -> None:
    def edit(sheet: Any) -> None:
        sheet.delete_rows(3)
        sheet.insert_rows(5, 3)
        sheet.cell(sheet.max_row + 40, 5, " \u00a0 ")

    read = await taken(await edited(edit))
    assert read.problems == ()
    assert read.seminar.session("opening") is None
    assert sum(len(day.sessions) for day in read.seminar.days) == sum(len(day.sessions) for day in seminar().days) - 1


async def test_two_rows_with_one_key_are_named() -> None:
    [(_, error, shown, instead)] = await problems(await edited(lambda sheet: sheet.cell(4, 1, " opening ")))
    assert (error, shown, instead) == ("key_twice", "opening", "Programme!A3")


async def test_spaces_change_nothing_and_numbers_are_text_where_text_is_meant() -> None:
    assert await opening(put("opening", "title en", "\u00a0 Opening\u00a0ceremony  ")) == seminar().session("opening")
    assert (await opening(put("opening", "note en", 7))).note.get("en") == "7"  # type: ignore[union-attr]
    assert (await opening(put("opening", "note en", "007"))).note.get("en") == "007"  # type: ignore[union-attr]
    assert (await opening(put("opening", "note en", "=1+1 is two".replace("=", "'=")))).note.get("en") == "'=1+1 is two"  # type: ignore[union-attr]


async def test_a_date_where_text_is_meant_is_named() -> None:
    [(_, error, shown, _)] = await problems(await edited(put("opening", "title en", date(2025, 8, 4))))
    assert (error, shown) == ("not_text", "2025-08-04")


async def test_a_row_without_a_key_is_a_new_session_with_the_same_key_each_time() -> None:
    def add(sheet: Any) -> None:
        row = sheet.max_row + 1
        for name, value in {
            "date": "2025-08-04", "start": "21:00", "end": "22:00", "title en": "Stars", "kind": "culture",
            "groups": "pamir, Вахш", "attendance": "да",
        }.items():  # fmt: skip
            sheet.cell(row, column(sheet, name), value)

    read, again = await taken(file := await edited(add)), await taken(file)
    assert read.problems == ()
    assert read.seminar == again.seminar
    [new] = {one.key for day in read.seminar.days for one in day.sessions if seminar().session(one.key) is None}
    session = read.seminar.session(new)
    assert session is not None
    assert (session.title.texts, session.attendance, session.departure) == ({"en": "Stars"}, True, False)


async def test_names_are_read_in_any_language_and_as_keys() -> None:
    changes = [put("opening", "place", "세종특별자치시교육청"), put("opening", "place", "education-office")]
    for change in changes:
        assert (await opening(change)).place == "education-office"


async def test_a_file_without_types_and_without_the_hidden_sheet_is_read_all_the_same() -> None:
    """No hidden sheet, no types, numbers for times and dates, a thousand empty rows with a format."""
    old = openpyxl.load_workbook(io.BytesIO(await template()))["Programme"]
    new, saved = openpyxl.Workbook(), io.BytesIO()
    new.active.title = "Sheet1"
    for row in old.iter_rows(values_only=True):
        new.active.append([_as_number(value) for value in row])
    for number in range(new.active.max_row + 1, 1_000):
        new.active.cell(number, 1).number_format = "@"
    new.save(saved)
    read = await taken(saved.getvalue())
    assert (read.seminar, read.problems) == (seminar(), ())
    assert (await table(saved.getvalue())).stamp is None


def _as_number(value: object) -> object:
    if isinstance(value, datetime):
        return (value - moment(1899, 12, 30)).days
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) / 1440
    return value


async def test_every_kind_of_mistake_has_its_place() -> None:
    def spoil(sheet: Any) -> None:
        for name, value in {
            "key": "Opening!", "end": "09:00", "kind": None, "place": "Moon", "groups": "group-z, group-a",
            "title en": "x" * 200, "cancelled": "maybe",
        }.items():  # fmt: skip
            sheet.cell(3, column(sheet, name)).value = value

    found = {error: where for where, error, _, _ in await problems(await edited(spoil))}
    assert set(found) == {"not_key", "end_first", "missing", "unknown", "too_long", "not_flag"}
    assert found["end_first"] == "Programme!D3"


async def test_sessions_that_overlap_are_refused_unless_they_did_before() -> None:
    file = await edited(ends("12:00"))
    assert await problems(file) == [("Programme!C4", "overlaps", "11:15", "Programme!C3")]
    longer = (await taken(file)).seminar
    assert read(longer, await table(file), "en").problems == ()


async def test_a_departure_needs_a_place() -> None:
    found = await problems(await edited(put("opening", "departure", "yes"), put("opening", "place", None)))
    assert [one[1] for one in found] == ["no_place"]


async def test_a_changed_copy_of_a_copy_is_still_the_file() -> None:
    file = changed(changed(await template(), put("opening", "start", "09:45")), put("opening", "end", "10:45"))
    session = (await taken(file)).seminar.session("opening")
    assert session is not None
    assert (session.start, session.end) == (time(9, 45), time(10, 45))


async def test_a_sheet_of_another_name_is_found_beside_what_a_program_adds() -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "Programme - Table 1"
        sheet.parent.create_sheet("Export Summary", 0).append(["This document was exported."])

    file = io.BytesIO()
    workbook = openpyxl.load_workbook(io.BytesIO(await template()))
    rename(workbook["Programme"])
    workbook.save(file)
    assert (await taken(file.getvalue())).seminar == seminar()
    assert (await table(file.getvalue())).stamp == STAMP


@pytest.mark.parametrize(
    "name", ["\0.xlsx", "\ud800.xlsx", "-h.xlsx", "--.xlsx", "барнома.XLSX", "x" * 300 + ".xlsx", "xlsx"]
)
async def test_what_a_file_is_called_harms_nobody(name: str) -> None:
    read = await programme_file.read(DocumentProcess(), name, await template(), base(), "en")
    assert isinstance(read, ReadFile)
    assert read.is_told


async def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    file = with_sheet(
        await template(),
        lambda content: content.replace(b'<c r="E3"', b'<c r="Z3" t="str"><f>IF(1,"","")</f><v></v></c><c r="E3"'),
    )
    assert await problems(file) == []


async def test_a_program_may_write_the_parts_names_in_other_letters() -> None:
    file = repacked(await template(), same, named=lambda name: name.replace("sharedStrings", "SharedStrings"))
    assert (await taken(file)).seminar == seminar()
