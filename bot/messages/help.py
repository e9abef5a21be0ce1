"""Who hears of a call for help and of what people write to each other; how an outbox row of it is rendered."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.messages import refused
from bot.quoted import parts
from bot.screen import Screen
from bot.store import help as helps
from bot.store import outbox, promise, receipt
from bot.store.help import Call, HelpMessage
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import correction
from bot.views import help as view

# What a chat waits for: words of a call that is made, or that they make; an organizer's to a person; a person's answer.
# `handlers/help.py` receives them, `handlers/unsent.py` those that come too late.
WORDS, QUESTION, WRITE, ANSWER = "help.words", "help.question", "help.write", "help.answer"

# Nobody wants it any more once the call is settled; until then it stands (`bot/messages/promise.py`).
_TTL = timedelta(days=3)
_NEWS_TTL = timedelta(days=1)


def event(call: Call) -> str:
    """The event that all alerts of a call share."""
    return f"help:{call.id}"


def tell_staff(connection: sqlite3.Connection, call: Call, staff: Iterable[Person], now: datetime) -> bool:
    """Alert organizers to a call that is not settled; return whether there is one. Alerting twice is alerting once."""
    others = [one for one in staff if one.id != call.person_id]
    priority = _priority(call)
    data = {"call": call.id}
    drafts = [_draft(event(call), "help.alert", one, data, now, priority=priority) for one in others]
    outbox.enqueue(connection, promise.anew(connection, drafts), now)
    return bool(others)


def reopen(connection: sqlite3.Connection, someone: Person, staff: Iterable[Person], now: datetime) -> tuple[int, ...]:
    """What someone had taken who is no organizer any more is open again; return the numbers of those calls.

    The others are alerted anew, for their alert said that somebody is on it; who called reads what is so.
    """
    numbers, others = helps.release(connection, someone.id), [one for one in staff if one.id != someone.id]
    for number in numbers:
        if (call := helps.by_id(connection, number)) is None:
            continue
        receipt.doubt(connection, number, now)
        data, again = {"call": number}, f":open-{to_text(now)}"
        readers = [one for one in others if one.id != call.person_id]
        drafts = [
            _draft(event(call), "help.alert", one, data, now, suffix=again, priority=_priority(call)) for one in readers
        ]
        outbox.enqueue(connection, drafts, now)
    return numbers


def pass_to_staff(
    connection: sqlite3.Connection,
    message: HelpMessage,
    call: Call | None,
    staff: Sequence[Person],
    now: datetime,
) -> None:
    """Pass a person's message on: to who took the call, else to all organizers.

    Words that make a call are in its alert already; only what does not fit there comes after it.
    """
    helps.pass_on(connection, message.id, call.id if call else None, now)
    message = helps.message(connection, message.id) or message
    takers = [one for one in staff if call and one.id == call.taker_id]
    give(connection, "help.words", message, [one for one in takers or staff if one.id != message.author_id], now)


def pass_to(connection: sqlite3.Connection, message: HelpMessage, reader: Person, now: datetime, *, kind: str) -> None:
    """Pass a message on to one person: as `help.written` by an organizer, or as `help.words` to one."""
    helps.pass_on(connection, message.id, None, now)
    give(connection, kind, message, [reader], now)


def tell_caller(connection: sqlite3.Connection, call: Call, caller: Person, kind: str, now: datetime) -> None:
    """Tell who called that the call was taken (`help.taken`) or settled (`help.closed`)."""
    data = {"call": call.id}
    key = f"{kind}:{call.id}:{call.taker_id}" if kind == "help.taken" else f"{kind}:{call.id}"
    draft = _draft(key, kind, caller, data, now, ttl=_NEWS_TTL, priority=_priority(call))
    outbox.enqueue(connection, [draft], now)


def give(
    connection: sqlite3.Connection, kind: str, message: HelpMessage, readers: Iterable[Person], now: datetime
) -> None:
    """Make the rows that bring a message that is passed on to these readers; pieces that are on their way stay so.

    Words that make a call are in its alert already; only what does not fit there has rows of its own.
    """
    call = _call_of(connection, message)
    first = helps.first_words(connection, call.id) if call is not None and not call.kind.urgent else None
    in_alert = kind == "help.words" and first is not None and first.id == message.id
    # A later part of an album needs no line that says whose it is.
    bare = message.part_of is not None and not message.words
    numbers = range(1 if in_alert else 0, 0 if bare else len(parts(message)))
    priority = _priority(call)
    drafts: list[Draft] = []
    for reader in readers:
        shared = f"{kind}:{message.id}"
        for n in numbers:
            data = {"message": message.id, "part": n}
            drafts.append(_draft(shared, kind, reader, data, now, suffix=f":{n}", priority=priority))
        if message.media:
            copy, about = "help.pin" if message.pin else "help.copy", {"message": message.id}
            drafts.append(_draft(shared, copy, reader, about, now, suffix=":copy", priority=priority))
    outbox.enqueue(connection, promise.anew(connection, drafts), now)


def _call_of(connection: sqlite3.Connection, message: HelpMessage) -> Call | None:
    """The call that a message belongs to: an organizer's words to somebody in trouble belong to that call."""
    if message.help_id is not None:
        return helps.by_id(connection, message.help_id)
    urgent = [one for one in helps.live_of(connection, message.person_id) if one.kind.urgent]
    return urgent[-1] if urgent else None


