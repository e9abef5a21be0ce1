"""Who a broadcast is for: what an organizer chose, how many those are, and as which conditions a fan-out asks it."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import orjson

from bot import arguments as codec
from bot.access import MEMBERS, Role
from bot.programme.checkin import CheckinKey
from bot.store import absence as absence_store
from bot.store import audience as audience_store
from bot.store import people as people_store
from bot.store import person
from bot.store.person import Person

MOST_NAMED: Final = 30  # people whom one broadcast names
FIRST_NAMES: Final = 3
_ROLES: Final = {
    "teachers": frozenset({Role.TEACHER}),
    "organizers": frozenset({Role.ORGANIZER}),
    "coordinators": frozenset({Role.COORDINATOR}),
}


@dataclass(frozen=True, slots=True)
class Silence:
    """The check-in that somebody has not answered: which, and when it opened."""

    key: CheckinKey
    opens: datetime

    @property
    def data(self) -> dict[str, str]:
        """As the audience "silent" reads it."""
        return {
            "seminar": self.key.seminar,
            "date": self.key.on.isoformat(),
            "slot": self.key.slot.value,
            "opens": self.opens.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class LessonOf:
    """A lesson of a seminar, by its keys."""

    seminar: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Who is missing in a headcount of these groups; empty: of all teachers."""

    headcount: int
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unseen:
    """Who was told of a version of the programme (by the notices `told`) and has not said to have seen it."""

    seminar: str
    version: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets it: `to` is `all`, `teachers`, `organizers`, `coordinators`, `group` or `people` (these numbers).

    The rest narrows that down, and all of it has to hold: the group, the language, who has not answered a check-in (of
    whom nobody knows, and who is not excused), has not done a lesson, is missing in a headcount, has not seen a notice,
    has not confirmed the broadcast of a number.
    Kept as JSON: a new field needs a default.
    """

    to: str
    group: str = ""
    silence: Silence | None = None
    language: str = ""
    people: tuple[int, ...] = ()
    lesson: LessonOf | None = None
    uncounted: Uncounted | None = None
    unseen: Unseen | None = None
    unconfirmed: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are meant."""
        if self.uncounted is not None:
            return _ROLES["teachers"]
        return _ROLES.get(self.to, MEMBERS)

    @property
    def is_plain(self) -> bool:
        """Whether it is a role or a group alone."""
        narrowed = (self.silence, self.language, self.lesson, self.uncounted, self.unseen, self.unconfirmed)
        return self.to != "people" and not any(narrowed)

    @property
    def condition(self) -> str:
        """The names of its conditions in `bot.store.audience`, joined by +."""
        asked = {
            "group": self.group,
            "people": self.to == "people",
            "language": self.language,
            "silent": self.silence,
            "lesson_undone": self.lesson,
            "uncounted": self.uncounted,
            "programme_unseen": self.unseen,
            "unconfirmed": self.unconfirmed,
        }
        return "+".join(name for name, value in asked.items() if value) or "all"

    @property
    def data(self) -> dict[str, object]:
        """What the conditions read."""
        data: dict[str, object] = {"group": self.group}
        if self.language:
            data["language"] = self.language
        if self.to == "people":
            data["people"] = self.people
        if self.silence is not None:
            data |= self.silence.data
        if self.lesson is not None:
            data |= {"seminar": self.lesson.seminar, "lesson": self.lesson.lesson}
        if self.uncounted is not None:
            data |= {"headcount": self.uncounted.headcount, "groups": self.uncounted.groups}
        if self.unseen is not None:
            unseen = self.unseen
            data |= {"seminar": unseen.seminar, "version": unseen.version, "told": unseen.told, "others": []}
        if self.unconfirmed:
            data |= {"unconfirmed": self.unconfirmed}
        return data


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of an audience get a message, and how many others of it have blocked the bot, or are paused.

    `names` are the first of those who get it; empty where they were not asked for.
    """

    recipients: int
    blocked: int
    names: tuple[str, ...] = ()
    paused: int = 0


_MEANT = """
FROM person AS p
WHERE p.state = 'active' AND p.role IN (SELECT value FROM json_each(:roles)) AND ({condition})
"""
# As the fan-out leaves out whom organizers have paused.
_PAUSED = "(p.paused_at IS NOT NULL AND p.role = 'teacher')"
_REACH = f"""
SELECT coalesce(sum(p.reachable AND NOT {_PAUSED}), 0) AS recipients, coalesce(sum(1 - p.reachable), 0) AS blocked,
       coalesce(sum(p.reachable AND {_PAUSED}), 0) AS paused {_MEANT}
