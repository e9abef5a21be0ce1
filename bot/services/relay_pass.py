"""Passing one message on: to all organizers, to who wrote before, or to one person. The same twice is once."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.messages import help as help_messages
from bot.messages import relay as relay_messages
from bot.services import help as help_service
from bot.store import audit as audit_store
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store.alert import AlertState
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


def pass_answer(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    message_id: int,
    *,
    owners: Collection[int],
    now: datetime,
    answers: int | None = None,
) -> None:
    """Answer message number `message_id` to me; `answers` is the number of another one that it replies to.

    Where the organizer who wrote it or that message is gone, or it was written to somebody else, the answer goes to
    all organizers as a call: no word is lost.
    """
    reader = who_wrote(connection, me, message_id, owners)
    if reader is None:
        pass_new(
            connection,
            me,
            incoming,
            kind=HelpKind.OTHER,
            call_id=None,
            owners=owners,
            now=now,
            answers=answers or message_id,
        )
        return
    message = help_message_store.save(
        connection, incoming, person_id=me.id, author_id=me.id, now=now, answers=answers or message_id
    )
    pass_to_one(connection, relay_messages.WORDS, message, reader, now)


def pass_new(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    kind: HelpKind,
    call_id: int | None,
    owners: Collection[int],
    now: datetime,
    answers: int | None = None,
    broadcast: int | None = None,
) -> None:
    """Pass words on as part of a call of mine that is not settled, or as a new call of this kind."""
    message = help_message_store.save(
        connection, incoming, person_id=me.id, author_id=me.id, now=now, answers=answers, broadcast=broadcast
    )
    call = help_store.get(connection, call_id) if call_id is not None else None
    mine = call if call is not None and call.person_id == me.id else None
    pass_to_staff(connection, me, message, kind=kind, call=mine, owners=owners, now=now)


def pass_to_staff(
    connection: sqlite3.Connection,
    me: Person,
    message: HelpMessage,
    *,
    kind: HelpKind,
    call: HelpCall | None,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass a message on to who took the call, else to all organizers; more words of it may follow."""
    if message.passed:
        return
    staff = person.staff(connection, owners)
    if call is None or call.state is AlertState.SETTLED:
        asked_in = message.part_of or message.message_id
        call, _is_new = help_store.save(connection, me.id, kind, asked_in, now, asked_at=message.written_at)
        help_messages.tell_staff(connection, call, staff, now)
    help_message_store.mark_passed(connection, message.id, call.id, now)
    message = help_message_store.get(connection, message.id) or message
    takers = [one for one in staff if one.id == call.taker_id]
    readers = [one for one in takers or staff if one.id != message.author_id]
    relay_messages.enqueue(connection, relay_messages.WORDS, message, readers, now)
    if message.part_of is None:
        help_service.listen(connection, call, now)


def pass_to_person(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    person_id: int,
    now: datetime,
    *,
    answers: int | None = None,
) -> bool:
    """An organizer writes to a person; return False when the bot cannot reach them."""
    if (reader := reachable(connection, person_id)) is None:
        return False
    message = help_message_store.save(
        connection, incoming, person_id=reader.id, author_id=me.id, now=now, answers=answers
    )
    pass_to_one(connection, relay_messages.WRITTEN, message, reader, now)
    return True


def pass_to_one(
    connection: sqlite3.Connection,
    message_type: relay_messages.RelayType,
    message: HelpMessage,
    reader: Person,
    now: datetime,
) -> None:
    """Pass a message on to one person, outside of any call: as `WRITTEN` by an organizer, or as `WORDS` to one."""
    if message_type is relay_messages.WRITTEN and not message.passed and message.part_of is None:
        audit_store.record(connection, "relay.written", by_id=message.author_id, now=now, person_id=reader.id)
    help_message_store.mark_passed(connection, message.id, None, now)
    relay_messages.enqueue(connection, message_type, message, [reader], now)


def reachable(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person with this number, if the bot can reach them."""
    someone = person.by_id(connection, person_id)
    return someone if someone is not None and someone.active and someone.reachable else None


def who_wrote(connection: sqlite3.Connection, me: Person, message_id: int, owners: Collection[int]) -> Person | None:
    """The organizer who wrote message number `message_id` to me, unless one of them is gone."""
    message = help_message_store.get(connection, message_id)
    if message is None or message.person_id != me.id:
        return None
    return next((one for one in person.staff(connection, owners) if one.id == message.author_id), None)
