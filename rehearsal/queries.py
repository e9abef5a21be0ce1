"""Reads the bot's database in SQL of its own: what checks the bot does not rely on the bot's code."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.clock import from_text, to_text
from rehearsal.alert_queries import OpenedAlert, opened_alerts

_OUTBOX = "SELECT state, count(*) FROM outbox GROUP BY state"
_INBOX = "SELECT state, count(*) FROM inbox WHERE state <> 'done' GROUP BY state"
_UNREACHABLE = "SELECT count(*) FROM person WHERE state = 'active' AND reachable = 0"
_ALERTS = """
SELECT kind, max(due_at) AS at, count(*) AS copies FROM outbox
WHERE kind IN (SELECT value FROM json_each(?)) GROUP BY event ORDER BY max(id) DESC LIMIT ?
"""
_NEXT_AT = """
SELECT min(at) FROM (
    SELECT min(next_at) AS at FROM outbox WHERE state = 'due' AND next_at > :now
    UNION ALL SELECT min(due_at) FROM fanout WHERE done_at IS NULL AND due_at > :now
    UNION ALL SELECT min(due_at) FROM alert WHERE due_at > :now
    UNION ALL SELECT min(due_at) FROM upcoming_override WHERE decision IN ('now', 'postpone') AND due_at > :now
)
"""
_MEMBERS = "SELECT telegram_id, role, language, state FROM person"


def next_at(connection: sqlite3.Connection, now: datetime) -> datetime | None:
    """The first moment after `now` for which a row or an event waits, or to which an organizer has moved one."""
    found = connection.execute(_NEXT_AT, {"now": to_text(now)}).fetchone()[0]
    return from_text(found) if found else None


def counters(connection: sqlite3.Connection) -> dict[str, dict[str, int] | int]:
    """Rows of the outbox by state, of the inbox that are not done by state, and people who blocked the bot."""
    return {
        "outbox": {row[0]: row[1] for row in connection.execute(_OUTBOX)},
        "inbox": {row[0]: row[1] for row in connection.execute(_INBOX)},
        "unreachable": int(connection.execute(_UNREACHABLE).fetchone()[0]),
    }


def alerts(connection: sqlite3.Connection, kinds: Sequence[str], limit: int) -> list[tuple[str, datetime, int]]:
    """The newest alerts: kind, moment, number of recipients; `kinds` are the message types that are alerts.

    The priority of a row does not tell: what an alert follows in its chat is promoted to its priority.
    """
    rows = connection.execute(_ALERTS, (json.dumps(kinds), limit))
    return [(row[0], from_text(row[1]), row[2]) for row in rows]


def members(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Role and language by Telegram id, for members and for those who are joining; who has left is a stranger."""
    rows = connection.execute(_MEMBERS)
    return {row[0]: ("stranger" if row[3] == "left" else row[1], row[2]) for row in rows}


# --- for the recorder -----------------------------------------------------------------------------------------------

