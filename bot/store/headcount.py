"""Headcounts: who was counted when, how many are here, and who is not.

Who is expected is whoever is an active teacher of the audience at the moment, so that somebody who joins, leaves or
changes the group meanwhile is counted where they are now.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import orjson

from bot.clock import from_text, to_text
from bot.store import mark as mark_store
from bot.store.excuse import EXCUSED
from bot.store.mark import MarkMethod, MarkState
from bot.store.person import Person

REOPENED_WITHIN: Final = timedelta(hours=1)
PING_GAP: Final = timedelta(minutes=1)
_COUNTS_BEFORE: Final = timedelta(hours=1)  # a departure: who was there earlier may have walked away since
_SUBJECT: Final = "headcount:"
_LASTS: Final = timedelta(hours=3)  # one that nobody closes


class Departing(NamedTuple):
    """A session that a headcount is before, by its date and key."""

    date: date
    session: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """A row of `headcount`. Empty `groups`: all teachers. Names are empty where who it was has erased their data.

    It is over when it was closed, or at `ends_at`; `closed_by` None then: it closed by itself.
    """

    id: int
    seminar: str
    groups: tuple[str, ...]
    before: Departing | None
    started_by: str
    started_at: datetime
    ends_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    pings: int
    pinged_at: datetime | None
    counted_on: date | None = None  # None: it began before excuses were known

    @property
    def subject(self) -> str:
        """What its marks are about, and what the rows of its messages share."""
        return f"{_SUBJECT}{self.id}"

    def is_open(self, now: datetime) -> bool:
        """Whether people can still be counted."""
        return self.closed_at is None and now < self.ends_at

    @property
    def day(self) -> dict[str, str]:
        """Its seminar and date, as the conditions on excuses read them."""
        return {"seminar": self.seminar, "date": self.counted_on.isoformat() if self.counted_on else ""}

    @property
    def reopens_until(self) -> datetime:
        """Until when it can be opened again once it is over."""
        return (self.closed_at or self.ends_at) + REOPENED_WITHIN

    def may_reopen(self, now: datetime) -> bool:
        """Whether it is over, and not for long."""
        return not self.is_open(now) and now < self.reopens_until

    def counts_before(self, leaves: datetime) -> bool:
        """Whether it says who is there at a departure: it began within the hour before, or later."""
        return self.started_at >= leaves - _COUNTS_BEFORE

    def includes(self, someone: Person) -> bool:
        """Whether the person is expected, by their role and group of now."""
        is_teacher = someone.active and someone.role == "teacher"
        return is_teacher and (not self.groups or someone.group in self.groups)


@dataclass(frozen=True, slots=True)
class HeadcountNumbers:
    """How many are expected and here, by how that is known, and how many of the missing the bot cannot write to.

    `excused`: how many others are excused for the day. They are not missing; whoever comes all the same is here.
    """

    expected: int
    here_by: tuple[tuple[MarkMethod, int], ...]
    unreachable: int
    excused: int = 0

    @property
    def here(self) -> int:
        """How many are here."""
        return sum(people for _, people in self.here_by)

    @property
    def missing(self) -> int:
        """How many are expected, and neither here nor excused."""
        return max(0, self.expected - self.here - self.excused)


_SELECT = """
SELECT h.*, starter.name AS starter, closer.name AS closer
  FROM headcount AS h JOIN person AS starter ON starter.id = h.started_by
  LEFT JOIN person AS closer ON closer.id = h.closed_by
