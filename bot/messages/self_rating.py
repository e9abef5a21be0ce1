"""On the first day and on the last one teachers are asked what they can do; once more where they have not answered."""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.programme.self_rating import Occasion, RatingTime, aspects_of, time_of, times_of
from bot.screen import Screen
from bot.store import self_rating as self_rating_store
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import self_rating as self_rating_view

_TEACHERS: Final = frozenset({Role.TEACHER})
_TTL: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class RatingOf:
    """The self-rating of an occasion of the seminar that starts on this date; `again`: the reminder."""

    seminar: str
    starts_on: dt.date
    occasion: Occasion
    again: bool = False


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """Both occasions, each with its reminder; neither is sent once nobody can answer."""
    for one in times_of(seminar):
        for again, due_at in ((False, one.opens), (True, one.reminds)):
            if now < one.ends:
                yield ASK.occurrence(
                    RatingOf(seminar.key, seminar.first, one.occasion, again),
                    key=occurrence(one) + (":again" if again else ""),
                    due_at=due_at,
                    expires_at=one.reminds if not again else one.ends,
                    roles=_TEACHERS,
                )


def occurrence(one: RatingTime) -> str:
    """What everybody's rows of an occasion share."""
    return f"self_rating:{one.occasion}:{one.on.isoformat()}"


def for_one(someone: Person, seminar: Seminar, one: RatingTime, due_at: datetime) -> Draft:
    """The question for somebody who joined after the others were asked."""
    return ASK.draft(
        RatingOf(seminar.key, seminar.first, one.occasion),
        key=f"{occurrence(one)}:person-{someone.id}",
        occurrence=occurrence(one),
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=due_at,
        expires_at=max(one.ends_for(due_at), due_at + _TTL),
    )


def _load_answered(connection: sqlite3.Connection, asked: RatingOf, row: Row) -> frozenset[str]:
    if row.person_id is None:
        return frozenset()
    return self_rating_store.answered(
        connection, row.person_id, (asked.seminar, asked.starts_on.isoformat()), asked.occasion
    )


def _render(given: Rendering[RatingOf, frozenset[str]]) -> Screen | None:
    asked, aspects = given.arguments, aspects_of(given.seminar)
    missing = [one for one in aspects if one not in given.context]
    when = time_of(given.seminar, asked.occasion)
    is_other = (asked.seminar, asked.starts_on) != (given.seminar.key, given.seminar.first)
    if is_other or when is None or given.now >= when.latest or not missing:
        return None
    if given.context and not asked.again:
        return None
    return self_rating_view.invitation(given.locale, asked.occasion, len(aspects), again=asked.again)


ASK = MessageType(
    "self_rating",
    RatingOf,
    _load_answered,
    _render,
    priority=Priority.LESSON,
    title=lambda _: _.plain("Self-rating"),
    repeatable=True,
)
MESSAGE_TYPES = (ASK,)
