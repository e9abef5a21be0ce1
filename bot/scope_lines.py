"""Whom a coordinator may be told of, in words."""

from collections.abc import Sequence
from typing import Final

from bot.i18n import Html, Locale
from bot.languages import Language
from bot.people_filter import PeopleFilter
from bot.programme.markup import shortened
from bot.programme.model import Seminar

_NAME: Final = 40
_NAMES: Final = 12  # that a line lists; of more it says how many


def people_words(_: Locale, seminar: Seminar, people: PeopleFilter) -> str:
    """Who is in a filter of people, in a line: "groups: A, B · districts: Sughd"; everybody where it sets no limit."""
    titles = {group.key: group.title.get(_.language) for group in seminar.groups}
    groups = [titles.get(key, key) or _.plain("no group") for key in people.groups]
    districts, schools = (
        [one or _.plain("not known") for one in names] for names in (people.districts, people.schools)
    )
    said = []
    if groups:
        said.append(_.plain("groups: {names}", names=_list(groups)))
    if districts:
        said.append(_.plain("districts: {names}", names=_list(districts)))
    if schools:
        said.append(_.plain("schools: {names}", names=_list(schools)))
    said += [Language(one).own_name for one in people.languages]
    return " · ".join(said) or _.plain("all teachers")


def you_see(_: Locale, seminar: Seminar, scope: PeopleFilter) -> list[Html]:
    """The line for who is limited: whom the numbers are about. No line for others."""
    return [] if scope == PeopleFilter() else [_("👁 You see: {people}", people=people_words(_, seminar, scope))]


def _list(names: Sequence[str]) -> str:
    shown = [shortened(one, _NAME) for one in names[:_NAMES]]
    return ", ".join(shown) + (f" … ({len(names)})" if len(names) > _NAMES else "")
