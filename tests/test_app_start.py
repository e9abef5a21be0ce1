"""What a start meets: another copy, a seminar that cannot be read, a Telegram that is not there yet."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.app import App
from bot.startup import CannotStart
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, Fault, FaultKind, World
from tests.clocks import START, eventually
from tests.kit import TOKEN, Direct, System, open_system, settings


class LateTelegram(Direct):
    """A Telegram that cannot be reached at first."""

    missing = 2

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        if self.missing:
            self.missing -= 1
            raise NetworkError("no route")
        return await super().do_request(*arguments, **named)


@pytest.fixture
def world() -> World:
    return World(RehearsalClock(START), token=TOKEN)


async def test_the_first_answer_of_a_new_bot_comes_at_once_and_that_of_a_later_process_waits(
    world: World, tmp_path: Path
) -> None:
    """Who has just made the database has sent nothing; a process before may have sent as much as is allowed."""
    clock = RehearsalClock(START)
    clock.pause(counting=0.001)  # almost still: what was sent in its last second is not longer ago on a slow machine
    at_once = []
    for _ in range(2):
        async with App.open(settings(tmp_path), clock, request=Direct(world)) as app:
            at_once.append(app.limiter.reply_now(1) is not None)
    assert at_once == [True, False]


async def test_a_second_copy_is_refused_and_leaves_the_first_alone(system: System) -> None:
    chosen = system.app.runtime.settings
    with pytest.raises(CannotStart, match="another Hamroh"):
        async with App.open(chosen, system.clock, request=Direct(system.world)):
            pytest.fail("two at once")
    stranger = system.stranger()
    await stranger.starts()
    assert stranger.chat[-1].from_bot


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seminar": Path("nowhere")}, "the seminar cannot be read"),
        ({"database": Path("/proc/hamroh/hamroh.db")}, "the database cannot be used"),
    ],
)
async def test_what_cannot_be_read_or_written_is_said(
    tmp_path: Path, world: World, changes: dict[str, Path], sentence: str
) -> None:
    with pytest.raises(CannotStart, match=sentence):
        async with App.open(settings(tmp_path, **changes), world.clock, request=Direct(world)):
            pytest.fail("it has started")


async def test_a_seminar_that_is_over_and_has_nobody_asks_for_a_first_day(tmp_path: Path, world: World) -> None:
    chosen = settings(tmp_path, owners=frozenset(), starts_on=date(2025, 7, 1))  # it lasts to 14 July, and it is August
    with pytest.raises(CannotStart, match=r"ended on 14 July 2025; give it a first day .* HAMROH_STARTS_ON=2025-08-"):
        async with App.open(chosen, world.clock, request=Direct(world)):
            pytest.fail("it has started")


async def test_a_seminar_that_is_over_goes_on_for_its_people(tmp_path: Path) -> None:
    async with open_system(tmp_path, owners=frozenset()) as system:
        teacher = await system.teacher("Ann")
        system.passes("2025-09-01 08:00")
        async with system.without_bot():
            pass
        await teacher.sends("/me")
        assert teacher.shows("Ann")


async def test_a_telegram_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.startup._FIRST_BACKOFF_SECONDS", 0.001)
    someone = Account(world, "Ситора", language_code="en")
    async with App.open(settings(tmp_path), world.clock, request=LateTelegram(world)):
        await someone.starts()
        await eventually(lambda: someone.chat[-1].from_bot)
    assert "Telegram cannot be reached (no route)." in caplog.text


async def test_menus_that_cannot_be_set_stop_nobody(
    tmp_path: Path, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="setMyCommands")])
    someone = Account(world, "Ситора", language_code="en")
    async with App.open(settings(tmp_path), world.clock, request=Direct(world)):
        await eventually(lambda: "command menus could not be set" in caplog.text)
        await someone.starts()
        await eventually(lambda: someone.chat[-1].from_bot)


async def test_another_token_on_the_same_database_swallows_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def is_answered_by(bot: int) -> None:
        world = World(RehearsalClock(START), token=f"{bot}:rehearsal")
        someone = Account(world, "Ситора", language_code="en")
        async with App.open(settings(tmp_path, token=world.token), world.clock, request=Direct(world)):
            await someone.starts()
            await eventually(lambda: someone.chat[-1].from_bot)
            await eventually(lambda: someone.commands)

    await is_answered_by(1)
    await is_answered_by(2)
    assert caplog.text.count("served another bot") == 1
