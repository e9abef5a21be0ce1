"""The machine's calendar was ahead and is set right: nothing that people wait for was used up meanwhile."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import BotApi, TelegramServer, World
from tests.delivery.conftest import START, DeliveryHarness, texts
from tests.kit import System, open_system


class WrongClock(RehearsalClock):
    """A clock whose calendar is wrong by `shift`; its seconds are right."""

    shift = timedelta()

    def now(self) -> datetime:
        return super().now() + self.shift


async def test_what_expired_under_a_clock_that_was_ahead_is_sent_when_it_is_right(tmp_path: Path) -> None:
    clock = WrongClock(START, speed=20.0)
    world = World(clock)
    async with TelegramServer(BotApi(world)) as server:
        harness = DeliveryHarness(tmp_path, clock, world, server)
        await harness.start()
        teacher = await harness.person()
        harness.dispatcher.halt("the network is away")
        await harness.enqueue(harness.draft(teacher, "help"), harness.draft(teacher, None, key="unwanted"))
        clock.shift = timedelta(days=2)
        harness.dispatcher.resume("the network is away")
        await harness.wait_idle()
        assert await harness.rows() == [("expired",), ("expired",)]
        clock.shift = timedelta()
        await harness.wait_idle()
        await harness.stop()
    assert texts(teacher) == ["help Ситора"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_was_said_under_a_clock_that_was_ahead_leaves_when_it_is_right(
    tmp_path: Path, restarted: bool
) -> None:
    clock = WrongClock(START, speed=20.0)
    world = World(clock)
    async with TelegramServer(BotApi(world)) as server:
        harness = DeliveryHarness(tmp_path, clock, world, server)
        await harness.start()
        teacher = await harness.person()
        harness.dispatcher.halt("the network is away")
        clock.run(0)
        clock.shift = timedelta(days=2)
        planned = clock.now() + timedelta(minutes=5)
        await harness.enqueue(harness.draft(teacher, "help"), harness.draft(teacher, "plan", due_at=planned))
        await harness.schedule(harness.occurrence("all", "all"), harness.occurrence("agenda", "agenda", due_at=planned))
        clock.shift = timedelta()
        clock.jump_to(START + timedelta(minutes=1))
        clock.run(20.0)
        if restarted:
            await harness.stop()
            await harness.start()
        harness.dispatcher.resume("the network is away")
        await harness.wait_idle()
        await harness.wait_idle()  # what was scheduled is fanned out once the clock was seen to be right
        await harness.stop()
    assert sorted(texts(teacher)) == ["all", "help Ситора"]


async def minutes_pass(system: System, clock: WrongClock, minutes: int) -> None:
    end = RehearsalClock.now(clock) + timedelta(minutes=minutes)
    while (now := RehearsalClock.now(clock)) < end:
        clock.jump_to(min(end, now + timedelta(seconds=30)))
        await system.wait_idle()


async def test_a_clock_that_is_a_day_ahead_for_two_minutes_silences_no_list_of_absent_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.kit.system.RehearsalClock", WrongClock)
    async with open_system(tmp_path) as system:
        clock = system.clock
        assert isinstance(clock, WrongClock)
        organizer = await system.organizer()
        await system.teacher("Silent")
        await system.at("2025-08-04 12:00")
        clock.shift = timedelta(hours=23)  # 11:00 of the next day
        await minutes_pass(system, clock, 2)
        clock.shift = timedelta()
        await system.at("2025-08-04 22:00")
        before = len(organizer.chat)
        await system.at("2025-08-05 10:00")
        since = [message.words for message in organizer.chat[before:]]
        assert len([words for words in since if "1 of 1 has not answered" in words]) == 1
        asked = "SELECT state FROM outbox WHERE kind = 'checkin.ask' AND event = 'checkin:2025-08-05:morning'"
        assert system.rows(asked) == [{"state": "sent"}]
