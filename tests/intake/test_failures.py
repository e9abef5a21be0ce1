"""An update that fails is rejected or tried again, and the others go on."""

import sqlite3

import pytest
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.answers import NotSent
from bot.intake import worker as module
from bot.store.inbox import REJECTED
from tests.clocks import eventually
from tests.intake.conftest import Intake, add_members
from tests.intake.test_worker import message, store


def malformed(update_id: int, sender: int) -> dict[str, object]:
    return {"update_id": update_id, "message": {"message_id": "?", "from": {"id": sender}, "chat": 7, "date": []}}


async def alerts(intake: Intake) -> list[tuple[object, ...]]:
    rows = await intake.db.read(lambda connection: connection.execute("SELECT kind, chat_id FROM outbox").fetchall())
    return [tuple(row) for row in rows]


async def test_a_malformed_update_is_rejected_and_the_next_is_handled(intake: Intake) -> None:
    await add_members(intake, 5)
    await store(intake, malformed(1, 5), message(2, 5))
    await intake.wait_idle()
    assert intake.handled == [2]
    states = await intake.rows("state, error IS NOT NULL")
    assert states == [(REJECTED, 1), ("done", 0)]
    assert await alerts(intake) == [("unhandled", 99)]


async def test_a_refused_token_is_not_the_fault_of_an_update(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REFUSED_BACKOFF_SECONDS", 0.001)
    refusals = 0

    async def act(_: Update) -> None:
        nonlocal refusals
        refusals += 1
        if refusals <= 5:
            raise InvalidToken("Unauthorized")

    intake.act = act
    await store(intake, message(1, 5))
    await eventually(lambda: intake.handled)
    await intake.wait_idle()
    assert await intake.rows("state, attempts") == [("done", 1)]


async def test_what_people_from_outside_send_alerts_nobody(intake: Intake) -> None:
    async def act(_: Update) -> None:
        raise RuntimeError("a bug")

    intake.act = act
    await store(intake, malformed(1, 5), message(2, 6), {"update_id": 3, "poll": 7})
    await intake.wait_idle()
    assert await intake.rows("state") == [(REJECTED,), ("failed",), (REJECTED,)]
    assert await alerts(intake) == []


async def test_a_handler_that_breaks_fails_its_update_alone(intake: Intake) -> None:
    async def act(update: Update) -> None:
        if update.update_id == 1:
            raise RuntimeError("a bug")

    intake.act = act
    await store(intake, message(1, 5), message(2, 5))
    await intake.wait_idle()
    assert await intake.rows("state, substr(error, 1, 15)") == [("failed", "RuntimeError in"), ("done", None)]


@pytest.mark.parametrize(
    ("error", "tries", "state"),
    [
        (NetworkError("away"), 3, "failed"),
        (RetryAfter(0), 3, "failed"),
        (BadRequest("wrong"), 1, "failed"),
        (ValueError("bug"), 1, "failed"),
    ],
)
async def test_only_a_failure_on_the_way_is_tried_again(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int, state: str
) -> None:
    monkeypatch.setattr(module, "_BACKOFF_SECONDS", (0.01, 0.01))
    seen: list[int] = []

    async def act(update: Update) -> None:
        seen.append(update.update_id)
        if update.update_id == 1:
            raise error

    intake.act = act
    await store(intake, message(1, 5), message(2, 5), message(3, 6))
    await intake.wait_idle()
    assert [number for number in seen if number != 3] == [1] * tries + [2]
    assert await intake.rows("state, attempts") == [(state, tries), ("done", 1), ("done", 1)]


async def test_a_failure_that_passes_is_forgotten(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BACKOFF_SECONDS", (0.01, 0.01))
    monkeypatch.setattr(module, "_DATABASE_RETRY_SECONDS", 0.01)
    errors: list[Exception] = [NetworkError("away")]
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    errors += [locked] * 5

    async def act(_: Update) -> None:
        if errors:
            raise errors.pop()

    intake.act = act
    await store(intake, message(1, 5))
    await intake.wait_idle()
    assert await intake.rows("state") == [("done",)]


async def test_an_answer_that_surely_did_not_leave_is_tried_until_it_does(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONGEST_BACKOFF_SECONDS", 0.001)
    tries = 0

    async def act(_: Update) -> None:
        nonlocal tries
        tries += 1
        if tries <= 20:
            raise NotSent("Not sent: no route")

    intake.act = act
    await store(intake, message(1, 5))
    await eventually(lambda: intake.handled)
    await intake.wait_idle()
    assert await intake.rows("state, attempts") == [("done", 21)]
