"""Moods on pictures: of nobody can they be found out, neither as they are shown nor by subtracting what is shown."""

import sqlite3
from itertools import combinations
from typing import Final

from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme import load
from bot.store import figure_filter, picture_query
from bot.store import picture as picture_store
from bot.store import scope as scope_store
from tests.connections import connect
from tests.kit import SEMINAR
from tests.store.test_people_filter import add
from tests.views.samples import at

_NOW: Final = at("2025-08-05 09:00")
_SEMINAR: Final = load(SEMINAR)
_CHECKIN: Final = "INSERT INTO checkin VALUES (?, ?, 'evening', ?, ?, '2025-08-04T12:00:00.000Z', 0, ?, NULL)"


def answered(connection: sqlite3.Connection, **people: int) -> None:
    """So many people of each group tell their mood on the first evening."""
    account = 1
    for group, count in people.items():
        for _ in range(count):
            number = add(connection, account)
            connection.execute("UPDATE person SET group_key = ?, joined_at = created_at WHERE id = ?", (group, number))
            connection.execute(_CHECKIN, (_SEMINAR.key, _SEMINAR.first.isoformat(), number, group, 1 + account % 5))
            account += 1


def mood(connection: sqlite3.Connection, people: PeopleFilter) -> float | None:
    return picture_store.days(connection, _SEMINAR, FigureFilter(people), _NOW)[0].mood


def test_moods_are_told_of_whole_blocks_of_five() -> None:
    connection = connect()
    answered(connection, pamir=6, zarafshon=5, vakhsh=7)
    groups = ("pamir", "vakhsh", "zarafshon")
    for size in range(1, 4):
        for some in combinations(groups, size):
            assert mood(connection, PeopleFilter(groups=some)) is not None
    assert mood(connection, PeopleFilter()) == sum(1 + account % 5 for account in range(1, 19)) / 18
    assert mood(connection, PeopleFilter(languages=(Language.TAJIK,))) is None, "who reads it may be all but one"
    connection.execute(
        "DELETE FROM checkin WHERE person_id = (SELECT min(id) FROM person WHERE group_key = 'zarafshon')"
    )
    assert mood(connection, PeopleFilter()) is not None
    told = [
        some
        for size in range(1, 4)
        for some in combinations(groups, size)
        if mood(connection, PeopleFilter(groups=some)) is not None
    ]
    assert told == [("vakhsh",), ("pamir", "zarafshon"), groups], "four are told of together with the fewest others"


def test_a_filter_is_read_within_the_scope_of_now() -> None:
    connection = connect()
    coordinator = add(connection, 1)
    connection.execute("UPDATE person SET role = 'coordinator' WHERE id = ?", (coordinator,))
    number = figure_filter.intern(connection, FigureFilter(PeopleFilter(groups=("pamir", "vakhsh")), first_day=2))
    assert picture_query.within(connection, coordinator, 0) == FigureFilter()
    scope_store.set_scope(connection, coordinator, PeopleFilter(groups=("pamir",)), by_id=None, now=_NOW)
    mine = FigureFilter(PeopleFilter(groups=("pamir",)))
    assert picture_query.within(connection, coordinator, 0) == mine
    told = picture_query.within(connection, coordinator, number)
    assert told == FigureFilter(PeopleFilter(groups=("pamir",)), first_day=2)
    scope_store.set_scope(connection, coordinator, PeopleFilter(groups=("zarafshon",)), by_id=None, now=_NOW)
    assert picture_query.within(connection, coordinator, number) is None
    assert picture_query.within(connection, coordinator, number + 1) is None
