"""Presence: the bot writes down that it is there, and what expired while it was away.

Nothing that expired is sent later: each person gets one card. What the card is about is written down when the bot
comes back, so that the card tells of this outage and no other.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot import arguments as codec
from bot.delivery.planner import FeaturePlanner
from bot.messages import catch_up as catch_up_messages
from bot.programme import outage
from bot.programme.model import Seminar
from bot.store import catch_up as catch_up_store
from bot.store import upcoming as upcoming_store
from bot.store.catch_up import Expired
from bot.store.fanout import Occurrence

_SHORT: Final = timedelta(hours=1)  # in an outage that is shorter nobody misses what is worth a message


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the arguments of different types may hold."""

    slot: str = ""
    lesson: str = ""


def plan(
    seminar: Seminar,
    began: datetime,
    ended: datetime,
    planners: Sequence[FeaturePlanner],
    kinds: Mapping[str, str],
) -> list[Expired]:
    """What expired between two moments; nothing when only minutes were lost, or the seminar is over.

    `kinds` are the types that the card tells of, with what it calls them (`MessageTypes.catch_up`).
    """
    if ended - began < _SHORT or not seminar.first <= seminar.today(ended) <= seminar.last:
        return []
    return [one for one in _everything(seminar, planners, kinds) if began < one.expires_at <= ended]


class Presence:
    """Writes down that the bot is there, and knows whether it has been there since it last did.

    A clock that jumps is no outage: nobody was away. After a start, and after Telegram could not be reached, what is
    written down is not this presence's own. `planners` and `kinds` tell what may have expired meanwhile (see `plan`).
    """

    def __init__(self, planners: Sequence[FeaturePlanner], kinds: Mapping[str, str]) -> None:
        self._planners = planners
        self._kinds = kinds
        self._written: datetime | None = None

    def gone(self) -> None:
        """Telegram cannot be reached: the bot is as far from people as when it is off."""
        self._written = None

    def notice(self, connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
        """The bot is there: write that down, and give the occurrences of its return if it was away.

        When the transaction is undone, the next check finds what was written before, and takes the outage for new.
        """
        last, written = catch_up_store.record_presence(connection, now)
        returns = last is not None and last != self._written
        self._written = written
        if not returns or last is None:
            return ()
        return _returned(connection, seminar, last, now, plan(seminar, last, now, self._planners, self._kinds))


def _returned(
    connection: sqlite3.Connection, seminar: Seminar, began: datetime, now: datetime, expired: Sequence[Expired]
) -> Iterator[Occurrence]:
    """One card for whoever missed something or may have pressed in vain; at night not for who only may have called."""
    skipped = upcoming_store.skipped(connection)  # nobody has missed what an organizer did not let go
    passed = [one for one in catch_up_store.undelivered(connection, expired) if one.key not in skipped]
    if passed:
        catch_up_store.save(connection, began, now, passed)
    lost = outage.lost(seminar, began, now)
    if lost is None:
        if passed:
            yield catch_up_messages.card(began, now)
        return
    if passed or lost.open or (lost.cards and not lost.night) or catch_up_messages.untaken_calls(connection):
        yield catch_up_messages.card(began, now, lost)
    if lost.night and lost.cards:
        yield catch_up_messages.card(began, now, lost, morning=outage.morning_after(seminar, now))


def _everything(seminar: Seminar, planners: Sequence[FeaturePlanner], kinds: Mapping[str, str]) -> Iterator[Expired]:
    occurrences: dict[str, Occurrence] = {}
    for day in seminar.days:
        noon = seminar.moment(day.number, time(12))
        for planner in planners:
            occurrences |= {one.key: one for one in planner(seminar, noon) if one.kind in kinds}
    for one in occurrences.values():
        about = codec.read(_Subject, one.data)
        yield Expired(
            one.key,
            kinds[one.kind],
            seminar.key,
            seminar.today(one.due_at),
            one.due_at,
            one.expires_at,
            one.roles,
            slot=about.slot,
            lesson=about.lesson,
        )
