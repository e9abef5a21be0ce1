"""The roster: the office's list of who was invited, what it says of each, and who of them has joined.

What the office says is kept apart from what a person says of themselves (`person`): a new list does not undo that.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Final

from bot.clock import from_text, to_text
from bot.documents.roster_table import FACTS, RosterFacts
from bot.people_filter import PeopleFilter
from bot.store import numbers, people_filter

PAGE: Final = 10
_AT_ONCE: Final = 500  # numbers in one statement


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody on the roster. `person_id`: who that is, once joined. `link_until`: of the personal link that works."""

    id: int
    name: str
    latin_name: str
    school: str
    district: str
    group_key: str | None
    language: str | None
    room: str
    phone: str
    flight: str
    diet: str
    person_id: int | None
    link_until: datetime | None

    def has_link(self, now: datetime) -> bool:
        """Whether there is a link that works at this moment."""
        return self.link_until is not None and self.link_until > now

    @property
    def facts(self) -> RosterFacts:
        """What the list says."""
        return RosterFacts(**{name: getattr(self, name) for name in FACTS})


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """How many are on the roster, have joined, and have a link that nobody has used."""

    listed: int
    joined: int
    linked: int

    @property
    def waiting(self) -> int:
        """How many have not joined."""
        return self.listed - self.joined


_PLACES: Final = """
SELECT DISTINCT r.district, r.school FROM roster AS r JOIN person AS p ON p.id = r.person_id
 WHERE p.state = 'active' AND {people} LIMIT 3000
"""
_COLUMNS: Final = ", ".join(FACTS)
_VALUES: Final = ", ".join("?" * len(FACTS))
# Also one that somebody has opened who is answering the first questions.
_INVITE: Final = """
(SELECT max(i.expires_at) FROM invite AS i WHERE i.roster_id = r.id AND i.revoked_at IS NULL AND (
    i.uses_left > 0 OR EXISTS (
        SELECT 1 FROM invite_use AS used JOIN person AS p ON p.telegram_id = used.telegram_id
         WHERE used.invite_id = i.id AND p.state = 'joining'))) AS link_until
"""
_SELECT: Final = f"SELECT r.*, {_INVITE} FROM roster AS r"  # noqa: S608 - put together from texts of this file
_PHONES = "SELECT person_id, phone FROM roster WHERE person_id IN ({marks}) AND phone <> ''"
_PAGE = f"{_SELECT} ORDER BY name_key, id LIMIT ? OFFSET ?"
_WAITING = f"{_SELECT} WHERE person_id IS NULL ORDER BY name_key, id LIMIT ? OFFSET ?"
_COUNTS = """
SELECT (SELECT count(*) FROM roster) AS listed,
       (SELECT count(*) FROM roster WHERE person_id IS NOT NULL) AS joined,
       (SELECT count(DISTINCT roster_id) FROM invite
         WHERE roster_id IS NOT NULL AND revoked_at IS NULL AND uses_left > 0 AND expires_at > ?) AS linked
"""
_ADD = numbers.numbered(
    "roster",
    f"INSERT INTO roster (id, name_key, changed_at, {_COLUMNS}) VALUES ({{number}}, ?, ?, {_VALUES})",  # noqa: S608
)
_SET = f"UPDATE roster SET name_key = ?, changed_at = ?, {', '.join(f'{one} = ?' for one in FACTS)} WHERE id = ?"  # noqa: S608
_LINK = "UPDATE roster SET person_id = ? WHERE id = ? AND person_id IS NULL"
_UNLINK = "UPDATE roster SET person_id = NULL WHERE person_id = ?"
_DELETE = "DELETE FROM roster WHERE id = ? AND person_id IS NULL"
_PRUNE = """
DELETE FROM roster WHERE id IN (SELECT id FROM roster WHERE person_id IS NULL AND changed_at < ? ORDER BY id LIMIT ?)
"""
_WAITING_COUNT = "SELECT count(*) AS n FROM roster WHERE person_id IS NULL"
_WAITING_IDS = "SELECT id FROM roster WHERE person_id IS NULL AND changed_at <= ?"
_LAST = """
SELECT max(coalesce((SELECT max(id) FROM roster), 0), last) AS last FROM deleted_number WHERE name = 'roster'
"""


def name_key(name: str) -> str:
    """A name as names are compared."""
    return " ".join(name.casefold().split())


def get(connection: sqlite3.Connection, entry_id: int) -> RosterEntry | None:
    """The entry with this number, or None."""
    return _one(connection, "r.id = ?", entry_id)


def for_person(connection: sqlite3.Connection, person_id: int) -> RosterEntry | None:
    """What the office's list says of somebody who has joined, or None where it is not known who of it they are."""
    return _one(connection, "r.person_id = ?", person_id)


