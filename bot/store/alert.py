"""Alerts: what somebody of the staff has to look after, who has it, and when it comes again while nobody does."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import orjson

from bot.clock import from_text, to_text
from bot.escalation import ESCALATIONS, AlertKind

_SELECT = """
SELECT alert.*, coalesce(person.name, '') AS name, taker.name AS taker, settler.name AS settler
  FROM alert LEFT JOIN person ON person.id = alert.person_id
  LEFT JOIN person AS taker ON taker.id = alert.taken_by
  LEFT JOIN person AS settler ON settler.id = alert.settled_by
"""
_OPEN = """
INSERT INTO alert (kind, subject, detail, person_id, opened_at, open_since, due_at)
VALUES (:kind, :subject, :detail, :person, :now, :now, :due) ON CONFLICT DO NOTHING
"""
_BY_ID = f"{_SELECT} WHERE alert.id = ?"
_NEWEST_OF = f"{_SELECT} WHERE alert.subject = ? ORDER BY alert.state = 'settled', alert.id DESC LIMIT 1"
_OF_PERSON = f"{_SELECT} WHERE alert.person_id = ? AND alert.state <> 'settled' ORDER BY alert.id"
_OF_KIND = f"{_SELECT} WHERE alert.kind = ? AND alert.state <> 'settled' ORDER BY alert.opened_at, alert.id LIMIT ?"
_TAKEN_BY = f"{_SELECT} WHERE alert.taken_by = ? AND alert.state = 'taken' ORDER BY alert.id"
_DUE = "SELECT id FROM alert WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?"
# By the index of those that somebody has.
_ABANDONED = f"""
{_SELECT} WHERE alert.state = 'taken' AND alert.taken_by > 0 AND NOT (
    taker.state = 'active' AND taker.reachable = 1
    AND (taker.role = 'organizer' OR taker.owner = 1 OR taker.telegram_id IN (SELECT value FROM json_each(?))))
 ORDER BY alert.taken_by LIMIT ?
"""  # noqa: S608 - put together from texts of this file
_POSTPONE = "UPDATE alert SET due_at = ? WHERE id = ? AND due_at IS NOT NULL"
_NEXT_DUE = "SELECT min(due_at) FROM alert WHERE due_at IS NOT NULL"
_BACK = f"""
{_SELECT} WHERE alert.kind = 'unreachable' AND alert.state <> 'settled' AND person.reachable = 1 LIMIT ?
"""
_TAKE = """
UPDATE alert SET state = 'taken', taken_by = :by, taken_at = coalesce(taken_at, :now), due_at = NULL
 WHERE id = :id AND state = 'open'
"""
_HAND_OVER = """
UPDATE alert SET state = 'taken', taken_by = :to, taken_at = coalesce(taken_at, :now), due_at = NULL
 WHERE id = :id AND state <> 'settled' AND taken_by IS NOT :to
"""
_SETTLE = """
UPDATE alert SET state = 'settled', settled_by = :by, settled_at = :now,
                 first_settled_at = coalesce(first_settled_at, :now), due_at = NULL
 WHERE id = :id AND state <> 'settled'
"""
_OPEN_AGAIN = """
UPDATE alert SET state = 'open', taken_by = NULL, settled_by = NULL, settled_at = NULL, open_since = :now,
                 round = round + 1, reopened = reopened + (state = 'settled'), level = 0, due_at = :due
 WHERE id = :id AND state = :state
"""
_STEP = "UPDATE alert SET level = level + 1, due_at = :due WHERE id = :id AND level = :level AND state = 'open'"
# The plus: by the index of the moments, not by the numbers.
_BEFORE = """
SELECT count(*) FROM (SELECT 1 FROM alert
                       WHERE kind = ? AND state <> 'settled' AND opened_at BETWEEN ? AND ? AND +id < ? LIMIT ?)
"""


class AlertState(StrEnum):
    """How far an alert is. The values stand in the database."""

    OPEN = "open"
    TAKEN = "taken"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Alert:
    """A row of `alert`, with the names of whom it is about, who has it, and who settled it.

    `name` is "" where it is about nobody. A settled one without `settler` was settled by the bot.
    """

    id: int
    kind: AlertKind
    subject: str
    detail: str
    person_id: int | None
    name: str
    state: AlertState
    opened_at: datetime
    open_since: datetime
    taker_id: int | None
    taker: str | None
    taken_at: datetime | None
    settler_id: int | None
    settler: str | None
    settled_at: datetime | None
    round: int
    reopened: int
    level: int

    def is_call_of(self, person_id: int) -> bool:
        """Whether this person calls."""
        return self.kind.is_call and self.person_id == person_id

    @property
    def changed_at(self) -> datetime:
        """When it was opened, taken or settled last."""
        return max(one for one in (self.open_since, self.taken_at, self.settled_at) if one is not None)


def open_alert(
    connection: sqlite3.Connection,
    kind: AlertKind,
    subject: str,
    now: datetime,
    *,
    person_id: int | None = None,
    detail: str = "",
) -> Alert:
    """There is something to look after. While it is not settled, the same subject again is the same alert."""
    after = ESCALATIONS[kind].due_after(0)
    values = {"kind": kind, "subject": subject, "detail": detail, "person": person_id, "now": to_text(now)}
    connection.execute(_OPEN, {**values, "due": None if after is None else to_text(now + after)})
    alert = newest_of(connection, subject)
    assert alert is not None
    return alert


def get(connection: sqlite3.Connection, alert_id: int) -> Alert | None:
    """The alert with this number, or None."""
    return _read(connection.execute(_BY_ID, (alert_id,)).fetchone())


def newest_of(connection: sqlite3.Connection, subject: str) -> Alert | None:
    """The alert about a subject that is not settled, else the newest; None where there is none."""
    return _read(connection.execute(_NEWEST_OF, (subject,)).fetchone())


def active_of(connection: sqlite3.Connection, person_id: int) -> list[Alert]:
    """The alerts about this person that are not settled, the oldest first."""
    return _all(connection.execute(_OF_PERSON, (person_id,)))


def active_of_kind(connection: sqlite3.Connection, kind: AlertKind, limit: int) -> list[Alert]:
    """Alerts of a kind that are not settled, the oldest first."""
    return _all(connection.execute(_OF_KIND, (kind, limit)))


def opened_before(connection: sqlite3.Connection, alert: Alert, after: datetime, limit: int) -> int:
    """How many of an alert's kind were opened before it, but after a moment, and are not settled; `limit` at most."""
    values = (alert.kind, to_text(after), to_text(alert.opened_at), alert.id, limit)
    return int(connection.execute(_BEFORE, values).fetchone()[0])


