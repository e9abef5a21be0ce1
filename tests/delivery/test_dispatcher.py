"""What people see, and what the outbox holds, when things go right and wrong on the way to Telegram."""

import asyncio
from datetime import timedelta

import pytest

from bot.access import Role
from bot.priority import Priority
from rehearsal.telegram import Fault, GroupChat
from rehearsal.telegram.faults import FaultKind
from tests.clocks import eventually
from tests.delivery.conftest import Rig, journal, texts


async def test_a_due_row_is_rendered_sent_and_marked(rig: Rig) -> None:
    teacher = await rig.person("Ситора")
    await rig.enqueue(rig.draft(teacher, "Салом"))
    await rig.wait_idle()
    assert texts(teacher) == ["Салом Ситора"]
    assert await rig.rows("state, attempts, message_id IS NOT NULL") == [("sent", 1, 1)]


async def test_a_key_is_said_once_however_often_it_is_enqueued(rig: Rig) -> None:
    teacher = await rig.person()
    for _ in range(3):
        await rig.enqueue(rig.draft(teacher, "once"))
    await rig.wait_idle()
    assert len(texts(teacher)) == 1


async def test_nothing_is_sent_before_its_time_or_after_its_end(rig: Rig) -> None:
    teacher = await rig.person()
    now = rig.clock.now()
    await rig.enqueue(
        rig.draft(teacher, "later", due_at=now + timedelta(minutes=5)),
        rig.draft(teacher, "too late", due_at=now - timedelta(hours=2), expires_at=now - timedelta(seconds=1)),
    )
    await rig.wait_idle()
    assert texts(teacher) == []
    rig.clock.jump_to(now + timedelta(minutes=6))
    await rig.wait_idle()
    assert [text.split()[0] for text in texts(teacher)] == ["later"]
    assert await rig.rows() == [("sent",), ("expired",)]


async def test_what_is_urgent_goes_first_and_takes_what_waits_before_it_along(rig: Rig) -> None:
    said = journal(rig.world)
    people = [await rig.person(f"p{number}") for number in range(12)]
    await rig.enqueue(*(rig.draft(one, "broadcast", priority=Priority.BROADCAST) for one in people))
    await rig.enqueue(rig.draft(people[-1], "alert", priority=Priority.ALERT))
    await rig.wait_idle()
    order = [chat for chat, _ in said]
    assert [text for chat, text in said if chat == people[-1].id] == ["broadcast p11", "alert p11"]
    assert order.index(people[-1].id) < len(people) - 2


async def test_messages_to_one_chat_keep_their_order_also_when_the_first_has_to_be_sent_again(rig: Rig) -> None:
    teacher = await rig.person("")
    rig.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=3), Fault(FaultKind.ERROR_BEFORE)])
    await rig.enqueue(*(rig.draft(teacher, text) for text in ("one", "two", "three")))
    await rig.until_sent()
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
async def test_one_fault_costs_at_most_one_copy(rig: Rig, fault: FaultKind, attempts: int, copies: int) -> None:
    teacher = await rig.person()
    rig.world.faults.script([Fault(fault)])
    await rig.enqueue(rig.draft(teacher))
    await rig.until_sent()
    assert await rig.rows("state, attempts") == [("sent", attempts)]
    assert len(texts(teacher)) == copies


async def test_after_three_unclear_ends_it_is_given_up(rig: Rig) -> None:
    teacher = await rig.person()
    rig.world.faults.script([Fault(FaultKind.LOST_ANSWER)] * 5)
    await rig.enqueue(rig.draft(teacher))
    await rig.until_sent()
    assert await rig.rows("state, attempts") == [("unknown", 3)]
    assert len(texts(teacher)) == 3


async def test_a_nudge_whose_end_is_unclear_is_never_said_again(rig: Rig) -> None:
    teacher = await rig.person()
    rig.world.faults.script([Fault(FaultKind.LOST_ANSWER)])
    await rig.enqueue(rig.draft(teacher, kind="nudge"))
    await rig.until_sent()
    assert await rig.rows() == [("unknown",)]
    assert len(texts(teacher)) == 1


