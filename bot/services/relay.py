"""What people and organizers write to each other: kept, and passed on to whom it is for. The same twice is once."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.messages import help as help_messages
from bot.messages import relay as relay_messages
from bot.services import help as help_service
from bot.store import conversation, person
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store.conversation import Conversation
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


def pass_call_words(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_later_part: bool,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass on words that a call or a question waited for; those that answer an organizer's go to that organizer."""
    if pass_reply(connection, me, incoming, cares=cares, owners=owners, now=now):
        return
    if not is_later_part:
        conversation.end(connection, incoming.chat_id, awaited)
    question, words = help_service.AWAITS_QUESTION.of(awaited), help_service.AWAITS_WORDS.of(awaited)
    kind, call_id = question.kind if question else HelpKind.OTHER, words.call if words else None
    _pass_new(connection, me, incoming, kind=kind, call_id=call_id, owners=owners, now=now)


def pass_awaited_answer(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_superseded: bool,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass on the answer that somebody pressed to write. `is_superseded`: the chat waits for something else by now."""
    if not is_superseded:
        conversation.end(connection, incoming.chat_id, awaited)
    asked = help_service.AWAITS_ANSWER.of(awaited)
    assert asked is not None
    pass_answer(connection, me, incoming, asked.message, owners=owners, now=now)
    help_service.listen_again(connection, me, now)


def pass_awaited_message(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_superseded: bool,
    owners: Collection[int],
    now: datetime,
) -> int | None:
    """Pass on what an organizer pressed to write to a person, or writes in reply to a message about another one.

    Return None when it is passed on, else the number of the person whom the bot cannot reach.
    """
    if pass_reply(connection, me, incoming, cares=True, owners=owners, now=now):
        return None
    asked = help_service.AWAITS_MESSAGE.of(awaited)
    assert asked is not None
    asked_for = asked.person
    reader_id = _replied_to(connection, incoming) or asked_for
    if reader_id != asked_for:
        return reader_id
    if not is_superseded:
        conversation.end(connection, incoming.chat_id, awaited)
    return None if _pass_to_person(connection, me, incoming, asked_for, now) else asked_for


def pass_reply(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass on a reply to a message of the bot's that carries a call or somebody's words.

    Return False when it was no such message, or who wrote that cannot be reached. `cares`: `me` may answer for others.
    """
    if incoming.reply_to is None:
        return False
    call, message = help_message_store.subject_of(connection, incoming.chat_id, incoming.reply_to)
    if message is not None and message.person_id == me.id:
        pass_answer(connection, me, incoming, message.id, owners=owners, now=now)
        return True
    subject = call or message
    return subject is not None and cares and _pass_to_person(connection, me, incoming, subject.person_id, now)


def pass_answer(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    message_id: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Answer message number `message_id` to me.

    Where the organizer who wrote it or that message is gone, or it was written to somebody else, the answer goes to
    all organizers as a call: no word is lost.
    """
    reader = who_wrote(connection, me, message_id, owners)
    if reader is None:
        _pass_new(connection, me, incoming, kind=HelpKind.OTHER, call_id=None, owners=owners, now=now)
        return
    message = help_message_store.save(connection, incoming, person_id=me.id, author_id=me.id, now=now)
    pass_to_one(connection, relay_messages.WORDS, message, reader, now)


# --- what these share -----------------------------------------------------------------------------------------------


def _pass_new(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    kind: HelpKind,
    call_id: int | None,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass words on as part of a call of mine that is not settled, or as a new call of this kind."""
    message = help_message_store.save(connection, incoming, person_id=me.id, author_id=me.id, now=now)
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
    if call is None or call.state == "closed":
        asked_in = message.part_of or message.message_id
        call, _is_new = help_store.save(connection, me.id, kind, asked_in, message.written_at or now)
        help_messages.tell_staff(connection, call, staff, now)
    help_message_store.mark_passed(connection, message.id, call.id, now)
    message = help_message_store.get(connection, message.id) or message
    takers = [one for one in staff if one.id == call.taker_id]
    readers = [one for one in takers or staff if one.id != message.author_id]
    relay_messages.enqueue(connection, relay_messages.WORDS, message, readers, now)
    if message.part_of is None:
        help_service.listen(connection, call, now)


def _pass_to_person(
    connection: sqlite3.Connection, me: Person, incoming: IncomingMessage, person_id: int, now: datetime
) -> bool:
    """An organizer writes to a person; return False when the bot cannot reach them."""
    if (reader := reachable(connection, person_id)) is None:
        return False
    message = help_message_store.save(connection, incoming, person_id=reader.id, author_id=me.id, now=now)
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
    help_message_store.mark_passed(connection, message.id, None, now)
    relay_messages.enqueue(connection, message_type, message, [reader], now)


def reachable(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person with this number, if the bot can reach them."""
    someone = person.by_id(connection, person_id)
    return someone if someone is not None and someone.active and someone.reachable else None


def _replied_to(connection: sqlite3.Connection, incoming: IncomingMessage) -> int | None:
    """The number of the person to whom a reply of an organizer goes; None when it is no such reply."""
    if incoming.reply_to is None:
        return None
    call, message = help_message_store.subject_of(connection, incoming.chat_id, incoming.reply_to)
    subject = call or message
    return subject.person_id if subject is not None else None


def who_wrote(connection: sqlite3.Connection, me: Person, message_id: int, owners: Collection[int]) -> Person | None:
    """The organizer who wrote message number `message_id` to me, unless one of them is gone."""
    message = help_message_store.get(connection, message_id)
    if message is None or message.person_id != me.id:
        return None
    return next((one for one in person.staff(connection, owners) if one.id == message.author_id), None)
