"""Planning: a pure function of the seminar and a moment, in every zone."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.planner import plan
from bot.messages import agenda as agenda_messages
from bot.store.fanout import Occurrence
from tests.delivery.conftest import sample

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


def test_after_days_off_only_todays_agenda_is_due() -> None:
    seminar = sample()
    planned = plan(seminar, seminar.moment(5, seminar.hours.agenda) + timedelta(hours=1), [agenda_messages.plan]).due
    assert [json.loads(event.data)["date"] for event in planned] == [seminar.date_of(5).isoformat()]
