"""What a kill leaves behind: rows that were claimed, and requests of which nobody knows the end."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.attempt_log import AttemptLog
from tests.delivery.conftest import DeliveryHarness, texts


async def test_rows_that_were_under_way_at_a_kill_are_unclear(harness: DeliveryHarness) -> None:
    teacher = await harness.person("")
    now = harness.clock.now() + timedelta(minutes=1)
    await harness.enqueue(
        harness.draft(teacher, "note", due_at=now), harness.draft(teacher, "nudge", kind="nudge", due_at=now)
    )
    await harness.stop()
    await harness.start()
    await claimed_by_a_killed_process(harness, started=True)
    await harness.start()
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await harness.wait_idle()
    assert await harness.rows("kind, state, attempts") == [("note", "sent", 2), ("nudge", "unknown", 1)]
    assert texts(teacher) == ["note"]


async def test_rows_whose_requests_had_not_started_at_a_kill_are_due_as_before(harness: DeliveryHarness) -> None:
    teacher = await harness.person("")
    now = harness.clock.now() + timedelta(minutes=30)
    await harness.enqueue(
        harness.draft(teacher, "note", due_at=now), harness.draft(teacher, "nudge", kind="nudge", due_at=now)
    )
    for _ in range(4):
        await claimed_by_a_killed_process(harness, started=False)
        await harness.start()
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=31))
    await harness.wait_idle()
    assert await harness.rows("kind, state, attempts") == [("note", "sent", 1), ("nudge", "sent", 1)]
    assert texts(teacher) == ["note", "nudge"]


async def claimed_by_a_killed_process(harness: DeliveryHarness, *, started: bool, where: str = "1") -> None:
    """Every row was claimed once more, and then the process was killed, before or after the requests began."""
    await harness.wait_idle()
    await harness.db.write(
        lambda connection: (
            connection.execute(f"UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE {where}") and None
        )
    )
    rows = await harness.rows("id, attempts", "state = 'sending'")
    await harness.stop()
    log = AttemptLog(harness.folder / "hamroh.db")
    log.start()
    for number, attempt in rows:
        if started:
            log.record(number, attempt)
    log.close()


async def test_last_tries_go_one_at_a_time_so_that_a_kill_cannot_spend_many(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [await harness.person(f"p{number}") for number in range(12)]
    due = harness.clock.now() + timedelta(minutes=1)
    await harness.enqueue(*(harness.draft(one, key=f"last:{one.id}", due_at=due) for one in people))
    await harness.wait_idle()
    await harness.db.write(lambda connection: connection.execute("UPDATE outbox SET attempts = 2") and None)
    harness.world.faults.latency = (0.01, 0.01)
    answer, under_way, most = harness.server.api.call, 0, 0

    async def counted(*what: Any) -> Any:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        try:
            return await answer(*what)
        finally:
            under_way -= 1

    monkeypatch.setattr(harness.server.api, "call", counted)
    harness.clock.jump_to(due)
    await harness.wait_idle()
    assert [len(texts(one)) for one in people] == [1] * 12
    assert most == 1


async def test_a_last_try_waits_for_a_process_run_that_lasts(harness: DeliveryHarness) -> None:
    teacher = await harness.person("")
    due = harness.clock.now() + timedelta(minutes=1)
    await harness.enqueue(harness.draft(teacher, "note", due_at=due))
    await harness.wait_idle()
    await harness.db.write(lambda connection: connection.execute("UPDATE outbox SET attempts = 2") and None)
    await harness.stop()
    harness.clock.jump_to(due + timedelta(minutes=1))
    harness.clock.pause()
    await harness.start()
    await harness.wait_idle()
    assert texts(teacher) == []
    harness.clock.jump_to(harness.clock.now() + timedelta(seconds=6))
    await harness.wait_idle()
    assert texts(teacher) == ["note"]


async def test_first_tries_do_not_wait_behind_many_second_ones(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [await harness.person(f"p{number}") for number in range(60)]
    new = await harness.person("new")
    due = harness.clock.now() + timedelta(minutes=1)
    await harness.enqueue(*(harness.draft(one, key=f"second:{one.id}", due_at=due) for one in people))
    await harness.wait_idle()
    await harness.db.write(lambda connection: connection.execute("UPDATE outbox SET attempts = 1") and None)
    await harness.enqueue(harness.draft(new, key="first", due_at=due))
    await harness.wait_idle()
    answer, first_is_there = harness.server.api.call, asyncio.Event()

    async def no_second_try_before_the_first(method: str, params: Any, *more: Any) -> Any:
        if params["chat_id"] == new.id:
            first_is_there.set()
        await first_is_there.wait()
        return await answer(method, params, *more)

    monkeypatch.setattr(harness.server.api, "call", no_second_try_before_the_first)
    harness.clock.jump_to(due)
    async with asyncio.timeout(10):
        await harness.wait_idle()
    assert await harness.rows("DISTINCT state, attempts") == [("sent", 2), ("sent", 1)]


async def test_a_row_that_is_requeued_right_after_its_claim_is_not_lost(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = await harness.person("")
    attempts = harness.dispatcher._attempts
    send = attempts.send

    def and_requeue(claims: Any) -> None:
        send(claims)
        for claim in claims:
            monkeypatch.setattr(attempts, "send", send)
            attempts.requeue(claim.row.person_id)

    monkeypatch.setattr(attempts, "send", and_requeue)
    await harness.enqueue(harness.draft(teacher, "note"))
    async with asyncio.timeout(10):
        await harness.wait_idle()
    assert await harness.rows("state, attempts") == [("sent", 1)]
    assert texts(teacher) == ["note"]
