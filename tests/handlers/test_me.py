"""People see, change, take along and erase what is stored about them."""

import json

from bot.store.database import Database
from rehearsal.telegram import Account
from tests.kit import OWNER, House


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.wait_idle()
    assert who.waiting_taps == 0


async def says(house: House, who: Account, text: str) -> None:
    await who.sends(text)
    await house.wait_idle()


def everything(house: House) -> str:
    """All that the database holds, as text."""
    tables = [row["name"] for row in house.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [list(row.values()) for table in tables for row in house.rows(f"SELECT * FROM {table}")]
    return "\n".join(value.decode() if isinstance(value, bytes) else str(value) for row in rows for value in row)


async def test_me_shows_what_is_stored(house: House) -> None:
    teacher, minji = await house.teacher("Ann <3"), await house.organizer()
    coordinator = await house.coordinator()
    await says(house, teacher, "/me")
    group = house.seminar.groups[0].title.get("en")
    assert teacher.shows(f"👤 Ann <3\nRole: teacher\nLanguage: English\nGroup: {group}")
    await says(house, minji, "/me")
    assert minji.shows("Role: organizer")
    assert "👥 Group" not in minji.labels()
    await says(house, coordinator, "/me")
    assert coordinator.shows("Role: coordinator")
    assert teacher.shows("I also keep your check-ins")
    assert not coordinator.shows("check-ins")


async def test_a_name_is_changed_and_a_bad_one_is_not(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/me")
    await presses(house, teacher, "Name")
    await presses(house, teacher, "‹ Back")
    await says(house, teacher, "Not a name")
    assert "Shall I pass this on" in teacher.chat[-1].words
    await says(house, teacher, "/me")
    await presses(house, teacher, "Name")
    await says(house, teacher, "🙂")
    assert teacher.shows("I cannot read a name in that")
    await says(house, teacher, "A" * 65)
    assert teacher.shows("at most 64 letters")
    await says(house, teacher, "Anna")
    assert "👤 Anna" in teacher.chat[-1].words
    assert house.rows("SELECT * FROM conversation") == []


async def test_another_button_ends_the_question_for_a_name(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/me")
    page = teacher.chat[-1]
    await presses(house, teacher, "Name")
    await teacher.presses_payload("me1:page", on=page)
    await house.wait_idle()
    await says(house, teacher, "not my name")
    assert house.value("SELECT name FROM person") == "Ann"


async def test_a_group_is_changed(house: House) -> None:
    teacher = await house.teacher("Ann")
    other = house.seminar.groups[1]
    await says(house, teacher, "/me")
    await presses(house, teacher, "👥 Group")
    await presses(house, teacher, other.title.get("en"))
    assert f"Group: {other.title.get('en')}" in teacher.chat[-1].words
    await teacher.presses_payload("move1:nowhere", on=teacher.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT group_key FROM person") == other.key


async def test_a_language_is_changed_from_the_page_and_by_command(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/me")
    await presses(house, teacher, "🌐 Language")
    await presses(house, teacher, "Русский")
    assert house.value("SELECT language FROM person") == "ru"
    await says(house, teacher, "/language")
    assert len(teacher.chat[-1].words.split("\n")) == 4
    await presses(house, teacher, "English")
    assert teacher.shows("From now on I will write to you in this language.")
    assert ("me", "My data") in teacher.commands


async def test_someone_who_joins_can_change_the_language_and_a_stranger_cannot(house: House) -> None:
    someone = house.stranger()
    await says(house, someone, "/language")
    await presses(house, someone, "Русский")
    assert someone.toast == ("Press /start to go on.", False)
    assert house.rows("SELECT * FROM person") == []
    owner = house.world.accounts[OWNER]
    await owner.starts()
    await house.wait_idle()
    await says(house, owner, "/language")
    await owner.presses("한국어", on=owner.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT language FROM person") == "ko"
    await owner.presses_payload("speak1:xx", on=owner.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT language FROM person") == "ko"


async def test_the_export_is_a_file_with_every_row_about_me_and_of_nobody_else(house: House) -> None:
    teacher, other = await house.teacher("Анна"), await house.teacher("Bob")
    minji = await house.organizer()
    for who, words in ((teacher, "my own words"), (other, "someone else's")):
        await says(house, who, "/help")
        await presses(house, who, "Something else")
        await says(house, who, words)
    await presses(house, minji, "Write back")
    await says(house, teacher, "/me")
    await presses(house, teacher, "Export my data")
    [file] = teacher.chat[-1].files
    data = json.loads(file.content)
    assert data["person"][0]["name"] == "Анна"
    assert "Анна" in file.content.decode()
    assert [row["words"] for row in data["help_message"]] == ["my own words"]
    assert "someone else's" not in file.content.decode()


async def test_erasing_leaves_no_trace_and_no_message_under_way(house: House) -> None:
    teacher = house.stranger("Zebulon", username="zebra_77")
    await teacher.starts()
    await house.wait_idle()
    await presses(house, teacher, "Ask an organizer")
    minji = await house.organizer()
    await minji.starts()
    await house.wait_idle()
    await minji.presses_payload("admit1:1:teacher", on=next(one for one in minji.chat if one.from_bot))
    await house.wait_idle()
    await presses(house, teacher, "English")
    await presses(house, teacher, "Zebulon")
    await presses(house, teacher, house.seminar.groups[0].title.get("en"))
    await presses(house, teacher, "I agree")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I feel unwell")
    await says(house, teacher, "secretwords")
    minji.chat.clear()
    await says(house, teacher, "/me")
    await presses(house, teacher, "Erase my data")
    assert teacher.shows("This cannot be undone.")
    await presses(house, teacher, "Erase without my name")
    assert teacher.shows("Everything about you is erased.")
    assert teacher.commands == house.stranger().commands
    kept = everything(house)
    for trace in ("Zebulon", "zebra_77", str(teacher.id), "secretwords"):
        assert trace not in kept
    shown = len(teacher.chat)
    await house.at("2025-08-05 20:00")
    assert len(teacher.chat) == shown
    await says(house, teacher, "/me")
    assert "This bot is for the people of a seminar" in teacher.chat[-1].words


async def test_erasure_can_be_thought_better_of(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/me")
    await presses(house, teacher, "Erase my data")
    await presses(house, teacher, "‹ Back")
    assert "👤 Ann" in teacher.chat[-1].words
    assert house.value("SELECT state FROM person") == "active"


async def test_an_organizer_can_be_erased_with_all_that_they_did(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer("Minjeong")
    await says(house, minji, "/invite")
    await presses(house, minji, "Teachers")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "I'll take it")
    await presses(house, minji, "Write back")
    await says(house, minji, "stay-there-words")
    await says(house, minji, "/me")
    await presses(house, minji, "Erase my data")
    await presses(house, minji, "Erase without my name")
    kept = everything(house)
    assert "Minjeong" not in kept
    assert str(minji.id) not in kept
    assert house.value("SELECT count(*) FROM help") == 1


async def test_the_last_organizer_reads_that_nobody_is_left(house: House) -> None:
    minji, teacher = await house.organizer("Minji"), await house.teacher("Ann")
    for who, last in ((minji, True), (teacher, False)):
        await says(house, who, "/me")
        await presses(house, who, "Erase my data")
        assert ("No other organizer can be reached here." in who.chat[-1].words) is last
        assert ("python -m bot invite owner" in who.chat[-1].words) is last
    await house.organizer("Bora")
    await says(house, minji, "/me")
    await presses(house, minji, "Erase my data")
    assert "No other organizer" not in minji.chat[-1].words


async def test_the_database_is_whole_after_an_erasure(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/me")
    await presses(house, teacher, "Erase my data")
    await presses(house, teacher, "Erase without my name")
    db: Database = house.app.services.db
    assert await db.read(lambda c: c.execute("PRAGMA foreign_key_check").fetchall()) == []
    person = house.rows("SELECT * FROM person")[0]
    assert (person["telegram_id"], person["name"], person["state"]) == (-person["id"], "", "left")
