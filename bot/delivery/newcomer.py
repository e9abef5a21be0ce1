"""What a new organizer hears of at once: strangers at the door and calls for help that nobody has settled."""

import sqlite3
from datetime import datetime

from bot.access import Role
from bot.delivery import admission as doorbell
from bot.delivery import help as alarm
from bot.store import admission, person
from bot.store import help as helps


def catch_up(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Alert someone who just became an organizer; does nothing for everyone else."""
    newcomer = person.by_id(connection, person_id)
    if newcomer is None or not newcomer.active or newcomer.role is not Role.ORGANIZER:
        return
    for request in admission.waiting(connection):
        doorbell.tell_staff(connection, request, [newcomer], now)
    for call in helps.live(connection):
        alarm.tell_staff(connection, call, [newcomer], now)