_ROWS = """
SELECT id, key, event, kind, chat_id, priority, due_at, expires_at, state, attempts, message_id, target_id
  FROM outbox
"""
_FINAL_STATES = """
SELECT id, state || ' ' || coalesce(message_id, '') || ' ' || coalesce(done_at, '') AS what FROM outbox
WHERE state NOT IN ('due', 'sending')
"""
_CHECKINS = """
SELECT p.telegram_id, c.date, c.slot, c.mood, c.late FROM checkin c JOIN person p ON p.id = c.person_id
"""
_ANSWERS = """
SELECT p.telegram_id, a.lesson_key, count(*) FROM lesson_answer a JOIN person p ON p.id = a.person_id GROUP BY 1, 2
"""
_LESSONS = """
SELECT count(*) AS started, count(done_at) AS done, coalesce(sum(score), 0) AS score,
       coalesce(sum(questions), 0) AS questions FROM lesson_progress
"""
_BY_LANGUAGE = """
SELECT o.kind, p.language, count(*) FROM outbox o JOIN person p ON p.id = o.person_id
WHERE o.state = 'sent' GROUP BY 1, 2
"""
_ALERT_COUNTS = """
SELECT (SELECT count(DISTINCT event) FROM outbox WHERE kind = 'missing.alert' AND state = 'sent') AS missing_raised,
       (SELECT count(*) FROM accounted) AS accounted_for,
       (SELECT count(*) FROM help) AS help_raised,
       (SELECT count(*) FROM help_call WHERE state = 'settled') AS help_closed,
       (SELECT count(*) FROM admission) AS admission_raised,
       (SELECT count(*) FROM admission WHERE state <> 'asked') AS admission_answered,
       (SELECT count(DISTINCT event) FROM outbox WHERE kind = 'checkin.mood' AND state = 'sent') AS low_mood_raised
"""
# What only organizers may do, with the role of who did it. Whoever says to be here ends their own excuse.
_RESTRICTED = """
SELECT 'broadcast ' || b.id AS what, p.role FROM broadcast b JOIN person p ON p.id = b.by_id
UNION ALL SELECT 'accounted for ' || a.person_id, p.role FROM accounted a JOIN person p ON p.id = a.by_id
UNION ALL SELECT 'not accounted for ' || a.person_id, p.role
          FROM accounted_undone a JOIN person p ON p.id = a.undone_by
UNION ALL SELECT 'excuse ' || e.id, p.role
          FROM excuse e JOIN person p ON p.id IN (e.by_id, nullif(e.ended_by, e.person_id))
UNION ALL SELECT 'call ' || h.id, p.role FROM help_call h JOIN person p ON p.id IN (h.taken_by, h.settled_by)
UNION ALL SELECT 'admission ' || a.id, p.role FROM admission a JOIN person p ON p.id = a.answered_by
UNION ALL SELECT 'invite ' || i.id, coalesce(p.role, 'stranger')
          FROM invite i LEFT JOIN person p ON p.telegram_id = i.made_by WHERE i.made_by IS NOT NULL
UNION ALL SELECT 'version ' || v.number, p.role FROM programme_version v JOIN person p ON p.id = v.by_id
UNION ALL SELECT 'decision about ' || u.event, p.role FROM upcoming_override u JOIN person p ON p.id = u.by_id
"""
_SEEN = """
SELECT p.telegram_id, s.version FROM programme_seen s JOIN person p ON p.id = s.person_id WHERE p.role = 'teacher'
"""
_ATTENDED = """
SELECT p.telegram_id, m.subject, count(*) FROM mark m JOIN person p ON p.id = m.person_id
 WHERE m.subject GLOB 'attendance:*' AND m.how = 'tap' GROUP BY 1, 2
"""
_CONFIRMED = """
SELECT p.telegram_id, c.broadcast_id FROM broadcast_confirmation c JOIN person p ON p.id = c.person_id
 WHERE p.role = 'teacher'
"""
_PROGRAMME_COUNTS = """
SELECT (SELECT count(*) FROM programme_version WHERE by_id IS NOT NULL) AS published,
       (SELECT count(*) FROM programme_version WHERE restores IS NOT NULL) AS brought_back,
       (SELECT count(*) FROM outbox WHERE kind = 'programme.change' AND state = 'sent') AS told,
       (SELECT count(*) FROM programme_seen) AS seen,
       (SELECT count(*) FROM outbox WHERE kind = 'programme.reminder' AND state = 'sent') AS reminded,
       (SELECT coalesce(sum(revision), 0) FROM upcoming_override) AS decided
"""
_VERSIONS = "SELECT number, published_at, document FROM programme_version WHERE seminar = ? ORDER BY number"
_READERS = """
SELECT telegram_id, language, group_key FROM person WHERE role = 'teacher' AND state = 'active'
"""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row of the outbox."""

    id: int
    key: str
    event: str
    kind: str
    chat_id: int
    priority: int
    due_at: datetime
    expires_at: datetime
    state: str
    attempts: int
    message_id: int | None
    target_id: int | None = None  # the message that it has edited or deleted, instead of becoming one


@dataclass(frozen=True, slots=True)
class StoredState:
    """The answers that the bot has stored, by Telegram id, and counts."""

    mornings: set[tuple[int, date]]
    moods: dict[tuple[int, date], int]
    answers: dict[tuple[int, str], int]  # person, lesson -> answered questions
    late: int
    lessons: dict[str, int]
    alert_counts: dict[str, int]
    by_language: list[tuple[str, str, int]]  # kind, language, messages
    role_violations: list[str]  # what was done by someone whose role does not allow it
    inbox: dict[str, int]  # updates that are not done, by state
    seen: set[tuple[int, int]] = field(default_factory=set)  # teacher, version of the programme
    attended: dict[tuple[int, date, str], int] = field(default_factory=dict)  # teacher, session -> marks by tap
    programme: dict[str, int] = field(default_factory=dict)  # counts of versions and of what was decided
    confirmed: set[tuple[int, int]] = field(default_factory=set)  # teacher, broadcast that they have got
    alerts: list[OpenedAlert] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PublishedSession:
    """A session of a version: hours as `09:30`, texts by language; no groups: everyone's."""

    key: str
    start: str
    end: str
    title: Mapping[str, str]
    groups: frozenset[str]
    cancelled: bool
    told: str  # everything that people are told of it

    def is_for(self, group: str | None) -> bool:
        """Whether it is on the agenda of someone of this group."""
        return group is None or not self.groups or group in self.groups


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version of the programme: since when it runs, and the sessions of each day by the day's number."""

    number: int
    at: datetime
    days: Mapping[int, Sequence[PublishedSession]]


