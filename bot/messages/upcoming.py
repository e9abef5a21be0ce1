"""What the bot will send by itself until tomorrow night, and what organizers decided about it.

Decisions apply in one place, `overridden`, in the transaction that schedules: a decision that is committed counts.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2s
from typing import NamedTuple

from bot import arguments as codec
from bot.delivery import planner
from bot.delivery.planner import FeaturePlanner
from bot.messages import absence as absence_messages
from bot.messages import checkin as checkin_messages
from bot.messages.checkin import CheckinOf
from bot.programme.checkin import window_of
from bot.programme.model import Seminar
from bot.store import upcoming as upcoming_store
from bot.store.fanout import Occurrence
from bot.store.upcoming import Decision, Limit, Override

_FOLLOW = frozenset({checkin_messages.NUDGE.name, absence_messages.ALERT.name})


@dataclass(frozen=True, slots=True)
class Planned:
    """What the planners knew at the moment `now` of what is sent until tomorrow night and of use still."""

    seminar: Seminar
    now: datetime
    occurrences: tuple[Occurrence, ...]


class Refused(NamedTuple):
    """A limit, and the moment that it is about."""

    limit: Limit
    bound: datetime


@dataclass(frozen=True, slots=True)
class Usefulness:
    """When an occurrence can be sent: from `earliest` on and before `latest`, and why not at other times."""

    earliest: datetime
    too_early: Limit
    latest: datetime
    too_late: Limit

    def refusal(self, at: datetime, now: datetime) -> Refused | None:
        """What speaks against sending it `at` this moment; None: nothing."""
        if at < now:
            return Refused(Limit.PAST, now)
        if at < self.earliest:
            return Refused(self.too_early, self.earliest)
        return Refused(self.too_late, self.latest) if at >= self.latest else None


def token(event: str) -> str:
    """What stands for an occurrence's key in buttons, which have no room for it."""
    return blake2s(event.encode(), digest_size=6).hexdigest()


def last_moment(seminar: Seminar, now: datetime) -> datetime:
    """The midnight after tomorrow, where the seminar is."""
    return _midnight(seminar, seminar.today(now) + timedelta(days=2))


def planned(seminar: Seminar, now: datetime, planners: Sequence[FeaturePlanner]) -> Planned:
    """What the planners know of what is sent until tomorrow night; also what has been sent by now."""
    end = last_moment(seminar, now)
    moments = (now, end - timedelta(hours=36), end - timedelta(hours=12), end - timedelta(seconds=1))
    known: dict[str, Occurrence] = {}
    for moment in moments:
        for one in planner.around(seminar, moment, planners):
            known.setdefault(one.key, one)
    coming = tuple(one for one in known.values() if one.due_at < end and one.expires_at > now)
    return Planned(seminar, now, coming)


def question_of(occurrence: Occurrence) -> str | None:
    """The key of the check-in that a reminder or a list of who is absent follows; None for everything else."""
    if occurrence.kind not in _FOLLOW:
        return None
    return checkin_messages.occurrence_of(codec.read(CheckinOf, occurrence.data))


def overridden(connection: sqlite3.Connection, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """What is sent of the occurrences that are planned, and when, after what organizers decided."""
    decided = decisions(connection, occurrences)
    if not decided:
        return [*occurrences]
    return [sent for one in occurrences if (sent := effective(one, decided)) is not None]


def decisions(connection: sqlite3.Connection, occurrences: Sequence[Occurrence]) -> dict[str, Override]:
    """What was decided about these occurrences, and about the check-ins that they follow."""
    keys = {one.key for one in occurrences} | {key for one in occurrences if (key := question_of(one))}
    return upcoming_store.get(connection, keys)


def effective(occurrence: Occurrence, decided: Mapping[str, Override]) -> Occurrence | None:
    """The occurrence as it is sent, None when it is not. A decision about another time than is planned now is void."""
    if follows_skipped(occurrence, decided):
        return None
    mine = decided.get(occurrence.key)
    if mine is None:
        return occurrence
    if mine.decision is Decision.SKIP:
        return None
    if mine.decision.moves and mine.planned_at == occurrence.due_at:
        return replace(occurrence, due_at=mine.due_at)
    return occurrence


def as_planned(occurrence: Occurrence, decided: Mapping[str, Override]) -> Occurrence:
    """What is scheduled already, at the moment for which it was planned before anybody decided."""
    mine = decided.get(occurrence.key)
    return replace(occurrence, due_at=mine.planned_at) if mine is not None else occurrence


def follows_skipped(occurrence: Occurrence, decided: Mapping[str, Override]) -> bool:
    """Whether it is about who has not answered a check-in that is not asked.

    Silence means nothing then: nobody is reminded, and no list says who is absent. Nor is anybody reminded at once who
    is asked late, because the check-in was skipped until the hour of its reminder.
    """
    question = decided.get(question_of(occurrence) or "")
    if question is None:
        return False
    if question.decision is Decision.KEEP and occurrence.kind == checkin_messages.NUDGE.name:
        return question.at >= occurrence.due_at
    return question.decision is Decision.SKIP


def usefulness(
    seminar: Seminar, occurrence: Occurrence, occurrences: Sequence[Occurrence], decided: Mapping[str, Override]
) -> Usefulness:
    """When an occurrence can be sent, beside the others as they are decided."""
    if occurrence.kind == checkin_messages.ASK.name:
        return _of_question(seminar, occurrence, occurrences, decided)
    question = question_of(occurrence)
    if question is not None:
        asked_at = _sent_at(question, occurrences, decided) or occurrence.due_at
        return Usefulness(asked_at, Limit.UNASKED, occurrence.expires_at, Limit.USELESS)
    its_day = _midnight(seminar, seminar.today(occurrence.due_at))
    return Usefulness(its_day, Limit.ANOTHER_DAY, occurrence.expires_at, Limit.USELESS)


def _of_question(
    seminar: Seminar, occurrence: Occurrence, occurrences: Sequence[Occurrence], decided: Mapping[str, Override]
) -> Usefulness:
    asked = codec.read(CheckinOf, occurrence.data)
    window = window_of(seminar, asked.key)
    opens = window.opens if window else occurrence.due_at
    reminders = [_sent_at(one.key, occurrences, decided) for one in occurrences if question_of(one) == occurrence.key]
    first = min((at for at in reminders if at is not None), default=occurrence.expires_at)
    return Usefulness(opens, Limit.CLOSED, min(first, occurrence.expires_at), Limit.REMINDER)


def _sent_at(key: str, occurrences: Sequence[Occurrence], decided: Mapping[str, Override]) -> datetime | None:
    own = next((one for one in occurrences if one.key == key), None)
    sent = effective(own, decided) if own is not None else None
    return sent.due_at if sent is not None else None


def _midnight(seminar: Seminar, on: date) -> datetime:
    return seminar.moment((on - seminar.first).days + 1, time())
