"""Which people, and which days, sessions and lessons, figures and files are about. Pure."""

from dataclasses import dataclass
from typing import TypeVar

from bot.languages import Language

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people; an empty tuple sets no limit of its sort, and all limits have to hold.

    Groups by their keys, "" for people without one; districts and schools as the roster writes them, "" for unknown.
    """

    groups: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()

    def within(self, scope: "PeopleFilter") -> "PeopleFilter | None":
        """Who is in both; None where nobody can be."""
        groups = _both(self.groups, scope.groups)
        districts = _both(self.districts, scope.districts)
        schools = _both(self.schools, scope.schools)
        languages = _both(self.languages, scope.languages)
        if groups is None or districts is None or schools is None or languages is None:
            return None
        return PeopleFilter(groups, districts, schools, languages)


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What figures are about. Days by their numbers; None: from the beginning, and up to now.

    `session` and `lesson` are keys.
    """

    people: PeopleFilter = PeopleFilter()
    first_day: int | None = None
    last_day: int | None = None
    session: str | None = None
    lesson: str | None = None


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...] | None:
    """What both limits let through; None for nothing, as an empty tuple is no limit."""
    if not one or not other:
        return one or other
    return tuple(value for value in one if value in other) or None