async def test_someone_who_blocked_the_bot_is_unreachable_and_not_flooded_on_return(rig: Rig) -> None:
    teacher = await rig.person()
    teacher.blocked = True
    later = rig.clock.now() + timedelta(minutes=9)
    await rig.enqueue(rig.draft(teacher, "now"), *(rig.draft(teacher, f"m{n}", due_at=later) for n in range(3)))
    await rig.wait_idle()
    assert await rig.rows("state, error") == [("cancelled", "unreachable")] * 4
    assert rig.world.refusals["sendMessage"] == 1
    reachable = await rig.db.read(lambda connection: connection.execute("SELECT reachable FROM person").fetchone()[0])
    assert reachable == 0


async def test_a_refused_text_is_dead_and_organizers_are_told_once(rig: Rig) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    people = [await rig.person(f"p{number}") for number in range(3)]
    await rig.enqueue(*(rig.draft(one, "<b>broken") for one in people), rig.draft(people[0], "good"))
    await rig.until_sent()
    assert await rig.rows(where="kind = 'note'") == [("dead",)] * 3 + [("sent",)]
    assert len(texts(organizer)) == 1
    assert "3" in texts(organizer)[0]
    assert len(rig.world.violations) == 3


async def test_a_message_that_cannot_be_rendered_stops_no_other(rig: Rig) -> None:
    teacher = await rig.person()
    await rig.enqueue(
        rig.draft(teacher, "trouble"), rig.draft(teacher, "?", kind="no such kind"), rig.draft(teacher, "fine")
    )
    await rig.wait_idle()
    assert await rig.rows(where="event = 'event'") == [("dead",), ("dead",), ("sent",)]


async def test_a_message_that_nobody_wants_any_more_is_cancelled(rig: Rig) -> None:
    teacher = await rig.person()
    await rig.enqueue(rig.draft(teacher, None))
    await rig.wait_idle()
    assert await rig.rows("state, error") == [("cancelled", "not wanted")]
    assert texts(teacher) == []


async def test_a_group_that_moved_gets_its_message_once_under_the_new_id(rig: Rig) -> None:
    group = GroupChat(rig.world, "Staff")
    old = group.id
    group.migrates()
    await rig.enqueue(rig.draft(old, "hello"), rig.draft(old, "again"))
    await rig.until_sent()
    assert [text for text in texts(group) if text in {"hello", "again"}] == ["hello", "again"]
    assert {chat for (chat,) in await rig.rows("chat_id")} == {group.id}


async def test_a_rejected_token_stops_all_sending_loudly_and_it_goes_on_when_it_can(rig: Rig) -> None:
    people = [await rig.person(f"p{number}") for number in range(9)]
    token, rig.world.token = rig.world.token, "2:other"
    await rig.enqueue(*(rig.draft(one) for one in people))
    await eventually(lambda: "nauthorized" in rig.dispatcher.status.stopped)
    assert {state for (state,) in await rig.rows()} <= {"due", "sending"}
    rig.world.token = token
    rig.clock.jump_to(rig.clock.now() + timedelta(minutes=1))
    await rig.wait_idle()
    assert await rig.rows("state, attempts") == [("sent", 1)] * 9
    assert rig.dispatcher.status.stopped == ""


async def test_while_it_is_halted_nothing_is_sent(rig: Rig) -> None:
    teacher = await rig.person()
    rig.dispatcher.halt("another poller")
    await rig.enqueue(rig.draft(teacher))
    rig.clock.jump_to(rig.clock.now() + timedelta(minutes=2))
    await rig.fanout.wait_idle()
    assert rig.dispatcher.status.stopped == "another poller"
    assert texts(teacher) == []
    rig.dispatcher.resume("another poller")
    await rig.wait_idle()
    assert len(texts(teacher)) == 1


