"""An organizer writes to somebody who has blocked the bot or erased everything: it is said, and goes to nobody else."""

from tests.handlers.arriving import presses, says
from tests.kit import House


async def test_who_cannot_be_reached_is_said_to_the_organizer(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "Write back")
    teacher.blocks()
    await house.wait_idle()
    await says(house, minji, "Where are you?")
    not_sent = "Ann has blocked the bot or left, so nothing was sent. Please call them."
    assert minji.chat[-1].words == not_sent
    await presses(house, minji, "Write back")
    assert minji.chat[-1].words == not_sent


async def test_a_swipe_at_who_cannot_be_reached_goes_to_nobody_else(house: House) -> None:
    ann, bob, minji = await house.teacher("Ann"), await house.teacher("Bob"), await house.organizer()
    await says(house, ann, "/help")
    await presses(house, ann, "I am lost")
    card = minji.chat[-1]
    await says(house, bob, "/help")
    await presses(house, bob, "I feel unwell")
    await presses(house, minji, "Write back")
    ann.blocks()
    await house.wait_idle()
    await minji.sends("Stay there", reply_to=card)
    await house.wait_idle()
    assert minji.chat[-1].words.startswith("Ann has blocked the bot or left, so nothing was sent.")
    assert not bob.shows("Stay there")
    await says(house, minji, "I am coming")
    assert bob.shows("I am coming")


async def test_who_has_erased_everything_is_written_to_by_nobody(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    card, number = minji.chat[-1], house.value("SELECT person_id FROM help")
    await presses(house, minji, "Write back")
    await says(house, teacher, "/me")
    await presses(house, teacher, "Erase my data")
    await presses(house, teacher, "Erase without my name")
    erased = "This person has left and erased everything, so nothing was sent."
    await says(house, minji, "Where are you?")
    assert minji.chat[-1].words == erased
    await minji.presses_payload(f"write1:{number}", on=card)
    await house.wait_idle()
    assert minji.chat[-1].words == erased
