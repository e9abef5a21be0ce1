"""What people see, and what the outbox holds, when things go right and wrong on the way to Telegram."""

import asyncio
from datetime import timedelta

import pytest

from bot.access import Role
from bot.priority import Priority
from rehearsal.telegram import Fault, GroupChat
from rehearsal.telegram.faults import FaultKind
from tests.clocks import eventually
from tests.delivery.conftest import DeliveryHarness, journal, texts


async def test_a_due_row_is_rendered_sent_and_marked(harness: DeliveryHarness) -> None:
    teacher = await harness.person("Ситора")
    await harness.enqueue(harness.draft(teacher, "Салом"))
    await harness.wait_idle()
    assert texts(teacher) == ["Салом Ситора"]
    assert await harness.rows("state, attempts, message_id IS NOT NULL") == [("sent", 1, 1)]


async def test_a_key_is_said_once_however_often_it_is_enqueued(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    for _ in range(3):
        await harness.enqueue(harness.draft(teacher, "once"))
    await harness.wait_idle()
    assert len(texts(teacher)) == 1


async def test_nothing_is_sent_before_its_time_or_after_its_end(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    now = harness.clock.now()
    await harness.enqueue(
        harness.draft(teacher, "later", due_at=now + timedelta(minutes=5)),
        harness.draft(teacher, "too late", due_at=now - timedelta(hours=2), expires_at=now - timedelta(seconds=1)),
    )
    await harness.wait_idle()
    assert texts(teacher) == []
    harness.clock.jump_to(now + timedelta(minutes=6))
    await harness.wait_idle()
    assert [text.split()[0] for text in texts(teacher)] == ["later"]
    assert await harness.rows() == [("sent",), ("expired",)]


async def test_what_is_urgent_goes_first_and_takes_what_waits_before_it_along(harness: DeliveryHarness) -> None:
    said = journal(harness.world)
    people = [await harness.person(f"p{number}") for number in range(12)]
    await harness.enqueue(*(harness.draft(one, "broadcast", priority=Priority.BROADCAST) for one in people))
    await harness.enqueue(harness.draft(people[-1], "alert", priority=Priority.ALERT))
    await harness.wait_idle()
    order = [chat for chat, _ in said]
    assert [text for chat, text in said if chat == people[-1].id] == ["broadcast p11", "alert p11"]
    assert order.index(people[-1].id) < len(people) - 2


async def test_messages_to_one_chat_keep_their_order_also_when_the_first_has_to_be_sent_again(
    harness: DeliveryHarness,
) -> None:
    teacher = await harness.person("")
    harness.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=3), Fault(FaultKind.ERROR_BEFORE)])
    await harness.enqueue(*(harness.draft(teacher, text) for text in ("one", "two", "three")))
    await harness.until_sent()
    assert texts(teacher) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("fault", "attempts", "copies"),
    [
        (FaultKind.LOST_ANSWER, 2, 2),
        (FaultKind.ERROR_AFTER, 2, 2),
        (FaultKind.ERROR_BEFORE, 2, 1),
        (FaultKind.CLOSED, 2, 1),
        (FaultKind.THROTTLED, 1, 1),
    ],
)
async def test_one_fault_costs_at_most_one_copy(
    harness: DeliveryHarness, fault: FaultKind, attempts: int, copies: int
) -> None:
    teacher = await harness.person()
    harness.world.faults.script([Fault(fault)])
    await harness.enqueue(harness.draft(teacher))
    await harness.until_sent()
    assert await harness.rows("state, attempts") == [("sent", attempts)]
    assert len(texts(teacher)) == copies


