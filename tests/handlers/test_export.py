"""/export: what an organizer and a coordinator get as a file, and what nobody finds in it."""

import io
from collections.abc import Mapping
from typing import Any
from zipfile import ZipFile

import jsonschema
import openpyxl
import orjson
import pytest

from bot.documents import export_table
from bot.people_filter import PeopleFilter
from bot.services import export as export_service
from bot.store import scope as scope_store
from tests.kit import System, User

Rows = list[dict[str, Any]]


async def exports(someone: User, form: str, *choices: str) -> bytes:
    """The file, after `/export` and these presses."""
    await someone.sends("/export")
    for choice in choices:
        await someone.presses(choice)
    await someone.presses(form)
    document = someone.chat[-1].document
    assert document is not None, someone.chat[-1].words
    return document[1]


async def tables(someone: User, *choices: str) -> Mapping[str, Any]:
    """The JSON, which keeps to its schema."""
    with ZipFile(io.BytesIO(await exports(someone, "JSON", *choices))) as package:
        found: Mapping[str, Any] = orjson.loads(package.read("hamroh.json"))
        schema = orjson.loads(package.read("hamroh.schema.json"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(found)
    return found


async def a_day(system: System) -> tuple[User, User]:
    """A teacher to whom much happened, and another one."""
    gulnora, karim = await system.teacher("=Gulnora", group="pamir"), await system.teacher("Karim", group="zarafshon")
    await system.at("2025-08-04 11:30")
    await gulnora.presses("🙋 I am here")
    await system.at("2025-08-04 20:31")
    await gulnora.sends("/checkin")
    await gulnora.presses_payload("mood1:1:1", on=gulnora.chat[-1])
    await gulnora.sends("+SECRET-MOOD")
    await gulnora.calls_for_help("I have a question")
    await gulnora.sends("SECRET-QUESTION")
    await gulnora.calls_for_help("I feel unwell")
    await gulnora.sends("SECRET-ILLNESS")
    return gulnora, karim


async def test_an_organizer_gets_all_that_is_kept_of_teachers(system: System) -> None:
    minji = await system.organizer()
    gulnora, karim = await a_day(system)
    await minji.drafts_broadcast("The <b>bus</b> & you")
    await minji.presses("Send")
    await system.later(minutes=5)

    found = await tables(minji)

    assert [(row["name"], row["group"], row["state"]) for row in found["people"]] == [
        ("=Gulnora", "pamir", "member"),
        ("Karim", "zarafshon", "member"),
    ]
    assert found["people"][0]["telegram_id"] == str(gulnora.id)
    assert [(row["name"], row["mark"], row["how"]) for row in found["attendance"]] == [
        ("=Gulnora", "late", "tap"),
        ("Karim", "none", None),
    ]
    [checkin] = found["checkins"]
    assert (checkin["slot"], checkin["mood"], checkin["words"]) == ("evening", 1, "+SECRET-MOOD")
    [question] = found["questions"]
    assert (question["words"], question["state"]) == ("SECRET-QUESTION", "open")
    assert "unwell" not in {row["kind"] for row in found["alerts"]}
    assert sorted(row["kind"] for row in found["alerts"] if row["person"])[:2] == ["help", "mood"]
    [broadcast] = found["broadcasts"]
    assert (broadcast["text"], broadcast["messages"], broadcast["delivered"]) == ("The <b>bus</b> & you", 2, 2)
    assert {row["name"] for row in found["deliveries"]} == {"=Gulnora", "Karim"}
    assert "SECRET-ILLNESS" not in str(found)
    assert "Minji" not in str(found["people"])
    # The same as a workbook: what looks like a formula is a text.
    book = openpyxl.load_workbook(io.BytesIO(await exports(minji, "Excel")))
    assert [sheet.title for sheet in book][-1] == "Definitions"
    assert [(cell.value, cell.data_type) for cell in book["People"]["B"]][1] == ("=Gulnora", "s")
    asked = system.rows("SELECT subject, details FROM audit WHERE action = 'export.asked'")
    assert [row["subject"] for row in asked] == ["json:0:", "xlsx:0:"]
    assert "Gulnora" not in str(asked)
    # Pressed twice it is one file; a moment later it is another one.
    await system.later(minutes=1)
    await minji.sends("/export")
    await minji.presses("CSV")
    files = minji.count("rows")
    again = minji.newest_with("📄 CSV")
    await minji.presses("CSV", on=again)
    assert minji.count("rows") == files
    await system.later(minutes=1)
    await minji.presses("CSV", on=again)
    assert minji.count("rows") == files + 1
    # One group, one day, one table; and who has erased their data is in none.
    await system.later(minutes=1)
    group = await tables(minji, "One group", "Zarafshon")
    assert {row["name"] for rows in group.values() if isinstance(rows, list) for row in rows if row.get("name")} == {
        "Karim"
    }
    day = await tables(minji, "One day", "5 August")
    assert (day["checkins"], len(day["people"])) == ([], 2)
    table = await tables(minji, "One table", "Check-ins")
    assert set(table) == {"$schema", "about", "checkins"}
    await gulnora.erases_everything()
    left = await tables(minji)
    assert "Gulnora" not in str(left)
    assert [row["name"] for row in left["people"]] == ["Karim"]
    assert karim


async def test_a_coordinator_gets_numbers_without_names_mood_and_words(system: System) -> None:
    farhod, minji = await system.coordinator(), await system.organizer()
    await a_day(system)

    mine, theirs = await tables(farhod), await tables(minji)

    said = str(mine)
    assert not [word for word in ("Gulnora", "Karim", "SECRET", "unwell", "mood") if word in said]
    assert [row["person"] for row in mine["people"]] == [row["person"] for row in theirs["people"]]
    assert len(mine["attendance"]) == 2
    assert [row["person"] for row in mine["checkins"]] == [theirs["people"][0]["person"]]
    assert (mine["questions"], mine["alerts"]) == ([], []), "fewer than five people are behind them"
    assert {row["kind"] for row in mine["deliveries"]} <= {"agenda", "attendance.ask", "checkin.ask", "lesson"}
    assert {row["kind"] for row in theirs["deliveries"]} > {row["kind"] for row in mine["deliveries"]}
    for name in ("Aziz", "Bahor", "Davlat"):
        await system.teacher(name)
    more = await tables(farhod)
    assert len(more["questions"]) == 1
    assert sorted(more["alerts"][0]) == [
        "minutes_to_settled", "minutes_to_taken", "number", "opened_at", "reopened", "settled_at", "state", "taken_at",
    ]  # fmt: skip
    assert "Without names" in farhod.newest("A file with data").words
    # A scope counts at the press, and no choice leads out of it.
    home = farhod.newest("A file with data")
    number = system.value("SELECT id FROM person WHERE telegram_id = ?", farhod.id)
    scope = PeopleFilter(groups=("zarafshon",))
    await system.write(scope_store.set_scope, number, scope, by_id=None, now=system.clock.now())
    await system.later(minutes=1)
    narrow = await tables(farhod)
    karim = theirs["people"][1]["person"]
    assert {row.get("person", karim) for rows in narrow.values() if isinstance(rows, list) for row in rows} == {karim}
    assert (narrow["questions"], narrow["alerts"]) == ([], [])
    outside = await tables(farhod, "One group", "Pamir")
    assert not any(rows for rows in outside.values() if isinstance(rows, list))
    # Who is no coordinator any more gets nothing by a button of last week.
    await system.write(lambda db: db.execute("UPDATE person SET role = 'teacher' WHERE id = ?", (number,)).rowcount)
    files = farhod.count("rows")
    await farhod.presses("📄 CSV", on=home)
    assert farhod.count("rows") == files


async def test_what_is_too_large_is_refused_with_ways_to_choose_less(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    minji = await system.organizer()
    await a_day(system)
    monkeypatch.setattr(export_service, "WORKBOOK_ROWS", 1)
    await minji.sends("/export")
    await minji.presses("Excel")
    assert minji.shows("Excel holds at most 1 048 575 rows in one table, and “People” has more")
    monkeypatch.setattr(export_service, "LARGEST", 10)
    await minji.presses("CSV")
    refused = minji.newest("This is too much for one file")
    assert refused.labels == ["📊 Excel", "📄 CSV", "📄 JSON", "📅 One day", "👥 One group", "🗂 One table"]
    monkeypatch.undo()
    await system.later(minutes=1)
    await minji.presses("CSV", on=refused)
    assert minji.chat[-1].document is not None
    for payload in (
        "export1:99",
        "exportmake1:0::exe",
        "exportday1:0::99",
        "exportgroup1:0::nobody",
        "exporttable1:0:x",
    ):
        files = minji.count("rows")
        await minji.presses_payload(payload, on=refused)
        assert minji.count("rows") == files
    assert export_table.LARGEST < 50_000_000


@pytest.mark.parametrize("language", ["en", "tg"])
async def test_before_anybody_has_joined_there_is_a_file_without_rows(system: System, language: str) -> None:
    minji = await system.organizer(language=language)
    for form in ("Excel", "CSV"):
        assert await exports(minji, form)
    found = await tables(minji)
    assert {name for name, rows in found.items() if rows == []} == set(found) - {"$schema", "about"}
