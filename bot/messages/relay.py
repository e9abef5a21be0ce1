"""What people and organizers write to each other, from the chat that it was written in to the outbox.

Each function is one transaction's worth. The same message twice is passed on once.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import help as help_messages
from bot.messages import relayed
from bot.store import conversation, person
from bot.store import help as help_store
from bot.store.help import Call, HelpMessage, Trouble
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person

# So long everything that is written after a call for help goes on to the organizers, counted from its last words.
LISTENS_URGENT: Final = timedelta(hours=3)
# So long words that follow a question go the same way.
LISTENS: Final = timedelta(hours=1)


def to_staff(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    kind: Trouble,
    call_id: int | None,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass words on as part of a live call of one's own, or as a new call of this kind; more words of it may follow."""
    kept = help_store.keep(connection, incoming, person_id=me.id, author_id=me.id, now=now)
    call = help_store.by_id(connection, call_id) if call_id is not None else None
    mine = call if call is not None and call.person_id == me.id else None
    _pass(connection, me, kept, kind=kind, call=mine, owners=owners, now=now)


def pass_kept(
    connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int, *, owners: Collection[int], now: datetime
) -> bool:
    """Pass on what was kept while its writer decided, all parts of it; return False when it is not kept any more.

    Who has just called for help writes about that.
    """
    call = help_store.urgent(connection, me.id, since=now - LISTENS_URGENT)
    kept = _kept_of(connection, me, chat_id, message_id)
    for one in kept:
        _pass(connection, me, one, kind=Trouble.OTHER, call=call, owners=owners, now=now)
    return bool(kept)


def go_on(
    connection: sqlite3.Connection, me: Person, incoming: IncomingMessage, *, owners: Collection[int], now: datetime
) -> bool:
    """Keep a later part of what nobody asked for beside the first, and pass it on if the first was.

    Return False when the first part is not kept (any more): then it has to be asked what to do with this one.
    """
    first = help_store.written(connection, incoming.chat_id, incoming.part_of) if incoming.part_of is not None else None
    kept = help_store.keep(connection, incoming, person_id=me.id, author_id=me.id, now=now)
    if first is not None and first.passed:
        call = help_store.by_id(connection, first.help_id) if first.help_id is not None else None
        _pass(connection, me, kept, kind=Trouble.OTHER, call=call, owners=owners, now=now)
    return first is not None


