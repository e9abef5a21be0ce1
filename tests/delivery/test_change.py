"""Rows that edit or delete the message of an earlier row."""

from datetime import timedelta

import pytest

from bot import arguments
from bot.access import Role
from bot.answers import refusal
from bot.delivery.send_errors import SendResult, classify
from bot.priority import Priority
from rehearsal.telegram import Account, Fault
from rehearsal.telegram.faults import FaultKind
from tests.delivery.conftest import DeliveryHarness, Said, texts
from tests.delivery.test_kill import claimed_by_a_killed_process


async def party(harness: DeliveryHarness, *names: str) -> list[Account]:
    """People whom a message has reached."""
    people = [await harness.person(name) for name in names]
    await harness.schedule(harness.occurrence())
    await harness.wait_idle()
    return people


async def change(harness: DeliveryHarness, text: str | None, *, key: str = "fix") -> None:
    await harness.schedule(harness.occurrence(key, kind="change", data=arguments.write(Said(text))))


async def test_each_reader_s_own_message_is_edited_and_then_deleted(harness: DeliveryHarness) -> None:
    people = await party(harness, "Ann", "Bek")
    before = [one.chat[-1].id for one in people]
    await change(harness, "the bus leaves at 9")
    await harness.until_sent()
    assert [[(m.id, m.text) for m in one.chat] for one in people] == [[(n, "the bus leaves at 9")] for n in before]
    rows = "state, message_id, target_id"
    assert await harness.rows(rows, "event = 'fix'") == [("sent", None, number) for number in before]
    await change(harness, "the bus leaves at 9", key="fix again")
    await harness.until_sent()
    assert await harness.rows(rows, "event = 'fix again'") == [("sent", None, number) for number in before]
    await change(harness, None, key="away")
    await change(harness, None, key="away again")
    await change(harness, "too late", key="fix what is gone")
    await harness.until_sent()
    assert [texts(one) for one in people] == [[], []]
    assert await harness.rows("DISTINCT state", "event IN ('away', 'away again')") == [("sent",)]
    assert await harness.rows("DISTINCT state", "event = 'fix what is gone'") == [("dead",)]
    assert await harness.rows("count(*)", "kind NOT IN ('shout', 'change')") == [(0,)], "nobody's mistake, no alert"


async def test_an_album_is_deleted_whole(harness: DeliveryHarness) -> None:
    (ann,) = await party(harness, "Ann")
    await harness.enqueue(harness.draft(ann, "second"), harness.draft(ann, "another"))
    await harness.wait_idle()
    album = [message.id for message in ann.chat[:2]]
    await harness.db.write(
        lambda c: c.execute("UPDATE outbox SET album_ids = ? WHERE event = 'party'", (str(album),)) and None
    )
    await change(harness, None, key="away")
    await harness.until_sent()
    assert texts(ann) == ["another Ann"]
    assert await harness.rows("state, target_id", "event = 'away'") == [("sent", album[0])]


async def test_what_never_arrived_is_not_changed(harness: DeliveryHarness) -> None:
    ann, bek = await harness.person("Ann"), await harness.person("Bek")
    bek.blocked = True
    await harness.schedule(harness.occurrence())
    await harness.wait_idle()
    bek.blocked = False
    await harness.db.write(lambda connection: connection.execute("UPDATE person SET reachable = 1") and None)
    await change(harness, "the bus leaves at 9")
    await harness.until_sent()
    assert texts(ann) == ["the bus leaves at 9"]
    assert await harness.rows("state, error", "event = 'fix' AND state <> 'sent'") == [
        ("cancelled", "no message to change")
    ]


@pytest.mark.parametrize("fault", [FaultKind.LOST_ANSWER, FaultKind.ERROR_BEFORE, FaultKind.CLOSED])
async def test_a_change_is_tried_again_like_a_message(harness: DeliveryHarness, fault: FaultKind) -> None:
    (ann,) = await party(harness, "Ann")
    harness.world.faults.script([Fault(fault)])
    await change(harness, "the bus leaves at 9")
    await harness.until_sent()
    assert texts(ann) == ["the bus leaves at 9"]
    assert await harness.rows("state, attempts", "event = 'fix'") == [("sent", 2)]


async def test_a_change_waits_out_what_a_429_asks_for(harness: DeliveryHarness) -> None:
    (ann,) = await party(harness, "Ann")
    harness.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=30)])
    await change(harness, "the bus leaves at 9")
    await harness.wait_idle()
    assert texts(ann) == ["party"]
    assert await harness.rows("state, attempts", "event = 'fix'") == [("due", 0)]
    await harness.until_sent()
    assert texts(ann) == ["the bus leaves at 9"]


@pytest.mark.parametrize("started", [True, False])
async def test_a_change_that_was_under_way_at_a_kill_is_made(harness: DeliveryHarness, *, started: bool) -> None:
    (ann,) = await party(harness, "Ann")
    at = harness.clock.now() + timedelta(minutes=30)
    ann_id = (await harness.rows("person_id"))[0][0]
    await harness.enqueue(harness.draft(ann, "at nine", key="fix:1", kind="change", due_at=at))
    await harness.wait_idle()
    await claimed_by_a_killed_process(harness, started=started, where="state = 'due'")
    await harness.start()
    harness.clock.jump_to(at + timedelta(minutes=1))
    await harness.wait_idle()
    assert texts(ann) == ["at nine"]
    assert await harness.rows("state, attempts, target_id, person_id", "kind = 'change'") == [
        ("sent", 2 if started else 1, ann.chat[-1].id, ann_id)
    ]


async def test_changes_let_what_is_urgent_pass(harness: DeliveryHarness) -> None:
    people = await party(harness, *(f"p{n}" for n in range(12)))
    organizer = await harness.person("Minji", role=Role.ORGANIZER)
    order: list[str] = []
    harness.world.on_accept.append(lambda entry: order.append(entry.method))
    await change(harness, "the bus leaves at 9")
    await harness.fanout.wait_idle()
    await harness.enqueue(harness.draft(organizer, "help", priority=Priority.SOS))
    await harness.until_sent()
    assert order.index("sendMessage") < len(people) - 2


def test_what_telegram_says_of_a_message_that_cannot_be_changed() -> None:
    said = {
        "message is not modified: specified new message content": SendResult.UNCHANGED,
        "message to delete not found": SendResult.UNCHANGED,
        "message to edit not found": SendResult.UNCHANGEABLE,
        "message can't be deleted for everyone": SendResult.UNCHANGEABLE,
        "message can't be edited": SendResult.UNCHANGEABLE,
        "there is no text in the message to edit": SendResult.REFUSED,
    }
    for words, result in said.items():
        body = f'{{"ok":false,"error_code":400,"description":"Bad Request: {words}"}}'.encode()
        assert classify(refusal(400, body)).result is result, words
