"""Who has not answered a check-in, who of them somebody knows about, and who is excused."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.clock import from_text, to_text
from bot.programme.checkin import CheckinKey
from bot.store import excuse
from bot.store import roster as roster_store
from bot.store.excuse import EXCUSED, ExcuseReason
from bot.store.person import Person

PAGE: Final = 10


class AbsenceList(StrEnum):
    """The lists that a card can show: who has not answered, the same to be excused, and who is excused."""

    MISSING = "missing"
    EXCUSE = "excuse"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Absentee:
    """A person without an answer. `accounted_by` names the organizer who knows where the person is.

    `reason` is why they are excused, `excused_by` and `excused_at` by whom and when; None for who is not.
    """

    id: int
    telegram_id: int
    name: str
    group: str | None
    reachable: bool
    accounted_by: str | None
    reason: ExcuseReason | None = None
    excused_by: str = ""
    excused_at: datetime | None = None
    phone: str = ""  # where the roster knows it


@dataclass(frozen=True, slots=True)
class AbsenceMark:
    """What an organizer has said of somebody: that they are accounted for, or excused (`is_excuse`)."""

    person_id: int
    name: str
    at: datetime
    is_excuse: bool

    @property
    def number(self) -> int:
        """By what a button names it: milliseconds."""
        return round(self.at.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class RollCall:
    """A check-in's absent people: the numbers, and one page of `PAGE` names (pages count from 0) of one of its lists.

    `expected` had joined when the check-in opened. `absent` and `unreachable` (who blocked the bot, and so could not
    be asked) leave out the `accounted`, and all three the `excused`; all four have not answered. Listed as missing are
    the first three, the unreachable last. `last` is the newest mark that can be taken back. `also_excused` are excused
    and have answered.
    """

    expected: int
    absent: int
    unreachable: int
    accounted: int
    excused: int
    shown: AbsenceList
    page: int
    people: tuple[Absentee, ...]
    last: AbsenceMark | None = None
    also_excused: int = 0

    @property
    def listed_excused(self) -> int:
        """How many people are listed as excused, on all pages together."""
        return self.excused + self.also_excused

    @property
    def missing(self) -> int:
        """How many people are listed as missing, on all pages together."""
        return self.absent + self.unreachable + self.accounted

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        listed = self.listed_excused if self.shown is AbsenceList.EXCUSED else self.missing
        return max(1, -(-listed // PAGE))


# Who is expected and who has answered is taken from roll-ups, without those who joined after the check-in had opened:
# so that the numbers of a hundred thousand people cost a look at those few, by the index `person_joined`. CROSS JOIN:
# people first.
_EXPECTED = """
SELECT (SELECT coalesce(sum(registered), 0) FROM person_tally)
     - (SELECT count(*) FROM person INDEXED BY person_joined
         WHERE role = 'teacher' AND state = 'active' AND joined_at > :opens)
"""
_ANSWERED = """
SELECT coalesce(sum(answered), 0) - (
    SELECT count(*) FROM person AS p INDEXED BY person_joined
      CROSS JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
     WHERE p.role = 'teacher' AND p.state = 'active' AND p.joined_at > :opens
) FROM checkin_tally WHERE seminar = :seminar AND date = :date AND slot = :slot
"""
_ACCOUNTED = f"""
SELECT count(*) FROM accounted AS a JOIN person AS p ON p.id = a.person_id
WHERE a.seminar = :seminar AND a.date = :date AND a.slot = :slot
  AND p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens AND a.person_id NOT IN ({EXCUSED})
"""  # noqa: S608 - put together from texts of the store
# CROSS JOIN: the excused first, who are few.
_ALL_EXCUSED = """
  FROM excuse AS e CROSS JOIN person AS p ON p.id = e.person_id
  LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
 WHERE (e.seminar, e.date) = (:seminar, :date) AND e.ended_at IS NULL
   AND p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens
"""
_EXCUSED_COUNTS = f"SELECT count(*) - count(c.person_id), count(c.person_id) {_ALL_EXCUSED}"
_UNREACHABLE = f"""
SELECT count(*) FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.role = 'teacher' AND p.state = 'active' AND p.reachable = 0 AND p.joined_at <= :opens
  AND c.person_id IS NULL AND a.person_id IS NULL AND p.id NOT IN ({EXCUSED})