async def test_after_three_unclear_ends_it_is_given_up(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    harness.world.faults.script([Fault(FaultKind.LOST_ANSWER)] * 5)
    await harness.enqueue(harness.draft(teacher))
    await harness.until_sent()
    assert await harness.rows("state, attempts") == [("unknown", 3)]
    assert len(texts(teacher)) == 3


async def test_a_nudge_whose_end_is_unclear_is_never_said_again(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    harness.world.faults.script([Fault(FaultKind.LOST_ANSWER)])
    await harness.enqueue(harness.draft(teacher, kind="nudge"))
    await harness.until_sent()
    assert await harness.rows() == [("unknown",)]
    assert len(texts(teacher)) == 1


async def test_someone_who_blocked_the_bot_is_unreachable_and_not_flooded_on_return(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    teacher.blocked = True
    later = harness.clock.now() + timedelta(minutes=9)
    await harness.enqueue(
        harness.draft(teacher, "now"), *(harness.draft(teacher, f"m{n}", due_at=later) for n in range(3))
    )
    await harness.wait_idle()
    assert await harness.rows("state, error") == [("cancelled", "unreachable")] * 4
    assert harness.world.refusals["sendMessage"] == 1
    reachable = await harness.db.read(
        lambda connection: connection.execute("SELECT reachable FROM person").fetchone()[0]
    )
    assert reachable == 0


async def test_a_refused_text_is_dead_and_organizers_are_told_once(harness: DeliveryHarness) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    people = [await harness.person(f"p{number}") for number in range(3)]
    await harness.enqueue(*(harness.draft(one, "<b>broken") for one in people), harness.draft(people[0], "good"))
    await harness.until_sent()
    assert await harness.rows(where="kind = 'note'") == [("dead",)] * 3 + [("sent",)]
    assert len(texts(organizer)) == 1
    assert "3" in texts(organizer)[0]
    assert len(harness.world.violations) == 3


async def test_a_message_that_cannot_be_rendered_stops_no_other(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    await harness.enqueue(
        harness.draft(teacher, "failing"),
        harness.draft(teacher, "?", kind="no such kind"),
        harness.draft(teacher, "fine"),
    )
    await harness.wait_idle()
    assert await harness.rows(where="event = 'event'") == [("dead",), ("dead",), ("sent",)]


async def test_a_message_that_nobody_wants_any_more_is_cancelled(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    await harness.enqueue(harness.draft(teacher, None))
    await harness.wait_idle()
    assert await harness.rows("state, error") == [("cancelled", "not wanted")]
    assert texts(teacher) == []


async def test_a_group_that_moved_gets_its_message_once_under_the_new_id(harness: DeliveryHarness) -> None:
    group = GroupChat(harness.world, "Staff")
    old = group.id
    group.migrates()
    await harness.enqueue(harness.draft(old, "hello"), harness.draft(old, "again"))
    await harness.until_sent()
    assert [text for text in texts(group) if text in {"hello", "again"}] == ["hello", "again"]
    assert {chat for (chat,) in await harness.rows("chat_id")} == {group.id}


async def test_a_rejected_token_stops_all_sending_loudly_and_it_goes_on_when_it_can(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{number}") for number in range(9)]
    token, harness.world.token = harness.world.token, "2:other"
    await harness.enqueue(*(harness.draft(one) for one in people))
    await eventually(lambda: "nauthorized" in harness.dispatcher.status.stopped)
    assert {state for (state,) in await harness.rows()} <= {"due", "sending"}
    harness.world.token = token
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=1))
    await harness.wait_idle()
    assert await harness.rows("state, attempts") == [("sent", 1)] * 9
    assert harness.dispatcher.status.stopped == ""


async def test_while_it_is_halted_nothing_is_sent(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    harness.dispatcher.halt("another poller")
    await harness.enqueue(harness.draft(teacher))
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await harness.fanout.wait_idle()
    assert harness.dispatcher.status.stopped == "another poller"
    assert texts(teacher) == []
    harness.dispatcher.resume("another poller")
    await harness.wait_idle()
    assert len(texts(teacher)) == 1


async def test_who_left_gets_nothing_that_was_waiting(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    await harness.enqueue(harness.draft(teacher, "later", due_at=harness.clock.now() + timedelta(minutes=1)))
    await harness.db.write(lambda connection: connection.execute("UPDATE person SET state = 'left'") and None)
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await harness.wait_idle()
    assert await harness.rows("state, error") == [("cancelled", "left")]
    assert texts(teacher) == []


async def test_a_telegram_that_is_away_costs_no_attempts(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    port = harness.server.port
    await harness.server.stop()
    await harness.enqueue(harness.draft(teacher))
    await eventually(lambda: harness.dispatcher._breaker._failures)
    harness.server.port = port
    await harness.server.start()
    await harness.until_sent()
    assert await harness.rows("state, attempts") == [("sent", 1)]
    assert len(texts(teacher)) == 1


async def test_stopping_gives_back_what_was_not_started_and_finishes_what_was(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{number}") for number in range(40)]
    harness.world.faults.latency = (0.1, 0.1)
    await harness.enqueue(*(harness.draft(one) for one in people))
    await eventually(lambda: harness.dispatcher.status.sending)
    harness.tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await harness.tasks[0]
    states = [state for (state,) in await harness.rows()]
    assert set(states) <= {"sent", "due"}
    assert states.count("sent") == sum(len(texts(one)) for one in people)
    harness.world.faults.clear()
    await harness.stop()
    await harness.start()
    await harness.wait_idle()
    assert [len(texts(one)) for one in people] == [1] * 40


async def test_a_pause_outlives_a_restart(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    harness.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=200)])
    await harness.enqueue(harness.draft(teacher, expires_at=harness.clock.now() + timedelta(hours=5)))
    await harness.wait_idle()
    await harness.stop()
    await harness.start()
    await harness.wait_idle()
    assert harness.limiter.rate_limited_for(teacher.id) > 150
    assert texts(teacher) == []
    harness.clock.jump_to(harness.clock.now() + timedelta(seconds=201))
    await harness.wait_idle()
    assert len(texts(teacher)) == 1


async def test_shared_messages_are_rendered_once_a_language(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{number}", language="ko" if number % 2 else "tg") for number in range(20)]
    await harness.schedule(harness.occurrence())
    await harness.wait_idle()
    assert {text for one in people for text in texts(one)} == {"party"}
    assert len(harness.dispatcher.renderer._shared) == 2


async def test_a_call_for_help_passes_what_waits_for_the_same_chat_and_what_is_on_its_way(
    harness: DeliveryHarness,
) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    said = journal(harness.world)
    harness.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=30)])
    await harness.enqueue(harness.draft(organizer, "agenda"))
    await harness.wait_idle()
    await harness.enqueue(*(harness.draft(organizer, f"knock {number}") for number in range(5)))
    harness.limiter.pauses._until.clear()
    await harness.enqueue(
        harness.draft(organizer, "SOS", priority=Priority.SOS), harness.draft(organizer, "where", priority=Priority.SOS)
    )
    await harness.wait_idle()
    assert [text for _, text in said][:2] == ["SOS Minji", "where Minji"]
    await harness.until_sent()
    assert [text for _, text in said][2:] == ["agenda Minji", *(f"knock {number} Minji" for number in range(5))]


async def test_until_it_goes_on_nothing_leaves_but_calls_for_help(harness: DeliveryHarness) -> None:
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    said = journal(harness.world)
    harness.dispatcher.send_sos_only()
    await harness.enqueue(harness.draft(organizer, "alert", priority=Priority.ALERT))
    await harness.enqueue(harness.draft(organizer, "SOS", priority=Priority.SOS))
    await eventually(lambda: said)
    harness.dispatcher.send_all()
    await harness.wait_idle()
    assert [text for _, text in said] == ["SOS Minji", "alert Minji"]
