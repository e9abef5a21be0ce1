"""Fanning out: everyone once, whatever is repeated or killed."""

import asyncio
import sqlite3
from datetime import timedelta
from itertools import count

import pytest

from bot import arguments
from bot.access import Role
from bot.delivery.fanout import Fanout
from bot.store import fanout, outbox
from tests.delivery.conftest import START, DeliveryHarness, Said, sample, texts


async def _members(harness: DeliveryHarness, people: int) -> None:
    def add(connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT INTO person (telegram_id, name, language, role, state, created_at)"
            " VALUES (?, 'x', 'tg', 'teacher', 'active', '2025-01-01T00:00:00.000Z')",
            ((10_000 + number,) for number in range(people)),
        )

    await harness.db.write(add)


async def test_an_event_reaches_everyone_of_its_roles_once(harness: DeliveryHarness) -> None:
    teachers = [await harness.person(f"t{number}") for number in range(20)]
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    event = harness.occurrence(roles=frozenset({Role.TEACHER}))
    await harness.schedule(event)
    await harness.wait_idle()
    await harness.schedule(event)
    await harness.wait_idle()
    assert [texts(one) for one in teachers] == [["party"]] * 20
    assert texts(organizer) == []
    assert await harness.db.read(outbox.counts, "party") == {"sent": 20}


async def test_only_active_people_who_can_be_reached_get_rows(harness: DeliveryHarness) -> None:
    for number in range(4):
        await harness.person(f"t{number}")

    def change(connection):  # type: ignore[no-untyped-def]
        connection.execute("UPDATE person SET state = 'left' WHERE id = 1")
        connection.execute("UPDATE person SET reachable = 0 WHERE id = 2")
        connection.execute("UPDATE person SET state = 'joining' WHERE id = 3")

    await harness.db.write(change)
    await harness.schedule(harness.occurrence())
    await harness.wait_idle()
    assert await harness.rows("person_id") == [(4,)]


async def test_a_group_of_the_audience_is_asked_from_the_data(harness: DeliveryHarness) -> None:
    for number in range(4):
        await harness.person(f"t{number}")
    await harness.db.write(
        lambda connection: connection.execute("UPDATE person SET group_key = 'a' WHERE id % 2 = 0") and None
    )
    await harness.schedule(harness.occurrence(audience="group", data=arguments.write(Said("hi", "a"))))
    await harness.wait_idle()
    assert await harness.rows("person_id") == [(2,), (4,)]


async def test_an_audience_that_nobody_defined_is_refused_at_once(harness: DeliveryHarness) -> None:
    with pytest.raises(ValueError, match="no audience"):
        await harness.schedule(harness.occurrence(audience="p.id = 1"))


async def test_an_event_waits_for_its_time_and_is_dropped_after_its_end(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    now = harness.clock.now()
    await harness.schedule(
        harness.occurrence("later", "later", due_at=now + timedelta(minutes=10)),
        harness.occurrence("gone", "gone", due_at=now - timedelta(hours=3), expires_at=now - timedelta(seconds=1)),
    )
    await harness.wait_idle()
    assert texts(teacher) == []
    harness.clock.jump_to(now + timedelta(minutes=11))
    await harness.wait_idle()
    assert texts(teacher) == ["later"]


async def test_a_fan_out_that_was_cut_short_goes_on_where_it_was(harness: DeliveryHarness) -> None:
    for number in range(25):
        await harness.person(f"t{number}")
    harness.tasks[1].cancel()
    occurrence, now = harness.occurrence(), harness.clock.now()
    await harness.db.write(fanout.schedule, occurrences=[occurrence], now=now)
    await harness.db.write(fanout.fan_out, now=now, size=7)
    assert len(await harness.rows()) == 7
    await harness.stop()
    await harness.start()
    await harness.wait_idle()
    assert await harness.rows("person_id, state") == [(number, "sent") for number in range(1, 26)]


async def test_cancelling_an_event_stops_its_fan_out_and_what_is_due(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"t{number}") for number in range(25)]
    harness.dispatcher.halt("hold")
    occurrence, now = harness.occurrence(), harness.clock.now()
    await harness.db.write(fanout.schedule, occurrences=[occurrence], now=now)
    await harness.db.write(fanout.fan_out, now=now, size=7)
    assert await harness.db.write(outbox.cancel, event="party", now=now) == 7
    harness.fanout.wake()
    harness.dispatcher.resume("hold")
    await harness.wait_idle()
    assert await harness.rows() == [("cancelled",)] * 7
    assert all(not texts(one) for one in people)


