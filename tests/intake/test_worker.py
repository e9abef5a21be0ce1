"""Updates are handled once each, in their senders' order, whatever one of them does."""

import asyncio

import orjson
import pytest
from telegram import Message, Update

from bot.intake.decoding import decode
from bot.store import inbox
from bot.store.inbox import Incoming
from rehearsal.telegram import Account
from tests.clocks import START, eventually
from tests.intake.conftest import Intake, add_members

URGENT = frozenset({"help1:unwell"})


def message(update_id: int, sender: int, text: str = "hi") -> dict[str, object]:
    person = {"id": sender, "is_bot": False, "first_name": "P"}
    chat = {"id": sender, "type": "private", "first_name": "P"}
    return {"update_id": update_id, "message": {"message_id": 1, "date": 1, "from": person, "chat": chat, "text": text}}


async def store(intake: Intake, *updates: dict[str, object]) -> None:
    await intake.db.write(inbox.store, decode(updates, URGENT), START)
    intake.worker.wake()


async def test_what_people_do_is_handled_and_done(intake: Intake) -> None:
    teacher = Account(intake.world, "Ситора")
    await teacher.starts()
    await teacher.sends("salom")
    await intake.wait_idle()
    assert len(intake.handled) == 2
    assert await intake.rows("state, attempts, sender_id, raw") == [("done", 1, 0, b"{}")] * 2


async def test_of_what_failed_only_its_making_is_kept(intake: Intake) -> None:
    async def fails(_: Update) -> None:
        raise ValueError("her words")

    intake.act = fails
    await store(intake, message(7, 5, "her words"), {"update_id": 8, "message": {"text": "her words", "from": 5}})
    await intake.wait_idle()
    rows = await intake.rows("state, sender_id, error, raw")
    assert [row[0:2] for row in rows] == [("failed", 0), ("poisoned", 0)]
    assert rows[0][2].startswith("ValueError in ")
    assert rows[1][2] == "message has no message_id"
    outline = orjson.loads(rows[0][3])
    assert outline["message"]["text"] == "9 characters"
    assert outline["message"]["chat"]["id"] == 0
    assert "her words" not in str(rows)


async def test_a_press_says_which_button_of_which_message_it_was(intake: Intake) -> None:
    seen: list[Update] = []

    async def act(update: Update) -> None:
        seen.append(update)

    intake.act = act
    under = message(0, 5, "A long text, and a keyboard")["message"]
    assert isinstance(under, dict)
    under |= {"message_thread_id": 44, "is_topic_message": True}
    person = {"id": 5, "is_bot": False, "first_name": "P", "language_code": "tg"}
    press = {"id": "77", "from": person, "message": under, "chat_instance": "1", "data": "here1:3"}
    await store(intake, {"update_id": 9, "callback_query": press})
    await intake.wait_idle()
    query, chat = seen[0].callback_query, seen[0].effective_chat
    assert query is not None
    assert query.message is not None
    assert chat is not None
    assert (query.data, query.from_user.language_code, query.message.message_id) == ("here1:3", "tg", 1)
    assert (chat.id, chat.type) == (5, "private")
    assert isinstance(query.message, Message)
    assert (query.message.message_thread_id, query.message.is_topic_message) == (44, True)


async def test_the_same_update_twice_is_handled_once(intake: Intake) -> None:
    await store(intake, message(7, 1), message(7, 1))
    await intake.wait_idle()
    await store(intake, message(7, 1))
    await intake.wait_idle()
    assert intake.handled == [7]
    assert await intake.rows("state") == [("done",)]


async def test_one_person_is_handled_in_order_and_others_do_not_wait(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.update_id == 1:
            await gate.wait()

    intake.act = act
    await store(intake, message(1, 5), message(2, 5), message(3, 6), message(4, 5), message(5, 7))
    await eventually(lambda: len(intake.handled) == 2)
    assert sorted(intake.handled) == [3, 5]
    gate.set()
    await intake.wait_idle()
    assert [number for number in intake.handled if number in {1, 2, 4}] == [1, 2, 4]


async def test_many_people_are_handled_side_by_side_but_not_too_many(intake: Intake) -> None:
    gate, running, most = asyncio.Event(), 0, 0

    async def act(_: Update) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.wait()
        running -= 1

    intake.act = act
    await add_members(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 401)))
    await eventually(lambda: running == 256)
    gate.set()
    await intake.wait_idle()
    assert most == 256
    assert len(intake.handled) == 400


async def test_someone_who_floods_does_not_delay_the_others(intake: Intake) -> None:
    order: list[int] = []

    async def act(update: Update) -> None:
        if update.effective_user is not None:
            order.append(update.effective_user.id)
        await asyncio.sleep(0)

    intake.act = act
    flood = [Incoming(number, 1, b'{"update_id":%d}' % number) for number in range(1, 5_001)]
    await intake.db.write(inbox.store, flood, START)
    await store(intake, *(message(10_000 + number, 50 + number) for number in range(20)))
    await eventually(lambda: len(order) == 20, 20)
    assert len(intake.handled) < 4_000
    async with asyncio.timeout(30):
        await intake.worker.wait_idle()
    numbers = [number for number in intake.handled if number <= 5_000]
    assert numbers == list(range(1, 5_001))


async def test_a_backlog_is_not_loaded_whole(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(_: Update) -> None:
        await gate.wait()

    intake.act = act
    await add_members(intake, *range(3_000))
    many = [Incoming(number, number % 3_000, b'{"update_id":%d}' % number) for number in range(1, 10_001)]
    await intake.db.write(inbox.store, many, START)
    intake.worker.wake()
    await eventually(lambda: intake.worker.busy == 256)
    assert intake.worker._scheduler.waiting <= 1_024 + 256
    gate.set()
    intake.act = None
    async with asyncio.timeout(30):
        await intake.worker.wait_idle()
    assert len(intake.handled) == 10_000


async def test_after_a_kill_the_unfinished_are_handled_again_in_order(intake: Intake) -> None:
    await store(intake, *(message(number, 5) for number in range(1, 6)))
    await intake.wait_idle()
    await intake.stop()
    await intake.start(work=False, poll=False)
    undone = "UPDATE inbox SET (state, sender_id, raw) = ('new', 5, ?) WHERE update_id = ?"
    for number in (4, 5):
        (again,) = decode([message(number, 5)])
        await intake.db.write(lambda connection, raw=again.raw, n=number: connection.execute(undone, (raw, n)) and None)  # type: ignore[misc]
    await intake.stop()
    intake.handled.clear()
    await intake.start()
    await intake.wait_idle()
    assert intake.handled == [4, 5]


async def test_stopping_waits_for_what_is_being_handled(intake: Intake) -> None:
    gate, started = asyncio.Event(), asyncio.Event()

    async def act(_: Update) -> None:
        started.set()
        await gate.wait()

    intake.act = act
    await store(intake, message(1, 5), message(2, 5))
    await started.wait()
    intake.tasks[0].cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await intake.tasks[0]
    assert await intake.rows("state") == [("done",), ("new",)]


async def test_old_updates_are_forgotten(intake: Intake) -> None:
    await store(intake, message(1, 5))
    await intake.wait_idle()
    await intake.db.write(
        lambda connection: connection.execute("UPDATE inbox SET done_at = '2020-01-01T00:00:00.000Z'") and None
    )
    await intake.stop()
    await intake.start()
    await intake.wait_idle()
    assert await intake.rows("state") == []
