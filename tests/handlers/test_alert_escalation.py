"""Nobody takes it: it comes again, louder, to more people, each step once; and the caller reads whom to call."""

from tests.handlers.test_alert import actions, loud
from tests.kit import System, User

AGAIN = "Nobody has taken this for"


async def night_shift(minji: User, bora: User) -> None:
    """Minji has the day, Bora the night after it."""
    await minji.asks("/duty")
    await minji.presses("✋ I am on duty: Day 4 August")
    screen = await bora.asks("/duty")
    for label in ("4 August", "Night", "✋ I take it"):
        await bora.presses(label, on=screen)


async def test_a_lost_teacher_whom_nobody_answers_for_ten_minutes(system: System) -> None:
    minji, bora, jun = [await system.organizer(name) for name in ("Minji", "Bora", "Jun")]
    await system.at("2025-08-04 21:58")
    await night_shift(minji, bora)
    ann = await system.teacher("Ann")
    await ann.calls_for_help("I am lost")
    assert loud(minji, "is lost.") == [True], "it rings for who is on duty"
    assert loud(bora, "is lost.") == loud(jun, "is lost.") == [False]

    # At ten the duty changes; a minute later it comes again, to who has it now.
    await system.at("2025-08-04 22:00")
    assert not bora.shows(AGAIN)
    await system.at("2025-08-04 22:01")
    assert loud(bora, "Nobody has taken this for 3 minutes.") == [True]
    assert not jun.shows(AGAIN)
    told = ann.newest("Nobody has answered you yet.")
    assert "Please do not wait: call." in told.words
    assert system.seminar.contacts[0].phone in told.words

    # Three minutes after that, to all, with the numbers.
    await system.at("2025-08-04 22:04")
    for one in (minji, bora, jun):
        assert loud(one, "Nobody has taken this for 6 minutes.") == [True]
        assert system.seminar.contacts[0].phone in one.newest(AGAIN).words
    assert ann.count("Nobody has answered you yet.") == 1
    before = [len(one.chat) for one in (minji, bora, jun, ann)]
    await system.at("2025-08-04 22:08")
    assert [len(one.chat) for one in (minji, bora, jun, ann)] == before, "each step once"

    await jun.presses("I'll take it", on=jun.newest(AGAIN))
    assert ann.count("Jun is taking care of it.") == 1
    for one in (minji, bora, jun):
        assert all("🙋 Jun is on it." in card.words for card in one.chat if "is lost." in card.words)
    assert system.value("SELECT due_at FROM alert") is None
    assert actions(system) == ["alert.escalated", "alert.escalated", "alert.taken"]


async def test_what_is_taken_does_not_come_again_and_what_is_released_does(system: System) -> None:
    ann, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await ann.calls_for_help("I am lost")
    card = minji.chat[-1]
    await system.later(minutes=2)
    await minji.presses("I'll take it")
    await system.later(minutes=20)
    assert not bora.shows(AGAIN)
    assert not ann.shows("Nobody has answered you yet.")
    await minji.presses("Release", on=card)
    await system.later(minutes=2)
    assert not bora.shows(AGAIN)
    await system.later(minutes=2)
    assert bora.count("Nobody has taken this for 3 minutes.") == minji.count("for 3 minutes.") == 1
    assert ann.count("Nobody has answered you yet.") == 1


async def test_what_is_opened_again_days_later_does_not_frighten_who_had_called(system: System) -> None:
    ann, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await ann.calls_for_help("I am lost")
    card, other = minji.chat[-1], bora.chat[-1]
    await minji.presses("✅ Settled", on=card)
    await system.jumps_to("2025-08-11 06:30")
    await minji.presses("↩️ Reopen", on=card)
    await system.jumps_to("2025-08-11 09:31")
    assert bora.newest(AGAIN).words.startswith("⏰ Nobody has taken this for 3 hours.")
    assert not ann.shows("Nobody has answered you yet.")
    await ann.blocks()
    lost = bora.newest("The bot cannot reach Ann any more")
    await system.jumps_to("2025-08-17 06:30")
    await minji.presses("I'll take it", on=minji.newest("The bot cannot reach Ann any more"))
    assert "🙋 Minji is on it." in lost.words, "cards show it for as long as a seminar lasts"
    assert "Settled by Minji" in other.words


async def test_a_question_waits_fifteen_minutes(system: System) -> None:
    ann, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await ann.calls_for_help("I have a question")
    await ann.sends("Where is the bus?")
    await system.later(minutes=14)
    assert not minji.shows(AGAIN)
    await system.later(minutes=2)
    assert "Where is the bus?" in minji.newest("Nobody has taken this for 15 minutes.").words
    assert "If it cannot wait, please call." in ann.newest("Nobody has answered you yet.").words
    await minji.presses("Settled", on=minji.chat[0])
    before = len(minji.chat)
    await system.later(minutes=30)
    assert len(minji.chat) == before


async def test_a_bot_that_was_off_does_the_step_when_it_is_back_unless_somebody_took_it_meanwhile(
    system: System,
) -> None:
    ann, bek, minji = await system.teacher("Ann"), await system.teacher("Bek"), await system.organizer("Minji")
    await ann.calls_for_help("I am lost")
    await bek.calls_for_help("I feel unwell")
    async with system.without_bot():
        system.passes("2025-08-04 06:09")
        await minji.presses("I'll take it", on=minji.newest("Bek"))
        system.passes("2025-08-04 06:10")
    await system.wait_idle()
    assert [one.words.splitlines()[1] for one in minji.chat if AGAIN in one.words] == ["🆘 Ann (Pamir) is lost."]
    assert ann.count("Nobody has answered you yet.") == 1
    assert not bek.shows("Nobody has answered you yet.")
    await system.restarts()
    assert minji.count(AGAIN) == 1
