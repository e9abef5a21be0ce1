"""People see, change, take along and erase what is stored about them."""

import json

from bot.store.database import Database
from rehearsal.telegram import Account
from tests.kit import OWNER, System


async def presses(system: System, who: Account, label: str) -> None:
    await who.presses(label)
    await system.wait_idle()
    assert who.waiting_taps == 0


async def says(system: System, who: Account, text: str) -> None:
    await who.sends(text)
    await system.wait_idle()


def everything(system: System) -> str:
    """All that the database holds, as text."""
    tables = [row["name"] for row in system.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [list(row.values()) for table in tables for row in system.rows(f"SELECT * FROM {table}")]
    return "\n".join(value.decode() if isinstance(value, bytes) else str(value) for row in rows for value in row)


async def test_me_shows_what_is_stored(system: System) -> None:
    teacher, minji = await system.teacher("Ann <3"), await system.organizer()
    coordinator = await system.coordinator()
    await says(system, teacher, "/me")
    group = system.seminar.groups[0].title.get("en")
    assert teacher.shows(f"👤 Ann <3\nRole: teacher\nLanguage: English\nGroup: {group}")
    await says(system, minji, "/me")
    assert minji.shows("Role: organizer")
    assert "👥 Group" not in minji.labels()
    await says(system, coordinator, "/me")
    assert coordinator.shows("Role: coordinator")
    assert teacher.shows("I also keep your check-ins")
    assert not coordinator.shows("check-ins")


async def test_a_name_is_changed_and_a_bad_one_is_not(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/me")
    await presses(system, teacher, "Name")
    await presses(system, teacher, "‹ Back")
    await says(system, teacher, "Not a name")
    assert "Shall I pass this on" in teacher.chat[-1].words
    await says(system, teacher, "/me")
    await presses(system, teacher, "Name")
    await says(system, teacher, "🙂")
    assert teacher.shows("I cannot read a name in that")
    await says(system, teacher, "A" * 65)
    assert teacher.shows("at most 64 letters")
    await says(system, teacher, "Anna")
    assert "👤 Anna" in teacher.chat[-1].words
    assert system.rows("SELECT * FROM conversation") == []


async def test_another_button_ends_the_question_for_a_name(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/me")
    page = teacher.chat[-1]
    await presses(system, teacher, "Name")
    await teacher.presses_payload("me1:page", on=page)
    await system.wait_idle()
    await says(system, teacher, "not my name")
    assert system.value("SELECT name FROM person") == "Ann"


async def test_a_group_is_changed(system: System) -> None:
    teacher = await system.teacher("Ann")
    other = system.seminar.groups[1]
    await says(system, teacher, "/me")
    await presses(system, teacher, "👥 Group")
    await presses(system, teacher, other.title.get("en"))
    assert f"Group: {other.title.get('en')}" in teacher.chat[-1].words
    await teacher.presses_payload("move1:nowhere", on=teacher.chat[-1])
    await system.wait_idle()
    assert system.value("SELECT group_key FROM person") == other.key


async def test_a_language_is_changed_from_the_page_and_by_command(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/me")
    await presses(system, teacher, "🌐 Language")
    await presses(system, teacher, "Русский")
    assert system.value("SELECT language FROM person") == "ru"
    await says(system, teacher, "/language")
    assert len(teacher.chat[-1].words.split("\n")) == 4
    await presses(system, teacher, "English")
    assert teacher.shows("From now on I will write to you in this language.")
    assert ("me", "My data") in teacher.commands


async def test_someone_who_joins_can_change_the_language_and_a_stranger_cannot(system: System) -> None:
    someone = system.stranger()
    await says(system, someone, "/language")
    await presses(system, someone, "Русский")
    assert someone.toast == ("Press /start to go on.", False)
    assert system.rows("SELECT * FROM person") == []
    owner = Account.get(system.world, OWNER)
    await owner.starts()
    await system.wait_idle()
    await says(system, owner, "/language")
    await owner.presses("한국어", on=owner.chat[-1])
    await system.wait_idle()
    assert system.value("SELECT language FROM person") == "ko"
    await owner.presses_payload("speak1:xx", on=owner.chat[-1])
    await system.wait_idle()
    assert system.value("SELECT language FROM person") == "ko"


async def test_the_export_is_a_file_with_every_row_about_me_and_of_nobody_else(system: System) -> None:
    teacher, other = await system.teacher("Анна"), await system.teacher("Bob")
    minji = await system.organizer()
    for who, words in ((teacher, "my own words"), (other, "someone else's")):
        await says(system, who, "/help")
        await presses(system, who, "Something else")
        await says(system, who, words)
    await presses(system, minji, "Write back")
    await says(system, teacher, "/me")
    await presses(system, teacher, "Export my data")
    [file] = teacher.chat[-1].files
    data = json.loads(file.content)
    assert data["person"][0]["name"] == "Анна"
    assert "Анна" in file.content.decode()
    assert [row["words"] for row in data["help_message"]] == ["my own words"]
    assert "someone else's" not in file.content.decode()


async def test_erasing_leaves_no_trace_and_no_message_under_way(system: System) -> None:
    teacher = system.stranger("Zebulon", username="zebra_77")
    await teacher.starts()
    await system.wait_idle()
    await presses(system, teacher, "Ask an organizer")
    minji = await system.organizer()
    await minji.starts()
    await system.wait_idle()
    await minji.presses_payload("admit1:1:teacher", on=next(one for one in minji.chat if one.from_bot))
    await system.wait_idle()
    await presses(system, teacher, "English")
    await presses(system, teacher, "Zebulon")
    await presses(system, teacher, system.seminar.groups[0].title.get("en"))
    await presses(system, teacher, "I agree")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I feel unwell")
    await says(system, teacher, "secretwords")
    minji.chat.clear()
    await says(system, teacher, "/me")
    await presses(system, teacher, "Erase my data")
    assert teacher.shows("This cannot be undone.")
    await presses(system, teacher, "Erase without my name")
    assert teacher.shows("Everything about you is erased.")
    assert teacher.commands == system.stranger().commands
    kept = everything(system)
    for trace in ("Zebulon", "zebra_77", str(teacher.id), "secretwords"):
        assert trace not in kept
    shown = len(teacher.chat)
    await system.at("2025-08-05 20:00")
    assert len(teacher.chat) == shown
    await says(system, teacher, "/me")
    assert "This bot is for the people of a seminar" in teacher.chat[-1].words


async def test_erasure_can_be_thought_better_of(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/me")
    await presses(system, teacher, "Erase my data")
    await presses(system, teacher, "‹ Back")
    assert "👤 Ann" in teacher.chat[-1].words
    assert system.value("SELECT state FROM person") == "active"


async def test_an_organizer_can_be_erased_with_all_that_they_did(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minjeong")
    await says(system, minji, "/invite")
    await presses(system, minji, "Teachers")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "I'll take it")
    await presses(system, minji, "Write back")
    await says(system, minji, "stay-there-words")
    await says(system, minji, "/me")
    await presses(system, minji, "Erase my data")
    await presses(system, minji, "Erase without my name")
    kept = everything(system)
    assert "Minjeong" not in kept
    assert str(minji.id) not in kept
    assert system.value("SELECT count(*) FROM help") == 1


async def test_the_last_organizer_reads_that_nobody_is_left(system: System) -> None:
    minji, teacher = await system.organizer("Minji"), await system.teacher("Ann")
    for who, last in ((minji, True), (teacher, False)):
        await says(system, who, "/me")
        await presses(system, who, "Erase my data")
        assert ("No other organizer can be reached here." in who.chat[-1].words) is last
        assert ("python -m bot invite owner" in who.chat[-1].words) is last
    await system.organizer("Bora")
    await says(system, minji, "/me")
    await presses(system, minji, "Erase my data")
    assert "No other organizer" not in minji.chat[-1].words


async def test_the_database_is_whole_after_an_erasure(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/me")
    await presses(system, teacher, "Erase my data")
    await presses(system, teacher, "Erase without my name")
    db: Database = system.app.runtime.db
    assert await db.read(lambda c: c.execute("PRAGMA foreign_key_check").fetchall()) == []
    person = system.rows("SELECT * FROM person")[0]
    assert (person["telegram_id"], person["name"], person["state"]) == (-person["id"], "", "left")
