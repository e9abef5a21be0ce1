"""An organizer writes to somebody who has blocked the bot or erased everything: it is said, and goes to nobody else."""

from tests.handlers.arriving import presses, says
from tests.kit import System


async def test_who_cannot_be_reached_is_said_to_the_organizer(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "Write back")
    await teacher.blocks()
    await system.wait_idle()
    await says(system, minji, "Where are you?")
    not_sent = "Ann has blocked the bot or left, so nothing was sent. Please call them."
    assert minji.chat[-1].words == not_sent
    await presses(system, minji, "Write back")
    assert minji.chat[-1].words == not_sent


async def test_a_swipe_at_who_cannot_be_reached_goes_to_nobody_else(system: System) -> None:
    ann, bob, minji = await system.teacher("Ann"), await system.teacher("Bob"), await system.organizer()
    await says(system, ann, "/help")
    await presses(system, ann, "I am lost")
    card = minji.chat[-1]
    await says(system, bob, "/help")
    await presses(system, bob, "I feel unwell")
    await presses(system, minji, "Write back")
    await ann.blocks()
    await system.wait_idle()
    await minji.sends("Stay there", reply_to=card)
    await system.wait_idle()
    assert minji.chat[-1].words.startswith("Ann has blocked the bot or left, so nothing was sent.")
    assert not bob.shows("Stay there")
    await says(system, minji, "I am coming")
    assert bob.shows("I am coming")


async def test_who_has_erased_everything_is_written_to_by_nobody(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    card, number = minji.chat[-1], system.value("SELECT person_id FROM help")
    await presses(system, minji, "Write back")
    await says(system, teacher, "/me")
    await presses(system, teacher, "Erase my data")
    await presses(system, teacher, "Erase without my name")
    erased = "This person has left and erased everything, so nothing was sent."
    await says(system, minji, "Where are you?")
    assert minji.chat[-1].words == erased
    await minji.presses_payload(f"write1:{number}", on=card)
    await system.wait_idle()
    assert minji.chat[-1].words == erased
