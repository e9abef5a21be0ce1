"""The longest cards and lists of people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.access import Role
from bot.buttons.people import PeopleShow, PersonNotes
from bot.people_filter import PeopleFilter
from bot.store.excuse import Excuse, ExcuseReason
from bot.store.mark import MarkState
from bot.store.people import PAGE, QUERY_LIMIT, ListedPerson, PeopleList, PeoplePage, PeopleState
from bot.store.person import Person
from bot.store.person_card import PersonCard
from bot.store.person_note import PAGE as NOTES
from bot.store.person_note import WORDS_LIMIT, PersonNote
from bot.store.roster import RosterEntry
from tests.views import longest_scope
from tests.views.longest_seminar import plain

_BIG: Final = 2**52 - 1
_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)


def by_type(name: str, group: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try, of people who are called so and are in this group."""
    someone = Person(_FULL, _BIG, "a" * 32, name, "tg", Role.TEACHER, group, "active", reachable=True, paused=True)
    facts = (plain(200), plain(200), plain(200), plain(200))
    entry = RosterEntry(_FULL, *facts, group, "tg", plain(100), "+992901234567", plain(50), plain(300), _FULL, None)
    notes = tuple(PersonNote(_FULL + n, plain(WORDS_LIMIT), _NOON, name) for n in range(NOTES))
    days = {date(2025, 8, 4) + timedelta(days=n): (n % 2 == 0, n % 3 == 0) for n in range(60)}
    card = PersonCard(
        someone,
        _NOON,
        _NOON,
        _NOON,
        days,
        frozenset(days),
        Excuse(_FULL, ExcuseReason.TRAVELLING, name, _NOON),
        dict.fromkeys(MarkState, _FULL),
        _FULL,
        _FULL,
        entry,
        notes[:3],
        _FULL,
        _FULL,
        PeopleFilter((group, "") * 20, tuple(plain(200) for _ in range(60))),
    )
    staff = replace(someone, role=Role.COORDINATOR, paused=False)
    people = tuple(ListedPerson(_FULL + n, name, Role.ORGANIZER, group, n % 2 == 0, paused=True) for n in range(PAGE))
    lists = [PeopleList(_FULL, plain(QUERY_LIMIT), state, group, "tg") for state in PeopleState]
    return {
        **longest_scope.BY_TYPE,
        PersonCard: (
            card,
            replace(card, person=staff, paused_at=None),
            replace(card, person=replace(staff, state="joining"), notes=(), grant=None, roster=None),
            replace(card, person=replace(someone, paused=False), heard_at=None, excuse=None, grant=None),
        ),
        PeopleShow: (PeopleShow(_FULL, _FULL),),
        PersonNotes: (PersonNotes(_FULL, _FULL, _FULL, 1),),
        Sequence[PersonNote]: (notes, ()),
        PeopleList: lists,
        PeoplePage: [
            *(PeoplePage(one, people, _FULL, 5) for one in lists),
            *(PeoplePage(one, (), 0, 0) for one in lists),
        ],
    }
