"""The clock that the bot and the stand-in share in a rehearsal."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rehearsal.clock import RehearsalClock

START = datetime(2025, 8, 4, 7, 0, tzinfo=ZoneInfo("Asia/Seoul"))
HOUR = timedelta(hours=1)


def test_it_shows_its_start_in_utc_and_stands_still_at_speed_0() -> None:
    clock = RehearsalClock(START, speed=0)
    assert clock.now() == START
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() == clock.monotonic() == 0


def test_it_runs_many_times_as_fast_as_the_machine() -> None:
    clock = RehearsalClock(START, speed=1_000_000)
    before = clock.now()
    while clock.now() == before:
        pass
    assert clock.now() > before
    assert clock.speed == 1_000_000


def test_a_jump_moves_the_calendar_and_the_counted_seconds() -> None:
    clock = RehearsalClock(START, speed=0)
    clock.jump_to(START + HOUR)
    assert clock.now() == START + HOUR
    assert clock.monotonic() == 3600


def test_time_never_runs_backwards() -> None:
    clock = RehearsalClock(START, speed=0)
    clock.jump_to(START + HOUR)
    with pytest.raises(ValueError, match="already past"):
        clock.jump_to(START)
    with pytest.raises(ValueError, match="backwards"):
        clock.run(-1)
    assert clock.now() == START + HOUR


def test_it_starts_at_an_aware_moment() -> None:
    with pytest.raises(ValueError, match="aware"):
        RehearsalClock(datetime(2025, 8, 4))  # noqa: DTZ001 - the mistake that is refused


async def test_a_sleeper_wakes_when_the_clock_jumps_over_its_moment() -> None:
    clock = RehearsalClock(START, speed=0)
    sleeper = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.jump_to(START + HOUR / 2)
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.jump_to(START + 2 * HOUR)
    async with asyncio.timeout(5):
        await sleeper


async def test_a_sleeper_wakes_when_the_clock_reaches_its_moment() -> None:
    clock = RehearsalClock(START, speed=0)
    sleeper = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.run(1_000_000)
    async with asyncio.timeout(5):
        await sleeper
    assert clock.monotonic() >= 3600


async def test_paused_the_calendar_stands_still_while_seconds_are_counted() -> None:
    clock = RehearsalClock(START, speed=60)
    clock.pause()
    shown, counted = clock.now(), clock.monotonic()
    async with asyncio.timeout(5):
        await clock.sleep(0.01)
    assert clock.now() == shown
    assert clock.monotonic() >= counted + 0.01
    assert clock.speed == 0


async def test_a_paused_calendar_can_jump_stays_paused_and_goes_on_from_there() -> None:
    clock = RehearsalClock(START, speed=0)
    clock.pause()
    await clock.sleep(0.01)
    clock.jump_to(START + HOUR)
    await clock.sleep(0.01)
    assert clock.now() == START + HOUR
    clock.run(0)
    assert clock.now() == START + HOUR
    assert clock.monotonic() >= 3600.02
