"""What a chat waits for ends at its time, or when something else comes, and nobody's words are lost or misdirected."""

import pytest

from bot.routing import AnswerRoute, UnansweredRoute
from handlers import ROUTES
from tests.kit import System


async def test_words_hours_after_write_to_go_to_nobody_until_their_writer_says_so(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await system.at("2025-08-04 18:30")
    await minji.sends("buy water")
    assert not teacher.shows("buy water")
    assert "You wanted to write to Ann, but that was a while ago" in minji.chat[-1].words
    assert "Shall I pass this on to the organizers?" in minji.chat[-1].words
    await minji.sends("and bread")  # it is said once
    assert minji.chat[-1].words == "Shall I pass this on to the organizers?"
    await minji.presses("✉️ Send to Ann", on=minji.chat[-3])
    assert teacher.shows("Minji, organizer, writes to you:\nbuy water")
    assert not teacher.shows("and bread")
    # The same press again sends nothing again.
    await minji.taps_again()
    assert teacher.count("buy water") == 1


async def test_words_that_were_written_in_time_are_in_time_however_long_the_bot_was_off(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await minji.presses("Write back")
    async with system.without_bot():
        await teacher.sends("I am at exit 4")
        await minji.sends("I am coming")
        system.passes("2025-08-04 12:00")
        await teacher.sends("And now at exit 5")
    assert minji.shows("✉️ Ann writes:\nI am at exit 4\n🕓 06:00")
    assert teacher.shows("✉️ Minji, organizer, writes to you:\nI am coming\n🕓 06:00")
    assert minji.shows("✉️ Ann writes:\nAnd now at exit 5")


async def test_words_the_next_morning_are_no_part_of_an_old_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await system.at("2025-08-04 08:50")
    await teacher.sends("By the bridge")
    await system.at("2025-08-04 11:30")  # three hours count from the last words
    await teacher.sends("Still here")
    assert minji.shows("Still here")
    await system.at("2025-08-05 07:30")
    await teacher.sends("2")
    assert "does not go to the organizers by itself any more" in teacher.chat[-1].words
    assert not minji.shows("writes:\n2")
    await teacher.presses("Yes, pass it on")
    assert minji.shows("writes:\n2")


async def test_an_answer_that_comes_late_is_offered_to_whom_it_was_for(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("When is dinner?")
    await minji.presses("Write back")
    await minji.sends("At seven. Do you come?")
    await teacher.presses("Answer")
    await system.at("2025-08-04 20:00")
    await teacher.sends("I come")
    assert not minji.shows("I come")
    assert "You wanted to answer Minji" in teacher.chat[-1].words
    await teacher.presses("✉️ Send to Minji")
    assert minji.shows("Ann writes:\nI come")
    assert not bora.shows("I come")


async def test_a_question_a_name_and_a_draft_that_come_late(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I have a question")
    await system.at("2025-08-04 08:30")
    await teacher.sends("Where do we eat?")
    assert "You wanted to write to the organizers" in teacher.chat[-1].words
    assert "Shall I pass this on to the organizers?" in teacher.chat[-1].words
    await teacher.sends("/me")
    await teacher.presses("Name")
    await system.at("2025-08-04 12:00")
    await teacher.sends("Where is everybody")
    assert "it stays Ann." in teacher.chat[-1].words
    assert system.rows("SELECT 1 FROM person WHERE name = 'Ann'")

    await minji.sends("/broadcast")
    await minji.presses("Everyone (2)")
    await system.at("2025-08-04 18:00")
    await minji.sends("buy water")
    assert "I have not taken this as its text" in minji.chat[-1].words
    await minji.presses("Go on with the draft")
    await minji.sends("The bus leaves at nine")
    assert "exactly the message above" in minji.chat[-1].words


async def test_sending_one_broadcast_keeps_a_letter_and_another_draft(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    alert = minji.chat[-1]
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    first = await minji.asks("First")
    await minji.presses("Write back", on=alert)
    assert "Write to Ann" in minji.chat[-2].words
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."
    await minji.presses("📣 Send to 1", on=first)
    await minji.sends("only for Ann")
    assert teacher.shows("Minji, organizer, writes to you:\nonly for Ann")
    # And a draft survives the sending of another one.
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    second = await minji.asks("Second")
    await minji.sends("/broadcast")
    await minji.presses("Everyone (2)")
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."
    await minji.presses("📣 Send to 1", on=second)
    await minji.sends("Third")
    assert "exactly the message above" in minji.chat[-1].words
    assert [row["text"] for row in system.rows("SELECT text FROM broadcast ORDER BY id")] == [
        "First",
        "Second",
        "Third",
    ]


async def test_what_a_command_gives_up_is_said_and_can_be_taken_up_again(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.sends("/missing")
    assert minji.chat[-1].words == "✉️ Nothing was sent to Ann. What you write now does not go there."
    await minji.presses("Write to Ann")
    await minji.sends("Wait there")
    assert teacher.shows("Wait there")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends("/today")
    await minji.presses("Go on with the draft")
    await minji.sends("Lunch now")
    assert "exactly the message above" in minji.chat[-1].words

    await teacher.sends("/me")
    await teacher.presses("Name")
    await teacher.sends("/today")
    assert teacher.chat[-1].words == "✍️ Your name stays Ann."


async def test_who_looks_something_up_in_the_middle_of_a_call_can_go_on_with_it(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await teacher.sends("/today")
    await teacher.sends("By a red gate")
    assert "does not go to the organizers by itself any more" in teacher.chat[-1].words
    await teacher.presses("Yes, pass it on")
    await teacher.sends("And a river")
    assert minji.shows("By a red gate")
    assert minji.shows("And a river")
    assert not bora.shows("river")
    assert system.value("SELECT count(*) FROM help") == 1


async def test_a_name_in_the_middle_of_a_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    page = await teacher.asks("/me")
    await teacher.calls_for_help("I am lost")
    await teacher.presses("Name", on=page)
    assert "Your call for help stays open." in teacher.chat[-1].words
    await teacher.presses("Write more about it")
    assert teacher.chat[-2].words == "🆘 Everything you write now goes to the organizers."
    await teacher.sends("By a red gate")
    assert minji.shows("By a red gate")


@pytest.mark.parametrize("ends", ["I see a bridge", "✖️ Cancel"])
async def test_an_answer_in_the_middle_of_a_call_does_not_end_it(system: System, ends: str) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.sends("What do you see?", reply_to=minji.chat[0])
    await teacher.presses("✍️ Answer")
    await (teacher.presses(ends) if ends.startswith("✖️") else teacher.asks(ends))
    await teacher.sends("And a river")
    assert minji.shows("And a river")


async def test_the_cancel_of_an_old_question_ends_no_other(system: System) -> None:
    ann, bek, minji = await system.teacher("Ann"), await system.teacher("Bek"), await system.organizer("Minji")
    await ann.calls_for_help("I am lost")
    await bek.calls_for_help("I am lost")
    for_ann, for_bek = minji.chat
    await minji.presses("Write back", on=for_ann)
    old = minji.chat[-1]
    await minji.presses("Write back", on=for_bek)
    assert minji.chat[-1].words.startswith("✉️ Nothing was sent to Ann.")
    await minji.presses("✖️ Cancel", on=old)
    assert minji.toast == ("That is no longer here.", False)
    await minji.presses("Write back", on=for_bek)  # the same again gives nothing up
    assert "Write to Bek" in minji.chat[-1].words
    await minji.sends("I am coming")
    assert bek.shows("I am coming")
    assert not ann.shows("I am coming")


async def test_a_call_that_comes_before_a_draft_is_done_leaves_it_there(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.organizer("Bora")
    await minji.sends("/broadcast")
    await minji.presses("Everyone (2)")
    await minji.presses_payload("help1:unwell", on=minji.chat[-1])
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."


async def test_a_press_of_an_old_cancel_makes_no_second_card(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await minji.sends("/broadcast")
    await minji.presses("Teachers (1)")
    await minji.sends_sticker()
    only_text = minji.chat[-1]
    await minji.sends("Lunch now")
    await minji.presses("📣 Send to 1")
    assert teacher.shows("Lunch now")
    await minji.presses("✖️ Cancel", on=only_text)
    assert only_text.words.startswith("That message was sent in the meantime.")
    assert len([one for one in minji.chat if one.words.startswith("📣 Sent")]) == 1


def test_each_answer_that_is_awaited_says_what_becomes_of_it_when_it_does_not_come() -> None:
    # Joining says so by itself: "Press /start to go on where we were." A number is nothing to keep.
    joining = {"start.name", "start.button", "lesson.answer"}
    awaited = {route.waits_for for route in ROUTES if isinstance(route, AnswerRoute)}
    told = {route.waits_for for route in ROUTES if isinstance(route, UnansweredRoute)}
    assert awaited - joining <= told