"""
_OPEN_OF = f"{_SELECT} WHERE h.seminar = ? AND h.audience = ? AND h.closed_at IS NULL"
_BEFORE = f"{_SELECT} WHERE h.seminar = ? AND h.date = ? AND h.session_key = ?"
_OPEN = f"{_SELECT} WHERE h.closed_at IS NULL AND h.ends_at > ? ORDER BY h.id"
_START = """
INSERT INTO headcount (seminar, audience, date, session_key, started_by, started_at, ends_at, counted_on)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_SET_BEFORE = "UPDATE headcount SET date = ?, session_key = ? WHERE id = ? AND session_key IS NULL"
_UNSET_BEFORE = "UPDATE headcount SET date = NULL, session_key = NULL WHERE id = ?"
_END = "UPDATE headcount SET closed_at = ends_at WHERE closed_at IS NULL AND ends_at <= ?"
_CLOSE = "UPDATE headcount SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL"
_REOPEN = "UPDATE headcount SET closed_at = NULL, closed_by = NULL, ends_at = max(ends_at, ?) WHERE id = ?"
_PING = """
UPDATE headcount SET pings = pings + 1, pinged_at = :now
 WHERE id = :id AND closed_at IS NULL AND coalesce(pinged_at, started_at) <= :before
"""
_EXPECTED = """
SELECT coalesce(sum(registered), 0) FROM person_tally
 WHERE :groups = '[]' OR group_key IN (SELECT value FROM json_each(:groups))
"""
_NOT_HERE = """
p.role = 'teacher' AND p.state = 'active' AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups)))
AND (SELECT state FROM mark WHERE subject = :subject AND person_id = p.id ORDER BY id DESC LIMIT 1) IS NOT 'present'
"""
# The few whom the bot cannot write to are a range of an index, and so are the excused.
_UNREACHABLE = f"""
SELECT count(*) FROM person AS p WHERE p.reachable = 0 AND {_NOT_HERE} AND p.id NOT IN ({EXCUSED})
"""  # noqa: S608 - put together from texts of the store
_EXCUSED = f"""
SELECT count(*) FROM ({EXCUSED}) AS e CROSS JOIN person AS p ON p.id = e.person_id WHERE {_NOT_HERE}
"""  # noqa: S608 - put together from texts of the store


def start(
    connection: sqlite3.Connection,
    seminar: str,
    groups: Sequence[str],
    before: Departing | None,
    *,
    on: date,
    by: Person,
    now: datetime,
) -> tuple[Headcount, bool]:
    """Start a headcount, or join the one that is open for the same people or was for the same departure.

    Return it, and whether it is new. `on` is the date where the seminar is. Call `outdated` first where it is before a
    departure.
    """
    end_overdue(connection, now)
    audience = _audience(groups)
    found = _before(connection, seminar, before) or _one(connection, _OPEN_OF, seminar, audience)
    if found is None:
        departing = (before.date.isoformat(), before.session) if before else (None, None)
        moments = (to_text(now), to_text(now + _LASTS), on.isoformat())
        row = connection.execute(_START, (seminar, audience, *departing, by.id, *moments)).lastrowid
        assert row is not None
        return _known(connection, row), True
    if before is not None and found.before is None:
        connection.execute(_SET_BEFORE, (before.date.isoformat(), before.session, found.id))
    return _known(connection, found.id), False


def outdated(
    connection: sqlite3.Connection, seminar: str, groups: Sequence[str], before: Departing, leaves: datetime
) -> Headcount | None:
    """The headcount that is open for the same people and says nothing of who is at this departure, or None.

    It is before another departure, or began long before this one leaves. One that was before this departure, which was
    moved to later since, is so no more.
    """
    earlier = _before(connection, seminar, before)
    if earlier is not None and not earlier.counts_before(leaves):
        connection.execute(_UNSET_BEFORE, (earlier.id,))
    running = _one(connection, _OPEN_OF, seminar, _audience(groups))
    if running is None or (running.before in (None, before) and running.counts_before(leaves)):
        return None
    return running


def get(connection: sqlite3.Connection, number: int) -> Headcount | None:
    """The headcount of that number, or None."""
    return _one(connection, f"{_SELECT} WHERE h.id = ?", number)


def of_subject(connection: sqlite3.Connection, subject: str) -> Headcount | None:
    """The headcount whose marks are about this, or None."""
    number = subject.removeprefix(_SUBJECT)
    return get(connection, int(number)) if number.isdecimal() else None


