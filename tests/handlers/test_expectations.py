"""What a chat waits for ends at its time, or when something else comes, and nobody's words are lost or misdirected."""

import pytest

from bot.routing import AnswerRoute, UnansweredRoute
from handlers import ROUTES
from rehearsal.telegram import Account
from tests.kit import System


async def presses(system: System, who: Account, label: str) -> None:
    await who.presses(label)
    await system.wait_idle()
    assert who.waiting_taps == 0


async def says(system: System, who: Account, text: str) -> None:
    await who.sends(text)
    await system.wait_idle()


async def calls(system: System, teacher: Account, label: str = "I am lost") -> None:
    await says(system, teacher, "/help")
    await presses(system, teacher, label)


async def test_words_hours_after_write_to_go_to_nobody_until_their_writer_says_so(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher)
    await presses(system, minji, "Write back")
    await system.at("2025-08-04 18:30")
    await says(system, minji, "buy water")
    assert not teacher.shows("buy water")
    assert "You wanted to write to Ann, but that was a while ago" in minji.chat[-1].words
    assert "Shall I pass this on to the organizers?" in minji.chat[-1].words
    await says(system, minji, "and bread")  # it is said once
    assert minji.chat[-1].words == "Shall I pass this on to the organizers?"
    await minji.presses("✉️ Send to Ann", on=minji.chat[-3])
    await system.wait_idle()
    assert teacher.shows("Minji, organizer, writes to you:\nbuy water")
    assert not teacher.shows("and bread")
    # The same press again sends nothing again.
    await minji.taps_again()
    await system.wait_idle()
    assert len([one for one in teacher.chat if "buy water" in one.words]) == 1


async def test_words_that_were_written_in_time_are_in_time_however_long_the_bot_was_off(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher)
    await presses(system, minji, "I'll take it")
    await presses(system, minji, "Write back")
    async with system.without_bot():
        await teacher.sends("I am at exit 4")
        await minji.sends("I am coming")
        system.passes("2025-08-04 12:00")
        await teacher.sends("And now at exit 5")
    await system.wait_idle()
    assert minji.shows("✉️ Ann writes:\nI am at exit 4\n🕓 06:00")
    assert teacher.shows("✉️ Minji, organizer, writes to you:\nI am coming\n🕓 06:00")
    assert minji.shows("✉️ Ann writes:\nAnd now at exit 5")


async def test_words_the_next_morning_are_no_part_of_an_old_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await calls(system, teacher)
    await system.at("2025-08-04 08:50")
    await says(system, teacher, "By the bridge")
    await system.at("2025-08-04 11:30")  # three hours count from the last words
    await says(system, teacher, "Still here")
    assert minji.shows("Still here")
    await system.at("2025-08-05 07:30")
    await says(system, teacher, "2")
    assert "does not go to the organizers by itself any more" in teacher.chat[-1].words
    assert not minji.shows("writes:\n2")
    await presses(system, teacher, "Yes, pass it on")
    assert minji.shows("writes:\n2")


