"""The numbers before and after, beside a slow and obvious count over made-up histories."""

import sqlite3
from itertools import product
from random import Random
from typing import Final, NamedTuple

import pytest

from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme import load
from bot.programme.competency import Aspect
from bot.programme.self_rating import STEPS, Occasion, aspects_of
from bot.store import self_rating as self_rating_store
from bot.store import self_rating_figures as self_rating_figures_store
from bot.store.self_rating import Rating
from tests.connections import connect
from tests.kit import SEMINAR
from tests.store.test_people_filter import add
from tests.views.samples import at

_SEMINAR: Final = load(SEMINAR)
_NOW: Final = at("2025-08-17 13:00")
_GROUPS: Final = ("pamir", "zarafshon", "vakhsh")


class Person(NamedTuple):
    """What is true of somebody in the end."""

    group: str
    is_late: bool
    steps: dict[tuple[Occasion, Aspect], int]


def history(connection: sqlite3.Connection, chance: Random) -> list[Person]:
    people = []
    for account in range(1, chance.randint(2, 30)):
        number, one = add(connection, account), Person(chance.choice(_GROUPS), chance.random() < 0.2, {})
        for group in (chance.choice(_GROUPS), one.group):  # some move
            connection.execute("UPDATE person SET group_key = ? WHERE id = ?", (group, number))
        starts_on = _SEMINAR.first.isoformat()
        for occasion, aspect in product(Occasion, aspects_of(_SEMINAR)):
            late = one.is_late and occasion is Occasion.FIRST
            for _ in range(chance.randint(0, 2)):  # the last one counts
                step = one.steps[occasion, aspect] = chance.choice(STEPS)
                rating = Rating(_SEMINAR.key, starts_on, occasion, aspect, step)
                self_rating_store.save(connection, number, rating, is_late=late, now=_NOW)
            trial = Rating(_SEMINAR.key, "2025-07-07", occasion, aspect, 5)
            self_rating_store.save(connection, number, trial, is_late=False, now=_NOW)
        if chance.random() < 0.1:
            connection.execute("UPDATE person SET state = 'left' WHERE id = ?", (number,))
        else:
            people.append(one)
    return people


def changes(people: list[Person], aspect: Aspect) -> list[tuple[int, int]]:
    """The step before and after, of everybody who has both and was there in time."""
    both = [(one, one.steps.get((Occasion.FIRST, aspect)), one.steps.get((Occasion.LAST, aspect))) for one in people]
    return [(before, after) for one, before, after in both if before and after and not one.is_late]


@pytest.mark.parametrize("seed", range(8))
def test_pairs_are_as_a_slow_count_has_them(seed: int) -> None:
    chance, connection = Random(seed), connect()
    everyone = history(connection, chance)
    for groups in ((), ("pamir",), ("pamir", "vakhsh")):
        chosen = FigureFilter(PeopleFilter(groups=groups))
        told = self_rating_figures_store.figures(connection, _SEMINAR, chosen)
        people = [one for one in everyone if not groups or one.group in groups]
        rated = [[one for one in people if any(of is occasion for of, _ in one.steps)] for occasion in Occasion]
        assert told.last == len(rated[1])
        assert (told.first, told.late) == tuple(sum(one.is_late is late for one in rated[0]) for late in (False, True))
        assert [one.aspect for one in told.aspects] == list(aspects_of(_SEMINAR))
        for one in told.aspects:
            pairs = changes(people, one.aspect)
            parts = [len(changes([each for each in everyone if each.group == group], one.aspect)) for group in _GROUPS]
            if len(pairs) < 5 or (groups and any(part in range(1, 5) for part in parts)):
                assert (one.pairs, one.before, one.after, one.higher, one.lower) == (None, (), (), 0, 0)
                continue
            assert one.pairs == len(pairs)
            assert one.before == tuple([before for before, _ in pairs].count(step) for step in STEPS)
            assert one.after == tuple([after for _, after in pairs].count(step) for step in STEPS)
            assert one.higher == sum(after > before for before, after in pairs)
            assert one.same == sum(after == before for before, after in pairs)
            assert one.lower == sum(after < before for before, after in pairs)
