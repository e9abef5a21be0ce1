"""Time moves from moment to moment: nothing is skipped, it can be stopped, and a bot that hangs is named."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal import driver as driving
from rehearsal.clock import RehearsalClock
from rehearsal.driver import Driver, Stuck
from rehearsal.telegram import Account, World

START = datetime(2025, 8, 4, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Diary:
    """Acts at written moments."""

    def __init__(self, clock: RehearsalClock, *moments: datetime) -> None:
        self.clock = clock
        self.moments = list(moments)
        self.done: list[tuple[datetime, datetime]] = []

    async def next_at(self, now: datetime) -> datetime | None:
        del now
        return self.moments[0] if self.moments else None

    async def act(self) -> None:
        while self.moments and self.moments[0] <= self.clock.now():
            self.done.append((self.moments.pop(0), self.clock.now()))


async def test_each_moment_is_played_when_it_comes() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    crowd = Diary(clock, START + HOUR, START + 3 * HOUR)
    bot = Diary(clock, START + 2 * HOUR)
    told: list[datetime] = []
    driver = Driver(clock, world, bot, crowd, tell=told.append)
    assert await driver.to(START + 4 * HOUR) is True
    for planned, played in (*crowd.done, *bot.done):
        assert timedelta(0) <= played - planned < timedelta(minutes=1)
    assert len(told) == 4
    assert clock.now() >= START + 4 * HOUR
    assert clock.speed == 1


async def test_it_waits_until_updates_are_taken() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    settling = asyncio.create_task(Driver(clock, world, Diary(clock), Diary(clock)).settle())
    await asyncio.sleep(0)
    assert not settling.done()
    world.updates.confirm(10**12)
    async with asyncio.timeout(5):
        await settling


async def test_without_a_bot_nobody_is_waited_for_and_a_pause_is_kept() -> None:
    clock = RehearsalClock(START)
    clock.pause()
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    await Driver(clock, world, None, Diary(clock)).to(START + HOUR)
    assert clock.speed == 0
    assert clock.now() - (START + HOUR) < timedelta(minutes=1)


async def test_it_can_be_stopped_on_the_way() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    crowd = Diary(clock, *(START + number * HOUR for number in range(1, 9)))
    driver = Driver(clock, world, None, crowd, tell=lambda _: driver.stop())
    assert await driver.to(START + 9 * HOUR) is False
    assert len(crowd.done) == 1
    assert driver.moving is False


async def test_a_bot_that_hangs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driving, "_PATIENCE", 0.05)
    clock = RehearsalClock(START)
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    with pytest.raises(Stuck, match="1 updates were not taken"):
        await Driver(clock, world, Diary(clock), Diary(clock)).settle()


async def test_waits_for_a_pace_are_skipped_and_counted() -> None:
    clock = RehearsalClock(START)

    class Paced(Diary):
        async def act(self) -> None:
            await clock.sleep(0.09)
            await clock.sleep(4.5)
            self.done.append((START, clock.now()))

    bot = Paced(clock)
    await Driver(clock, World(clock), bot, Diary(clock)).to(START + timedelta(seconds=1))
    assert bot.done[0][1] - START >= timedelta(seconds=4.59)