def priority_of(connection: sqlite3.Connection, message: HelpMessage) -> Priority:
    """How urgent whatever belongs to a message is."""
    return _priority(_call_of(connection, message))


def _priority(call: Call | None) -> Priority:
    return Priority.SOS if call is not None and call.kind.urgent else Priority.ALERT


def _draft(
    shared: str,
    kind: str,
    reader: Person,
    data: Mapping[str, object],
    now: datetime,
    *,
    suffix: str = "",
    ttl: timedelta = _TTL,
    priority: Priority = Priority.ALERT,
) -> Draft:
    return Draft(
        key=f"{shared}:person-{reader.id}{suffix}",
        event=shared,
        kind=kind,
        chat_id=reader.telegram_id,
        person_id=reader.id,
        priority=priority,
        due_at=now,
        expires_at=now + ttl,
        data=data,
    )


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_call(connection: sqlite3.Connection, row: Row) -> tuple[Call, HelpMessage | None] | None:
    call = helps.by_id(connection, _number(row, "call"))
    return (call, helps.first_words(connection, call.id)) if call else None


def _load_message(connection: sqlite3.Connection, row: Row) -> HelpMessage | None:
    return helps.message(connection, _number(row, "message"))


def _number(row: Row, name: str) -> int:
    return int(str(row.data[name]))


def _alert(given: Rendering) -> Screen | None:
    call, first = given.context if isinstance(given.context, tuple) else (None, None)
    if call is None or call.state == "closed":
        return None
    return view.alert(given.words, call, given.seminar, first, given.now)


def _taken(given: Rendering) -> Screen | None:
    call = given.context[0] if isinstance(given.context, tuple) else None
    return view.taken(given.words, call.taken_by) if call and call.state == "taken" else None


def _closed(given: Rendering) -> Screen | None:
    return view.closed(given.words) if given.context else None


def _with_part(given: Rendering) -> HelpMessage | None:
    """The message, if it is still there and still as long: its writer may have made it shorter."""
    message = given.context if isinstance(given.context, HelpMessage) else None
    return message if message and _number(given.row, "part") < len(parts(message)) else None


def _words(given: Rendering) -> Screen | None:
    if (message := _with_part(given)) is None:
        return None
    return view.from_person(given.words, given.seminar, message, _number(given.row, "part"), given.now)


def _written(given: Rendering) -> Screen | None:
    if (message := _with_part(given)) is None:
        return None
    return view.from_staff(given.words, given.seminar, message, _number(given.row, "part"), given.now)


def _copy(given: Rendering) -> Screen | None:
    return view.copy(given.context) if isinstance(given.context, HelpMessage) else None


def _pin(given: Rendering) -> Screen | None:
    return correction.pin(given.context, given.now) if isinstance(given.context, HelpMessage) else None


MESSAGE_TYPES = (
    MessageType("help.alert", Priority.ALERT, _alert, load_context=_load_call),
    MessageType("help.words", Priority.ALERT, _words, load_context=_load_message),
    MessageType("help.written", Priority.ALERT, _written, load_context=_load_message),
    MessageType("help.copy", Priority.ALERT, _copy, load_context=_load_message, refused=refused.of_copy),
    MessageType("help.pin", Priority.ALERT, _pin, load_context=_load_message, refused=refused.of_copy),
    MessageType("help.taken", Priority.ALERT, _taken, load_context=_load_call),
    MessageType("help.closed", Priority.ALERT, _closed, load_context=_load_call),
)
