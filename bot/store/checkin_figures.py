"""Figures of check-ins: who answered, who was late, and the mood where it may be told."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.checkin import Slot, Window, window
from bot.programme.model import Seminar
from bot.small_numbers import Withheld, disclosure
from bot.store.figure_query import Asking, By, Query, Share, days

_ANSWERS: Final = """
WITH {asked}
SELECT a.key, {part} AS part, {was_asked} AS was_asked, count(*) AS people, sum(c.late) AS late
  FROM asked AS a
  JOIN checkin AS c ON c.seminar = :seminar AND c.date = substr(a.key, 1, 10) AND c.slot = substr(a.key, 12)
  JOIN person AS p ON p.id = c.person_id
 WHERE {teachers} GROUP BY 1, 2, 3
"""
_KNOWN: Final = """
WITH {asked}
SELECT a.key, {part} AS part, count(*) AS people
  FROM asked AS a JOIN (
       SELECT date, slot, person_id FROM accounted WHERE seminar = :seminar
        UNION SELECT e.date, s.value, e.person_id FROM excuse AS e JOIN json_each('["morning", "evening"]') AS s
               WHERE e.seminar = :seminar AND e.ended_at IS NULL
       ) AS k ON k.date = substr(a.key, 1, 10) AND k.slot = substr(a.key, 12)
  JOIN person AS p ON p.id = k.person_id
 WHERE {teachers} AND {was_asked} AND NOT EXISTS (
       SELECT 1 FROM checkin AS c WHERE (c.seminar, c.date, c.slot, c.person_id) = (:seminar, k.date, k.slot, p.id))
 GROUP BY 1, 2
"""
# The same people as in every other figure of moods: another population would give the difference away.
_MOODS: Final = """
SELECT date, group_key, mood_1 + mood_2 + mood_3 + mood_4 + mood_5 AS said,
       mood_1 + 2 * mood_2 + 3 * mood_3 + 4 * mood_4 + 5 * mood_5 AS moods
  FROM checkin_tally WHERE seminar = ? AND slot = 'evening'
"""

Mood = float | Withheld | None
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CheckinFigure:
    """One part of the people at one check-in that is or was open.

    Of those who were asked: every teacher who was a member when organizers were told who had not answered. `late` are
    among all who answered; `known` have not answered, and are accounted for or excused for the day.
    `mood` is the average of members' moods of the evening, 1 to 5: None where nobody has said it, and withheld where it
    would be told of fewer than five.
    """

    date: date
    slot: Slot
    part: str
    answered: Share
    late: int
    known: int
    mood: Mood


def checkins(
    connection: sqlite3.Connection,
    seminar: Seminar,
    chosen: FigureFilter,
    now: datetime,
    by: By = By.EVERYBODY,
) -> tuple[CheckinFigure, ...]:
    """The check-ins that have opened, in order; each by its parts."""
    every = [window(seminar, number, slot) for number in days(seminar, chosen) for slot in Slot]
    opened = [one for one in every if one is not None and one.opens <= now]
    if not opened:
        return ()
    asked = [Asking(_key(one), one.alert) for one in opened]
    query = Query(chosen.people, by)
    counted, besides, late = Counter[_Key](), Counter[_Key](), Counter[_Key]()
    for row in query.rows(connection, _ANSWERS, asked, seminar=seminar.key):
        key = row["key"], row["part"]
        (counted if row["was_asked"] else besides)[key] += row["people"]
        late[key] += row["late"]
    rows = query.rows(connection, _KNOWN, asked, seminar=seminar.key)
    known = {(row["key"], row["part"]): row["people"] for row in rows}
    of = query.asked(connection, asked)
    moods = _Moods(connection, seminar.key)
    parts = defaultdict(set)
    for occasion, part in (*of, *besides):
        parts[occasion].add(part)
    return tuple(
        CheckinFigure(
            one.on,
            one.slot,
            part,
            Share(counted[key], of.get(key, 0), besides[key]),
            late[key],
            known.get(key, 0),
            moods.of(one.on, chosen.people, by, part) if one.slot is Slot.EVENING else None,
        )
        for one in opened
        for part in sorted(parts[_key(one)])
        for key in ((_key(one), part),)
    )


class _Moods:
    """The moods of each evening by group, and which of them may be told."""

    def __init__(self, connection: sqlite3.Connection, seminar: str) -> None:
        self._told: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for row in connection.execute(_MOODS, (seminar,)):
            self._told[row["date"]][row["group_key"]] = row["said"], row["moods"]

    def of(self, on: date, people: PeopleFilter, by: By, part: str) -> Mood:
        """The average of a part of these people. Only groups are told apart: people who are divided in two ways are
        told of one by one where the two meet."""
        told = self._told.get(on.isoformat(), {})
        if people != PeopleFilter(groups=people.groups) or by not in {By.EVERYBODY, By.GROUP}:
            return Withheld.FEW
        groups = (part,) if by is By.GROUP else people.groups or tuple(told)
        return _average(told, groups)


def _average(told: Mapping[str, tuple[int, int]], groups: tuple[str, ...]) -> Mood:
    said = sum(told[one][0] for one in groups if one in told)
    if not said:
        return None
    if not disclosure({key: count for key, (count, _) in told.items()}).may_tell(
        one for one in groups if one in told and told[one][0]
    ):
        return Withheld.FEW
    return sum(told[one][1] for one in groups if one in told) / said


def _key(one: Window) -> str:
    return f"{one.on.isoformat()} {one.slot.value}"
