"""People see, change, take along and erase what is stored about them."""

import json

from tests.kit import System


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
