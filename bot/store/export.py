"""What a file with data is about: whom, which days; how many rows its tables have, and those rows as they are read."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import orjson

from bot.clock import to_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.small_numbers import FEWEST
from bot.store import export_rows
from bot.store import people_filter as people_filter_store
from bot.store import scope as scope_store
from bot.store.export_rows import TEACHER, Row

# Of fewer than `FEWEST` people nothing is told of what was asked or of alerts: when would be told of one of them.
_CASES: Final = frozenset({"questions", "alerts"})
_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM {what} LIMIT :most)"
_PEOPLE: Final = f"""
SELECT p.group_key, count(*) AS people FROM person AS p WHERE {TEACHER} AND {{people}} GROUP BY p.group_key
"""  # noqa: S608 - constants of the store
_LAST_ASKED: Final = """
SELECT details ->> 'update' AS up FROM audit
 WHERE by_id = :by AND action = 'export.asked' AND subject = :subject AND at > :since
   AND details ->> 'message' = :message ORDER BY id DESC LIMIT 1
"""
_OTHER_SESSIONS: Final = """
SELECT date, session_key FROM attendance WHERE seminar = :seminar AND date BETWEEN :first AND :last
 ORDER BY date, session_key
"""


@dataclass(frozen=True, slots=True)
class ExportSession:
    """A session whose attendance is taken. `begins`: HH:MM; empty `groups`: everyone's; `ends` in UTC."""

    date: date
    key: str
    begins: str | None
    groups: tuple[str, ...]
    ends: datetime


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What somebody asks for. `since` and `until` are the moments of `first` and behind `last`.

    `reader_id`: whose scope holds. Not `sees_cases`: a coordinator asks, who is not told of single people's alerts.
    `sessions` are those of the programme that have started; `right`: the right answers, as `bot.export_words` writes
    them; `kinds`: the kinds of messages that the reader may see, none: all.
    """

    seminar: str
    chosen: FigureFilter
    reader_id: int
    sees_cases: bool
    first: date
    last: date
    since: datetime
    until: datetime
    sessions: tuple[ExportSession, ...]
    right: tuple[str, ...]
    kinds: tuple[str, ...]


class ExportReader:
    """Reads the tables on one connection, in one state of the database, within what the reader may see now."""

    def __init__(self, connection: sqlite3.Connection, asked: ExportAsked) -> None:
        self._connection = connection
        self._asked = asked
        scope = scope_store.get(connection, asked.reader_id)
        self._condition, values = _condition(asked.chosen.people.within(scope))
        # By choosing people one could find out whom an alert is about.
        self._of_cases, of_cases = (self._condition, values) if asked.sees_cases else _condition(scope)
        chosen = asked.chosen.people if asked.sees_cases else scope
        self._values: dict[str, object] = {
            "seminar": asked.seminar,
            "first": asked.first.isoformat(),
            "last": asked.last.isoformat(),
            "since": to_text(asked.since),
            "until": to_text(asked.until),
            "lesson": asked.chosen.lesson or "*",
            "right": orjson.dumps(asked.right).decode(),
            "kinds": orjson.dumps(asked.kinds).decode(),
        }
        self._people = {**self._values, **values, "whole": asked.chosen.people.within(scope) == PeopleFilter()}
        self._cases = {**self._values, **of_cases, "whole": chosen == PeopleFilter()}

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """The rows of a table, with these columns in this order."""
        if table == "attendance":
            for one in self._sessions():
                yield from self._read(table, columns, {**self._people, **self._of(one)})
        elif table not in _CASES:
            yield from self._read(table, columns, self._people)
        elif self._asked.sees_cases or self._are_enough():
            yield from export_rows.read(self._connection, table, self._of_cases, self._cases, columns)

    def count(self, table: str, most: int) -> int:
        """How many rows a table has, or `most` where it has more. Of attendance: at most so many."""
        if table == "attendance":
            return min(self._expected(), most)
        query = export_rows.QUERIES[table]
        what = f"({query.format(people=f'{TEACHER} AND {self._condition}')})"
        counted = self._connection.execute(_COUNT.format(what=what), {**self._people, "most": most})
        return int(counted.fetchone()[0])

    def _read(self, table: str, columns: tuple[str, ...], values: Mapping[str, object]) -> Iterator[Row]:
        return export_rows.read(self._connection, table, self._condition, values, columns)

    def _expected(self) -> int:
        groups = {row[0]: row[1] for row in self._connection.execute(self._grouped(self._condition), self._people)}
        everyone = sum(groups.values())
        return sum(
            sum(groups.get(key, 0) for key in one.groups) if one.groups else everyone for one in self._sessions()
        )

    def _are_enough(self) -> bool:
        counted = self._connection.execute(self._grouped(self._of_cases), self._cases)
        people: int = sum(row["people"] for row in counted)
        return people >= FEWEST

    @staticmethod
    def _grouped(condition: str) -> str:
        return _PEOPLE.format(people=condition)

    def _sessions(self) -> list[ExportSession]:
        """Those of the programme, and those that stand there no more but whose attendance was taken."""
        asked = self._asked
        wanted = asked.chosen.session
        known = {(one.date, one.key) for one in asked.sessions}
        others = [
            ExportSession(date.fromisoformat(row[0]), row[1], None, ("",), asked.since)
            for row in self._connection.execute(_OTHER_SESSIONS, self._values)
        ]
        gone = [one for one in others if (one.date, one.key) not in known]
        return [one for one in (*asked.sessions, *gone) if wanted is None or one.key == wanted]

    def _of(self, session: ExportSession) -> dict[str, object]:
        on = session.date.isoformat()
        return {
            "date": on,
            "session": session.key,
            "begins": session.begins,
            "subject": f"attendance:{self._asked.seminar}:{on}:{session.key}",
            "ends": to_text(session.ends),
            "of": orjson.dumps(session.groups).decode(),
        }


def last_asked(
    connection: sqlite3.Connection, by_id: int, subject: str, message_id: int, since: datetime
) -> int | None:
    """The update by which somebody asked for this file with a button of this message, after a moment, or None."""
    values = {"by": by_id, "subject": subject, "message": message_id, "since": to_text(since)}
    row = connection.execute(_LAST_ASKED, values).fetchone()
    return None if row is None else int(row["up"])


def _condition(people: PeopleFilter | None) -> tuple[str, dict[str, object]]:
    """SQL about `p`, a person; nobody for None."""
    if people is None:
        return "0", {}
    condition, values = people_filter_store.condition(people)
    return f"({condition or '1'})", dict(values)
