"""Whoever was about to write to someone may think better of it."""

from tests.kit import System


async def test_an_organizer_who_pressed_the_wrong_name_writes_to_nobody(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await minji.presses("✖️ Cancel")
    assert minji.chat[-1].words == "All right, nothing was sent."
    await minji.sends("not for Ann")
    assert not teacher.shows("not for Ann")
    await minji.presses("Write back")
    await minji.sends("Where are you?")
    assert teacher.shows("Where are you?")


async def test_a_question_is_thought_better_of_and_an_open_call_stays_open(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I have a question")
    question = teacher.chat[-1]
    await teacher.presses("✖️ Cancel")
    assert question.words == "All right, nothing was sent."
    assert system.rows("SELECT * FROM conversation") == []
    await teacher.calls_for_help("I am lost")
    await teacher.presses_payload("never1", question)
    assert teacher.toast == ("That is no longer here.", False)
    await teacher.sends("I see a bridge")
    assert minji.shows("I see a bridge")
