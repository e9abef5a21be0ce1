"""Who belongs on an attendance sheet, and what is known of each: read from what is true now."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import orjson

from bot.clock import from_text, to_text
from bot.people_filter import PeopleFilter
from bot.store import people_filter
from bot.store.excuse import EXCUSED
from bot.store.mark import MarkMethod, MarkState
from bot.store.sheet import SheetLine, SheetMark

MOST: Final = 600  # people on one sheet; of more there are parts

# Teachers who had joined by then or were marked; and who is on the roster and has not joined: they sign on paper, too.
_PEOPLE: Final = """
SELECT p.id AS person_id, r.id AS roster_id, coalesce(r.name, p.name) AS name, coalesce(r.latin_name, '') AS latin_name,
       coalesce(r.school, '') AS school, coalesce(p.group_key, '') AS group_key
  FROM person AS p LEFT JOIN roster AS r ON r.person_id = p.id
 WHERE p.role = 'teacher' AND p.name <> ''
   AND ((p.state = 'active' AND coalesce(p.joined_at, '') < :until) OR p.id IN (
       SELECT person_id FROM mark
        WHERE subject IN (SELECT value FROM json_each(:subjects)) AND state IN ('present', 'late')))
   AND {people}
UNION ALL
SELECT NULL, r.id, r.name, r.latin_name, r.school, coalesce(r.group_key, '') FROM roster AS r
 WHERE (r.person_id IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = r.person_id AND state = 'joining'))
   AND {listed}
"""
_LISTED: Final = {
    "filter_groups": "coalesce(r.group_key, '')",
    "filter_districts": "r.district",
    "filter_schools": "r.school",
    "filter_languages": "coalesce(r.language, '')",
}
_MARKS: Final = """
SELECT person_id, state, how, at FROM mark WHERE id IN (
    SELECT max(id) FROM mark
     WHERE subject = :subject AND person_id IN (SELECT value FROM json_each(:people)) GROUP BY person_id)
"""
_TAJIK: Final = {
    "ғ": "г\uffff",
    "ӣ": "и\uffff",
    "қ": "к\uffff",
    "ӯ": "у\uffff",
    "ҳ": "х\uffff",
    "ҷ": "ч\uffff",
    "ё": "е\uffff",
}


def lines(
    connection: sqlite3.Connection,
    people: PeopleFilter | None,
    subjects: Sequence[str],
    *,
    seminar: str,
    on: date,
    until: datetime,
    part: int,
) -> tuple[list[SheetLine], int]:
    """Who is on a part of the sheet, in order of their groups and names, and how many parts there are.

    `subjects`: what the marks of its sessions are about. `until`: who joined later is not expected. None: nobody is.
    """
    if people is None:
        return [], 1
    condition, values = people_filter.condition(people)
    columns_of = [(name, column) for name, column in _LISTED.items() if name in values]
    limits = [f"{column} IN (SELECT value FROM json_each(:{name}))" for name, column in columns_of]  # noqa: S608 - columns
    listed = " AND ".join(limits)
    query = _PEOPLE.format(people=condition, listed=listed or "1")
    named = {**values, "until": to_text(until), "subjects": orjson.dumps(subjects).decode()}
    total: int = connection.execute(f"SELECT count(*) FROM ({query})", named).fetchone()[0]  # noqa: S608 - texts of this file
    paged = f"{query} ORDER BY group_key, name, person_id, roster_id LIMIT :size OFFSET :skip"
    rows = connection.execute(paged, {**named, "size": MOST, "skip": part * MOST}).fetchall()
    rows.sort(key=lambda row: (row["group_key"], _key(row["name"]), row["person_id"] or 0, row["roster_id"] or 0))
    ids = [row["person_id"] for row in rows if row["person_id"] is not None]
    columns = [_marks(connection, subject, ids) for subject in subjects]
    excused = {row[0] for row in connection.execute(EXCUSED, {"seminar": seminar, "date": on.isoformat()})}
    found = []
    for number, row in enumerate(rows, part * MOST + 1):
        who = row["person_id"]
        by_day = SheetMark(MarkState.EXCUSED, None, None) if who is not None and who in excused else None
        marks = tuple(column.get(who, by_day) for column in columns)
        facts = (row["name"], row["latin_name"], row["school"], row["group_key"])
        found.append(SheetLine(number, who, row["roster_id"], *facts, marks))
    return found, max(1, -(-total // MOST))


def _marks(connection: sqlite3.Connection, subject: str, ids: Sequence[int]) -> dict[int | None, SheetMark]:
    rows = connection.execute(_MARKS, {"subject": subject, "people": orjson.dumps(ids).decode()})
    return {
        row["person_id"]: SheetMark(MarkState(row["state"]), MarkMethod(row["how"]), from_text(row["at"]))
        for row in rows
    }


def _key(name: str) -> str:
    """A name as names are sorted in Tajik: a letter with a sign follows the one without."""
    return "".join(_TAJIK.get(letter, letter) for letter in name.casefold())
