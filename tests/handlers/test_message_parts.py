"""An album, or a text that the phone cut, is one thing: one acknowledgement, one alert, in order, nothing lost."""

import pytest

from rehearsal.telegram.model import Json
from tests.kit import System, User
from tests.kit.media import LONG_TEXT, PIXEL


def copies(who: User) -> int:
    """How many pictures someone got."""
    return sum("photo" in message.content for message in who.chat if message.from_bot)


async def test_what_an_organizer_writes_and_a_teacher_answers_in_parts_arrives_whole(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.sends_album(PIXEL, PIXEL, PIXEL, caption="Look for this")
    await system.later(seconds=5)
    assert (copies(teacher), teacher.count("Look for this"), minji.count("✓ Passed on")) == (3, 1, 1)
    assert "Minji, organizer, writes to you:\nLook for this" in teacher.chat[-3].caption
    await minji.presses("Write back")
    await minji.sends(LONG_TEXT)
    assert teacher.chat[-1].words.endswith("gate 3")
    assert (minji.count("✓ Passed on"), minji.count("Shall I pass")) == (2, 0)
    await teacher.presses("Answer")
    await teacher.sends(LONG_TEXT)
    assert minji.chat[-1].words.endswith("gate 3")
    assert teacher.count("✓ Passed on to Minji") == 1
    assert system.rows("SELECT * FROM conversation WHERE waits_for = 'help.answer'") == []


async def test_a_question_in_parts_is_one_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I have a question")
    await teacher.sends_album(PIXEL, PIXEL, caption="Which one?")
    await system.later(seconds=5)
    assert (minji.count("asks:"), copies(minji), teacher.count("✓ Passed on")) == (1, 2, 1)
    assert system.value("SELECT count(*) FROM help") == 1
    assert [message.silent for message in minji.chat] == [False, True, True]


@pytest.mark.parametrize("yes", [True, False])
async def test_unasked_parts_are_offered_and_decided_together(system: System, yes: bool) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.sends_album(PIXEL, PIXEL, PIXEL)
    assert teacher.count("Shall I pass") == 1
    await teacher.presses("Yes, pass it on" if yes else "No")
    await system.later(seconds=2)
    assert (minji.count("writes:"), copies(minji)) == ((1, 3) if yes else (0, 0))
    assert system.value("SELECT count(*) FROM help_message") == (3 if yes else 0)
    await teacher.sends("/me")
    await teacher.sends(LONG_TEXT)
    assert teacher.count("Shall I pass") == 1
    await teacher.presses("Yes, pass it on")
    assert minji.chat[-1].words.endswith("gate 3")


async def test_parts_around_a_crash_find_their_way(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    first, second, third = await minji.sends_album(PIXEL, PIXEL, PIXEL)
    await system.write(lambda db: db.execute("UPDATE inbox SET state = 'new' WHERE done_at IS NOT NULL"))
    async with system.without_bot():
        pass
    await system.later(seconds=2)
    assert (copies(teacher), minji.count("Shall I pass")) == (3, 0)
    assert {first.id, second.id, third.id} == {row["message_id"] for row in system.rows("SELECT * FROM help_message")}
    await minji.sends("/broadcast")
    await minji.presses("Everyone")
    async with system.without_waiting():
        for message in (first, second, third):
            await minji.taps_again(message)
    await system.later(seconds=2)
    assert copies(teacher) == 3
    assert system.value("SELECT waits_for FROM conversation WHERE chat_id = ?", minji.id) == "broadcast.text"


async def test_parts_that_come_after_something_else_was_asked_leave_that_alone(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    album: Json = {"media_group_id": "77"}
    photo = (await teacher.sends_photo(PIXEL)).content
    await minji.sends_content(photo, extra=album)
    await minji.sends("/broadcast")
    await minji.presses("Everyone")
    await minji.sends_content(photo, extra=album)
    await system.later(seconds=2)
    assert copies(teacher) == 2
    assert "can only be text" not in minji.chat[-1].words
    assert system.value("SELECT waits_for FROM conversation WHERE chat_id = ?", minji.id) == "broadcast.text"


async def test_parts_where_one_text_was_asked_for_are_answered_once(system: System) -> None:
    minji = await system.organizer()
    await minji.sends("/broadcast")
    await minji.presses("Everyone")
    await minji.sends_album(PIXEL, PIXEL, PIXEL)
    assert minji.count("An album of 3") == 1
    await minji.sends("word " * 2_000)
    assert minji.count("one message holds 4096") == 1
    assert minji.count("That is 10000 characters") == 1
    await minji.sends("/me")
    await minji.presses("Name")
    await minji.sends_album(PIXEL, PIXEL)
    assert minji.count("I can only read text here.") == 1


async def test_texts_that_are_complete_are_things_of_their_own(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.sends("x" * 3_900)
    await minji.sends("short")
    assert "Shall I pass this on" in minji.chat[-1].words
    await minji.presses("Write back")
    await minji.sends("y" * 4_096)
    await system.later(minutes=1)
    await minji.sends("something else, an hour later")
    assert "Shall I pass this on" in minji.chat[-1].words
    assert not teacher.shows("something else")
