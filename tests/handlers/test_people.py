"""/people: anybody is found by a part of a name, the list is narrowed down, and names can be copied."""

import sqlite3

from bot.documents.roster_table import RosterFacts
from bot.store import roster as roster_store
from tests.kit import System

ANN = RosterFacts("Анна Ким", latin_name="Anna KIM", school="School 5", room="412", phone="+992901234567")


async def on_the_roster(system: System, *entries: RosterFacts) -> None:
    def add(connection: sqlite3.Connection) -> None:
        for one in entries:
            roster_store.add(connection, one, system.clock.now())

    await system.write(add)


async def test_a_part_of_a_name_in_either_script_finds_people_and_the_list_is_narrowed_down(system: System) -> None:
    minji = await system.organizer("Minji")
    zarina = await system.teacher("Зарина Раҳимова", language="tg", group="pamir")
    await system.teacher("Ҷамшед", language="ru", group="zarafshon")
    await system.teacher("Jamshed Rahimov", group="pamir")
    await minji.sends("/people рахим")
    page = minji.chat[-1]
    assert "People: 2" in page.words
    assert "Зарина Раҳимова" in page.words
    assert "Jamshed Rahimov" in page.words
    await minji.sends("/people")
    assert "People: 4" in minji.chat[-1].words
    await minji.sends("джамшед")
    page = minji.chat[-1]
    assert "People: 2" in page.words
    assert "“джамшед”" in page.words
    await minji.presses("⚙️ Filter", on=page)
    await minji.presses("Русский", on=page)
    assert "People: 1" in page.words
    assert "1. Ҷамшед" in page.words
    await minji.presses("⚙️ Filter", on=page)
    await minji.presses("🚫 Unreachable", on=page)
    assert "Nobody is called so." in page.words
    await minji.presses("✖️ Everybody", on=page)
    assert "People: 4" in page.words
    await zarina.blocks()
    await minji.presses("⚙️ Filter", on=page)
    await minji.presses("🚫 Unreachable", on=page)
    assert "1. Зарина Раҳимова · Pamir 🚫" in page.words
    await minji.sends("🙂")
    assert "There is no letter in that" in minji.chat[-1].words
    await minji.sends("/people %")  # names have no such sign: that would be everybody
    assert "There is no letter in that" in minji.chat[-1].words
    await minji.sends("ҷамшед")
    assert "People: 2" in minji.chat[-1].words
    await minji.presses_payload("people1:999:0", on=page)
    assert minji.toast == ("That list is old. Look again with /people.", True)
    await minji.presses_payload("people3:0:state:nobody", on=page)
    await minji.presses_payload("people3:0:group:nowhere", on=page)
    assert system.rows("SELECT error FROM inbox WHERE state = 'failed'") == []


async def test_pages_keep_what_the_list_is_narrowed_down_to(system: System) -> None:
    minji = await system.organizer("Minji")
    for number in range(12):
        await system.teacher(f"Сабрина {number:02}", group="pamir")
    await minji.sends("/people sabrina")
    page = minji.chat[-1]
    await minji.presses("⚙️ Filter", on=page)
    await minji.presses("Pamir", on=page)
    await minji.presses("2 of 2 ›", on=page)
    assert "11. Сабрина 10" in page.words
    assert "“sabrina” · Pamir" in page.words
    await minji.presses("12", on=page)
    assert "👤 Сабрина 11" in page.words
    await minji.presses("‹ Back to the list", on=page)
    assert "11. Сабрина 10" in page.words


async def test_who_has_not_joined_and_who_stopped_halfway_are_lists_to_copy(system: System) -> None:
    minji = await system.organizer("Minji")
    await on_the_roster(system, ANN, RosterFacts("Борис"))
    halfway = system.stranger("Karim")
    await halfway.starts(await system.invitation())
    await halfway.presses("English")
    await halfway.presses("Karim")
    await minji.sends("/people Kim")
    await minji.presses("Among those who have not joined")
    page = minji.chat[-1]
    assert "1. Анна Ким" in page.words
    await minji.presses("📋 Names to copy", on=page)
    assert minji.chat[-1].words == "Анна Ким"
    await minji.presses("✖️ Everybody", on=page)
    await minji.presses("⚙️ Filter", on=page)
    await minji.presses("🚧 Began to join", on=page)
    assert "1. Karim" in page.words
    await minji.presses("📋 Names to copy", on=page)
    assert minji.chat[-1].words == "Karim"
    await minji.presses("1", on=page)
    assert "Began to join, and has not finished." in page.words


async def test_a_card_tells_what_is_known_and_notes_are_the_organizers_and_erased_with_the_person(
    system: System,
) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await on_the_roster(system, ANN)
    person = system.value("SELECT id FROM person WHERE name = 'Ann'")
    await system.write(roster_store.link, 1, person)
    await system.at("2025-08-04 08:30")
    await ann.sends("/checkin")
    await ann.presses("I am here")
    await minji.sends("/people kim")  # what the office calls her finds her, too
    card = minji.chat[-1]
    await minji.presses("1", on=card)
    for fact in ("👤 Ann", "teacher · Pamir · English", "☀️ ✓", "🌙 ·", "🏫 School 5", "🛏 412", "📞 +992901234567"):
        assert fact in card.words, fact
    assert "Last heard from: 4 Aug" in card.words
    await minji.presses("🗒 Add a note", on=card)
    await minji.sends("SECRET: walks slowly")
    assert "• SECRET: walks slowly – Minji" in minji.chat[-1].words
    await bora.sends("/people ann")
    await bora.presses("1", on=bora.chat[-1])
    await bora.presses("🗒 Add a note")
    await bora.sends("x" * 601)
    assert "too long for a note" in bora.chat[-1].words
    await bora.sends("second")
    assert bora.chat[-1].words.index("second") < bora.chat[-1].words.index("SECRET")
    await bora.presses("🗒 Notes: 2")
    await bora.presses("🗑 1")
    assert [row["words"] for row in system.rows("SELECT words FROM person_note")] == ["SECRET: walks slowly"]
    assert not ann.shows("SECRET")
    await ann.erases_everything()
    assert system.rows("SELECT * FROM person_note") == []
    await bora.presses_payload(f"person1:{person}:0:0", on=bora.chat[-1])
    assert bora.toast == ("This person is not in the seminar any more.", True)
    assert [row["action"] for row in system.rows("SELECT action FROM audit ORDER BY id")] == [
        *("note.added", "note.added", "note.removed")
    ]


async def test_only_organizers_find_people(system: System) -> None:
    await system.teacher("SECRET")
    for someone in (await system.teacher("Ann"), await system.coordinator("Farhod")):
        await someone.sends("/people SECRET")
        assert not someone.shows("People:")
    assert system.rows("SELECT * FROM people_list") == []
