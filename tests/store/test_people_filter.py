"""Filters of people: what two of them let through together, in SQL, by number, and as the scope of a coordinator."""

import sqlite3
from itertools import product
from typing import Final

from bot.access import Role
from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.store import figure_filter, people_filter, person
from bot.store import scope as scope_store
from tests.connections import connect
from tests.members import activate
from tests.views.samples import at

_NOW: Final = at("2025-08-04 09:00")
_PEOPLE: Final = (
    ("pamir", "Hissor", "School 1", Language.TAJIK),
    ("pamir", "Hissor", "School 2", Language.RUSSIAN),
    ("zarafshon", "Suğd", "School 1", Language.TAJIK),
    (None, None, None, Language.ENGLISH),
)
_FILTERS: Final = (
    PeopleFilter(),
    PeopleFilter(groups=("pamir",)),
    PeopleFilter(groups=("", "zarafshon")),
    PeopleFilter(districts=("Hissor", "")),
    PeopleFilter(schools=("School 1",)),
    PeopleFilter(languages=(Language.RUSSIAN, Language.ENGLISH)),
    PeopleFilter(("pamir",), ("Hissor",), ("School 1",), (Language.TAJIK,)),
)
_LIST: Final = """
INSERT INTO roster (name, name_key, district, school, person_id, changed_at) VALUES (?, ?, ?, ?, ?, '')
"""


def add(connection: sqlite3.Connection, account: int, role: Role = Role.TEACHER, language: str = "tg") -> int:
    added = person.add(connection, account, username=None, language=language, role=role, now=_NOW)
    activate(connection, added.id, _NOW)
    return added.id


def found(connection: sqlite3.Connection, people: PeopleFilter) -> set[int]:
    condition, values = people_filter.condition(people, "one")
    sql = f"SELECT id FROM person AS one WHERE role = 'teacher' AND {condition}"
    return {row["id"] for row in connection.execute(sql, values)}


def test_two_filters_together_let_through_whom_both_do() -> None:
    connection = connect()
    numbers: dict[int, tuple[str | None, ...]] = {}
    for account, (group, district, school, language) in enumerate(_PEOPLE, 1):
        number = add(connection, account, language=language)
        numbers[number] = (group, district, school, language)
        person.set_group(connection, number, group)
        if district is not None:
            connection.execute(_LIST, (str(number), str(number), district, school, number))

    def expected(people: PeopleFilter) -> set[int]:
        limits = (people.groups, people.districts, people.schools, people.languages)
        return {
            number
            for number, facts in numbers.items()
            if all(not limit or (fact or "") in limit for limit, fact in zip(limits, facts, strict=True))
        }

    for one, other in product(_FILTERS, repeat=2):
        both = one.within(other)
        assert found(connection, one) == expected(one)
        assert (set() if both is None else found(connection, both)) == expected(one) & expected(other)


def test_a_filter_has_one_number_and_a_scope_is_of_coordinators_alone() -> None:
    connection = connect()
    chosen = FigureFilter(_FILTERS[-1], 1, 3, "opening", "passwords")
    number = figure_filter.intern(connection, chosen)
    assert figure_filter.intern(connection, chosen) == number
    assert figure_filter.intern(connection, FigureFilter()) != number
    assert figure_filter.get(connection, number) == chosen
    assert figure_filter.get(connection, 99) is None
    farhod, minji = add(connection, 21, Role.COORDINATOR), add(connection, 22, Role.ORGANIZER)
    assert scope_store.get(connection, farhod) == PeopleFilter()
    for someone in (farhod, minji):
        assert scope_store.set_scope(connection, someone, _FILTERS[1], by_id=minji, now=_NOW)
    assert not scope_store.set_scope(connection, farhod, _FILTERS[1], by_id=minji, now=_NOW)
    assert (scope_store.get(connection, farhod), scope_store.get(connection, minji)) == (_FILTERS[1], PeopleFilter())
    assert scope_store.set_scope(connection, farhod, PeopleFilter(), by_id=minji, now=_NOW)
    assert scope_store.get(connection, farhod) == PeopleFilter()
