"""Planning and fanning out: everyone once, whatever is repeated, skipped or killed."""

import asyncio
import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import arguments
from bot.access import Role
from bot.delivery.fanout import Fanout
from bot.delivery.planner import plan
from bot.messages import agenda as agenda_messages
from bot.store import fanout, outbox
from bot.store.fanout import Occurrence
from tests.delivery.conftest import START, DeliveryHarness, Said, sample, texts

ZONES = sorted(available_timezones())


def test_the_same_moment_plans_the_same() -> None:
    seminar = sample()
    morning = seminar.moment(1, seminar.hours.agenda)
    first = plan(seminar, morning, [agenda_messages.plan])
    assert [event.key for event in first.due] == [f"agenda:{seminar.first.isoformat()}"]
    assert plan(seminar, morning, [agenda_messages.plan, agenda_messages.plan]) == first


def test_before_and_after_the_seminar_nothing_is_due_but_the_next_is_known() -> None:
    seminar = sample()
    before = plan(seminar, seminar.moment(1, seminar.hours.agenda) - timedelta(minutes=1), [agenda_messages.plan])
    assert before.due == ()
    assert before.next_at == seminar.moment(1, seminar.hours.agenda)
    assert plan(seminar, seminar.moment(seminar.days_count + 2, seminar.hours.agenda), [agenda_messages.plan]).due == ()


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    ticks=st.lists(st.integers(1, 2_000), min_size=5, max_size=60),
    back=st.integers(0, 180),
)
def test_in_every_zone_with_skipped_ticks_and_a_clock_set_back_each_day_comes_once_and_on_its_day(
    zone: str, first: date, ticks: list[int], back: int
) -> None:
    seminar = replace(sample(), zone=ZoneInfo(zone), starts_on=first)
    now = seminar.moment(1, seminar.hours.agenda) - timedelta(days=1)
    scheduled: dict[str, tuple[Occurrence, datetime]] = {}
    for number, minutes in enumerate(ticks):
        now += timedelta(minutes=minutes) - timedelta(minutes=back if number % 7 == 6 else 0)
        planned = plan(seminar, now, [agenda_messages.plan])
        assert plan(seminar, now, [agenda_messages.plan]) == planned
        for event in planned.due:
            assert event.due_at <= now < event.expires_at
            scheduled.setdefault(event.key, (event, now))
        assert planned.next_at is None or planned.next_at > now
    days = [json.loads(event.data)["date"] for event, _ in scheduled.values()]
    assert len(days) == len(set(days))
    for event, at in scheduled.values():
        local = event.due_at.astimezone(seminar.zone)
        assert event.key == f"agenda:{local.date().isoformat()}"
        assert at - event.due_at < timedelta(hours=24)


@settings(max_examples=60, deadline=None)
@given(zone=st.sampled_from(ZONES), first=st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_bot_that_is_always_on_is_late_by_no_more_than_its_tick(zone: str, first: date) -> None:
    seminar = replace(sample(), zone=ZoneInfo(zone), starts_on=first)
    now = seminar.moment(1, seminar.hours.agenda) - timedelta(hours=26)
    seen: set[str] = set()
    late: list[timedelta] = []
    for _ in range(80):
        planned = plan(seminar, now, [agenda_messages.plan])
        for event in planned.due:
            if event.key not in seen:
                seen.add(event.key)
                late.append(now - event.due_at)
        now = min(planned.next_at or now + timedelta(hours=6), now + timedelta(hours=6))
    assert len(seen) == seminar.days_count
    assert max(late) == timedelta(0)


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


def test_after_days_off_only_todays_agenda_is_due() -> None:
    seminar = sample()
    planned = plan(seminar, seminar.moment(5, seminar.hours.agenda) + timedelta(hours=1), [agenda_messages.plan]).due
    assert [json.loads(event.data)["date"] for event in planned] == [seminar.date_of(5).isoformat()]


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
