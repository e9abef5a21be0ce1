"""What somebody wrote that nobody had asked for, or too late: saved until its writer decides whom it is for."""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import relay as relay_messages
from bot.services import help as help_service
from bot.services import relay as relay_service
from bot.services import relay_answer as relay_answer_service
from bot.services import relay_pass as relay_pass_service
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store.help import HelpKind
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person

_PLACES: Final = frozenset({"location", "venue"})
_LOOKED_FOR: Final = timedelta(days=1)  # so long a place of who has called for help is for those who look for them


def pass_or_save(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    is_later_part: bool,
    saves: bool,
    goes_home: bool,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass on what nobody asked for, where it answers something or goes on with what was passed on; return whether.

    `goes_home`: it answers the newest letter or broadcast, where that has come within the hour. Else it is saved until
    its writer decides, where `saves` says so.
    """
    if relay_service.pass_reply(connection, me, incoming, cares=cares, owners=owners, now=now):
        return True
    if is_later_part:
        return pass_later_part(connection, me, incoming, owners=owners, now=now)
    if pass_place(connection, me, incoming, owners=owners, now=now):
        return True
    # What an organizer swipes to answer has a meaning of its own, and may be about somebody.
    may_go_home = goes_home and not (cares and incoming.reply_to is not None)
    if may_go_home and relay_answer_service.pass_home(connection, me, incoming, owners=owners, now=now):
        return True
    if not saves:
        return False
    # Passed already: it was handled before, but its answer may have been lost.
    return help_message_store.save(connection, incoming, person_id=me.id, author_id=me.id, now=now).passed


def pass_place(
    connection: sqlite3.Connection, me: Person, incoming: IncomingMessage, *, owners: Collection[int], now: datetime
) -> bool:
    """Pass on where somebody is whose urgent call is open, whatever they did in between; False for anything else."""
    if incoming.media not in _PLACES:
        return False
    call = help_store.latest_urgent(connection, me.id, since=now - _LOOKED_FOR)
    if call is None:
        return False
    kind = call.kind
    relay_pass_service.pass_new(connection, me, incoming, kind=kind, call_id=call.id, owners=owners, now=now)
    return True


def pass_later_part(
    connection: sqlite3.Connection, me: Person, incoming: IncomingMessage, *, owners: Collection[int], now: datetime
) -> bool:
    """Save a later part of what nobody asked for beside the first, and pass it on if the first was.

    Return False when the first part is not kept (any more): then it has to be asked what to do with this one.
    """
    first_id = incoming.part_of
    first = help_message_store.find(connection, incoming.chat_id, first_id) if first_id is not None else None
    if (
        first is not None
        and first.passed
        and relay_answer_service.pass_beside(connection, me, first, incoming, owners=owners, now=now)
    ):
        return True
    message = help_message_store.save(connection, incoming, person_id=me.id, author_id=me.id, now=now)
    if first is not None and first.passed:
        call = help_store.get(connection, first.help_id) if first.help_id is not None else None
        relay_pass_service.pass_to_staff(
            connection, me, message, kind=HelpKind.OTHER, call=call, owners=owners, now=now
        )
    return first is not None


def pass_saved(
    connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int, *, owners: Collection[int], now: datetime
) -> bool:
    """Pass on what was saved while its writer decided, all parts of it; return False when it is not kept any more.

    Who has just called for help writes about that.
    """
    call = help_service.urgent_call_of(connection, me, now)
    saved = _saved(connection, me, chat_id, message_id)
    for message in saved:
        relay_pass_service.pass_to_staff(
            connection, me, message, kind=HelpKind.OTHER, call=call, owners=owners, now=now
        )
    return bool(saved)


def pass_saved_to_person(
    connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int, *, person_id: int, now: datetime
) -> bool:
    """Pass what an organizer wrote and has saved on to a person, all parts of it; False when that cannot be."""
    saved = _saved(connection, me, chat_id, message_id)
    reader = relay_pass_service.reachable(connection, person_id)
    if not saved or reader is None:
        return False
    for message in saved:
        help_message_store.readdress(connection, message.id, reader.id)
        relay_pass_service.pass_to_one(connection, relay_messages.WRITTEN, message, reader, now)
    return True


def pass_saved_as_answer(
    connection: sqlite3.Connection,
    me: Person,
    chat_id: int,
    message_id: int,
    answered_id: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass what was saved on as `pass_answer` does, all parts of it; return False when it is not kept any more."""
    saved = _saved(connection, me, chat_id, message_id)
    reader = relay_pass_service.who_wrote(connection, me, answered_id, owners) if saved else None
    for message in saved:
        if reader is None:
            relay_pass_service.pass_to_staff(
                connection, me, message, kind=HelpKind.OTHER, call=None, owners=owners, now=now
            )
        else:
            relay_pass_service.pass_to_one(connection, relay_messages.WORDS, message, reader, now)
    return bool(saved)


def _saved(connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int) -> list[HelpMessage]:
    """What I wrote that is kept while I decide, all parts of it."""
    return [one for one in help_message_store.all_parts(connection, chat_id, message_id) if one.author_id == me.id]
