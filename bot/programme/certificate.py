"""Who has done what a certificate takes, and what somebody lacks of it. Pure rules.

Hours are those of sessions whose attendance is taken. One that has ended and at which nobody was marked counts for
nobody: a percentage is of what people could be marked at. Practice is what people do themselves: the workshops.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple

from bot.programme.certificate_model import CertificateRules, Share
from bot.programme.lesson_model import Lesson
from bot.programme.model import Seminar, Session, SessionKind


class CountedSession(NamedTuple):
    """A session whose hours count; `ends` is a moment in UTC."""

    session: Session
    minutes: int
    ends: datetime

    @property
    def practice(self) -> bool:
        """Whether people do something themselves there."""
        return self.session.kind is SessionKind.WORKSHOP


@dataclass(frozen=True, slots=True)
class Achievement:
    """What somebody has done: the keys of sessions where they were, and of lessons that are done."""

    group: str | None
    sessions: frozenset[str]
    lessons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes that somebody has, of those that the certificate takes, and how many are still to come for them."""

    has: int
    wanted: int
    coming: int

    @property
    def lacking(self) -> int:
        """How many minutes are missing."""
        return max(0, self.wanted - self.has)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is. A part that is not asked for is None; `open_lessons` are those that are not done yet."""

    minutes: int
    attendance: Part | None
    practice: Part | None
    lessons: int
    lessons_wanted: int
    open_lessons: tuple[Lesson, ...]

    @property
    def lacking_lessons(self) -> int:
        """How many lessons are missing."""
        return max(0, self.lessons_wanted - self.lessons)

    @property
    def met(self) -> bool:
        """Whether all is done that the certificate takes."""
        parts = (one.lacking for one in (self.attendance, self.practice) if one is not None)
        return not self.lacking_lessons and not any(parts)


def counted_sessions(seminar: Seminar, group: str | None) -> tuple[CountedSession, ...]:
    """The sessions that people of this group are counted at; all of them for someone in no group."""
    return tuple(_counted(seminar, group))


def _counted(seminar: Seminar, group: str | None) -> Iterator[CountedSession]:
    for day in seminar.days:
        for one in day.sessions_for(group):
            if one.attendance and not one.cancelled:
                yield CountedSession(one, _minutes(one.end) - _minutes(one.start), seminar.moment(day.number, one.end))


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges many people by the rules of one seminar at one moment. Made by `judge_of`."""

    _lessons: tuple[Lesson, ...]
    _rules: CertificateRules
    _now: datetime
    _by_group: Mapping[str | None, tuple[CountedSession, ...]]

    def standing(self, done: Achievement) -> Standing:
        """How far this person is."""
        sessions = self._by_group.get(done.group, self._by_group[None])
        workshops = tuple(one for one in sessions if one.practice)
        rules, open_lessons = self._rules, tuple(one for one in self._lessons if one.key not in done.lessons)
        return Standing(
            minutes=sum(one.minutes for one in sessions if one.session.key in done.sessions),
            attendance=self._part(rules.attendance, sessions, done),
            practice=self._part(rules.practice, workshops, done),
            lessons=len(self._lessons) - len(open_lessons),
            lessons_wanted=rules.lessons_of(len(self._lessons)),
            open_lessons=open_lessons,
        )

    def _part(self, share: Share | None, sessions: tuple[CountedSession, ...], done: Achievement) -> Part | None:
        if share is None:
            return None
        missed = [one for one in sessions if one.session.key not in done.sessions]
        total = sum(one.minutes for one in sessions)
        return Part(
            has=total - sum(one.minutes for one in missed),
            wanted=share.of(total),
            coming=sum(one.minutes for one in missed if one.ends > self._now),
        )


def judge_of(seminar: Seminar, rules: CertificateRules, marked: frozenset[str], now: datetime) -> Judge:
    """The judge of a seminar; `marked` are the sessions where anybody was."""
    by_group = {
        group: tuple(one for one in counted_sessions(seminar, group) if one.ends > now or one.session.key in marked)
        for group in (None, *(one.key for one in seminar.groups))
    }
    return Judge(seminar.lessons, rules, now, by_group)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