def answer(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    number: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> str:
    """Answer message number `number` to me; return the name of the organizer that reads it, "" for all of them.

    Where that organizer or that message is gone, or it was written to somebody else, the answer goes to all organizers
    as a call: no word is lost.
    """
    reader = _who_wrote(connection, me, number, owners)
    if reader is None:
        to_staff(connection, me, incoming, kind=Trouble.OTHER, call_id=None, owners=owners, now=now)
        return ""
    kept = help_store.keep(connection, incoming, person_id=me.id, author_id=me.id, now=now)
    relayed.pass_to(connection, relayed.WORDS, kept, reader, now)
    return reader.name


def to_person(
    connection: sqlite3.Connection, me: Person, incoming: IncomingMessage, person_id: int, now: datetime
) -> str | None:
    """An organizer writes to a person; return the person's name, or None when the bot cannot reach them."""
    if (reader := _reader(connection, person_id)) is None:
        return None
    kept = help_store.keep(connection, incoming, person_id=reader.id, author_id=me.id, now=now)
    relayed.pass_to(connection, relayed.WRITTEN, kept, reader, now)
    return reader.name


def reply(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> str | None:
    """Pass on what answers, by a swipe, a message of the bot's that someone wrote or called with.

    Return who reads it as `answer` does, or None when it was no such message. `cares`: `me` may answer for others.
    """
    if incoming.reply_to is None:
        return None
    call, message = help_store.about(connection, incoming.chat_id, incoming.reply_to)
    if message is not None and message.person_id == me.id:
        return answer(connection, me, incoming, message.id, owners=owners, now=now)
    about = call or message
    return to_person(connection, me, incoming, about.person_id, now) if about is not None and cares else None


def replied_to(connection: sqlite3.Connection, incoming: IncomingMessage) -> int | None:
    """The number of the person whom an organizer answers by a swipe; None when it is no such message."""
    if incoming.reply_to is None:
        return None
    call, message = help_store.about(connection, incoming.chat_id, incoming.reply_to)
    about = call or message
    return about.person_id if about is not None else None


def listen(connection: sqlite3.Connection, call: Call, now: datetime) -> None:
    """Take what the caller writes next as words of the call.

    After an urgent call that is what everybody expects; after a question it gives way to whatever was asked for.
    """
    chat_id, data = call.telegram_id, {"call": call.id}
    if call.kind.urgent:
        conversation.expect(connection, chat_id, help_messages.WORDS, data, now, until=now + LISTENS_URGENT)
    else:
        conversation.listen(connection, chat_id, help_messages.WORDS, data, now, until=now + LISTENS)


def listen_again(connection: sqlite3.Connection, me: Person, now: datetime) -> None:
    """What was asked for in the middle of an urgent call is done: its words are listened for again."""
    call = help_store.urgent(connection, me.id, since=now - LISTENS_URGENT)
    if call is not None and conversation.of(connection, me.telegram_id) is None:
        listen(connection, call, now)


def kept_to_person(
    connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int, *, person_id: int, now: datetime
) -> str | None:
    """Pass what an organizer wrote, and what was kept while they decided, on as `to_person` does, all parts of it."""
    kept = _kept_of(connection, me, chat_id, message_id)
    reader = _reader(connection, person_id)
    if not kept or reader is None:
        return None
    for one in kept:
        help_store.readdress(connection, one.id, reader.id)
        relayed.pass_to(connection, relayed.WRITTEN, one, reader, now)
    return reader.name


def kept_as_answer(
    connection: sqlite3.Connection,
    me: Person,
    chat_id: int,
    message_id: int,
    number: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> str | None:
    """Pass what was kept while its writer decided on as `answer` does, all parts of it; None when it is not kept."""
    kept = _kept_of(connection, me, chat_id, message_id)
    if not kept:
        return None
    reader = _who_wrote(connection, me, number, owners)
    for one in kept:
        if reader is None:
            _pass(connection, me, one, kind=Trouble.OTHER, call=None, owners=owners, now=now)
        else:
            relayed.pass_to(connection, relayed.WORDS, one, reader, now)
    return reader.name if reader is not None else ""


def _kept_of(connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int) -> list[HelpMessage]:
    """What I wrote that is kept while I decide, all parts of it."""
    return [one for one in help_store.whole(connection, chat_id, message_id) if one.author_id == me.id]


def _reader(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person with this number, if the bot can reach them."""
    someone = person.by_id(connection, person_id)
    return someone if someone is not None and someone.active and someone.reachable else None


def _who_wrote(connection: sqlite3.Connection, me: Person, number: int, owners: Collection[int]) -> Person | None:
    """The organizer who wrote message number `number` to me, unless one of them is gone."""
    found = help_store.message(connection, number)
    if found is None or found.person_id != me.id:
        return None
    return next((one for one in person.staff(connection, owners) if one.id == found.author_id), None)


def _pass(
    connection: sqlite3.Connection,
    me: Person,
    kept: HelpMessage,
    *,
    kind: Trouble,
    call: Call | None,
    owners: Collection[int],
    now: datetime,
) -> None:
    if kept.passed:
        return
    staff = person.staff(connection, owners)
    if call is None or call.state == "closed":
        call, _new = help_store.call(connection, me.id, kind, kept.part_of or kept.message_id, kept.written_at or now)
        help_messages.tell_staff(connection, call, staff, now)
    relayed.pass_to_staff(connection, kept, call, staff, now)
    if kept.part_of is None:
        listen(connection, call, now)
