"""Whom a coordinator may be told of. Read within the read of what is told, so that a narrower scope counts at once."""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
_DISTRICTS: Final = "SELECT DISTINCT district FROM roster ORDER BY district"
_TOKEN: Final = 10


@dataclass(frozen=True, slots=True)
class ScopeOption:
    """One thing that a scope can be limited to: a `group` by its key, or a `district` as the roster writes it."""

    what: str
    value: str

    @property
    def token(self) -> str:
        """What a button carries of it: a district's name has no room there."""
        return hashlib.sha256(f"{self.what}:{self.value}".encode()).hexdigest()[:_TOKEN]

    def is_in(self, people: PeopleFilter) -> bool:
        """Whether the people are limited to it, perhaps among others."""
        return self.value in (people.groups if self.what == "group" else people.districts)

    def toggled(self, people: PeopleFilter) -> PeopleFilter:
        """The people limited to it as well, or not to it any more."""
        values = people.groups if self.what == "group" else people.districts
        others = tuple(one for one in values if one != self.value)
        values = others if len(others) < len(values) else tuple(sorted((*values, self.value)))
        return replace(people, groups=values) if self.what == "group" else replace(people, districts=values)


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


def options(connection: sqlite3.Connection, groups: Iterable[str], chosen: PeopleFilter) -> list[ScopeOption]:
    """All that a scope can be limited to: these groups, the roster's districts, and what is chosen already."""
    districts = [row["district"] for row in connection.execute(_DISTRICTS)]
    named = [*(one for one in districts if one), *([""] if "" in districts and len(districts) > 1 else [])]
    return [
        *(ScopeOption("group", one) for one in dict.fromkeys([*groups, *chosen.groups])),
        *(ScopeOption("district", one) for one in dict.fromkeys([*named, *chosen.districts])),
    ]
