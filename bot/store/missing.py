"""Who has not answered a check-in, and who of them somebody knows about."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_text
from bot.programme.checkin import Window
from bot.store import checkin
from bot.store.person import Person

PAGE = 8


@dataclass(frozen=True, slots=True)
class Missed:
    """A person without an answer; `accounted_by` is the name of the organizer who knows where the person is."""

    id: int
    name: str
    group: str | None
    reachable: bool
    accounted_by: str | None


@dataclass(frozen=True, slots=True)
class RollCall:
    """A check-in's missing people: the numbers, and one page of `PAGE` names (pages count from 0).

    `expected` had joined when the check-in opened. `missing` and `unreachable` (who blocked the bot, and so could not
    be asked) leave out the `accounted`; all three have not answered. Listed are all of them, the unreachable last.
    """

    expected: int
    missing: int
    unreachable: int
    accounted: int
    page: int
    people: tuple[Missed, ...]

    @property
    def listed(self) -> int:
        """How many people are on all pages together."""
        return self.missing + self.unreachable + self.accounted

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.listed // PAGE))


_IS_EXPECTED = "p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens"
_HAS_ANSWERED = "EXISTS (SELECT 1 FROM checkin AS c WHERE (c.day, c.slot, c.person_id) = (:day, :slot, p.id))"
_IS_ACCOUNTED = "EXISTS (SELECT 1 FROM accounted AS a WHERE (a.day, a.slot, a.person_id) = (:day, :slot, p.id))"
_EXPECTED = f"SELECT count(*) FROM person AS p WHERE {_IS_EXPECTED}"
_COUNTS = f"""
SELECT p.reachable, {_IS_ACCOUNTED} AS accounted, count(*) AS n FROM person AS p
WHERE {_IS_EXPECTED} AND NOT {_HAS_ANSWERED} GROUP BY p.reachable, accounted
"""
_ACCOUNTED_BY = """
SELECT o.name FROM accounted AS a JOIN person AS o ON o.id = a.by_id
WHERE (a.day, a.slot, a.person_id) = (:day, :slot, {person})
"""
_PAGE = f"""
SELECT p.id, p.name, p.group_key, p.reachable, ({_ACCOUNTED_BY.format(person="p.id")}) AS accounted_by FROM person AS p
WHERE {_IS_EXPECTED} AND NOT {_HAS_ANSWERED}
ORDER BY p.reachable DESC, p.group_key, p.name, p.id LIMIT :size OFFSET :skip
"""
_IS_SILENT = f"""
SELECT 1 FROM person AS p
WHERE p.id = :person AND {_IS_EXPECTED} AND NOT {_HAS_ANSWERED} AND NOT {_IS_ACCOUNTED}
"""
_ACCOUNT_FOR = f"""
INSERT INTO accounted (day, slot, person_id, group_key, by_id, at)
SELECT :day, :slot, p.id, coalesce(p.group_key, ''), :by, :now FROM person AS p
WHERE p.id = :person AND {_IS_EXPECTED} AND NOT {_HAS_ANSWERED}
ON CONFLICT (day, slot, person_id) DO NOTHING
"""


def roll_call(connection: sqlite3.Connection, window: Window, page: int = 0) -> RollCall:
    """Who has not answered; a page past the end is the last one."""
    values = _about(window)
    counts = {(bool(row["reachable"]), bool(row["accounted"])): row["n"] for row in connection.execute(_COUNTS, values)}
    missing, unreachable = counts.get((True, False), 0), counts.get((False, False), 0)
    accounted = counts.get((True, True), 0) + counts.get((False, True), 0)
    expected = connection.execute(_EXPECTED, values).fetchone()[0]
    page = min(max(page, 0), max(0, (missing + unreachable + accounted - 1) // PAGE))
    rows = connection.execute(_PAGE, {**values, "size": PAGE, "skip": page * PAGE})
    people = tuple(Missed(r["id"], r["name"], r["group_key"], bool(r["reachable"]), r["accounted_by"]) for r in rows)
    return RollCall(expected, missing, unreachable, accounted, page, people)


def is_silent(connection: sqlite3.Connection, window: Window, person_id: int) -> bool:
    """Whether the person was expected, has not answered, and nobody knows about them: whom a nudge is for."""
    return connection.execute(_IS_SILENT, {**_about(window), "person": person_id}).fetchone() is not None


def account_for(connection: sqlite3.Connection, window: Window, person_id: int, by: Person, now: datetime) -> str | None:
    """Mark the person as accounted for, if nobody has yet, and return the name of who did it first.

    None when the person has answered already (or is not known): then nothing is marked.
    """
    values = {**_about(window), "person": person_id, "by": by.id, "now": to_text(now)}
    connection.execute(_ACCOUNT_FOR, values)
    row = connection.execute(_ACCOUNTED_BY.format(person=":person"), values).fetchone()
    return row["name"] if row and checkin.of(connection, person_id, window.day, window.slot) is None else None


def _about(window: Window) -> dict[str, object]:
    return {"day": window.day, "slot": window.slot, "opens": to_text(window.opens)}