"""  # noqa: S608 - put together from texts of the store
_PAGE = f"""
SELECT p.id, p.telegram_id, p.name, p.group_key, p.reachable,
       CASE WHEN a.person_id IS NOT NULL THEN coalesce(o.name, '') END AS accounted_by,
       NULL AS reason, NULL AS excused_by, NULL AS excused_at
FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN person AS o ON o.id = a.by_id
WHERE p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens AND c.person_id IS NULL
  AND p.id NOT IN ({EXCUSED})
ORDER BY p.reachable DESC, p.group_key, p.name, p.id LIMIT :size OFFSET :skip
"""  # noqa: S608 - put together from texts of the store
_EXCUSED_PAGE = f"""
SELECT p.id, p.telegram_id, p.name, p.group_key, p.reachable, NULL AS accounted_by, e.reason,
       (SELECT name FROM person WHERE id = e.by_id) AS excused_by, e.at AS excused_at
{_ALL_EXCUSED}
ORDER BY p.group_key, p.name, p.id LIMIT :size OFFSET :skip
"""  # noqa: S608 - put together from texts of this file
_LAST = """
SELECT said.person_id, p.name, said.at, said.is_excuse FROM (
    SELECT person_id, at, 0 AS is_excuse FROM accounted WHERE (seminar, date, slot) = (:seminar, :date, :slot)
    UNION ALL
    SELECT person_id, at, 1 FROM excuse WHERE (seminar, date) = (:seminar, :date) AND ended_at IS NULL
) AS said JOIN person AS p ON p.id = said.person_id
WHERE p.role = 'teacher' AND p.state = 'active'
ORDER BY said.at DESC, said.person_id DESC, said.is_excuse DESC LIMIT 1
"""
_UNDO = """
INSERT INTO accounted_undone (seminar, date, slot, person_id, by_id, at, undone_by, undone_at)
SELECT seminar, date, slot, person_id, by_id, at, :by, :now FROM accounted
 WHERE (seminar, date, slot, person_id) = (:seminar, :date, :slot, :person)
"""
_FORGET = "DELETE FROM accounted WHERE (seminar, date, slot, person_id) = (:seminar, :date, :slot, :person)"
_COUNTED = """
SELECT coalesce(sum(answered), 0), coalesce(sum(accounted), 0), people.registered, people.reachable
  FROM (SELECT sum(registered) AS registered, sum(reachable) AS reachable FROM person_tally) AS people
  LEFT JOIN checkin_tally ON (seminar, date, slot) = (:seminar, :date, :slot)
"""
_IS_SILENT = """
SELECT 1 FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.id = :person AND p.role = 'teacher' AND p.state = 'active' AND c.person_id IS NULL AND a.person_id IS NULL
"""
_ACCOUNT_FOR = """
INSERT INTO accounted (seminar, date, slot, person_id, group_key, by_id, at)
SELECT :seminar, :date, :slot, p.id, coalesce(p.group_key, ''), :by, :now
FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.id = :person AND p.role = 'teacher' AND p.state = 'active' AND c.person_id IS NULL
ON CONFLICT (seminar, date, slot, person_id) DO NOTHING
"""
_ACCOUNTED_BY = """
SELECT coalesce(o.name, '') AS name FROM accounted AS a LEFT JOIN person AS o ON o.id = a.by_id
WHERE (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, :person)
"""
# Of what was sent long ago no row is kept; that there were some stays known.
_WAS_ASKED = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE event = :event AND state IN ('sent', 'unknown'))
    OR (EXISTS (SELECT 1 FROM fanout WHERE event = :event AND spread > 0)
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE event = :event))
"""


