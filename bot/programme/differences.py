"""What is different between two versions of a programme, session by session."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.languages import Localized
from bot.programme.model import Hours, Seminar, Session

# What people are told of a session; what else it holds is for the bot.
_ARRANGED = ("day", "start", "end", "place", "cancelled", "departure", "groups")
_TEXTS = ("title", "speaker", "note")
_TOLD = (*_ARRANGED, *_TEXTS)


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One session as it was and as it is; None where it is new, or not there any more."""

    before: Session | None
    after: Session | None

    @property
    def key(self) -> str:
        """The session's key."""
        return self._one.key

    @property
    def groups(self) -> frozenset[str] | None:
        """The groups whose day changes, before or after it; None for everyone."""
        sides = [one for one in (self.before, self.after) if one is not None]
        if any(not one.groups for one in sides):
            return None
        return frozenset(key for one in sides for key in one.groups)

    @property
    def days(self) -> frozenset[int]:
        """The numbers of the days that change."""
        return frozenset(one.day for one in (self.before, self.after) if one is not None)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not happen any more, cancelled or left out."""
        was_on = self.before is not None and not self.before.cancelled
        return was_on and (self.after is None or self.after.cancelled)

    @property
    def is_restored(self) -> bool:
        """Whether it happens after all."""
        return self.before is not None and self.before.cancelled and self.after is not None and not self.after.cancelled

    @property
    def is_new(self) -> bool:
        """Whether it was not in the programme before."""
        return self.before is None

    @property
    def is_told(self) -> bool:
        """Whether somebody's day is another than before."""
        return self._is_another(*_TOLD)

    @property
    def is_rearranged(self) -> bool:
        """Whether somebody has to be elsewhere, or at another time, or on time: more than texts is another."""
        return self._is_another(*_ARRANGED)

    def is_read_in(self, language: str) -> bool:
        """Whether readers of this language see anything else than before."""
        before, after = self.before, self.after
        if before is None or after is None or self.is_rearranged:
            return self.is_told
        return self.is_told and any(_read(one, language) != _read(other, language) for one, other in self._texts())

    def seen_by(self, group: str | None) -> "SessionChange | None":
        """The change as people of a group (None: of none, who see all) see it; None where it is none for them.

        Which other groups come along is no news to them.
        """
        before = self.before if self.before is not None and self.before.is_for(group) else None
        after = self.after if self.after is not None and self.after.is_for(group) else None
        if before is None and after is None:
            return None
        if before is not None and after is not None:
            before = replace(before, groups=after.groups)
        seen = replace(self, before=before, after=after)
        return seen if seen.is_told else None

    def is_coming(self, seminar: Seminar, now: datetime) -> bool:
        """Whether it is about something that is not over, as it was or as it is."""
        sides = [one for one in (self.before, self.after) if one is not None]
        return any(seminar.moment(one.day, one.end) > now for one in sides)

    @property
    def _one(self) -> Session:
        one = self.after or self.before
        assert one is not None
        return one

    def _is_another(self, *names: str) -> bool:
        before, after = self.before, self.after
        if before is None or after is None:
            return not self._one.cancelled  # one that does not happen is nobody's, there or not
        if before.cancelled and after.cancelled:
            return False
        return any(getattr(before, name) != getattr(after, name) for name in names)

    def _texts(self) -> Iterator[tuple[Localized | None, Localized | None]]:
        assert self.before is not None
        assert self.after is not None
        for name in _TEXTS:
            yield getattr(self.before, name), getattr(self.after, name)


@dataclass(frozen=True, slots=True)
class HoursChange:
    """When the bot speaks on a day, before and after."""

    day: int
    before: Hours
    after: Hours


Difference = SessionChange | HoursChange


def differences(before: Seminar, after: Seminar) -> tuple[Difference, ...]:
    """Everything that is different, in the order of the days and hours of the newer one."""
    return (*_sessions(before, after), *_hours(before, after))


def to_tell(before: Seminar, after: Seminar, now: datetime) -> tuple[SessionChange, ...]:
    """What people whose day changes are told: the sessions that are another, and not over."""
    changes = (one for one in _sessions(before, after) if one.is_told)
    return tuple(one for one in changes if one.is_coming(after, now))


def untouched_groups(seminar: Seminar, changes: Iterable[SessionChange]) -> tuple[str, ...]:
    """The groups whose day none of the changes is about."""
    changes = tuple(changes)
    return tuple(group.key for group in seminar.groups if not any(one.seen_by(group.key) for one in changes))


def unread_languages(seminar: Seminar, changes: Iterable[SessionChange]) -> tuple[str, ...]:
    """The languages whose readers see nothing else than before: a text was corrected in another one."""
    changes = tuple(changes)
    return tuple(one.value for one in seminar.languages if not any(change.is_read_in(one.value) for change in changes))


def _read(text: Localized | None, language: str) -> str | None:
    return None if text is None else text.get(language)


def _sessions(before: Seminar, after: Seminar) -> Iterator[SessionChange]:
    old = {session.key: session for day in before.days for session in day.sessions}
    new = {session.key: session for day in after.days for session in day.sessions}
    changes = [SessionChange(old.get(key), new.get(key)) for key in {**new, **old} if old.get(key) != new.get(key)]
    yield from sorted(changes, key=lambda change: (min(change.days), _start(change), change.key))


def _start(change: SessionChange) -> str:
    one = change.after or change.before
    return "" if one is None else one.start.isoformat()


def _hours(before: Seminar, after: Seminar) -> Iterator[HoursChange]:
    for day in after.days:
        if before.hours_of(day.number) != after.hours_of(day.number):
            yield HoursChange(day.number, before.hours_of(day.number), after.hours_of(day.number))