def before(connection: sqlite3.Connection, seminar: str, departing: Departing) -> Headcount | None:
    """The headcount before this departure, or None."""
    return _before(connection, seminar, departing)


def all_open(connection: sqlite3.Connection, now: datetime) -> list[Headcount]:
    """Those in which people can be counted now."""
    return [_headcount(row) for row in connection.execute(_OPEN, (to_text(now),))]


def end_overdue(connection: sqlite3.Connection, now: datetime) -> None:
    """What nobody closed for hours is over."""
    connection.execute(_END, (to_text(now),))


def close(connection: sqlite3.Connection, number: int, *, by: Person, now: datetime) -> bool:
    """Close it; return whether this call did."""
    return connection.execute(_CLOSE, (to_text(now), by.id, number)).rowcount == 1


def reopen(connection: sqlite3.Connection, headcount: Headcount, now: datetime) -> Headcount:
    """Open it again for an hour at least; where another is open for the same people, return that one."""
    end_overdue(connection, now)
    other = _one(connection, _OPEN_OF, headcount.seminar, _audience(headcount.groups))
    if other is not None:
        return other
    connection.execute(_REOPEN, (to_text(now + REOPENED_WITHIN), headcount.id))
    return _known(connection, headcount.id)


def ping(connection: sqlite3.Connection, number: int, now: datetime) -> int | None:
    """The number of the reminder that goes to the missing now; None within a minute of the one before."""
    values = {"id": number, "now": to_text(now), "before": to_text(now - PING_GAP)}
    if connection.execute(_PING, values).rowcount == 0:
        return None
    return _known(connection, number).pings


def numbers(connection: sqlite3.Connection, headcount: Headcount, *, of_group: str | None = None) -> HeadcountNumbers:
    """How many are expected, here and unreachable now: of all whom it is about, or of one group of them."""
    groups = headcount.groups if of_group is None else (of_group,)
    values = {"groups": _audience(groups), "subject": headcount.subject, **headcount.day}
    expected, unreachable, excused = (
        connection.execute(query, values).fetchone()[0] for query in (_EXPECTED, _UNREACHABLE, _EXCUSED)
    )
    tally = mark_store.tally(connection, headcount.subject, groups)
    here = [(how, tally[MarkState.PRESENT, how]) for how in MarkMethod if (MarkState.PRESENT, how) in tally]
    return HeadcountNumbers(expected, tuple(here), unreachable, excused)


def expected_of(connection: sqlite3.Connection, groups: Sequence[str]) -> int:
    """How many teachers a headcount of these groups would count."""
    people: int = connection.execute(_EXPECTED, {"groups": _audience(groups)}).fetchone()[0]
    return people


def _audience(groups: Sequence[str]) -> str:
    return orjson.dumps(sorted(groups)).decode()


def _before(connection: sqlite3.Connection, seminar: str, departing: Departing | None) -> Headcount | None:
    if departing is None:
        return None
    return _one(connection, _BEFORE, seminar, departing.date.isoformat(), departing.session)


def _known(connection: sqlite3.Connection, number: int) -> Headcount:
    headcount = get(connection, number)
    assert headcount is not None
    return headcount


def _one(connection: sqlite3.Connection, query: str, *values: object) -> Headcount | None:
    row = connection.execute(query, values).fetchone()
    return None if row is None else _headcount(row)


def _headcount(row: sqlite3.Row) -> Headcount:
    departing = Departing(date.fromisoformat(row["date"]), row["session_key"]) if row["session_key"] else None
    return Headcount(
        row["id"],
        row["seminar"],
        tuple(orjson.loads(row["audience"])),
        departing,
        row["starter"],
        from_text(row["started_at"]),
        from_text(row["ends_at"]),
        row["closer"],
        from_text(row["closed_at"]) if row["closed_at"] else None,
        row["pings"],
        from_text(row["pinged_at"]) if row["pinged_at"] else None,
        date.fromisoformat(row["counted_on"]) if row["counted_on"] else None,
    )
