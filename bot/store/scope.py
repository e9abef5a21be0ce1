"""Whom a coordinator may be told of. Read within the read of what is told, so that a narrower scope counts at once."""

import sqlite3
from datetime import datetime
from typing import Final

from bot import arguments as codec
from bot.clock import to_text
from bot.people_filter import PeopleFilter

_GET: Final = """
SELECT s.people FROM scope AS s JOIN person AS p ON p.id = s.person_id
 WHERE s.person_id = ? AND p.role = 'coordinator' AND p.owner = 0
"""
_SET: Final = """
INSERT INTO scope (person_id, people, by_id, set_at) VALUES (:person, :people, :by, :now)
ON CONFLICT (person_id) DO UPDATE SET people = :people, by_id = :by, set_at = :now WHERE people <> :people
"""


def get(connection: sqlite3.Connection, person_id: int) -> PeopleFilter:
    """Whom the person may be told of: an empty filter means everybody, as it is for organizers and owners always."""
    row = connection.execute(_GET, (person_id,)).fetchone()
    return PeopleFilter() if row is None else codec.read(PeopleFilter, row["people"])


def set_scope(
    connection: sqlite3.Connection, person_id: int, people: PeopleFilter, *, by_id: int | None, now: datetime
) -> bool:
    """Limit a coordinator to these people; an empty filter ends every limit. Return whether that changed something."""
    if people == get(connection, person_id):
        return False
    values = {"person": person_id, "people": codec.write(people), "by": by_id, "now": to_text(now)}
    return connection.execute(_SET, values).rowcount > 0