def roll_call(
    connection: sqlite3.Connection,
    key: CheckinKey,
    opens: datetime,
    page: int = 0,
    shown: AbsenceList = AbsenceList.MISSING,
) -> RollCall:
    """Who has not answered the check-in that opened at `opens`; a page past the end is the last one.

    A page takes a tenth of a second among a hundred thousand people who have answered: read it in no write.
    """
    found = numbers(connection, key, opens)
    listed = found.listed_excused if shown is AbsenceList.EXCUSED else found.missing
    page = min(max(page, 0), max(0, (listed - 1) // PAGE))
    rows: Iterable[sqlite3.Row] = ()
    if listed > 0:
        query = _EXCUSED_PAGE if shown is AbsenceList.EXCUSED else _PAGE
        values = {**_values(key), "opens": to_text(opens), "size": PAGE, "skip": page * PAGE}
        rows = connection.execute(query, values)
    found_people = [_absentee(row) for row in rows]
    phones = roster_store.phones_of(connection, [one.id for one in found_people])
    people = tuple(replace(one, phone=phones.get(one.id, "")) for one in found_people)
    return replace(found, shown=shown, page=page, people=people, last=last_mark(connection, key))


def numbers(connection: sqlite3.Connection, key: CheckinKey, opens: datetime) -> RollCall:
    """The numbers alone, without people and without the newest mark: cheap, however many there are."""
    values = {**_values(key), "opens": to_text(opens)}
    expected, answered, accounted, unreachable = (
        connection.execute(query, values).fetchone()[0] for query in (_EXPECTED, _ANSWERED, _ACCOUNTED, _UNREACHABLE)
    )
    excused, also_excused = connection.execute(_EXCUSED_COUNTS, values).fetchone()
    absent = expected - answered - accounted - unreachable - excused
    return RollCall(
        expected, absent, unreachable, accounted, excused, AbsenceList.MISSING, 0, (), also_excused=also_excused
    )


def last_mark(connection: sqlite3.Connection, key: CheckinKey) -> AbsenceMark | None:
    """The newest mark about somebody absent from this check-in, or from its day; None when none stands."""
    row = connection.execute(_LAST, _values(key)).fetchone()
    if row is None:
        return None
    return AbsenceMark(row["person_id"], row["name"], from_text(row["at"]), bool(row["is_excuse"]))


def counted(connection: sqlite3.Connection, key: CheckinKey) -> tuple[int, ...]:
    """How many have answered, are accounted for, have joined and can be reached: by roll-ups, which are cheap."""
    return tuple(connection.execute(_COUNTED, _values(key)).fetchone())


def is_silent(connection: sqlite3.Connection, key: CheckinKey, person_id: int) -> bool:
    """Whether the person has not answered, and nobody has said to know about them."""
    values = {**_values(key), "person": person_id}
    return connection.execute(_IS_SILENT, values).fetchone() is not None


def is_missing(connection: sqlite3.Connection, key: CheckinKey, person_id: int) -> bool:
    """Whether the person is silent and not excused for the day: whom a nudge is for."""
    is_excused = excuse.get(connection, key.seminar, key.on, person_id) is not None
    return not is_excused and is_silent(connection, key, person_id)


def account_for(
    connection: sqlite3.Connection, key: CheckinKey, person_id: int, *, by: Person, now: datetime
) -> str | None:
    """Mark the person as accounted for, if nobody has yet, and return the name of who did it first.

    None when the person has answered already (or is no teacher any more): then nothing is marked.
    """
    values = {**_values(key), "person": person_id, "by": by.id, "now": to_text(now)}
    connection.execute(_ACCOUNT_FOR, values)
    row = connection.execute(_ACCOUNTED_BY, values).fetchone()
    return row["name"] if row else None


def undo(connection: sqlite3.Connection, key: CheckinKey, person_id: int, *, by: Person, now: datetime) -> bool:
    """The person is not accounted for any more; who had said so stays known. Return whether this call did it."""
    values = {**_values(key), "person": person_id, "by": by.id, "now": to_text(now)}
    connection.execute(_UNDO, values)
    return connection.execute(_FORGET, values).rowcount == 1


def was_asked(connection: sqlite3.Connection, occurrence: str) -> bool:
    """Whether anyone was sent this check-in: without that, silence means nothing."""
    return bool(connection.execute(_WAS_ASKED, {"event": occurrence}).fetchone()[0])


def _values(key: CheckinKey) -> dict[str, object]:
    return {"seminar": key.seminar, "date": key.on.isoformat(), "slot": key.slot}


def _absentee(row: sqlite3.Row) -> Absentee:
    return Absentee(
        *(row["id"], row["telegram_id"], row["name"], row["group_key"], bool(row["reachable"]), row["accounted_by"]),
        ExcuseReason(row["reason"]) if row["reason"] else None,
        row["excused_by"] or "",
        from_text(row["excused_at"]) if row["excused_at"] else None,
    )