async def test_what_waits_before_an_urgent_event_becomes_as_urgent(harness: DeliveryHarness) -> None:
    await harness.person()
    harness.dispatcher.halt("hold")
    await harness.schedule(harness.occurrence("slow", "slow"))
    await harness.fanout.wait_idle()
    await harness.schedule(harness.occurrence("fast", "fast", priority=10))
    await harness.fanout.wait_idle()
    assert await harness.rows("priority") == [(10,), (10,)]


async def test_many_people_do_not_block_the_loop(harness: DeliveryHarness) -> None:
    await _members(harness, 3_000)
    harness.dispatcher.halt("hold")
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.ensure_future(others())
    await harness.schedule(harness.occurrence())
    await harness.fanout.wait_idle()
    other.cancel()
    assert len(await harness.rows()) == 3_000
    assert turns > 3_000 / 7, "others ran between any two chunks"


async def test_rows_are_told_of_at_the_start_and_the_end_though_some_people_are_not_meant(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.fanout._NOTIFY_SECONDS", 1_000.0)
    await _members(harness, 70)
    await harness.db.write(lambda c: c.execute("UPDATE person SET state = 'left' WHERE id % 7 = 3") and None)
    harness.tasks[1].cancel()
    told: list[int] = []
    loop = Fanout(harness.db, harness.clock, sample, (), lambda: told.append(1), chunk=7)
    harness.tasks[1] = asyncio.create_task(loop.run())
    await harness.schedule(harness.occurrence())
    async with asyncio.timeout(20):
        await loop.wait_idle()
    assert len(await harness.rows()) == 60
    assert len(told) == 2


async def test_beside_a_slow_disk_a_fan_out_rests_after_each_transaction_but_never_long(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = count(0, 10)  # each transaction takes ten seconds
    monkeypatch.setattr("bot.delivery.fanout.perf_counter", lambda: float(next(readings)))
    harness.dispatcher.halt("hold")
    await _members(harness, 25)
    await harness.db.write(lambda c: c.execute("UPDATE person SET state = 'left' WHERE id % 7 = 3") and None)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await harness.schedule(harness.occurrence())
    async with asyncio.timeout(20):
        await harness.fanout.wait_idle()
    assert len(await harness.rows()) == 21
    assert loop.time() - began >= 3 * 0.05, "the three transactions that leave recipients are followed by a rest"


async def test_what_is_due_during_a_long_fan_out_is_planned_and_passes_it(harness: DeliveryHarness) -> None:
    await _members(harness, 70)
    due_at = harness.clock.now() + timedelta(minutes=3)
    alert = harness.occurrence("alert", "alert", priority=10, due_at=due_at, expires_at=due_at + timedelta(hours=1))
    harness.dispatcher.halt("hold")
    harness.tasks[1].cancel()

    def made() -> None:
        harness.clock.jump_to(max(due_at, harness.clock.now()))

    loop = Fanout(harness.db, harness.clock, sample, (lambda *_: [alert],), made, chunk=7)
    harness.tasks[1] = asyncio.create_task(loop.run())
    await harness.schedule(harness.occurrence())
    async with asyncio.timeout(20):
        await loop.wait_idle()
    events = [event for (event,) in await harness.rows("event")]
    assert events == ["party"] * 7 + ["alert"] * 70 + ["party"] * 63


async def test_old_rows_are_forgotten_and_planning_them_again_makes_none(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"t{number}") for number in range(20)]
    party, counted = harness.occurrence(), harness.occurrence("agenda:1", kind="note")
    await harness.schedule(party, counted)
    await harness.wait_idle()
    await harness.db.write(lambda c: c.execute("UPDATE outbox SET kind = 'agenda' WHERE event = 'agenda:1'") and None)
    for days, left in ((59, 40), (61, 20)):
        harness.clock.jump_to(START + timedelta(days=days))
        await harness.enqueue(harness.draft(people[0], f"young {days}"))
        await harness.wait_idle()
        assert len(await harness.rows(where="event <> 'event'")) == left
    assert {event for (event,) in await harness.rows("event", "event <> 'event'")} == {"agenda:1"}
    assert await harness.rows("state", "event = 'event'") == [("sent",), ("sent",)]
    before = [len(texts(one)) for one in people]
    await harness.schedule(party)
    await harness.wait_idle()
    assert [len(texts(one)) for one in people] == before
