"""What is looked at periodically, from the state of the database: rows that are missing, and moments that have come."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.programme.model import Seminar
from bot.services import duty as duty_service
from bot.services import redelivery as redelivery_service
from bot.services import sos as sos_service


def make_missing(connection: sqlite3.Connection, seminar: Seminar, owners: Collection[int], now: datetime) -> int:
    """Make the rows of what is open, of shifts that begin and of places that move no more; return how many."""
    made = redelivery_service.redeliver(connection, owners, now)
    made += duty_service.tell(connection, seminar, owners, now)
    return made + sos_service.tell_ended(connection, now)
