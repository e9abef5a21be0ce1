"""Absence: marking someone as accounted for."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from bot.programme.checkin import Window
from bot.store import absence as absence_store
from bot.store import person
from bot.store.person import Person


class Accounted(NamedTuple):
    """Whom someone knows about, by name; `by` is who knew first, None when the person has answered already."""

    name: str
    by: str | None


def account_for(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, *, now: datetime
) -> Accounted:
    """Mark the person as accounted for by `me`: neither nudged nor listed as absent any more."""
    absentee = person.by_id(connection, person_id)
    by = absence_store.account_for(connection, window.key, person_id, by=me, now=now)
    return Accounted(absentee.name if absentee else "", by)
