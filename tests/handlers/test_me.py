"""People see, change, take along and erase what is stored about them."""

import json

from bot.store.database import Database
from tests.kit import System


def everything(system: System) -> str:
    """All that the database holds, as text."""
    tables = [row["name"] for row in system.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [list(row.values()) for table in tables for row in system.rows(f"SELECT * FROM {table}")]
    return "\n".join(value.decode() if isinstance(value, bytes) else str(value) for row in rows for value in row)


async def test_me_shows_what_is_stored(system: System) -> None:
    teacher, minji = await system.teacher("Ann <3"), await system.organizer()
    coordinator = await system.coordinator()
    await teacher.sends("/me")
    group = system.seminar.groups[0].title.get("en")
    assert teacher.shows(f"👤 Ann <3\nRole: teacher\nLanguage: English\nGroup: {group}")
    await minji.sends("/me")
    assert minji.shows("Role: organizer")
    assert "👥 Group" not in minji.labels()
    await coordinator.sends("/me")
    assert coordinator.shows("Role: coordinator")
    assert teacher.shows("I also keep your check-ins")
    assert not coordinator.shows("check-ins")


async def test_a_name_is_changed_and_a_bad_one_is_not(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.sends("/me")
    await teacher.presses("Name")
    await teacher.presses("‹ Back")
    await teacher.sends("Not a name")
    assert "Shall I pass this on" in teacher.chat[-1].words
    await teacher.sends("/me")
    await teacher.presses("Name")
    await teacher.sends("🙂")
    assert teacher.shows("I cannot read a name in that")
    await teacher.sends("A" * 65)
    assert teacher.shows("at most 64 letters")
    await teacher.sends("Anna")
    assert "👤 Anna" in teacher.chat[-1].words
    assert system.rows("SELECT * FROM conversation") == []


async def test_another_button_ends_the_question_for_a_name(system: System) -> None:
    teacher = await system.teacher("Ann")
    page = await teacher.asks("/me")
    await teacher.presses("Name")
    await teacher.presses_payload("me1:page", on=page)
    await teacher.sends("not my name")
    assert system.value("SELECT name FROM person") == "Ann"


async def test_a_group_is_changed(system: System) -> None:
    teacher = await system.teacher("Ann")
    other = system.seminar.groups[1]
    await teacher.sends("/me")
    await teacher.presses("👥 Group")
    await teacher.presses(other.title.get("en"))
    assert f"Group: {other.title.get('en')}" in teacher.chat[-1].words
    await teacher.presses_payload("move1:nowhere", on=teacher.chat[-1])
    assert system.value("SELECT group_key FROM person") == other.key


async def test_a_language_is_changed_from_the_page_and_by_command(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.sends("/me")
    await teacher.presses("🌐 Language")
    await teacher.presses("Русский")
    assert system.value("SELECT language FROM person") == "ru"
    await teacher.sends("/language")
    assert len(teacher.chat[-1].words.split("\n")) == 4
    await teacher.presses("English")
    assert teacher.shows("From now on I will write to you in this language.")
    assert ("me", "My data") in teacher.commands


async def test_someone_who_joins_can_change_the_language_and_a_stranger_cannot(system: System) -> None:
    someone = system.stranger()
    await someone.sends("/language")
    await someone.presses("Русский")
    assert someone.toast == ("Press /start to go on.", False)
    assert system.rows("SELECT * FROM person") == []
    owner = system.owner_account
    await owner.starts()
    await owner.sends("/language")
    await owner.presses("한국어", on=owner.chat[-1])
    assert system.value("SELECT language FROM person") == "ko"
    await owner.presses_payload("speak1:xx", on=owner.chat[-1])
    assert system.value("SELECT language FROM person") == "ko"


async def test_the_export_is_a_file_with_every_row_about_me_and_of_nobody_else(system: System) -> None:
    teacher, other = await system.teacher("Анна"), await system.teacher("Bob")
    minji = await system.organizer()
    for who, words in ((teacher, "my own words"), (other, "someone else's")):
        await who.calls_for_help("Something else")
        await who.sends(words)
    await minji.presses("Write back")
    await teacher.sends("/me")
    await teacher.presses("Export my data")
    [file] = teacher.chat[-1].files
    data = json.loads(file.content)
    assert data["person"][0]["name"] == "Анна"
    assert "Анна" in file.content.decode()
    assert [row["words"] for row in data["help_message"]] == ["my own words"]
    assert "someone else's" not in file.content.decode()


async def test_erasing_leaves_no_trace_and_no_message_under_way(system: System) -> None:
    teacher = system.stranger("Zebulon", username="zebra_77")
    await teacher.asks_to_be_let_in()
    minji = await system.organizer()
    await minji.starts()
    await minji.presses_payload("admit1:1:teacher", on=next(one for one in minji.chat if one.from_bot))
    await teacher.presses("English")
    await teacher.presses("Zebulon")
    await teacher.presses(system.seminar.groups[0].title.get("en"))
    await teacher.presses("I agree")
    await teacher.calls_for_help("I feel unwell")
    await teacher.sends("secretwords")
    minji.chat.clear()
    await teacher.sends("/me")
    await teacher.presses("Erase my data")
    assert teacher.shows("This cannot be undone.")
    await teacher.presses("Erase without my name")
    assert teacher.shows("Everything about you is erased.")
    assert teacher.commands == system.stranger().commands
    kept = everything(system)
    for trace in ("Zebulon", "zebra_77", str(teacher.id), "secretwords"):
        assert trace not in kept
    shown = len(teacher.chat)
    await system.at("2025-08-05 20:00")
    assert len(teacher.chat) == shown
    await teacher.sends("/me")
    assert "This bot is for the people of a seminar" in teacher.chat[-1].words


async def test_erasure_can_be_thought_better_of(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.erases_everything("‹ Back")
    assert "👤 Ann" in teacher.chat[-1].words
    assert system.value("SELECT state FROM person") == "active"


async def test_an_organizer_can_be_erased_with_all_that_they_did(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minjeong")
    await minji.sends("/invite")
    await minji.presses("Teachers")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await minji.presses("Write back")
    await minji.sends("stay-there-words")
    await minji.erases_everything()
    kept = everything(system)
    assert "Minjeong" not in kept
    assert str(minji.id) not in kept
    assert system.value("SELECT count(*) FROM help") == 1


async def test_the_last_organizer_reads_that_nobody_is_left(system: System) -> None:
    minji, teacher = await system.organizer("Minji"), await system.teacher("Ann")
    for who, last in ((minji, True), (teacher, False)):
        await who.sends("/me")
        await who.presses("Erase my data")
        assert ("No other organizer can be reached here." in who.chat[-1].words) is last
        assert ("python -m bot invite owner" in who.chat[-1].words) is last
    await system.organizer("Bora")
    await minji.sends("/me")
    await minji.presses("Erase my data")
    assert "No other organizer" not in minji.chat[-1].words


async def test_the_database_is_whole_after_an_erasure(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.erases_everything()
    db: Database = system.app.runtime.db
    assert await db.read(lambda c: c.execute("PRAGMA foreign_key_check").fetchall()) == []
    person = system.rows("SELECT * FROM person")[0]
    assert (person["telegram_id"], person["name"], person["state"]) == (-person["id"], "", "left")
