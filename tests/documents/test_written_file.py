"""The file that the bot sends, as another library finds it."""

import io
from dataclasses import replace
from datetime import datetime, time

import openpyxl
import pytest

from bot.documents import programme_file
from bot.languages import Localized
from bot.programme.table import columns
from tests.documents.files import SameProcess, based, seminar, taken, template
from tests.kit.workbooks import cell


async def test_another_library_finds_typed_columns_and_drop_downs() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(await template()))
    sheet = workbook["Programme"]
    assert workbook["Hamroh"].sheet_state == "hidden"
    assert cell(sheet, "opening", "start").value == time(10)
    assert cell(sheet, "opening", "date").value == datetime(2025, 8, 4)  # noqa: DTZ001 - cells know no zone
    assert cell(sheet, "opening", "title ko").value == "개회식"
    rules = {next(iter(one.sqref.ranges)).min_col: one for one in sheet.data_validations.dataValidation}
    named = {one.value: rules.get(one.column) for one in sheet[1]}
    assert {name for name, rule in named.items() if rule is not None and rule.type == "list"} == {
        "kind", "place", "groups", "cancelled", "departure", "attendance",
    }  # fmt: skip
    assert (named["date"].type, named["start"].type, named["speaker en"]) == ("date", "time", None)  # type: ignore[union-attr]
    letter, (first, last) = "$", named["place"].formula1.split("!")[1].split(":")  # type: ignore[union-attr]
    offered = [row[0].value for row in workbook["Hamroh"][f"{first.replace(letter, '')}:{last.replace(letter, '')}"]]
    assert "Sejong Education Office" in offered
    assert len(offered) == len(seminar().places)


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("https://a.tj")', "+1", "-1", "@x", "https://a.tj", "007", "1e5"])
async def test_what_people_wrote_is_text_in_the_file_whatever_it_looks_like(text: str) -> None:
    first = seminar().days[0].sessions[0]
    titled = replace(first, title=Localized(dict.fromkeys(first.title.texts, text)))
    base = replace(seminar(), days=(replace(seminar().days[0], sessions=(titled,)), *seminar().days[1:]))
    labels = {one.name: ("", "") for one in columns(base, "en")}
    file = await programme_file.workbook(SameProcess(), based(base), "en", labels)
    shown = cell(openpyxl.load_workbook(io.BytesIO(file))["Programme"], first.key, "title en")
    assert (shown.value, shown.data_type, shown.hyperlink) == (text, "s", None)
    assert (await taken(file)).seminar.session(first.key) == titled


async def test_what_a_list_offers_is_text_too() -> None:
    place = replace(seminar().places["education-office"], title=Localized({"en": "=1+1"}))
    base = replace(seminar(), places={**seminar().places, place.key: place})
    labels = {one.name: ("", "") for one in columns(base, "en")}
    file = await programme_file.workbook(SameProcess(), based(base), "en", labels)
    kept = openpyxl.load_workbook(io.BytesIO(file))["Hamroh"]
    assert [one.data_type for row in kept.iter_rows() for one in row if one.value == "=1+1"] == ["s"]