@dataclass(frozen=True, slots=True)
class ReaderOfProgramme:
    """A teacher: language and group."""

    language: str
    group: str | None


def count_rows(connection: sqlite3.Connection) -> int:
    """How many rows the outbox holds."""
    return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])


def outbox_rows(connection: sqlite3.Connection) -> list[OutboxRow]:
    """Every row of the outbox, in the order of their ids."""
    found = connection.execute(f"{_ROWS} ORDER BY id")
    return [
        OutboxRow(id_, key, event, kind, chat, priority, from_text(due), from_text(expires), state, attempts, *messages)
        for id_, key, event, kind, chat, priority, due, expires, state, attempts, *messages in found
    ]


def final_states(connection: sqlite3.Connection) -> dict[int, str]:
    """Rows in a terminal state, which must never change again, by id."""
    return {row[0]: row[1] for row in connection.execute(_FINAL_STATES)}


def stored_state(connection: sqlite3.Connection) -> StoredState:
    """The answers that the bot has stored, and counts."""
    checkins = connection.execute(_CHECKINS).fetchall()
    lessons = connection.execute(_LESSONS).fetchone()
    alert_counts = connection.execute(_ALERT_COUNTS).fetchone()
    programme = connection.execute(_PROGRAMME_COUNTS).fetchone()
    return StoredState(
        mornings={(row[0], date.fromisoformat(row[1])) for row in checkins if row[2] == "morning"},
        moods={(row[0], date.fromisoformat(row[1])): row[3] for row in checkins if row[2] == "evening"},
        answers={(row[0], row[1]): row[2] for row in connection.execute(_ANSWERS)},
        late=sum(row[4] for row in checkins),
        lessons={name: lessons[name] for name in lessons.keys()},  # noqa: SIM118 - a Row iterates its values
        alert_counts={name: alert_counts[name] for name in alert_counts.keys()},  # noqa: SIM118
        by_language=[(row[0], row[1], row[2]) for row in connection.execute(_BY_LANGUAGE)],
        role_violations=[row[0] for row in connection.execute(_RESTRICTED) if row[1] != "organizer"],
        inbox=counted if isinstance(counted := counters(connection)["inbox"], dict) else {},
        seen={(row[0], row[1]) for row in connection.execute(_SEEN)},
        attended={(row[0], *_session(row[1])): row[2] for row in connection.execute(_ATTENDED)},
        programme={name: programme[name] for name in programme.keys()},  # noqa: SIM118
        confirmed={(row[0], row[1]) for row in connection.execute(_CONFIRMED)},
        alerts=opened_alerts(connection),
    )


def _session(subject: str) -> tuple[date, str]:
    """attendance:<seminar>:<date>:<session>"""
    _, _, on, session = subject.split(":")
    return date.fromisoformat(on), session


def versions(connection: sqlite3.Connection, seminar: str) -> list[PublishedVersion]:
    """Every version of the seminar's programme, in their order, read from their documents."""
    return [
        PublishedVersion(number, from_text(at), {day["number"]: _sessions(day) for day in json.loads(document)})
        for number, at, document in connection.execute(_VERSIONS, (seminar,))
    ]


def _sessions(day: Mapping[str, Any]) -> list[PublishedSession]:
    told = ("start", "end", "title", "speaker", "place", "note", "cancelled")
    return [
        PublishedSession(
            key=one["key"],
            start=one["start"][:5],
            end=one["end"][:5],
            title=one["title"],
            groups=frozenset(one["groups"]),
            cancelled=one["cancelled"],
            told=json.dumps([one.get(name) for name in told], sort_keys=True),
        )
        for one in day["sessions"]
    ]


def readers(connection: sqlite3.Connection) -> dict[int, ReaderOfProgramme]:
    """The teachers, by Telegram id."""
    return {row[0]: ReaderOfProgramme(row[1], row[2]) for row in connection.execute(_READERS)}


def pauses(connection: sqlite3.Connection) -> dict[int, datetime]:
    """The end of the last pause of each chat; 0 stands for all chats."""
    return {row[0]: from_text(row[1]) for row in connection.execute("SELECT chat_id, until FROM pause")}
