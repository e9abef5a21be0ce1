"""Updates are handled once each, in their senders' order, whatever one of them does."""

import asyncio
import sqlite3
from functools import partial

import orjson
import pytest
from telegram import Message, Update
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.access import Role
from bot.answers import NotSent
from bot.intake import worker as module
from bot.intake.door import incoming
from bot.store import inbox, person
from bot.store.inbox import Incoming
from bot.waiting import waiting_for_a_turn
from tests.clocks import START, eventually
from tests.intake.conftest import Intake
from tests.members import activate

URGENT = frozenset({"help1", "/help"})


def message(update_id: int, sender: int, text: str = "hi") -> dict[str, object]:
    person = {"id": sender, "is_bot": False, "first_name": "P"}
    chat = {"id": sender, "type": "private", "first_name": "P"}
    return {"update_id": update_id, "message": {"message_id": 1, "date": 1, "from": person, "chat": chat, "text": text}}


async def store(intake: Intake, *updates: dict[str, object]) -> None:
    await intake.db.write(lambda connection: inbox.store(connection, incoming(updates, URGENT), START))
    intake.worker.wake()


async def know(intake: Intake, *accounts: int) -> None:
    """These accounts are people of the seminar."""

    def add(connection: sqlite3.Connection) -> None:
        for account in accounts:
            one = person.add(connection, account, username=None, language="en", role=Role.TEACHER, now=START)
            activate(connection, one.id, START)

    await intake.db.write(add)


def call(update_id: int, sender: int) -> dict[str, object]:
    """A press of "I need help"."""
    under = message(0, sender)["message"]
    who = {"id": sender, "is_bot": False, "first_name": "P"}
    press = {"id": str(update_id), "from": who, "message": under, "chat_instance": "1", "data": "help1:unwell"}
    return {"update_id": update_id, "callback_query": press}


async def test_what_people_do_is_handled_and_done(intake: Intake) -> None:
    teacher = intake.world.account("Ситора")
    await teacher.starts()
    await teacher.sends("salom")
    await intake.settled()
    assert len(intake.handled) == 2
    assert await intake.rows("state, attempts, sender_id, raw") == [("done", 1, 0, b"{}")] * 2


async def test_of_what_failed_only_its_making_is_kept(intake: Intake) -> None:
    async def fails(_: Update) -> None:
        raise ValueError("her words")

    intake.act = fails
    await store(intake, message(7, 5, "her words"), {"update_id": 8, "message": {"text": "her words", "from": 5}})
    await intake.settled()
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
    await intake.settled()
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
    await intake.settled()
    await store(intake, message(7, 1))
    await intake.settled()
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
    await intake.settled()
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
    await know(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 401)))
    await eventually(lambda: running == 256)
    gate.set()
    await intake.settled()
    assert most == 256
    assert len(intake.handled) == 400


def poison(update_id: int, sender: int) -> dict[str, object]:
    return {"update_id": update_id, "message": {"message_id": "?", "from": {"id": sender}, "chat": 7, "date": []}}


async def alarms(intake: Intake) -> list[tuple[object, ...]]:
    rows = await intake.db.read(lambda connection: connection.execute("SELECT kind, chat_id FROM outbox").fetchall())
    return [tuple(row) for row in rows]


async def test_a_poisoned_update_is_set_aside_and_the_next_is_handled(intake: Intake) -> None:
    add = partial(person.add, telegram_id=5, username=None, language="en", role=Role.TEACHER, now=START)
    await intake.db.write(add)
    await store(intake, poison(1, 5), message(2, 5))
    await intake.settled()
    assert intake.handled == [2]
    states = await intake.rows("state, error IS NOT NULL")
    assert states == [("poisoned", 1), ("done", 0)]
    assert await alarms(intake) == [("unhandled", 99)]


