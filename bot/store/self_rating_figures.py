"""How people's own ratings before and after a seminar differ, in numbers, for the staff."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.programme.self_rating import STEPS, Occasion, aspects_of
from bot.small_numbers import FEWEST
from bot.store.picture_query import Query, within

ABLE: Final = 3  # the step from which on somebody needs no help

# Who answered both times and was there in time; {teachers} is of `picture_query`.
_BOTH: Final = """
  FROM self_rating AS b
  JOIN self_rating AS a ON (a.seminar, a.starts_on, a.person_id, a.aspect)
                             = (b.seminar, b.starts_on, b.person_id, b.aspect)
  JOIN person AS p ON p.id = b.person_id
 WHERE b.seminar = :seminar AND b.starts_on = :starts_on
   AND b.occasion = 'first' AND b.is_late = 0 AND a.occasion = 'last' AND {teachers}
"""
_PAIRS: Final = f"""
SELECT b.aspect, b.step AS before, a.step AS after, count(*) AS people {_BOTH} GROUP BY 1, 2, 3
"""
_PARTS: Final = {  # of which the people of a filter may be made up, each by what a person belongs to
    "groups": "coalesce(p.group_key, '')",
    "districts": "coalesce((SELECT r.district FROM roster AS r WHERE r.person_id = p.id), '')",
}
_SMALLEST: Final = f"""
SELECT aspect FROM (SELECT b.aspect, {{part}} AS part, count(*) AS pairs {_BOTH} GROUP BY 1, 2) WHERE pairs < :fewest
"""  # noqa: S608 - a constant of this page
_ANSWERED: Final = """
SELECT r.occasion, r.is_late, count(DISTINCT r.person_id) AS people
  FROM self_rating AS r JOIN person AS p ON p.id = r.person_id
 WHERE r.seminar = :seminar AND r.starts_on = :starts_on AND {teachers} GROUP BY 1, 2
"""

_Changes = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class AspectFigures:
    """One aspect: how many people answered before and after (pairs), and how many of them which step each time.

    `pairs` None: fewer than five, or so few are told by subtracting two of such figures; then nothing else is told.
    """

    aspect: Aspect
    pairs: int | None
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    higher: int = 0
    lower: int = 0

    @property
    def means(self) -> tuple[float, float]:
        """The mean step before and after, from 1 to 5; of no pairs there is none, and this raises ZeroDivisionError."""
        pairs = self.pairs or 0
        before, after = (
            sum(step * n for step, n in zip(STEPS, each, strict=True)) for each in (self.before, self.after)
        )
        return before / pairs, after / pairs

    @property
    def same(self) -> int:
        """How many chose the same step both times."""
        return (self.pairs or 0) - self.higher - self.lower


@dataclass(frozen=True, slots=True)
class SelfRatingFigures:
    """Each aspect of the lessons, and how many people answered in time, late, and on the last day."""

    aspects: tuple[AspectFigures, ...]
    first: int
    late: int
    last: int


def of_reader(
    connection: sqlite3.Connection, seminar: Seminar, person_id: int
) -> tuple[PeopleFilter, SelfRatingFigures] | None:
    """The numbers of all whom a person may be told of, and who they are; None where that is nobody."""
    chosen = within(connection, person_id, 0)
    return None if chosen is None else (chosen.people, figures(connection, seminar, chosen))


def figures(connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter) -> SelfRatingFigures:
    """Of today's teachers of the filter: who has rated themselves on the first day and on the last."""
    query = Query(chosen.people)
    told, hidden = _changes(connection, query, seminar), _hidden(connection, chosen.people, seminar)
    answered = {
        (row["occasion"], row["is_late"]): row["people"] for row in query.rows(connection, _ANSWERED, **_of(seminar))
    }
    return SelfRatingFigures(
        tuple(_aspect(aspect, {} if aspect in hidden else told[aspect]) for aspect in aspects_of(seminar)),
        first=answered.get((Occasion.FIRST, 0), 0),
        late=answered.get((Occasion.FIRST, 1), 0),
        last=answered.get((Occasion.LAST, 0), 0),
    )


def pictured(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, _now: datetime
) -> SelfRatingFigures:
    """The same, as a picture asks for its figures."""
    return figures(connection, seminar, chosen)


def _hidden(connection: sqlite3.Connection, people: PeopleFilter, seminar: Seminar) -> frozenset[str]:
    """The aspects of which parts of the people are not told: some part has a few pairs, which a subtraction would tell.

    A filter of whole groups, or of whole districts, can be told where each of them has no pair or five; any other none.
    """
    if people == PeopleFilter():
        return frozenset()
    for name, part in _PARTS.items():
        if people == PeopleFilter(**{name: getattr(people, name)}):
            sql = _SMALLEST.replace("{part}", part)
            rows = Query(PeopleFilter()).rows(connection, sql, fewest=FEWEST, **_of(seminar))
            return frozenset(row["aspect"] for row in rows)
    return frozenset(aspects_of(seminar))


def _of(seminar: Seminar) -> dict[str, str]:
    return {"seminar": seminar.key, "starts_on": seminar.first.isoformat()}


def _changes(connection: sqlite3.Connection, query: Query, seminar: Seminar) -> Mapping[str, _Changes]:
    found: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for row in query.rows(connection, _PAIRS, **_of(seminar)):
        found[row["aspect"]][row["before"], row["after"]] = row["people"]
    return found


def _aspect(aspect: Aspect, told: _Changes) -> AspectFigures:
    pairs = sum(told.values())
    if pairs < FEWEST:
        return AspectFigures(aspect, None)
    return AspectFigures(
        aspect,
        pairs,
        before=tuple(sum(n for (before, _), n in told.items() if before == step) for step in STEPS),
        after=tuple(sum(n for (_, after), n in told.items() if after == step) for step in STEPS),
        higher=sum(n for (before, after), n in told.items() if after > before),
        lower=sum(n for (before, after), n in told.items() if after < before),
    )
