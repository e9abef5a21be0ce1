"""People who are members at once, for tests that are not about joining."""

import sqlite3
from datetime import datetime

from bot.store import joining, person
from bot.store.joining import Step


def activate(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """The person has answered every question and agreed; a member stays one."""
    joining.go_to(connection, person_id, Step.CONSENT)
    joining.finish(connection, person_id, now)
    someone = person.by_id(connection, person_id)
    assert someone is not None
    assert someone.active
