"""Time advances from event to event: nothing is skipped, it can be stopped, and a bot that hangs is reported."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal import simulation
from rehearsal.clock import RehearsalClock
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.simulation import Simulation, Stalled
from rehearsal.telegram import Account, World

START = datetime(2025, 8, 4, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Schedule:
    """Acts at written moments."""

    def __init__(self, clock: RehearsalClock, *moments: datetime) -> None:
        self.clock = clock
        self.moments = list(moments)
        self.done: list[tuple[datetime, datetime]] = []

    async def next_at(self, now: datetime) -> datetime | None:
        del now
        return self.moments[0] if self.moments else None

    async def run_due(self) -> None:
        while self.moments and self.moments[0] <= self.clock.now():
            self.done.append((self.moments.pop(0), self.clock.now()))


async def test_each_moment_is_reached_when_it_comes() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    users = Schedule(clock, START + HOUR, START + 3 * HOUR)
    bot = Schedule(clock, START + 2 * HOUR)
    reported: list[datetime] = []
    running = Simulation(clock, world, bot, users, on_progress=reported.append)
    assert await running.advance_to(START + 4 * HOUR) is True
    for planned, reached in (*users.done, *bot.done):
        assert timedelta(0) <= reached - planned < timedelta(minutes=1)
    assert len(reported) == 4
    assert clock.now() >= START + 4 * HOUR
    assert clock.speed == 1


async def test_it_waits_until_updates_are_taken() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    idle = asyncio.create_task(Simulation(clock, world, Schedule(clock), Schedule(clock)).wait_idle())
    await asyncio.sleep(0)
    assert not idle.done()
    world.updates.confirm(10**12)
    async with asyncio.timeout(5):
        await idle


async def test_without_a_bot_nobody_is_waited_for_and_a_pause_is_kept() -> None:
    clock = RehearsalClock(START)
    clock.pause()
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    await Simulation(clock, world, None, Schedule(clock)).advance_to(START + HOUR)
    assert clock.speed == 0
    assert clock.now() - (START + HOUR) < timedelta(minutes=1)


async def test_it_can_be_stopped_on_the_way() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    users = Schedule(clock, *(START + number * HOUR for number in range(1, 9)))
    running = Simulation(clock, world, None, users, on_progress=lambda _: running.stop())
    assert await running.advance_to(START + 9 * HOUR) is False
    assert len(users.done) == 1
    assert running.advancing is False


async def test_a_bot_that_hangs_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "_IDLE_TIMEOUT_SECONDS", 0.05)
    clock = RehearsalClock(START)
    world = World(clock)
    await Account(world, "Ситора").sends("hello")
    with pytest.raises(Stalled, match="1 updates were not taken"):
        await Simulation(clock, world, Schedule(clock), Schedule(clock)).wait_idle()


async def test_waits_of_the_rate_limiter_are_skipped_and_counted() -> None:
    clock = RehearsalClock(START)

    class RateLimited(Schedule):
        async def run_due(self) -> None:
            await clock.sleep(0.09)
            await clock.sleep(4.5)
            self.done.append((START, clock.now()))

    bot = RateLimited(clock)
    await Simulation(clock, World(clock), bot, Schedule(clock)).advance_to(START + timedelta(seconds=1))
    assert bot.done[0][1] - START >= timedelta(seconds=4.59)


async def test_people_who_share_a_minute_do_not_act_in_one_moment() -> None:
    clock = RehearsalClock(START)
    world = World(clock)
    users = SimulatedUsers(world, clock, None, 7, grid=240.0)
    for number in range(40):
        users.write_at(users.add_teacher(Account(world, f"{number}")), START + timedelta(seconds=number), "/today")
    written: list[datetime] = []
    world.updates.listeners.append(lambda _: written.append(clock.now()))
    await Simulation(clock, world, None, users).advance_to(START + HOUR)
    assert len(written) == 40
    assert written[-1] - written[0] < timedelta(seconds=30)
    assert max(sum(at <= one < at + timedelta(seconds=1) for one in written) for at in written) <= 12