async def test_who_left_gets_nothing_that_was_waiting(rig: Rig) -> None:
    teacher = await rig.person()
    await rig.enqueue(rig.draft(teacher, "later", due_at=rig.clock.now() + timedelta(minutes=1)))
    await rig.db.write(lambda connection: connection.execute("UPDATE person SET state = 'left'") and None)
    rig.clock.jump_to(rig.clock.now() + timedelta(minutes=2))
    await rig.wait_idle()
    assert await rig.rows("state, error") == [("cancelled", "left")]
    assert texts(teacher) == []


async def test_a_telegram_that_is_away_costs_no_attempts(rig: Rig) -> None:
    teacher = await rig.person()
    port = rig.server.port
    await rig.server.stop()
    await rig.enqueue(rig.draft(teacher))
    await eventually(lambda: rig.dispatcher._breaker._failures)
    rig.server.port = port
    await rig.server.start()
    await rig.until_sent()
    assert await rig.rows("state, attempts") == [("sent", 1)]
    assert len(texts(teacher)) == 1


async def test_stopping_gives_back_what_was_not_started_and_finishes_what_was(rig: Rig) -> None:
    people = [await rig.person(f"p{number}") for number in range(40)]
    rig.world.faults.latency = (0.1, 0.1)
    await rig.enqueue(*(rig.draft(one) for one in people))
    await eventually(lambda: rig.dispatcher.status.sending)
    rig.tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await rig.tasks[0]
    states = [state for (state,) in await rig.rows()]
    assert set(states) <= {"sent", "due"}
    assert states.count("sent") == sum(len(texts(one)) for one in people)
    rig.world.faults.clear()
    await rig.stop()
    await rig.start()
    await rig.wait_idle()
    assert [len(texts(one)) for one in people] == [1] * 40


async def test_a_pause_outlives_a_restart(rig: Rig) -> None:
    teacher = await rig.person()
    rig.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=200)])
    await rig.enqueue(rig.draft(teacher, expires_at=rig.clock.now() + timedelta(hours=5)))
    await rig.wait_idle()
    await rig.stop()
    await rig.start()
    await rig.wait_idle()
    assert rig.limiter.rate_limited_for(teacher.id) > 150
    assert texts(teacher) == []
    rig.clock.jump_to(rig.clock.now() + timedelta(seconds=201))
    await rig.wait_idle()
    assert len(texts(teacher)) == 1


async def test_shared_messages_are_rendered_once_a_language(rig: Rig) -> None:
    people = [await rig.person(f"p{number}", language="ko" if number % 2 else "tg") for number in range(20)]
    await rig.schedule(rig.occurrence())
    await rig.wait_idle()
    assert {text for one in people for text in texts(one)} == {"party"}
    assert len(rig.dispatcher._renderer._shared) == 2


async def test_a_call_for_help_passes_what_waits_for_the_same_chat_and_what_is_on_its_way(rig: Rig) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    said = journal(rig.world)
    rig.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=30)])
    await rig.enqueue(rig.draft(organizer, "agenda"))
    await rig.wait_idle()
    await rig.enqueue(*(rig.draft(organizer, f"knock {number}") for number in range(5)))
    rig.limiter._pauses.clear()
    await rig.enqueue(
        rig.draft(organizer, "SOS", priority=Priority.SOS), rig.draft(organizer, "where", priority=Priority.SOS)
    )
    await rig.wait_idle()
    assert [text for _, text in said][:2] == ["SOS Minji", "where Minji"]
    await rig.until_sent()
    assert [text for _, text in said][2:] == ["agenda Minji", *(f"knock {number} Minji" for number in range(5))]


async def test_until_it_goes_on_nothing_leaves_but_calls_for_help(rig: Rig) -> None:
    organizer = await rig.person("Minji", role=Role.ORGANIZER)
    said = journal(rig.world)
    rig.dispatcher.send_sos_only()
    await rig.enqueue(rig.draft(organizer, "alert", priority=Priority.ALERT))
    await rig.enqueue(rig.draft(organizer, "SOS", priority=Priority.SOS))
    await eventually(lambda: said)
    rig.dispatcher.send_all()
    await rig.wait_idle()
    assert [text for _, text in said] == ["SOS Minji", "alert Minji"]
