"""What organizers hear when Telegram refused messages, or when the bot could not handle what people sent."""

from datetime import timedelta

import pytest

from bot.access import Role
from bot.clock import to_text
from bot.messages import operator_alert as operator_alert_messages
from bot.messages.operator_alert import UNDELIVERED, UNHANDLED
from bot.store.claims import Row
from rehearsal.telegram import Account
from tests.delivery.conftest import START, DeliveryHarness, texts

REFUSED = Row(1, "party:1", "event", "note", 1, 1, "{}", to_text(START), to_text(START), 1, 0)


async def refused(harness: DeliveryHarness, count: int) -> None:
    """So many messages of one event that Telegram does not take."""
    people = [await harness.person(f"Teacher {number}") for number in range(count)]
    await harness.enqueue(*(harness.draft(one, "<b>broken", key=f"party:{one.id}") for one in people))
    await harness.wait_idle()


@pytest.mark.parametrize(
    ("count", "head"),
    [(1, "1 message could not be delivered."), (3, "3 messages could not be delivered.")],
)
async def test_organizers_hear_once_how_many_were_refused_and_why(
    harness: DeliveryHarness, count: int, head: str
) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    await refused(harness, count)
    assert texts(organizer) == []
    assert await harness.rows("state", "kind = 'note'") == [("dead",)] * count
    await harness.until_sent()
    (said,) = texts(organizer)
    assert head in said
    assert "It was about: event" in said
    assert "Can't parse entities" in said


async def test_owners_hear_it_where_nobody_organizes(harness: DeliveryHarness) -> None:
    owner = Account(harness.world, "Owner")
    owner.started = True
    await harness.db.write(operator_alert_messages.tell_undelivered, REFUSED, "", START, owners={owner.id})
    await refused(harness, 2)
    await harness.until_sent()
    (said,) = texts(owner)
    assert "2 messages could not be delivered." in said


async def test_an_owner_by_a_link_hears_it_with_any_role(harness: DeliveryHarness) -> None:
    owner = await harness.person("Minji", role=Role.COORDINATOR)
    await harness.db.write(lambda connection: connection.execute("UPDATE person SET owner = 1"))
    await refused(harness, 2)
    await harness.until_sent()
    (said,) = texts(owner)
    assert "2 messages could not be delivered." in said


@pytest.mark.parametrize(
    ("count", "head"),
    [(1, "1 message of a person was set aside."), (2, "2 messages of people were set aside.")],
)
async def test_organizers_hear_of_updates_that_were_set_aside(harness: DeliveryHarness, count: int, head: str) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    put = (
        "INSERT INTO inbox (update_id, sender_id, raw, state, error, received_at, done_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    moments = [*[START + timedelta(minutes=9)] * count, START - timedelta(minutes=1), START + timedelta(hours=2)]
    rows = [
        (number, organizer.id, b"{}", "failed", "RuntimeError: a bug", to_text(moment), to_text(moment))
        for number, moment in enumerate(moments)
    ]
    await harness.db.write(lambda connection: connection.executemany(put, rows).rowcount)
    await harness.db.write(operator_alert_messages.tell_unhandled, START, harness.clock.now(), owners=())
    harness.dispatcher.wake()
    await harness.until_sent()
    (said,) = texts(organizer)
    assert head in said
    assert "RuntimeError: a bug" in said


@pytest.mark.parametrize("kind", [UNDELIVERED.name, UNHANDLED.name])
async def test_nobody_hears_of_nothing(harness: DeliveryHarness, kind: str) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    if kind == UNDELIVERED.name:
        await harness.db.write(operator_alert_messages.tell_undelivered, REFUSED, "", harness.clock.now(), owners=())
    else:
        await harness.db.write(operator_alert_messages.tell_unhandled, START, harness.clock.now(), owners=())
    harness.dispatcher.wake()
    await harness.until_sent()
    assert texts(organizer) == []
    assert await harness.rows("state") == [("cancelled",)]
