"""Who is in the seminar, as organizers look for them: by a part of a name, and by what is true of them.

A list is a row, so that its buttons carry a number in place of what was typed. Names are searched as `bot.name_folding`
folds them; triggers note which ones are new, and `fold_names` folds those.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot import name_folding
from bot.access import Role
from bot.store.excuse import EXCUSED

PAGE: Final = 10
QUERY_LIMIT: Final = 64
_KEPT: Final = 50  # lists of one organizer
_TO_COPY: Final = 60  # names in a text

# 130,000 people on a busy machine of 2 cores: a part of a name takes 14 to 140 ms on a reader (the more are found, the
# longer), a list without one 17 ms, its page 5,000 130 ms. Each name is folded once, in 0.1 ms.


class PeopleState(StrEnum):
    """What is true of those whom a list names. `STOPPED`: they began to join; `WAITING`: on the roster, not joined."""

    ALL = "all"
    STAFF = "staff"
    WAITING = "waiting"
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"
    EXCUSED = "excused"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What an organizer looks for; "" does not narrow it down."""

    id: int
    query: str
    state: PeopleState
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody on a list; `id` is the number on the roster where the list is of those who have not joined."""

    id: int
    name: str
    role: Role
    group: str | None
    reachable: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of a list, counted from 0; `total` is how many are on the list."""

    wanted: PeopleList
    people: tuple[ListedPerson, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.total // PAGE))


_KEEP = """
INSERT INTO people_list (person_id, query, state, group_key, language) VALUES (:by, :query, :state, :group, :language)
ON CONFLICT DO NOTHING
"""
_KEPT_AS = """
SELECT * FROM people_list
 WHERE (person_id, query, state, group_key, language) = (:by, :query, :state, :group, :language)
"""
_PRUNE = """
DELETE FROM people_list WHERE person_id = :by AND id <= (
    SELECT id FROM people_list WHERE person_id = :by ORDER BY id DESC LIMIT 1 OFFSET :kept)
"""
_LIST = "SELECT * FROM people_list WHERE id = ? AND person_id = ?"
_NEW_PEOPLE = """
SELECT s.person_id, p.name, p.username, r.name, r.latin_name
  FROM person_search AS s JOIN person AS p ON p.id = s.person_id LEFT JOIN roster AS r ON r.person_id = p.id
 WHERE s.folded IS NULL LIMIT ?
"""
_NEW_ENTRIES = """
SELECT s.roster_id, r.name, r.latin_name FROM roster_search AS s JOIN roster AS r ON r.id = s.roster_id
 WHERE s.folded IS NULL LIMIT ?
"""
_ANY_NEW = """
SELECT EXISTS (SELECT 1 FROM person_search WHERE folded IS NULL)
    OR EXISTS (SELECT 1 FROM roster_search WHERE folded IS NULL)
"""
# The names in their order, from the index alone; each person is looked up by number.
_BY_NAME = "FROM person_search AS s CROSS JOIN person AS p ON p.id = s.person_id WHERE p.state = 'active'"
# Few people, by an index on what is true of them.
_FEW = """
FROM person AS p LEFT JOIN person_search AS s ON s.person_id = p.id WHERE p.state = '{state}' AND {condition}
"""
_SELECT = "SELECT p.id, p.name, p.username, p.role, p.group_key, p.reachable, p.paused_at IS NOT NULL AS paused"
_ORDER = "ORDER BY s.folded, p.id LIMIT :size OFFSET :skip"
_HOLDS = "instr(s.folded, :word{n})"
_HOLDS_ANY = "(instr(s.folded, :word{n}) OR instr(s.folded, :form{n}))"
_CONDITIONS: Final = {
    PeopleState.STAFF: (
        "active",
        "p.id IN (SELECT id FROM person WHERE role <> 'teacher' UNION SELECT id FROM person WHERE owner = 1)",
    ),
    PeopleState.STOPPED: ("joining", "p.role IN ('teacher', 'organizer', 'coordinator')"),
    PeopleState.UNREACHABLE: ("active", "p.role IN ('teacher', 'organizer', 'coordinator') AND p.reachable = 0"),
    PeopleState.EXCUSED: ("active", f"p.id IN ({EXCUSED})"),
    PeopleState.PAUSED: ("active", "p.paused_at IS NOT NULL"),
}
_BY_ID = "FROM person AS p LEFT JOIN person_search AS s ON s.person_id = p.id WHERE p.id IN"
_WAITING_BY_ID = "FROM roster AS p LEFT JOIN roster_search AS s ON s.roster_id = p.id WHERE p.id IN"
_WAITING = "FROM roster_search AS s CROSS JOIN roster AS p ON p.id = s.roster_id WHERE p.person_id IS NULL"
_SELECT_WAITING = "SELECT p.id, p.name, '' AS username, 'teacher' AS role, p.group_key, 1 AS reachable, 0 AS paused"


def keep(
    connection: sqlite3.Connection,
    by_id: int,
    *,
    query: str = "",
    state: PeopleState = PeopleState.ALL,
    group: str = "",
    language: str = "",
) -> PeopleList:
    """The list of this organizer's that looks for this; the oldest of many is forgotten."""
    values = {"by": by_id, "query": query, "state": state, "group": group, "language": language, "kept": _KEPT}
    if connection.execute(_KEEP, values).rowcount == 1:
        connection.execute(_PRUNE, values)
    return _list(connection.execute(_KEPT_AS, values).fetchone())


def get(connection: sqlite3.Connection, number: int, by_id: int) -> PeopleList | None:
    """This organizer's list with this number, or None where it is older than those that are kept."""
    row = connection.execute(_LIST, (number, by_id)).fetchone()
    return None if row is None else _list(row)


def has_new_names(connection: sqlite3.Connection) -> bool:
    """Whether there are names that no search would find yet."""
    return bool(connection.execute(_ANY_NEW).fetchone()[0])


def fold_names(connection: sqlite3.Connection, size: int) -> None:
    """Fold some of the new names, that many people's and as many of the roster."""
    people = [(name_folding.forms(*filter(None, row[1:])), row[0]) for row in connection.execute(_NEW_PEOPLE, (size,))]
    connection.executemany("UPDATE person_search SET folded = ? WHERE person_id = ?", people)
    entries = [(name_folding.forms(row[1], row[2]), row[0]) for row in connection.execute(_NEW_ENTRIES, (size,))]
    connection.executemany("UPDATE roster_search SET folded = ? WHERE roster_id = ?", entries)


def page(connection: sqlite3.Connection, wanted: PeopleList, seminar: str, on: date, number: int) -> PeoplePage:
    """A page of a list, by name, as of a date of the seminar; the last one where there are fewer."""
    where, values = _where(wanted)
    values |= {"seminar": seminar, "date": on.isoformat()}
    if not wanted.query:
        total: int = connection.execute(f"SELECT count(*) {where}", values).fetchone()[0]
        shown = max(0, min(number, -(-total // PAGE) - 1))
        return PeoplePage(
            wanted, tuple(_people(connection, wanted, where, {**values, "skip": shown * PAGE})), total, shown
        )
    # Names are compared once: all whom they find are numbered, and those of the page looked up.
    found = [row[0] for row in connection.execute(f"SELECT p.id {where} ORDER BY s.folded, p.id", values)]
    shown = max(0, min(number, -(-len(found) // PAGE) - 1))
    page_of = found[shown * PAGE : (shown + 1) * PAGE]
    where = f"{_WAITING_BY_ID if wanted.state is PeopleState.WAITING else _BY_ID} ({', '.join(map(str, page_of))})"
    return PeoplePage(wanted, tuple(_people(connection, wanted, where, values)), len(found), shown)


def names(connection: sqlite3.Connection, wanted: PeopleList, seminar: str, on: date) -> list[str]:
    """The first names on a list, for a text to copy."""
    where, values = _where(wanted)
    values |= {"seminar": seminar, "date": on.isoformat()}
    return [one.name for one in _people(connection, wanted, where, {**values, "size": _TO_COPY})]


def called(connection: sqlite3.Connection, query: str, most: int) -> list[int]:
    """The first people, by name, who are called like that and whom a message can reach."""
    where, values = _where(PeopleList(0, query, PeopleState.ALL, "", ""))
    found = f"SELECT p.id {where} AND p.reachable = 1 ORDER BY s.folded, p.id LIMIT {most:d}"
    return [row[0] for row in connection.execute(found, values)]


def _people(
    connection: sqlite3.Connection,
    wanted: PeopleList,
    where: str,
    values: Mapping[str, object],
) -> list[ListedPerson]:
    select = _SELECT_WAITING if wanted.state is PeopleState.WAITING else _SELECT
    rows = connection.execute(f"{select} {where} {_ORDER}", {"size": PAGE, "skip": 0, **values})
    return [
        ListedPerson(
            row["id"],
            row["name"] or (f"@{row['username']}" if row["username"] else ""),
            Role(row["role"]),
            row["group_key"],
            bool(row["reachable"]),
            bool(row["paused"]),
        )
        for row in rows
    ]


def _where(wanted: PeopleList) -> tuple[str, dict[str, object]]:
    """FROM and WHERE of a list, with what they name."""
    values: dict[str, object] = {}
    is_waiting = wanted.state is PeopleState.WAITING
    if wanted.state in _CONDITIONS:
        state, condition = _CONDITIONS[wanted.state]
        parts = [_FEW.format(state=state, condition=condition)]
    else:
        parts = [_WAITING if is_waiting else _BY_NAME]
    for n, (word, form) in enumerate(name_folding.parts(wanted.query)):
        parts.append((_HOLDS if word == form else _HOLDS_ANY).format(n=n))
        values |= {f"word{n}": word, f"form{n}": form}
    for column, value in (("group_key", wanted.group), ("language", wanted.language)):
        if value:
            parts.append(f"p.{column} = :{column}")
            values[column] = value
    return " AND ".join(parts), values


def _list(row: sqlite3.Row) -> PeopleList:
    return PeopleList(row["id"], row["query"], PeopleState(row["state"]), row["group_key"], row["language"])
