"""Whoever has an alert blocks the bot, loses the role, calls themselves: somebody else hears of it, or the caller."""

import sqlite3

from bot.access import Role
from bot.documents.roster_table import RosterFacts
from bot.store import person
from bot.store import roster as roster_store
from tests.handlers.test_alert import actions, loud
from tests.kit import System, User

AGAIN = "Nobody has taken this for"
FREE = "Nobody has this any more: please take it."
PHONE = "+992901234567"


async def on_the_roster(system: System, someone: User) -> None:
    """The office knows this person's phone number."""

    def add(connection: sqlite3.Connection) -> None:
        who = person.by_telegram_id(connection, someone.id)
        assert who is not None
        roster_store.add(connection, RosterFacts(someone.name, phone=PHONE), system.clock.now())
        roster_store.link(connection, roster_store.last_number(connection), who.id)

    await system.write(add)


async def test_who_has_an_alert_and_blocks_the_bot_has_it_no_more(system: System) -> None:
    ann, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await ann.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await system.later(minutes=30)
    await minji.blocks()
    assert loud(bora, FREE) == [True]
    assert "🙋 I'll take it" in bora.newest("is lost.").labels
    await system.later(minutes=4)
    assert bora.count("Nobody has taken this for 3 minutes.") == 1
    assert ann.count("I have just told the organizers again, louder.") == 1
    await bora.presses("I'll take it")
    await minji.unblocks()
    assert ann.count("Bora is taking care of it.") == 1

    # Another way of losing the role: whatever it is, the alert is not theirs any more.
    jun = await system.organizer("Jun")
    await system.write(lambda connection: person.set_role(connection, 3, Role.TEACHER))
    await system.wait_idle()
    assert minji.count(FREE) == jun.count(FREE) == 1

    # The last who could be reached is gone: whoever called is not told that somebody was told.
    await minji.blocks()
    await jun.presses("I'll take it", on=jun.newest(FREE))
    await jun.blocks()
    await system.later(minutes=4)
    assert system.value("SELECT state FROM alert WHERE kind = 'lost'") == "open"
    told = ann.newest("No organizer can be reached here right now. Please do not wait: call.")
    assert system.seminar.contacts[0].phone in told.words
    assert actions(system).count("alert.released") == 3
    await system.later(minutes=30)
    assert ann.count("Nobody has answered you yet.") == 2

    # Somebody is back: the steps go on with them, from the first one.
    await jun.unblocks()
    await system.later(minutes=4)
    assert loud(jun, AGAIN) == [True]
    assert system.value("SELECT level FROM alert WHERE kind = 'lost'") == 1


async def test_an_owner_by_the_settings_alone_keeps_what_they_have_and_can_be_given_it(system: System) -> None:
    owner, minji = await system.owner(Role.TEACHER), await system.organizer("Minji")
    ann, bek = await system.teacher("Ann"), await system.teacher("Bek")
    await ann.calls_for_help("I am lost")
    card = minji.chat[-1]
    await minji.presses("I'll take it")
    await minji.presses("Hand over", on=card)
    assert card.labels == ["Owner", "‹ Back"]
    await minji.presses("Owner", on=card)
    assert loud(owner, "Minji hands this over to you.") == [True]
    await system.later(minutes=5)
    assert "🙋 Owner is on it." in card.words
    assert not minji.shows(FREE)
    await bek.calls_for_help("I feel unwell")
    await owner.presses("I'll take it", on=owner.newest("Bek"))
    assert bek.count("Owner is taking care of it.") == 1


async def test_who_is_on_duty_and_calls_is_heard_by_the_others(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.at("2025-08-04 12:00")
    await minji.asks("/duty")
    await minji.presses("✋ I am on duty: Day 4 August")
    await minji.calls_for_help("I feel unwell")
    assert loud(bora, "feels unwell.") == [True], "nobody else is on duty"
    await bora.presses_payload("algive1:1:1", on=bora.newest("feels unwell."))
    assert bora.toast == ("This organizer cannot be reached here any more.", True), "not to who calls"
    await system.later(minutes=4)
    assert loud(bora, AGAIN) == [True]
    assert not minji.shows(AGAIN)
    assert minji.count("I have just told the organizers again, louder.") == 1
    await minji.asks("/open")
    await minji.presses("1")
    await minji.presses("I'll take it")
    assert minji.toast == ("This call is yours: a colleague has to take it.", True)
    assert system.value("SELECT state FROM alert") == "open"
    await bora.blocks()
    await minji.calls_for_help("I am lost")
    await system.later(minutes=4)
    assert minji.count("No organizer can be reached here right now. Please do not wait: call.") == 1


async def test_the_number_of_who_calls_is_on_what_is_urgent_and_on_what_nobody_takes(system: System) -> None:
    minji, ann, bek = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Bek")
    await on_the_roster(system, ann)
    await ann.calls_for_help("I am lost")
    assert f"📞 {PHONE}" in minji.chat[-1].words.splitlines()
    await minji.presses("✅ Settled")
    await ann.calls_for_help("I have a question")
    await ann.sends("Where is the bus?")
    assert PHONE not in minji.newest("Where is the bus?").words
    await system.later(minutes=31)
    first, last = (one.words for one in minji.chat if AGAIN in one.words)
    assert PHONE not in first
    assert f"📞 {PHONE}" in last
    await minji.presses("I'll take it")
    assert PHONE not in minji.newest("Where is the bus?").words
    await ann.blocks()
    assert PHONE in minji.newest("The bot cannot reach Ann any more").words
    await bek.calls_for_help("I am lost")
    assert "📞" not in minji.newest("Bek").words