"""
_FIRST = f"SELECT p.name {_MEANT} AND p.reachable = 1 AND NOT {_PAUSED} ORDER BY p.id LIMIT {FIRST_NAMES}"
_READERS = f"""
SELECT p.language, count(*) AS n {_MEANT} AND p.reachable = 1 AND NOT {_PAUSED} GROUP BY p.language
"""
_SILENT_PAUSED = f"""
SELECT p.id {_MEANT.replace("person AS p", "person AS p INDEXED BY person_paused")}
   AND p.reachable = 1 AND p.paused_at IS NOT NULL
"""
_LAST = """
SELECT audience FROM broadcast WHERE by_id = ? AND confirmed_at IS NOT NULL AND audience IS NOT NULL
ORDER BY confirmed_at DESC, id DESC LIMIT 1
"""


def packed(audience: Audience) -> str:
    """The audience as it is kept."""
    return codec.write(audience)


def unpacked(text: str) -> Audience:
    """The audience that was kept."""
    return codec.read(Audience, text)


def reach(connection: sqlite3.Connection, audience: Audience) -> Reach:
    """How many people it is for: by the same condition as the fan-out, or by the numbers of the list of the missing.

    Without names, which take longer than a write may: see `with_names`.
    """
    if audience.silence is not None and audience == Audience("teachers", silence=audience.silence):
        missing = absence_store.numbers(connection, audience.silence.key, audience.silence.opens)
        paused = len(_silent_paused(connection, audience))
        return Reach(missing.absent - paused, missing.unreachable, paused=paused)
    row = connection.execute(_asked(_REACH, audience), _values(audience)).fetchone()
    return Reach(row["recipients"], row["blocked"], paused=row["paused"])


def with_names(connection: sqlite3.Connection, audience: Audience) -> Reach:
    """How many people it is for, and the first of them by their names."""
    people = reach(connection, audience)
    if audience.silence is not None and audience == Audience("teachers", silence=audience.silence):
        roll = absence_store.roll_call(connection, audience.silence.key, audience.silence.opens)
        paused = _silent_paused(connection, audience)
        listed = (one for one in roll.people if one.reachable and one.accounted_by is None and one.id not in paused)
        names = tuple(one.name for one in listed)
    else:
        names = tuple(row["name"] for row in connection.execute(_asked(_FIRST, audience), _values(audience)))
    return replace(people, names=names)


def reach_of_each(connection: sqlite3.Connection, audiences: Iterable[Audience]) -> dict[Audience, Reach]:
    """How many people each of these audiences holds."""
    return {audience: reach(connection, audience) for audience in audiences}


def readers(connection: sqlite3.Connection, audience: Audience) -> Mapping[str, int]:
    """How many of those who get it read each language."""
    rows = connection.execute(_asked(_READERS, audience), _values(audience))
    return {row["language"]: row["n"] for row in rows}


def called(connection: sqlite3.Connection, part: str, most: int) -> list[Person]:
    """The first people whom a message can reach who are called like that, in either script (`bot.name_folding`)."""
    found = [person.by_id(connection, number) for number in people_store.called(connection, part, most)]
    return [one for one in found if one is not None]


def last_used(connection: sqlite3.Connection, by_id: int) -> Audience | None:
    """The audience of this organizer's last broadcast that went, or None."""
    row = connection.execute(_LAST, (by_id,)).fetchone()
    return unpacked(row["audience"]) if row else None


def _silent_paused(connection: sqlite3.Connection, audience: Audience) -> set[int]:
    """Who is in it and is paused: few, by an index."""
    query = _SILENT_PAUSED.format(condition=audience_store.condition(audience.condition))
    return {row["id"] for row in connection.execute(query, _values(audience))}


def _asked(query: str, audience: Audience) -> str:
    return query.format(condition=audience_store.condition(audience.condition, at_once=True))


def _values(audience: Audience) -> dict[str, str]:
    return {
        "roles": orjson.dumps(sorted(role.value for role in audience.roles)).decode(),
        "data": orjson.dumps(audience.data).decode(),
    }
