"""Care cards: opened by organizers one at a time, each time in the audit trail."""

import sqlite3
from datetime import datetime

from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import care as care_store
from bot.store.care import CareCard
from bot.store.person import Person


def open_card(connection: sqlite3.Connection, organizer: Person, person_id: int, now: datetime) -> CareCard | None:
    """The card of a person, for an organizer who has a reason to look; None where there is none."""
    card = care_store.get(connection, person_id)
    if card is not None:
        audit_store.record(connection, "care.opened", by_id=organizer.id, now=now, person_id=person_id)
    return card


def erase_after_end(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> bool:
    """Erase all cards once a week has passed since the seminar's last day; return whether there were any."""
    if seminar.today(now) <= care_store.kept_until(seminar):
        return False
    return care_store.erase_all(connection)
