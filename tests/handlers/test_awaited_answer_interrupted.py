"""Something else comes while an answer is awaited: nothing is lost or sent to the wrong person."""

import pytest

from tests.kit import System


async def test_sending_one_broadcast_keeps_a_message_to_one_person_and_another_draft(system: System) -> None:
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
    assert [row["text"] for row in system.rows("SELECT text FROM broadcast_version ORDER BY broadcast_id")] == [
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
