"""Who a broadcast is for: what an organizer chose, how many those are, and as which conditions a fan-out asks it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot import arguments as codec
from bot.access import MEMBERS, Role
from bot.programme.checkin import CheckinKey
from bot.store import absence as absence_store
from bot.store.audience import CONDITIONS


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
class Audience:
    """Who gets it: `to` is `all`, `teachers` or `group` (then `group` is its key).

    With `silence` only those teachers who have not answered that check-in, of whom nobody knows, and who are not
    excused. Kept as JSON: a new field needs a default.
    """

    to: str
    group: str = ""
    silence: Silence | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are meant."""
        return frozenset({Role.TEACHER}) if self.to == "teachers" else MEMBERS

    @property
    def condition(self) -> str:
        """The name of the condition in `bot.store.audience`."""
        if self.silence is not None:
            return "silent"
        return "group" if self.to == "group" else "all"

    @property
    def data(self) -> dict[str, str]:
        """What the condition reads."""
        return {"group": self.group, **(self.silence.data if self.silence else {})}


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of an audience get a message, and how many others of it have blocked the bot.

    `names` are the first of those who get it, where it is for people whom a list has named.
    """

    recipients: int
    blocked: int
    names: tuple[str, ...] = ()


_REACH = """
SELECT coalesce(sum(p.reachable), 0) AS recipients, coalesce(sum(1 - p.reachable), 0) AS blocked FROM person AS p
WHERE p.state = 'active' AND p.role IN (SELECT value FROM json_each(:roles)) AND ({condition})
"""


def packed(audience: Audience) -> str:
    """The audience as it is kept."""
    return codec.write(audience)


def unpacked(text: str) -> Audience:
    """The audience that was kept."""
    return codec.read(Audience, text)


def reach(connection: sqlite3.Connection, audience: Audience) -> Reach:
    """How many people it is for: by the same condition as the fan-out, or by the numbers of the list of the missing.

    Without names, which take longer than a write may: see `first_names`.
    """
    if (silence := audience.silence) is not None:
        missing = absence_store.numbers(connection, silence.key, silence.opens)
        return Reach(missing.absent, missing.unreachable)
    values = {
        "roles": orjson.dumps(sorted(role.value for role in audience.roles)).decode(),
        "data": orjson.dumps(audience.data).decode(),
    }
    row = connection.execute(_REACH.format(condition=CONDITIONS[audience.condition]), values).fetchone()
    return Reach(row["recipients"], row["blocked"])


def first_names(connection: sqlite3.Connection, audience: Audience) -> tuple[str, ...]:
    """The names of the first of those who get it, where it is for people whom a list has named; else none."""
    if (silence := audience.silence) is None:
        return ()
    roll = absence_store.roll_call(connection, silence.key, silence.opens)
    return tuple(one.name for one in roll.people if one.reachable and one.accounted_by is None)


def reach_of_each(connection: sqlite3.Connection, audiences: Iterable[Audience]) -> dict[Audience, Reach]:
    """How many people each of these audiences holds."""
    return {audience: reach(connection, audience) for audience in audiences}
