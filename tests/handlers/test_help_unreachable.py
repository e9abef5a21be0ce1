"""An organizer writes to somebody who has blocked the bot or erased everything: it is said, and goes to nobody else."""

from tests.kit import System


async def test_who_cannot_be_reached_is_said_to_the_organizer(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await teacher.blocks()
    await minji.sends("Where are you?")
    not_sent = "Ann has blocked the bot or left, so nothing was sent. Please call them."
    assert minji.chat[-1].words == not_sent
    await minji.presses("Write back")
    assert minji.chat[-1].words == not_sent


async def test_a_reply_to_who_cannot_be_reached_goes_to_nobody_else(system: System) -> None:
    ann, bob, minji = await system.teacher("Ann"), await system.teacher("Bob"), await system.organizer()
    await ann.calls_for_help("I am lost")
    card = minji.chat[-1]
    await bob.calls_for_help("I feel unwell")
    await minji.presses("Write back")
    await ann.blocks()
    await minji.sends("Stay there", reply_to=card)
    assert minji.chat[-1].words.startswith("Ann has blocked the bot or left, so nothing was sent.")
    assert not bob.shows("Stay there")
    await minji.sends("I am coming")
    assert bob.shows("I am coming")


async def test_who_has_erased_everything_is_written_to_by_nobody(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    card, number = minji.chat[-1], system.value("SELECT person_id FROM help")
    await minji.presses("Write back")
    await teacher.erases_everything()
    erased = "This person has left and erased everything, so nothing was sent."
    await minji.sends("Where are you?")
    assert minji.chat[-1].words == erased
    await minji.presses_payload(f"write1:{number}", on=card)
    assert minji.chat[-1].words == erased