def taken_by(connection: sqlite3.Connection, person_id: int) -> list[Alert]:
    """What this person of the staff has taken and nobody has settled."""
    return _all(connection.execute(_TAKEN_BY, (person_id,)))


def abandoned(connection: sqlite3.Connection, owners: Iterable[int], limit: int) -> list[Alert]:
    """What somebody has who cannot be reached, or is no organizer any more.

    `owners` are the Telegram ids of those whom the settings name.
    """
    return _all(connection.execute(_ABANDONED, (orjson.dumps(sorted(owners)).decode(), limit)))


def returned(connection: sqlite3.Connection, limit: int) -> list[Alert]:
    """Alerts about people who can be reached again."""
    return _all(connection.execute(_BACK, (limit,)))


def take(connection: sqlite3.Connection, alert_id: int, by_id: int, now: datetime) -> bool:
    """Somebody takes an open alert; return False when it was not open."""
    return connection.execute(_TAKE, {"id": alert_id, "by": by_id, "now": to_text(now)}).rowcount == 1


def hand_over(connection: sqlite3.Connection, alert_id: int, to_id: int, now: datetime) -> bool:
    """Somebody gets an alert that is not settled; return False when they had it, or it is settled."""
    return connection.execute(_HAND_OVER, {"id": alert_id, "to": to_id, "now": to_text(now)}).rowcount == 1


def settle(connection: sqlite3.Connection, alert_id: int, by_id: int | None, now: datetime) -> bool:
    """An alert is settled, by the bot where `by_id` is None; return False when it was before."""
    return connection.execute(_SETTLE, {"id": alert_id, "by": by_id, "now": to_text(now)}).rowcount == 1


def open_again(connection: sqlite3.Connection, alert: Alert, now: datetime) -> bool:
    """Nobody has it any more, or it is not settled after all: its minutes count again. False: it was changed since."""
    after = ESCALATIONS[alert.kind].due_after(0)
    due = None if after is None else to_text(now + after)
    values = {"id": alert.id, "state": alert.state, "now": to_text(now), "due": due}
    return alert.state is not AlertState.OPEN and connection.execute(_OPEN_AGAIN, values).rowcount == 1


def due(connection: sqlite3.Connection, now: datetime, limit: int) -> list[int]:
    """The numbers of open alerts whose next step is due, those that have waited longest first."""
    return [row["id"] for row in connection.execute(_DUE, (to_text(now), limit))]


def postpone(connection: sqlite3.Connection, alert_id: int, until: datetime) -> None:
    """The next step of an open alert is not due before then."""
    connection.execute(_POSTPONE, (to_text(until), alert_id))


def next_due(connection: sqlite3.Connection) -> datetime | None:
    """When the next step of any alert is due, or None."""
    moment = connection.execute(_NEXT_DUE).fetchone()[0]
    return from_text(moment) if moment else None


def step(connection: sqlite3.Connection, alert: Alert, now: datetime) -> bool:
    """The next step of an open alert is done at this moment; return False when it was before."""
    after: timedelta | None = ESCALATIONS[alert.kind].due_after(alert.level + 1)
    due_at = None if after is None else to_text(now + after)
    return connection.execute(_STEP, {"id": alert.id, "level": alert.level, "due": due_at}).rowcount == 1


def _all(rows: sqlite3.Cursor) -> list[Alert]:
    return [alert for row in rows.fetchall() if (alert := _read(row))]


def _read(row: sqlite3.Row | None) -> Alert | None:
    if row is None:
        return None
    return Alert(
        row["id"],
        AlertKind(row["kind"]),
        row["subject"],
        row["detail"],
        row["person_id"],
        row["name"],
        AlertState(row["state"]),
        from_text(row["opened_at"]),
        from_text(row["open_since"]),
        row["taken_by"],
        row["taker"],
        from_text(row["taken_at"]) if row["taken_at"] else None,
        row["settled_by"],
        row["settler"],
        from_text(row["settled_at"]) if row["settled_at"] else None,
        row["round"],
        row["reopened"],
        row["level"],
    )
