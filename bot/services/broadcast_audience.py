"""Whom a draft to many is for: what there is to choose at the moment, and what a choice makes of its audience."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.programme.checkin import last_opened
from bot.programme.lesson_model import Lesson
from bot.programme.model import Seminar
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import headcount as headcount_store
from bot.store import programme as programme_store
from bot.store import programme_notice as programme_notice_store
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience, LessonOf, Silence, Uncounted, Unseen

_LESSONS: Final = 2  # the last that have been given
_ROLES: Final = frozenset({"all", "teachers", "organizers", "coordinators"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose at the moment; None: there is no such thing."""

    lessons: tuple[Lesson, ...] = ()
    silence: Silence | None = None
    uncounted: Uncounted | None = None
    unseen: Unseen | None = None


def choices(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> Choices:
    """The last lessons and check-in, the newest open headcount, and the notice of the last version."""
    given = [one for one in seminar.lessons if seminar.date_of(one.day) <= seminar.today(now)]
    window, counts = last_opened(seminar, now), headcount_store.all_open(connection, now)
    return Choices(
        tuple(given[-_LESSONS:]),
        Silence(window.key, window.opens) if window is not None else None,
        Uncounted(counts[-1].id, counts[-1].groups) if counts else None,
        _unseen(connection, seminar),
    )


def choose(
    connection: sqlite3.Connection, draft: Broadcast, seminar: Seminar, field: str, value: str, *, now: datetime
) -> Broadcast | None:
    """Choose something for a draft, or take it back where it was chosen; None where there is no such choice."""
    assert draft.by_id is not None
    if field == "last":
        audience = broadcast_audience_store.last_used(connection, draft.by_id)
    else:
        before = draft.audience if draft.audience is not None and draft.audience.to != "people" else Audience("all")
        audience = _with(before, seminar, choices(connection, seminar, now), field, value)
    return None if audience is None else broadcast_store.set_audience(connection, draft.id, draft.by_id, audience)


def _with(before: Audience, seminar: Seminar, offered: Choices, field: str, value: str) -> Audience | None:
    change = _CHANGES.get(field)
    return None if change is None else change(before, seminar, offered, value)


def _role(before: Audience, _seminar: Seminar, _offered: Choices, value: str) -> Audience | None:
    return replace(before, to=value) if value in _ROLES else None


def _group(before: Audience, seminar: Seminar, _offered: Choices, value: str) -> Audience | None:
    if seminar.group(value) is None:
        return None
    to = "all" if before.to == "group" else before.to
    return replace(before, to=to, group="" if before.group == value else value)


def _language(before: Audience, seminar: Seminar, _offered: Choices, value: str) -> Audience | None:
    if value not in {one.value for one in seminar.languages}:
        return None
    return replace(before, language="" if before.language == value else value)


def _lesson(before: Audience, seminar: Seminar, _offered: Choices, value: str) -> Audience | None:
    chosen = LessonOf(seminar.key, value)
    return replace(before, lesson=None if before.lesson == chosen else chosen)


def _silence(before: Audience, _seminar: Seminar, offered: Choices, _value: str) -> Audience | None:
    if before.silence is not None:
        return replace(before, silence=None)
    return replace(before, to="teachers", silence=offered.silence) if offered.silence is not None else None


def _headcount(before: Audience, _seminar: Seminar, offered: Choices, _value: str) -> Audience | None:
    if before.uncounted is not None:
        return replace(before, uncounted=None)
    return replace(before, uncounted=offered.uncounted) if offered.uncounted is not None else None


def _notice(before: Audience, _seminar: Seminar, offered: Choices, _value: str) -> Audience | None:
    if before.unseen is not None:
        return replace(before, unseen=None)
    return replace(before, unseen=offered.unseen) if offered.unseen is not None else None


def _unseen(connection: sqlite3.Connection, seminar: Seminar) -> Unseen | None:
    newest = programme_store.newest(connection, seminar.key)
    if newest is None:
        return None
    told = tuple(row[0] for row in programme_notice_store.of_version(connection, seminar.key, newest.number))
    return Unseen(seminar.key, newest.number, told) if told else None


_CHANGES: Final[Mapping[str, Callable[[Audience, Seminar, Choices, str], Audience | None]]] = {
    "to": _role,
    "group": _group,
    "language": _language,
    "lesson": _lesson,
    "silence": _silence,
    "headcount": _headcount,
    "notice": _notice,
}
