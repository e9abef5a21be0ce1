"""What organizers hear when Telegram refused messages, or when the bot could not handle what people sent."""

from datetime import timedelta

import pytest

from bot.access import Role
from bot.clock import to_text
from bot.messages import operator_alert
from bot.messages.operator_alert import UNDELIVERED, UNHANDLED
from bot.store.claims import Row
from rehearsal.telegram import Account
from tests.delivery.conftest import START, Rig, texts

REFUSED = Row(1, "party:1", "event", "note", 1, 1, "{}", to_text(START), to_text(START), 1, 0)


async def refused(rig: Rig, count: int) -> None:
    """So many messages of one event that Telegram does not take."""
    people = [await rig.person(f"Teacher {number}") for number in range(count)]
    await rig.enqueue(*(rig.draft(one, "<b>broken", key=f"party:{one.id}") for one in people))
    await rig.wait_idle()


@pytest.mark.parametrize(
    ("count", "head"),
    [(1, "1 message could not be delivered."), (3, "3 messages could not be delivered.")],
)
async def test_organizers_hear_once_how_many_were_refused_and_why(rig: Rig, count: int, head: str) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    await refused(rig, count)
    assert texts(organizer) == []
    assert await rig.rows("state", "kind = 'note'") == [("dead",)] * count
    await rig.until_sent()
    (said,) = texts(organizer)
    assert head in said
    assert "It was about: event" in said
    assert "Can't parse entities" in said


async def test_owners_hear_it_where_nobody_organizes(rig: Rig) -> None:
    owner = Account(rig.world, "Owner")
    owner.started = True
    await rig.db.write(operator_alert.tell_undelivered, REFUSED, "", START, owners={owner.id})
    await refused(rig, 2)
    await rig.until_sent()
    (said,) = texts(owner)
    assert "2 messages could not be delivered." in said


async def test_an_owner_by_a_link_hears_it_with_any_role(rig: Rig) -> None:
    owner = await rig.person("Minji", role=Role.COORDINATOR)
    await rig.db.write(lambda connection: connection.execute("UPDATE person SET owner = 1"))
    await refused(rig, 2)
    await rig.until_sent()
    (said,) = texts(owner)
    assert "2 messages could not be delivered." in said


@pytest.mark.parametrize(
    ("count", "head"),
    [(1, "1 message of a person was set aside."), (2, "2 messages of people were set aside.")],
)
async def test_organizers_hear_of_updates_that_were_set_aside(rig: Rig, count: int, head: str) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    put = (
        "INSERT INTO inbox (update_id, sender_id, raw, state, error, received_at, done_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    moments = [*[START + timedelta(minutes=9)] * count, START - timedelta(minutes=1), START + timedelta(hours=2)]
    rows = [
        (number, organizer.id, b"{}", "failed", "RuntimeError: a bug", to_text(moment), to_text(moment))
        for number, moment in enumerate(moments)
    ]
    await rig.db.write(lambda connection: connection.executemany(put, rows).rowcount)
    await rig.db.write(operator_alert.tell_unhandled, START, rig.clock.now(), owners=())
    rig.dispatcher.wake()
    await rig.until_sent()
    (said,) = texts(organizer)
    assert head in said
    assert "RuntimeError: a bug" in said


@pytest.mark.parametrize("kind", [UNDELIVERED.name, UNHANDLED.name])
async def test_nobody_hears_of_nothing(rig: Rig, kind: str) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    if kind == UNDELIVERED.name:
        await rig.db.write(operator_alert.tell_undelivered, REFUSED, "", rig.clock.now(), owners=())
    else:
        await rig.db.write(operator_alert.tell_unhandled, START, rig.clock.now(), owners=())
    rig.dispatcher.wake()
    await rig.until_sent()
    assert texts(organizer) == []
    assert await rig.rows("state") == [("cancelled",)]