def phones_of(connection: sqlite3.Connection, person_ids: Iterable[int]) -> Mapping[int, str]:
    """The phone numbers of people that the roster knows, by the person's number."""
    wanted, phones = sorted(set(person_ids)), {}
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        rows = connection.execute(_PHONES.format(marks=", ".join("?" * len(some))), some)
        phones.update({row["person_id"]: row["phone"] for row in rows})
    return phones


def counts(connection: sqlite3.Connection, now: datetime) -> RosterCounts:
    """How many there are at this moment."""
    row = connection.execute(_COUNTS, (to_text(now),)).fetchone()
    return RosterCounts(row["listed"], row["joined"], row["linked"])


def page(connection: sqlite3.Connection, number: int, *, size: int = PAGE) -> list[RosterEntry]:
    """A page of all entries by name, counted from 0."""
    return [_entry(row) for row in connection.execute(_PAGE, (size, number * size))]


def waiting(connection: sqlite3.Connection, number: int, *, size: int = PAGE) -> list[RosterEntry]:
    """A page of those who have not joined, by name, counted from 0."""
    return [_entry(row) for row in connection.execute(_WAITING, (size, number * size))]


def waiting_count(connection: sqlite3.Connection) -> int:
    """How many have not joined."""
    return int(connection.execute(_WAITING_COUNT).fetchone()["n"])


def waiting_ids(connection: sqlite3.Connection, until: datetime) -> list[int]:
    """The numbers of people who have not joined, of whom the list has said the same since then or longer."""
    return [row["id"] for row in connection.execute(_WAITING_IDS, (to_text(until),))]


def waiting_from(connection: sqlite3.Connection, first: int, count: int) -> list[RosterEntry]:
    """So many of those who have not joined, by name, from one on."""
    return [_entry(row) for row in connection.execute(_WAITING, (count, first))]


def with_any(connection: sqlite3.Connection, column: str, values: Sequence[int | str]) -> list[RosterEntry]:
    """The entries with one of these values in a column (a name of the schema, never what somebody wrote)."""
    some = f"r.{column} IN ({', '.join('?' * len(values))}) AND r.{column} <> ''"
    return list(_all(connection, some, *values))


def last_number(connection: sqlite3.Connection) -> int:
    """The largest number that an entry has or has had."""
    row = connection.execute(_LAST).fetchone()
    return int(row["last"])


def add(connection: sqlite3.Connection, facts: RosterFacts, now: datetime) -> None:
    """Somebody new."""
    connection.execute(_ADD, (name_key(facts.name), to_text(now), *astuple(facts)))


def change(connection: sqlite3.Connection, entry_id: int, facts: RosterFacts, now: datetime) -> None:
    """The list says this of the entry now."""
    connection.execute(_SET, (name_key(facts.name), to_text(now), *astuple(facts), entry_id))


def link(connection: sqlite3.Connection, entry_id: int, person_id: int) -> bool:
    """The entry is this person, who is no other entry any more; return False where it is somebody else already."""
    entry = get(connection, entry_id)
    if entry is None or entry.person_id is not None:
        return False
    connection.execute(_UNLINK, (person_id,))
    return connection.execute(_LINK, (person_id, entry_id)).rowcount == 1


def unlink(connection: sqlite3.Connection, person_id: int) -> bool:
    """It is not known any more who of the roster this person is; return whether it was."""
    return connection.execute(_UNLINK, (person_id,)).rowcount == 1


def remove(connection: sqlite3.Connection, entry_id: int) -> bool:
    """Forget an entry of somebody who has not joined; return whether it was there."""
    return connection.execute(_DELETE, (entry_id,)).rowcount == 1


def prune(connection: sqlite3.Connection, before: datetime, limit: int) -> int:
    """Forget who has not joined and is on the list unchanged since before then; return how many that were."""
    return connection.execute(_PRUNE, (to_text(before), limit)).rowcount


def _one(connection: sqlite3.Connection, where: str, value: int) -> RosterEntry | None:
    return next(_all(connection, where, value), None)


def _all(connection: sqlite3.Connection, where: str, *values: int | str) -> Iterator[RosterEntry]:
    rows = connection.execute(f"{_SELECT} WHERE {where} ORDER BY r.id", values)
    return (_entry(row) for row in rows)


def _entry(row: sqlite3.Row) -> RosterEntry:
    said = {name: row[name] for name in FACTS}
    until = from_text(row["link_until"]) if row["link_until"] else None
    return RosterEntry(id=row["id"], person_id=row["person_id"], link_until=until, **said)


def places(connection: sqlite3.Connection, people: PeopleFilter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The districts and the schools of the members whom a filter lets through, as many as a person can ask for."""
    condition, values = people_filter.condition(people)
    rows = connection.execute(_PLACES.format(people=condition), values).fetchall()
    districts, schools = (sorted({row[name] for row in rows} - {""}) for name in ("district", "school"))
    return tuple(districts), tuple(schools)
