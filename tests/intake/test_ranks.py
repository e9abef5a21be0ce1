"""Who is handled first: a call for help, then the people of the seminar, then people from outside."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from telegram import Update

from bot.waiting import waiting_for_a_turn
from tests.clocks import eventually
from tests.intake.conftest import Intake, add_members
from tests.intake.test_worker import message, store


def call(update_id: int, sender: int) -> dict[str, object]:
    """A press of "I need help"."""
    under = message(0, sender)["message"]
    who = {"id": sender, "is_bot": False, "first_name": "P"}
    press = {"id": str(update_id), "from": who, "message": under, "chat_instance": "1", "data": "help1:unwell"}
    return {"update_id": update_id, "callback_query": press}


async def test_a_call_for_help_needs_no_slot_and_passes_everything_of_its_sender(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.callback_query is None:
            await gate.wait()

    intake.act = act
    await add_members(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 401)))
    await eventually(lambda: intake.worker.busy == 256)
    await store(intake, message(500, 3), call(501, 3), call(502, 390), call(503, 9_999), message(504, 9_999))
    await eventually(lambda: intake.handled == [501, 502])
    gate.set()
    await intake.wait_idle()
    assert intake.handled.index(3) < intake.handled.index(500)
    assert intake.handled.index(503) < intake.handled.index(504)


async def test_what_is_written_after_a_call_for_help_waits_for_the_call(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.callback_query is not None:
            await gate.wait()

    intake.act = act
    await add_members(intake, 5, 6)
    await store(intake, message(1, 5), call(2, 5), message(3, 5), message(4, 6))
    await eventually(lambda: len(intake.handled) == 2)
    assert sorted(intake.handled) == [1, 4]
    gate.set()
    await intake.wait_idle()
    assert intake.handled[2:] == [2, 3]


@pytest.mark.parametrize("look", range(1, 4))
async def test_a_call_is_not_overtaken_whenever_it_is_stored(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, look: int
) -> None:
    """The two are committed while the worker looks through the inbox, before its look number `look`."""
    await add_members(intake, 5)
    await intake.wait_idle()
    read, looks = intake.db.read, count(1)

    async def reads(query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if next(looks) == look:
            await store(intake, call(2, 5), message(3, 5))
        return await read(query, *args, **kwargs)

    monkeypatch.setattr(intake.db, "read", reads)
    intake.worker.wake()
    await eventually(lambda: len(intake.handled) == 2)
    assert intake.handled == [2, 3]


async def test_who_waits_for_a_turn_to_answer_takes_nobodys_slot(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.update_id <= 300:
            with waiting_for_a_turn():
                await gate.wait()

    intake.act = act
    await add_members(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 301)))
    await eventually(lambda: intake.worker.busy == 300)
    await store(intake, message(301, 301))
    await eventually(lambda: intake.handled == [301])
    gate.set()
    await intake.wait_idle()
    assert len(intake.handled) == 301


async def test_people_from_outside_come_after_those_of_the_seminar_and_have_few_slots(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.update_id <= 500:
            await gate.wait()

    intake.act = act
    await add_members(intake, 7)
    await store(intake, *(message(number, 1_000 + number) for number in range(1, 501)))
    await eventually(lambda: intake.worker.busy == 64)
    await store(intake, message(501, 7))
    await eventually(lambda: intake.handled == [501])
    gate.set()
    await intake.wait_idle()
    assert len(intake.handled) == 501
