"""What becomes of a call for help on its caller's side: called again, withdrawn, a place that moves no more."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.messages import sos as sos_messages
from bot.services import alert as alert_service
from bot.services import help as help_service
from bot.store import help as help_store
from bot.store import outbox, person
from bot.store import sos as sos_store
from bot.store.help import HelpCall, HelpKind
from bot.store.person import Person


def call(
    connection: sqlite3.Connection,
    me: Person,
    kind: HelpKind,
    asked_in: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> HelpCall:
    """Make an urgent call at one tap, and alert the organizers; while the same is open still, it is that one."""
    since = now - help_service.LISTENS_URGENT
    own = help_store.latest_urgent(connection, me.id, since=since, kind=kind)
    if own is not None:
        help_service.listen(connection, own, now)
        return own
    return help_service.call_for_help(connection, me, kind, asked_in, owners=owners, now=now)


def withdraw(connection: sqlite3.Connection, me: Person, number: int, now: datetime) -> bool:
    """Nothing is the matter after all, says who called: the call is settled; False: before, not theirs, or gone."""
    before = help_store.get(connection, number)
    if before is None or before.person_id != me.id:
        return False
    return alert_service.withdraw(connection, me, before, now=now)


def tell_ended(connection: sqlite3.Connection, now: datetime) -> int:
    """Tell that a place which somebody shared moves no more; return how many rows that made. Twice adds nothing."""
    made = 0
    for one in sos_store.ended(connection, now):
        author = person.by_id(connection, one.author_id)
        readers = [reader for number in one.readers if (reader := person.by_id(connection, number)) is not None]
        made += outbox.enqueue(connection, sos_messages.ended(one, author, readers, now), now)
    return made
