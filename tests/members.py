"""People who are members at once, for tests that are not about joining."""

import sqlite3
from datetime import datetime

from bot.store import joining as joining_store
from bot.store import person
from bot.store.joining import JoiningStep


def activate(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """The person has answered every question and agreed; a member stays one."""
    joining_store.set_step(connection, person_id, JoiningStep.CONSENT)
    joining_store.finish(connection, person_id, now)
    someone = person.by_id(connection, person_id)
    assert someone is not None
    assert someone.active