async def test_an_answer_that_comes_late_is_offered_to_whom_it_was_for(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await calls(system, teacher, "I have a question")
    await says(system, teacher, "When is dinner?")
    await presses(system, minji, "Write back")
    await says(system, minji, "At seven. Do you come?")
    await presses(system, teacher, "Answer")
    await system.at("2025-08-04 20:00")
    await says(system, teacher, "I come")
    assert not minji.shows("I come")
    assert "You wanted to answer Minji" in teacher.chat[-1].words
    await presses(system, teacher, "✉️ Send to Minji")
    assert minji.shows("Ann writes:\nI come")
    assert not bora.shows("I come")


async def test_a_question_a_name_and_a_draft_that_come_late(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher, "I have a question")
    await system.at("2025-08-04 08:30")
    await says(system, teacher, "Where do we eat?")
    assert "You wanted to write to the organizers" in teacher.chat[-1].words
    assert "Shall I pass this on to the organizers?" in teacher.chat[-1].words
    await says(system, teacher, "/me")
    await presses(system, teacher, "Name")
    await system.at("2025-08-04 12:00")
    await says(system, teacher, "Where is everybody")
    assert "it stays Ann." in teacher.chat[-1].words
    assert system.rows("SELECT 1 FROM person WHERE name = 'Ann'")

    await says(system, minji, "/broadcast")
    await presses(system, minji, "Everyone (2)")
    await system.at("2025-08-04 18:00")
    await says(system, minji, "buy water")
    assert "I have not taken this as its text" in minji.chat[-1].words
    await presses(system, minji, "Go on with the draft")
    await says(system, minji, "The bus leaves at nine")
    assert "exactly the message above" in minji.chat[-1].words


async def test_sending_one_broadcast_keeps_a_letter_and_another_draft(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher)
    alert = minji.chat[-1]
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Teachers (1)")
    await says(system, minji, "First")
    first = minji.chat[-1]
    await minji.presses("Write back", on=alert)
    await system.wait_idle()
    assert "Write to Ann" in minji.chat[-2].words
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."
    await minji.presses("📣 Send to 1", on=first)
    await system.wait_idle()
    await says(system, minji, "only for Ann")
    assert teacher.shows("Minji, organizer, writes to you:\nonly for Ann")
    # And a draft survives the sending of another one.
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Teachers (1)")
    await says(system, minji, "Second")
    second = minji.chat[-1]
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Everyone (2)")
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."
    await minji.presses("📣 Send to 1", on=second)
    await system.wait_idle()
    await says(system, minji, "Third")
    assert "exactly the message above" in minji.chat[-1].words
    assert [row["text"] for row in system.rows("SELECT text FROM broadcast ORDER BY id")] == [
        "First",
        "Second",
        "Third",
    ]


async def test_what_a_command_gives_up_is_said_and_can_be_taken_up_again(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher)
    await presses(system, minji, "Write back")
    await says(system, minji, "/missing")
    assert minji.chat[-1].words == "✉️ Nothing was sent to Ann. What you write now does not go there."
    await presses(system, minji, "Write to Ann")
    await says(system, minji, "Wait there")
    assert teacher.shows("Wait there")
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Teachers (1)")
    await says(system, minji, "/today")
    await presses(system, minji, "Go on with the draft")
    await says(system, minji, "Lunch now")
    assert "exactly the message above" in minji.chat[-1].words

    await says(system, teacher, "/me")
    await presses(system, teacher, "Name")
    await says(system, teacher, "/today")
    assert teacher.chat[-1].words == "✍️ Your name stays Ann."


async def test_who_looks_something_up_in_the_middle_of_a_call_can_go_on_with_it(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await calls(system, teacher)
    await presses(system, minji, "I'll take it")
    await says(system, teacher, "/today")
    await says(system, teacher, "By a red gate")
    assert "does not go to the organizers by itself any more" in teacher.chat[-1].words
    await presses(system, teacher, "Yes, pass it on")
    await says(system, teacher, "And a river")
    assert minji.shows("By a red gate")
    assert minji.shows("And a river")
    assert not bora.shows("river")
    assert system.value("SELECT count(*) FROM help") == 1


async def test_a_name_in_the_middle_of_a_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await says(system, teacher, "/me")
    page = teacher.chat[-1]
    await calls(system, teacher)
    await teacher.presses("Name", on=page)
    await system.wait_idle()
    assert "Your call for help stays open." in teacher.chat[-1].words
    await presses(system, teacher, "Write more about it")
    assert teacher.chat[-2].words == "🆘 Everything you write now goes to the organizers."
    await says(system, teacher, "By a red gate")
    assert minji.shows("By a red gate")


@pytest.mark.parametrize("ends", ["I see a bridge", "✖️ Cancel"])
async def test_an_answer_in_the_middle_of_a_call_does_not_end_it(system: System, ends: str) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await calls(system, teacher)
    await minji.sends("What do you see?", reply_to=minji.chat[0])
    await system.wait_idle()
    await presses(system, teacher, "✍️ Answer")
    await (presses(system, teacher, ends) if ends.startswith("✖️") else says(system, teacher, ends))
    await says(system, teacher, "And a river")
    assert minji.shows("And a river")


async def test_the_cancel_of_an_old_question_ends_no_other(system: System) -> None:
    ann, bek, minji = await system.teacher("Ann"), await system.teacher("Bek"), await system.organizer("Minji")
    await calls(system, ann)
    await calls(system, bek)
    for_ann, for_bek = minji.chat
    await minji.presses("Write back", on=for_ann)
    await system.wait_idle()
    old = minji.chat[-1]
    await minji.presses("Write back", on=for_bek)
    await system.wait_idle()
    assert minji.chat[-1].words.startswith("✉️ Nothing was sent to Ann.")
    await minji.presses("✖️ Cancel", on=old)
    await system.wait_idle()
    assert minji.toast == ("That is no longer here.", False)
    await minji.presses("Write back", on=for_bek)  # the same again gives nothing up
    await system.wait_idle()
    assert "Write to Bek" in minji.chat[-1].words
    await says(system, minji, "I am coming")
    assert bek.shows("I am coming")
    assert not ann.shows("I am coming")


async def test_a_call_that_comes_before_a_draft_is_done_leaves_it_there(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.organizer("Bora")
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Everyone (2)")
    await minji.presses_payload("help1:unwell", on=minji.chat[-1])
    await system.wait_idle()
    assert minji.chat[-1].words == "📣 The draft of your message to many is still there."


async def test_a_press_of_an_old_cancel_makes_no_second_card(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await says(system, minji, "/broadcast")
    await presses(system, minji, "Teachers (1)")
    await minji.sends_sticker()
    await system.wait_idle()
    only_text = minji.chat[-1]
    await says(system, minji, "Lunch now")
    await presses(system, minji, "📣 Send to 1")
    assert teacher.shows("Lunch now")
    await minji.presses("✖️ Cancel", on=only_text)
    await system.wait_idle()
    assert only_text.words.startswith("That message was sent in the meantime.")
    assert len([one for one in minji.chat if one.words.startswith("📣 Sent")]) == 1


def test_each_answer_that_is_awaited_says_what_becomes_of_it_when_it_does_not_come() -> None:
    # Joining says so by itself: "Press /start to go on where we were." A number is nothing to keep.
    joining = {"start.name", "start.button", "lesson.answer"}
    awaited = {route.waits_for for route in ROUTES if isinstance(route, AnswerRoute)}
    told = {route.waits_for for route in ROUTES if isinstance(route, UnansweredRoute)}
    assert awaited - joining <= told
