"""Whoever was about to write to someone may think better of it."""

from rehearsal.telegram import Account
from tests.kit import House


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.wait_idle()


async def says(house: House, who: Account, text: str) -> None:
    await who.sends(text)
    await house.wait_idle()


async def test_an_organizer_who_pressed_the_wrong_name_writes_to_nobody(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "Write back")
    await presses(house, minji, "✖️ Cancel")
    assert minji.chat[-1].words == "All right, nothing was sent."
    await says(house, minji, "not for Ann")
    assert not teacher.shows("not for Ann")
    await presses(house, minji, "Write back")
    await says(house, minji, "Where are you?")
    assert teacher.shows("Where are you?")


async def test_a_question_is_thought_better_of_and_an_open_call_stays_open(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I have a question")
    question = teacher.chat[-1]
    await presses(house, teacher, "✖️ Cancel")
    assert question.words == "All right, nothing was sent."
    assert house.rows("SELECT * FROM conversation") == []
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await teacher.presses_payload("never1", question)
    await house.wait_idle()
    assert teacher.toast == ("That is no longer here.", False)
    await says(house, teacher, "I see a bridge")
    assert minji.shows("I see a bridge")
