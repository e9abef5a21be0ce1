"""Nothing is confirmed to Telegram before it is on the disk."""

import asyncio

import pytest

from bot.intake import poller as module
from bot.intake.poller import TokenRejectedError
from bot.store.database import _in_thread as in_thread
from rehearsal.telegram import Account, Fault
from rehearsal.telegram.faults import FaultKind
from tests.clocks import eventually
from tests.intake.conftest import Intake


async def test_an_update_is_confirmed_only_after_it_was_stored(intake: Intake) -> None:
    await in_thread(intake.db._writer, lambda connection: connection.execute("PRAGMA query_only = ON") and None)
    teacher = Account(intake.world, "Ситора")
    await teacher.starts()
    await eventually(lambda: intake.poller._failures)
    assert len(intake.world.updates) == 1
    await in_thread(intake.db._writer, lambda connection: connection.execute("PRAGMA query_only = OFF") and None)
    await intake.wait_idle()
    assert len(intake.handled) == 1


async def test_what_was_stored_and_not_confirmed_is_not_handled_twice(intake: Intake) -> None:
    intake.tasks[1].cancel()
    await asyncio.gather(intake.tasks[1], return_exceptions=True)
    teacher = Account(intake.world, "Ситора")
    for _ in range(5):
        await teacher.sends("salom")
    batch = await intake.poller._poll()
    await intake.poller._store(batch)  # and then the process ends, before the next poll confirms
    await intake.stop()
    await intake.start()
    await intake.wait_idle()
    assert len(intake.handled) == 5
    assert len(await intake.rows("id")) == 5


async def test_numbers_that_begin_anew_lose_nothing(intake: Intake) -> None:
    intake.world.raw_update({"update_id": 900_000_000, "poll": {"id": "1"}})
    await intake.wait_idle()
    await intake.stop()
    intake.world.updates.confirm(900_000_001)
    intake.world.updates._next_id = 17
    Account(intake.world, "Ситора")
    intake.world.raw_update({"poll": {"id": "2"}})
    await intake.start()
    await intake.wait_idle()
    assert len(await intake.rows("id")) == 2


async def test_that_something_was_pinned_is_confirmed_and_not_stored(intake: Intake) -> None:
    teacher = Account(intake.world, "Ситора")
    await teacher.starts()
    await intake.wait_idle()
    stored = await intake.rows("id")
    await teacher.pins(teacher.chat[-1])
    await intake.wait_idle()
    await eventually(lambda: not len(intake.world.updates))
    assert await intake.rows("id") == stored
    await teacher.sends("salom")
    await intake.wait_idle()
    assert len(await intake.rows("id")) == len(stored) + 1
    assert intake.poller.connected


async def test_an_outage_passes(intake: Intake) -> None:
    intake.world.faults.script(
        [Fault(kind, method="getUpdates") for kind in (FaultKind.CLOSED, FaultKind.ERROR_BEFORE, FaultKind.LOST_ANSWER)]
    )
    for number in range(3):
        await Account(intake.world, f"p{number}").starts()
    await intake.wait_idle()
    assert len(intake.handled) == 3


async def test_a_lost_first_answer_does_not_pass_for_a_drained_backlog(intake: Intake) -> None:
    await intake.stop()
    teacher = Account(intake.world, "Ситора")
    for number in range(5):
        await teacher.sends(str(number))
    intake.world.faults.script([Fault(FaultKind.LOST_ANSWER, method="getUpdates")])
    await intake.start(work=False)
    async with asyncio.timeout(10):
        await intake.poller.drained.wait()
    assert len(await intake.rows("id")) == 5


async def test_a_rejected_token_ends_it_with_a_sentence(intake: Intake) -> None:
    intake.world.token = "2:other"
    with pytest.raises(TokenRejectedError, match="does not accept the token") as caught:
        await intake.tasks[1]
    assert "rehearsal" not in str(caught.value)


async def test_another_poller_is_reported_once_it_lasts_and_when_it_is_over(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CONFLICT_SECONDS", 0.05)
    monkeypatch.setattr(module, "_LONGEST_BACKOFF_SECONDS", 0.02)
    monkeypatch.setattr("rehearsal.telegram.updates.CONFLICT_INTERVAL_SECONDS", 0.0)
    stop = asyncio.Event()

    async def other() -> None:
        while not stop.is_set():
            intake.world.updates._wake(arrived=False)
            await asyncio.sleep(0.001)

    # The stand-in ends a waiting poll with a 409 when another begins.
    rival = asyncio.ensure_future(other())
    await eventually(lambda: intake.conflicts == [True])
    stop.set()
    await rival
    await eventually(lambda: intake.conflicts == [True, False])


async def test_a_webhook_is_removed_and_is_no_other_poller(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await intake.stop()
    monkeypatch.setattr(module, "_CONFLICT_SECONDS", 0.0)
    teacher = Account(intake.world, "Ситора")
    intake.world.updates.webhook = {"url": "https://example.org/hook"}
    await teacher.starts()
    await intake.start()
    await intake.wait_idle()
    assert len(intake.handled) == 1
    assert intake.conflicts == []
    assert "webhook of this bot is removed" in caplog.text
    assert "another program" not in caplog.text


async def test_a_poll_confirms_what_was_stored_and_nothing_more(intake: Intake) -> None:
    intake.tasks[1].cancel()
    await asyncio.gather(intake.tasks[1], return_exceptions=True)
    teacher = Account(intake.world, "Ситора")
    for number in range(4):
        await teacher.sends(str(number))
        await intake.poller._store(await intake.poller._poll())
    await intake.worker.wait_idle()
    assert len(intake.handled) == 4


async def test_telegram_is_asked_for_what_is_routed_and_nothing_else(intake: Intake) -> None:
    await intake.wait_idle()
    assert set(intake.world.updates.allowed or ()) == {
        "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"
    }  # fmt: skip
