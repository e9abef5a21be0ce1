"""What people were told is passed on is passed on: whoever can be reached has a row for everything that is open.

A call, words, an answer, a request to be let in can be written while nobody can be reached: the only organizer has
blocked the bot, or there is none yet. Nothing of that is lost: it goes to whoever comes back, joins, or is made an
organizer. Where there is nothing to make up for, keeping is a few look-ups; doing it twice adds nothing.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import admission as admission_messages
from bot.messages import help as help_messages
from bot.messages import relayed
from bot.store import help as help_store
from bot.store import outbox, person
from bot.store import promise as store
from bot.store.help import Call, Trouble
from bot.store.person import Person

_STANDS: Final = timedelta(days=30)
_NEWS: Final = timedelta(days=1)  # so long who comes late gets also what a colleague has


def keep(connection: sqlite3.Connection, owners: Collection[int], now: datetime) -> int:
    """Make the rows that are missing, and return how many that were.

    Call it in the transaction in which somebody can be reached again, and now and then; wake the dispatcher after that.
    """
    before = connection.total_changes
    staff = {one.id: one for one in person.staff(connection, owners)}
    since = now - _STANDS
    _to_people(connection, since, now)
    if staff:
        _to_staff(connection, staff, since, now)
        admission_messages.tell_staff(connection, staff.values(), now)
    return connection.total_changes - before


def hand_over(connection: sqlite3.Connection, someone: Person, owners: Collection[int], now: datetime) -> None:
    """Somebody leaves: what was written to them alone and has not left yet goes to all organizers who remain.

    Call it in the transaction of the departure, before anything of the person is erased.
    """
    staff = [one for one in person.staff(connection, owners) if one.id != someone.id]
    for number in store.left_behind(connection, someone.id):
        _give_to_all(connection, number, now)
        call = _made_of(connection, number)
        if call is not None:
            help_messages.tell_staff(connection, call, staff, now)


def _made_of(connection: sqlite3.Connection, number: int) -> Call | None:
    message = help_store.message(connection, number)
    return (
        help_store.by_id(connection, message.help_id) if message is not None and message.help_id is not None else None
    )


def _to_people(connection: sqlite3.Connection, since: datetime, now: datetime) -> None:
    for gap in store.written(connection, since):
        _give(connection, relayed.WRITTEN, gap, person.by_id(connection, gap.reader), now)


def _to_staff(connection: sqlite3.Connection, staff: dict[int, Person], since: datetime, now: datetime) -> None:
    for number in store.orphans(connection, staff, since):
        _give_to_all(connection, number, now)
    for gap in store.calls(connection, staff, since, now - _NEWS):
        call = help_store.by_id(connection, gap.number)
        if call is not None:
            help_messages.tell_staff(connection, call, [staff[gap.reader]], now)
    for gap in [*store.words(connection, staff, since, now - _NEWS), *store.answers(connection, staff, since)]:
        _give(connection, relayed.WORDS, gap, staff[gap.reader], now)
    outbox.enqueue(connection, store.anew(connection, store.events(connection, staff, now)), now)


def _give(
    connection: sqlite3.Connection,
    message_type: relayed.RelayType,
    gap: store.Gap,
    reader: Person | None,
    now: datetime,
) -> None:
    message = help_store.message(connection, gap.number)
    if message is not None and reader is not None:
        relayed.give(connection, message_type, message, [reader], now)


def _give_to_all(connection: sqlite3.Connection, number: int, now: datetime) -> None:
    """Who was to read it is gone: it is a call to all organizers, as if it had been written to them."""
    message = help_store.message(connection, number)
    if message is not None:
        call, _new = help_store.call(connection, message.author_id, Trouble.OTHER, message.message_id, now)
        store.adopt(connection, message.id, call.id)
