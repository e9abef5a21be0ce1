"""Alerts about the bot itself: a message that was refused, an update that failed, a safety copy; and one bad row."""

import sqlite3
from datetime import timedelta

import pytest

from bot.access import Role
from bot.clock import to_text
from bot.services import alert as alert_service
from bot.store import side_effects
from tests.handlers.test_alert import loud
from tests.handlers.test_error import breaks
from tests.kit import OWNER, System, User

_REFUSED = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at, created_at)
SELECT 'odd:1', 'odd', 'role.lost', telegram_id, id, 20, '{}', :now, :now, :until, :now
  FROM person WHERE telegram_id = :reader
"""


async def refuse_a_message(system: System, to: User) -> None:
    """A row that cannot be made into a message."""
    now = system.clock.now()
    values = {"now": to_text(now), "until": to_text(now + timedelta(days=1)), "reader": to.id}
    await system.write(lambda connection: connection.execute(_REFUSED, values).rowcount)
    system.app.wake()


async def is_taken_by_its_card(minji: User, bora: User, words: str) -> None:
    """Minji takes what the newest card with these words tells of, and gives it to Bora, who settles it."""
    card, other = minji.newest(words), bora.newest(words)
    await minji.presses("I'll take it", on=card)
    assert "🙋 Minji is on it." in other.words
    await minji.presses("Hand over", on=card)
    await minji.presses("Bora", on=card)
    await bora.presses("✅ Settled", on=other)
    assert card.words.endswith("✅ Settled by Bora.")
    assert words in card.words
    assert (await minji.asks("/open")).words == "✅ Nothing is open."


async def test_what_went_wrong_in_the_bot_has_somebody_who_looks_after_it(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await refuse_a_message(system, ann)
    await system.later(minutes=2)
    assert "⚠️ not delivered" in (await minji.asks("/open")).words
    await is_taken_by_its_card(minji, bora, "1 message could not be delivered.")

    breaks(system, "me", RuntimeError("a mistake"))
    await ann.sends("/me")
    await system.later(minutes=2)
    assert "⚠️ set aside" in (await minji.asks("/open")).words
    await is_taken_by_its_card(minji, bora, "1 message of a person was set aside.")

    async def fails(error: str) -> None:
        now = system.clock.now()
        await system.write(lambda one: alert_service.backup_failed(one, error, owners={OWNER}, now=now))
        await system.wait_idle()

    await fails("No space left on device")
    await fails("No space left on device")
    assert loud(minji, "The safety copy could not be made.") == [True], "once, until it is settled"
    assert "No space left on device" in bora.newest("safety copy").words
    await is_taken_by_its_card(minji, bora, "The safety copy could not be made.")
    await fails("Permission denied")
    assert minji.count("Permission denied") == 1, "anew"
    await system.later(hours=2)
    assert minji.count("Nobody has taken this") == 0


async def test_who_runs_the_bot_hears_of_it_with_any_role_beside_organizers(system: System) -> None:
    owner, minji, now = await system.owner(Role.TEACHER), await system.organizer("Minji"), system.clock.now()
    await system.write(lambda one: alert_service.backup_failed(one, "", owners={OWNER}, now=now))
    await system.wait_idle()
    for one in (owner, minji):
        assert one.count("The safety copy could not be made.") == 1


async def test_where_nobody_organizes_the_owners_hear_of_the_safety_copy(system: System) -> None:
    now = system.clock.now()
    system.owner_account.started = True
    await system.write(lambda one: alert_service.backup_failed(one, "", owners={OWNER}, now=now))
    await system.wait_idle()
    assert system.owner_account.count("The safety copy could not be made.") == 1


async def test_one_alert_that_cannot_be_read_stops_no_other(system: System, caplog: pytest.LogCaptureFixture) -> None:
    minji, ann, bek = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Bek")
    for one in (ann, bek):
        await one.calls_for_help("I am lost")
    odd, card = minji.newest("Ann"), minji.newest("Bek")

    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE alert SET kind = 'absent', level = 9, detail = '?' WHERE id = 1")
        connection.execute("UPDATE live_card SET hurry = 1")

    await system.write(spoil)
    await system.later(minutes=4)
    assert minji.count("Nobody has taken this for 3 minutes.") == 1
    assert bek.count("Nobody has answered you yet.") == 1
    assert system.value("SELECT level FROM alert WHERE id = 1") == 9
    await system.later(minutes=4)
    assert caplog.text.count("Alert 1 is left as it is.") == 1, "not again within the hour"
    await minji.presses("I'll take it", on=card)
    assert card.words.endswith("🙋 Minji is on it.")
    assert "is lost." in odd.words


async def test_nobody_is_there_to_hear_of_who_cannot_be_reached(system: System) -> None:
    ann = await system.teacher("Ann")
    await ann.blocks()
    assert system.value("SELECT due_at FROM alert") is None, "it is not tried again and again"
    minji = await system.organizer("Minji")
    assert "📵 unreachable · Ann" in (await minji.asks("/open")).words


async def test_of_many_who_cannot_be_reached_the_first_ten_are_told_and_all_are_listed(system: System) -> None:
    minji = await system.organizer("Minji")
    teachers = [await system.teacher(f"Teacher {number}") for number in range(12)]
    now = system.clock.now()

    def lose(connection: sqlite3.Connection) -> None:
        for number in range(2, 2 + len(teachers)):
            side_effects.unreachable(connection, number, now)

    await system.write(lose)
    await system.wait_idle()
    assert loud(minji, "The bot cannot reach") == [False] * 10
    assert "🔔 12 open" in (await minji.asks("/open")).words
    for one in teachers:
        await one.sends("/today")
    assert (await minji.asks("/open")).words == "✅ Nothing is open."
