"""Words about a day, in one message or several, and how they are kept: each function is one transaction's worth."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.messages import checkin_mood, relay
from bot.programme.checkin import Window
from bot.store import checkin, checkin_part, person
from bot.store import help as helps
from bot.store.checkin import Checkin
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


def keep(
    connection: sqlite3.Connection,
    me: Person,
    found: Window,
    what: Sequence[IncomingMessage],
    *,
    owners: Collection[int],
    now: datetime,
) -> Checkin | None:
    """Keep the words of these messages (one thing, in its order), and tell organizers if the day was hard."""
    kept = None
    for one in what:
        kept = _say(connection, me, found, one, now)
    staff = person.staff(connection, owners)
    checkin_mood.tell_of_words(connection, found, me, what[0].message_id, staff=staff, now=now)
    return kept


def go_on(
    connection: sqlite3.Connection,
    me: Person,
    found: Window,
    what: IncomingMessage,
    *,
    owners: Collection[int],
    now: datetime,
) -> None:
    """A later part of a text that the phone has cut goes where the first has gone."""
    if what.part_of is not None and checkin_part.of(connection, me.id, what.part_of) is not None:
        _say(connection, me, found, what, now)
    else:
        relay.go_on(connection, me, what, owners=owners, now=now)


def _say(
    connection: sqlite3.Connection, me: Person, found: Window, what: IncomingMessage, now: datetime
) -> Checkin | None:
    said = checkin_part.say(connection, me.id, found.on, what.message_id, what.words, part_of=what.part_of)
    helps.keep(connection, what, person_id=me.id, author_id=me.id, now=now)
    return checkin.say(connection, me.id, found, said)