async def test_a_refused_token_is_not_the_fault_of_an_update(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REFUSED_BACKOFF", 0.001)
    refusals = 0

    async def act(_: Update) -> None:
        nonlocal refusals
        refusals += 1
        if refusals <= 5:
            raise InvalidToken("Unauthorized")

    intake.act = act
    await store(intake, message(1, 5))
    await eventually(lambda: intake.handled)
    await intake.settled()
    assert await intake.rows("state, attempts") == [("done", 1)]


async def test_what_people_from_outside_send_alarms_nobody(intake: Intake) -> None:
    async def act(_: Update) -> None:
        raise RuntimeError("a bug")

    intake.act = act
    await store(intake, poison(1, 5), message(2, 6), {"update_id": 3, "poll": 7})
    await intake.settled()
    assert await intake.rows("state") == [("poisoned",), ("failed",), ("poisoned",)]
    assert await alarms(intake) == []


async def test_a_handler_that_breaks_fails_its_update_alone(intake: Intake) -> None:
    async def act(update: Update) -> None:
        if update.update_id == 1:
            raise RuntimeError("a bug")

    intake.act = act
    await store(intake, message(1, 5), message(2, 5))
    await intake.settled()
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
async def test_only_trouble_on_the_way_is_tried_again(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int, state: str
) -> None:
    monkeypatch.setattr(module, "_BACKOFF", (0.01, 0.01))
    seen: list[int] = []

    async def act(update: Update) -> None:
        seen.append(update.update_id)
        if update.update_id == 1:
            raise error

    intake.act = act
    await store(intake, message(1, 5), message(2, 5), message(3, 6))
    await intake.settled()
    assert [number for number in seen if number != 3] == [1] * tries + [2]
    assert await intake.rows("state, attempts") == [(state, tries), ("done", 1), ("done", 1)]


async def test_trouble_that_passes_is_forgotten(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BACKOFF", (0.01, 0.01))
    monkeypatch.setattr(module, "_STORAGE_BACKOFF", 0.01)
    errors: list[Exception] = [NetworkError("away")]
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    errors += [locked] * 5

    async def act(_: Update) -> None:
        if errors:
            raise errors.pop()

    intake.act = act
    await store(intake, message(1, 5))
    await intake.settled()
    assert await intake.rows("state") == [("done",)]


async def test_someone_who_floods_does_not_stand_before_the_others(intake: Intake) -> None:
    order: list[int] = []

    async def act(update: Update) -> None:
        if update.effective_user is not None:
            order.append(update.effective_user.id)
        await asyncio.sleep(0)

    intake.act = act
    flood = [Incoming(number, 1, b'{"update_id":%d}' % number) for number in range(1, 5_001)]
    await intake.db.write(lambda connection: inbox.store(connection, flood, START))
    await store(intake, *(message(10_000 + number, 50 + number) for number in range(20)))
    await eventually(lambda: len(order) == 20, 20)
    assert len(intake.handled) < 4_000
    async with asyncio.timeout(30):
        await intake.worker.settled()
    numbers = [number for number in intake.handled if number <= 5_000]
    assert numbers == list(range(1, 5_001))


async def test_a_call_for_help_needs_no_slot_and_passes_everything_of_its_sender(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.callback_query is None:
            await gate.wait()

    intake.act = act
    await know(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 401)))
    await eventually(lambda: intake.worker.busy == 256)
    await store(intake, message(500, 3), call(501, 3), call(502, 390), call(503, 9_999), message(504, 9_999))
    await eventually(lambda: intake.handled == [501, 502])
    gate.set()
    await intake.settled()
    assert intake.handled.index(3) < intake.handled.index(500)
    assert intake.handled.index(503) < intake.handled.index(504)


async def test_who_waits_for_a_turn_to_answer_takes_nobodys_slot(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.update_id <= 300:
            with waiting_for_a_turn():
                await gate.wait()

    intake.act = act
    await know(intake, *range(1, 401))
    await store(intake, *(message(number, number) for number in range(1, 301)))
    await eventually(lambda: intake.worker.busy == 300)
    await store(intake, message(301, 301))
    await eventually(lambda: intake.handled == [301])
    gate.set()
    await intake.settled()
    assert len(intake.handled) == 301


async def test_people_from_outside_come_after_those_of_the_seminar_and_have_few_slots(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if update.update_id <= 500:
            await gate.wait()

    intake.act = act
    await know(intake, 7)
    await store(intake, *(message(number, 1_000 + number) for number in range(1, 501)))
    await eventually(lambda: intake.worker.busy == 64)
    await store(intake, message(501, 7))
    await eventually(lambda: intake.handled == [501])
    gate.set()
    await intake.settled()
    assert len(intake.handled) == 501


async def test_a_backlog_is_not_loaded_whole(intake: Intake) -> None:
    gate = asyncio.Event()

    async def act(_: Update) -> None:
        await gate.wait()

    intake.act = act
    await know(intake, *range(3_000))
    many = [Incoming(number, number % 3_000, b'{"update_id":%d}' % number) for number in range(1, 10_001)]
    await intake.db.write(lambda connection: inbox.store(connection, many, START))
    intake.worker.wake()
    await eventually(lambda: intake.worker.busy == 256)
    assert sum(queues.waiting for queues in intake.worker._queues.values()) <= 1_024 + 256
    gate.set()
    intake.act = None
    async with asyncio.timeout(30):
        await intake.worker.settled()
    assert len(intake.handled) == 10_000


async def test_after_a_kill_the_unfinished_are_handled_again_in_order(intake: Intake) -> None:
    await store(intake, *(message(number, 5) for number in range(1, 6)))
    await intake.settled()
    await intake.stop()
    await intake.start(work=False, poll=False)
    undone = "UPDATE inbox SET (state, sender_id, raw) = ('new', 5, ?) WHERE update_id = ?"
    for number in (4, 5):
        (again,) = incoming([message(number, 5)])
        await intake.db.write(lambda connection, raw=again.raw, n=number: connection.execute(undone, (raw, n)) and None)  # type: ignore[misc]
    await intake.stop()
    intake.handled.clear()
    await intake.start()
    await intake.settled()
    assert intake.handled == [4, 5]


async def test_stopping_waits_for_what_is_being_handled(intake: Intake) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def act(_: Update) -> None:
        begun.set()
        await gate.wait()

    intake.act = act
    await store(intake, message(1, 5), message(2, 5))
    await begun.wait()
    intake.tasks[0].cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await intake.tasks[0]
    assert await intake.rows("state") == [("done",), ("new",)]


async def test_old_updates_are_forgotten(intake: Intake) -> None:
    await store(intake, message(1, 5))
    await intake.settled()
    await intake.db.write(
        lambda connection: connection.execute("UPDATE inbox SET done_at = '2020-01-01T00:00:00.000Z'") and None
    )
    await intake.stop()
    await intake.start()
    await intake.settled()
    assert await intake.rows("state") == []


async def test_an_answer_that_surely_did_not_leave_is_tried_until_it_does(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONGEST_BACKOFF", 0.001)
    tries = 0

    async def act(_: Update) -> None:
        nonlocal tries
        tries += 1
        if tries <= 20:
            raise NotSent("Not sent: no route")

    intake.act = act
    await store(intake, message(1, 5))
    await eventually(lambda: intake.handled)
    await intake.settled()
    assert await intake.rows("state, attempts") == [("done", 21)]
