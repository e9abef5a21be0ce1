"""A handler fails: the person gets one sentence, the log gets no secret."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from telegram.error import Forbidden, NetworkError

from bot.context import Context
from bot.routing import CommandRoute
from handlers.error import on_error
from handlers.fallback import FALLBACKS
from rehearsal.telegram import GroupChat
from tests.kit import TOKEN, System

Handler = Callable[[Context, str], Awaitable[None]]


def failing(error: Exception) -> Handler:
    async def handler(_context: Context, _arguments: str) -> None:
        raise error

    return handler


def breaks(system: System, command: str, error: Exception) -> None:
    """From now on this command fails."""
    route = system.app.router._commands[command]
    assert isinstance(route, CommandRoute)
    system.app.router._commands[command] = replace(route, handle=failing(error))


async def test_the_person_hears_one_sentence_and_the_bot_goes_on(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    teacher = await system.teacher()
    breaks(system, "me", RuntimeError("a mistake"))
    with caplog.at_level(logging.DEBUG):
        await teacher.sends("/me")
    sorry = "Sorry, something went wrong on my side. Please try again in a minute."
    assert [one.words for one in teacher.chat[1:]] == [sorry]
    assert "a mistake" in caplog.text
    assert TOKEN not in caplog.text
    await teacher.sends("/help")
    assert teacher.shows("How can we help?")


async def test_a_tap_that_fails_is_answered_over_the_chat(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses_payload("take1:" + "9" * 30, on=teacher.chat[-1])
    assert teacher.waiting_taps == 0


async def test_a_group_is_not_told_of_mistakes(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(_context: Context) -> None:
        raise RuntimeError("a mistake")

    teacher = await system.teacher()
    group = GroupChat(system.world, "Bus", [teacher])
    monkeypatch.setattr(system.app.router, "_fallbacks", replace(FALLBACKS, not_allowed=fails))
    await system.wait_idle()
    before = [one for one in group.chat if one.from_bot]
    await teacher.sends("/start", chat=group)
    assert [one for one in group.chat if one.from_bot] == before


async def test_a_failing_database_does_not_keep_the_sentence_back(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = await system.teacher()
    breaks(system, "me", RuntimeError("a mistake"))
    tries: list[Context] = []
    context_read = Context.refresh_data

    async def refresh(context: Context) -> None:
        tries.append(context)
        if len(tries) == 2:  # the first is for the handler, the second for the apology
            raise sqlite3.OperationalError("no such column")
        await context_read(context)

    monkeypatch.setattr(Context, "refresh_data", refresh)
    await teacher.sends("/me")
    assert teacher.shows("Sorry, something went wrong on my side.")


async def test_who_blocked_the_bot_meanwhile_is_not_written_to(system: System) -> None:
    teacher = await system.teacher()
    breaks(system, "me", Forbidden("bot was blocked by the user"))
    await teacher.sends("/me")
    assert len(teacher.chat) == 1
    assert system.value("SELECT reachable FROM person") == 0
    assert system.value("SELECT group_concat(DISTINCT state) FROM inbox") == "done"
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'unhandled'") == 0, "that is no alert"
    someone = system.stranger()
    breaks(system, "start", Forbidden("bot was blocked by the user"))
    await someone.starts()
    assert len(someone.chat) == 1


async def test_an_apology_that_cannot_be_said_is_logged(system: System, caplog: pytest.LogCaptureFixture) -> None:
    teacher = await system.teacher()
    breaks(system, "me", RuntimeError("a mistake"))
    async with system.without_waiting():
        await teacher.sends("/me")
        teacher.blocked = True
    assert len(teacher.chat) == 1
    assert "could not be told: Forbidden" in caplog.text


async def test_an_error_without_a_person_is_logged(system: System, caplog: pytest.LogCaptureFixture) -> None:
    context = Context(system.app.application)
    context.error = RuntimeError("somewhere inside")
    await on_error(None, context)
    assert "somewhere inside" in caplog.text


async def test_a_lost_way_to_telegram_is_no_reason_to_apologize(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.worker._BACKOFF_SECONDS", (0.01, 0.04))
    teacher = await system.teacher()
    breaks(system, "me", NetworkError("no route"))
    await teacher.sends("/me")
    assert system.value("SELECT state FROM inbox") == "failed"
    assert len(teacher.chat) == 1
