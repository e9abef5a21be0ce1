"""Redelivery: whoever can be reached has a row for everything that people were told is passed on.

A call, words, an answer, a request to be let in can be written while nobody can be reached: the only organizer has
blocked the bot, or there is none yet. Nothing of that is lost: it goes to whoever comes back, joins, or is made an
organizer. Where nothing is missing this is a few queries; doing it twice adds nothing.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import admission as admission_messages
from bot.messages import help as help_messages
from bot.messages import relay as relay_messages
from bot.messages import relay_answer as relay_answer_messages
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import outbox, person
from bot.store import redelivery as redelivery_store
from bot.store.help import HelpCall, HelpKind
from bot.store.person import Person

_REDELIVERED_FOR: Final = timedelta(days=30)
_NEWS_FOR: Final = timedelta(days=1)  # so long who comes late gets also what a colleague has


def redeliver(connection: sqlite3.Connection, owners: Collection[int], now: datetime) -> int:
    """Make the rows that are missing, and return how many that were.

    Call it in the transaction in which somebody can be reached again, and now and then; wake the dispatcher after that.
    """
    before = connection.total_changes
    staff = {one.id: one for one in person.staff(connection, owners)}
    since = now - _REDELIVERED_FOR
    _to_people(connection, since, now)
    if staff:
        _to_staff(connection, staff, since, now)
        admission_messages.tell_staff(connection, staff.values(), now)
        relay_answer_messages.show_all(connection, owners, now)
    return connection.total_changes - before


def hand_over(connection: sqlite3.Connection, someone: Person, owners: Collection[int], now: datetime) -> None:
    """Somebody leaves: what was written to them alone and has not left yet goes to all organizers who remain.

    Call it in the transaction of the departure, before anything of the person is erased.
    """
    staff = [one for one in person.staff(connection, owners) if one.id != someone.id]
    for number in redelivery_store.unsent_answers_to(connection, someone.id):
        call = _make_call_of(connection, number, now)
        if call is not None:
            help_messages.tell_staff(connection, call, staff, now)


def _to_people(connection: sqlite3.Connection, since: datetime, now: datetime) -> None:
    for missing in redelivery_store.missing_messages(connection, since):
        _enqueue(connection, relay_messages.WRITTEN, missing, person.by_id(connection, missing.reader), now)


def _to_staff(connection: sqlite3.Connection, staff: dict[int, Person], since: datetime, now: datetime) -> None:
    for number in redelivery_store.lost_answers(connection, staff, since):
        _make_call_of(connection, number, now)
    for missing in redelivery_store.missing_alerts(connection, staff, since, now - _NEWS_FOR):
        call = help_store.get(connection, missing.number)
        if call is not None:
            help_messages.tell_staff(connection, call, [staff[missing.reader]], now)
    words = redelivery_store.missing_words(connection, staff, since, now - _NEWS_FOR)
    for missing in [*words, *redelivery_store.missing_answers(connection, staff, since)]:
        _enqueue(connection, relay_messages.WORDS, missing, staff[missing.reader], now)
    occurrences = redelivery_store.missing_occurrences(connection, staff, now)
    outbox.enqueue(connection, redelivery_store.only_missing(connection, occurrences), now)


def _enqueue(
    connection: sqlite3.Connection,
    message_type: relay_messages.RelayType,
    missing: redelivery_store.MissingDelivery,
    reader: Person | None,
    now: datetime,
) -> None:
    message = help_message_store.get(connection, missing.number)
    if message is not None and reader is not None:
        relay_messages.enqueue(connection, message_type, message, [reader], now)


def _make_call_of(connection: sqlite3.Connection, number: int, now: datetime) -> HelpCall | None:
    """Who was to read it is gone: it is a call to all organizers, as if it had been written to them."""
    message = help_message_store.get(connection, number)
    if message is None:
        return None
    call, _is_new = help_store.save(connection, message.author_id, HelpKind.OTHER, message.message_id, now)
    redelivery_store.move_to_call(connection, message.id, call.id)
    return call
