"""Whoever was about to write to someone may think better of it."""

from rehearsal.telegram import Account
from tests.kit import System


async def presses(system: System, who: Account, label: str) -> None:
    await who.presses(label)
    await system.wait_idle()


async def says(system: System, who: Account, text: str) -> None:
    await who.sends(text)
    await system.wait_idle()


async def test_an_organizer_who_pressed_the_wrong_name_writes_to_nobody(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "Write back")
    await presses(system, minji, "✖️ Cancel")
    assert minji.chat[-1].words == "All right, nothing was sent."
    await says(system, minji, "not for Ann")
    assert not teacher.shows("not for Ann")
    await presses(system, minji, "Write back")
    await says(system, minji, "Where are you?")
    assert teacher.shows("Where are you?")


async def test_a_question_is_thought_better_of_and_an_open_call_stays_open(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I have a question")
    question = teacher.chat[-1]
    await presses(system, teacher, "✖️ Cancel")
    assert question.words == "All right, nothing was sent."
    assert system.rows("SELECT * FROM conversation") == []
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await teacher.presses_payload("never1", question)
    await system.wait_idle()
    assert teacher.toast == ("That is no longer here.", False)
    await says(system, teacher, "I see a bridge")
    assert minji.shows("I see a bridge")
