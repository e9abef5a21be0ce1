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


async def test_a_swipe_at_somebody_who_is_gone_answers_nobody_else(system: System) -> None:
    ann, bob = await system.teacher("Ann"), await system.teacher("Bob")
    minji, jisoo = await system.organizer("Minji"), await system.organizer("Jisoo")
    for teacher in (ann, bob):
        await teacher.calls_for_help("I have a question")
        await teacher.sends(f"{teacher.name} asks")
    await jisoo.drafts_broadcast("Dinner at seven", "Everyone")
    await jisoo.presses("Send to")
    of_ann, of_bob = minji.newest("Ann asks"), minji.newest("Bob asks")
    await ann.blocks()
    await bob.erases_everything()
    await minji.sends("Only for Ann", reply_to=of_ann)
    assert minji.chat[-1].words.startswith("Ann has blocked the bot or left, so nothing was sent.")
    await minji.sends("Only for Bob", reply_to=of_bob)
    assert minji.chat[-1].words == "This person has left and erased everything, so nothing was sent."
    assert not jisoo.shows("Only for")

    # Nor is it passed to whoever wrote last, where it answers something else of the bot's.
    await minji.sends("What is this?", reply_to=await minji.asks("/today"))
    assert "Shall I pass this on" in minji.chat[-1].words
    assert not jisoo.shows("What is this?")
