"""How a simulated organizer changes the programme: which changes, and the way from /programme to a published version.

Whatever is pressed is found by what the phone shows, session by session.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import Enum, auto

from bot.buttons.programme import (
    ProgrammeAdd,
    ProgrammeBringBack,
    ProgrammeCancel,
    ProgrammeConfirm,
    ProgrammeDay,
    ProgrammeDraft,
    ProgrammeHistory,
    ProgrammePublish,
    ProgrammeRebase,
    ProgrammeSession,
    ProgrammeTime,
    ProgrammeType,
    ProgrammeVersion,
)
from bot.languages import Language
from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal import ui_driver
from rehearsal.actions import MINUTE, Action, PlannedAction
from rehearsal.telegram.model import Message
from rehearsal.user import SimulatedUser

REASONS = {
    Language.TAJIK: "Автобус дер мекунад <ва> роҳ баста аст.",
    Language.RUSSIAN: "Автобус опаздывает <и> дорога закрыта.",
    Language.ENGLISH: "The bus is late <and> the road is closed.",
    Language.KOREAN: "버스가 늦고 <길이> 막혔습니다.",
}
NOTES = {
    Language.TAJIK: "Дафтар & қалам гиред.",
    Language.RUSSIAN: "Возьмите тетрадь & ручку.",
    Language.ENGLISH: "Bring a notebook & a pen.",
    Language.KOREAN: "공책 & 펜을 가져오세요.",
}
_LABEL = re.compile(r"(❌ )?(\d\d):(\d\d) ")
_STEP = MINUTE / 2  # from a screen to the next press
_LEAD = 75 * MINUTE  # what begins sooner is left alone: to publish takes a while


class Edit(Enum):
    """What is changed of a session."""

    LATER = auto()  # by a quarter of an hour
    AN_HOUR_EARLIER = auto()  # a departure, where the day has one
    CANCELLED = auto()
    BROUGHT_BACK = auto()
    NOTED = auto()


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """Edits of sessions of the day that are published together; without edits, the version before is brought back."""

    day: int
    at: time
    edits: tuple[Edit, ...] = ()
    with_reason: bool = False


_MORNING, _NEXT, _BESIDE = time(10, 20), time(11, 40), time(10, 28)
_OF_WEEK: dict[int, list[tuple[time, tuple[Edit, ...], bool]]] = {  # when, what, and whether a reason is written
    1: [(_MORNING, (Edit.LATER, Edit.NOTED), True)],
    2: [(_MORNING, (Edit.CANCELLED,), True), (_NEXT, (), False)],
    4: [(_MORNING, (Edit.NOTED, Edit.LATER, Edit.LATER), False)],
    5: [(_MORNING, (Edit.CANCELLED,), False), (_NEXT, (Edit.BROUGHT_BACK,), True)],
    6: [(_MORNING, (Edit.AN_HOUR_EARLIER,), True)],
}


def changes_on_duty(days: int) -> tuple[ProgrammeChange, ...]:
    """What the organizer on duty changes in so many days, in the order of time."""
    every = ((day, one) for day in range(1, days + 1) for one in _OF_WEEK.get((day - 1) % 7 + 1, []))
    return tuple(ProgrammeChange(day, at, edits, reason) for day, (at, edits, reason) in every)


def change_beside() -> tuple[ProgrammeChange, ...]:
    """What the second organizer begins while the first one publishes: they collide once."""
    return (ProgrammeChange(2, _BESIDE, (Edit.NOTED,)),)


class ProgrammeEditor:
    """Leads an organizer through the screens, one change after the other; each begins with a written /programme."""

    def __init__(self, user: SimulatedUser, seminar: Seminar, changes: Iterable[ProgrammeChange]) -> None:
        self.changes = tuple(changes)
        self._user = user
        self._seminar = seminar
        self._coming = iter(self.changes)
        self._change: ProgrammeChange | None = None
        self._edits: list[Edit] = []
        self._starts = time()  # when the session begins that was opened
        self._started = False  # the edit at hand: its session was opened, and something was pressed there
        self._reason_written = False
        self._base: int | None = None  # what stood before the last version of this organizer's

    def react_to(self, message: Message) -> list[PlannedAction]:
        """What is pressed or written on a screen of /programme; nothing on any other."""
        offered = list(ui_driver.payloads(message))
        kinds = {type(one) for one in offered}
        if {ProgrammeDay, ProgrammeHistory} <= kinds:
            return self._on_days(offered)
        if self._change is None:
            return []
        if ProgrammeAdd in kinds:
            return self._on_day(message)
        if kinds & {ProgrammeType, ProgrammeCancel}:
            return self._on_session(offered)
        return self._on_draft(offered) or self._on_versions(offered)

    def _on_days(self, offered: list[Payload]) -> list[PlannedAction]:
        """A change begins."""
        self._change = next(self._coming, None)
        if self._change is None:
            return []
        self._edits, self._started, self._reason_written = list(self._change.edits), False, False
        if not self._edits:
            return _press(next(one for one in offered if isinstance(one, ProgrammeHistory)))
        on = self._seminar.date_of(self._change.day)
        return _press(*(one for one in offered if one == ProgrammeDay(on)))

    def _on_day(self, message: Message) -> list[PlannedAction]:
        """Open the session of the next edit that is possible; when none is left, the draft, where there is one."""
        self._started = False
        while self._edits:
            sessions = list(self._candidates(message, self._edits[0]))
            if sessions:
                about = (self._change.day if self._change else 0, len(self._edits), self._edits[0].name)
                payload, self._starts = self._user.rng("programme", *about).choice(sessions)
                return _press(payload)
            self._edits.pop(0)
        return _press(*(one for one in ui_driver.payloads(message) if isinstance(one, ProgrammeDraft)))

    def _candidates(self, message: Message, edit: Edit) -> Iterator[tuple[ProgrammeSession, time]]:
        """The sessions on the phone of which this can be changed in time, and when each begins."""
        sessions = []
        for row in message.keyboard:
            for button in row:
                payload = ui_driver.payload_of(button)
                label = _LABEL.match(button.text)
                if isinstance(payload, ProgrammeSession) and label is not None:
                    starts = time(int(label[2]), int(label[3]))
                    if self._seconds_until(starts) >= _LEAD and (label[1] is not None) == (edit is Edit.BROUGHT_BACK):
                        sessions.append((payload, starts))
        if edit is Edit.AN_HOUR_EARLIER:
            departures = {one.key for day in self._seminar.days for one in day.sessions if one.departure}
            sessions = [one for one in sessions if one[0].session in departures] or sessions
        yield from sessions

    def _seconds_until(self, at: time) -> float:
        assert self._change is not None
        starts = datetime.combine(self._seminar.date_of(self._change.day), at, self._seminar.zone)
        return (starts.astimezone(UTC) - self._user.account.world.clock.now()).total_seconds()

    def _on_session(self, offered: list[Payload]) -> list[PlannedAction]:
        """Make the edit; once it is shown, go on."""
        if not self._started and self._edits:
            self._started = True
            return self._make(self._edits[0], offered)
        if self._started:
            self._started = False
            self._edits.pop(0)
        onward = ProgrammeDay if self._edits else ProgrammeDraft
        return _press(*(one for one in offered if isinstance(one, onward)))

    def _make(self, edit: Edit, offered: list[Payload]) -> list[PlannedAction]:
        match edit:
            case Edit.LATER | Edit.AN_HOUR_EARLIER:
                start = self._starts.hour * 60 + self._starts.minute + (15 if edit is Edit.LATER else -60)
                return _press(*(one for one in offered if isinstance(one, ProgrammeTime) and one.start == start))
            case Edit.CANCELLED | Edit.BROUGHT_BACK:
                return _press(*(one for one in offered if isinstance(one, ProgrammeCancel)))
            case Edit.NOTED:
                asks = [one for one in offered if isinstance(one, ProgrammeType) and one.what == "note"]
                return [*_press(*asks), PlannedAction(6 * MINUTE, self._in_each_language(NOTES))]

    def _on_draft(self, offered: list[Payload]) -> list[PlannedAction]:
        """A draft, what others have published meanwhile, or the question whether to publish and why."""
        for payload in offered:
            match payload:
                case ProgrammeConfirm() | ProgrammeRebase():
                    return _press(payload)
                case ProgrammePublish(base=base):
                    assert self._change is not None
                    if self._change.with_reason and not self._reason_written:
                        self._reason_written = True
                        return [PlannedAction(_STEP, self._in_each_language(REASONS))]
                    self._base = base
                    return _press(payload)
        return []

    def _on_versions(self, offered: list[Payload]) -> list[PlannedAction]:
        """Bring back what stood before this organizer's last version."""
        for payload in offered:
            match payload:
                case ProgrammeBringBack():
                    return _press(payload)
                case ProgrammeVersion(version=number) if number == self._base:
                    return _press(payload)
        return []

    def _in_each_language(self, texts: dict[Language, str]) -> Action:
        spoken = self._seminar.languages
        return "\n".join(f"{one.value}: {texts[one]}" for one in spoken) if len(spoken) > 1 else texts[spoken[0]]


def _press(*payloads: Payload) -> list[PlannedAction]:
    """Press the first of them, if there is one."""
    return [PlannedAction(_STEP, payload) for payload in payloads[:1]]
