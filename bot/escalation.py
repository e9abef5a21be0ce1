"""What an alert can be about, and the one table of what follows while nobody takes it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class AlertKind(StrEnum):
    """What an alert is about. The values stand in databases; those of calls are those of `HelpKind`."""

    HELP = "help"
    UNWELL = "unwell"
    LOST = "lost"
    QUESTION = "question"
    OTHER = "other"
    MOOD = "mood"  # somebody had a hard day
    ABSENT = "absent"  # people have not answered a check-in: one alert for all of them
    UNREACHABLE = "unreachable"  # somebody has blocked the bot, or their account is gone
    UNDELIVERED = "undelivered"  # Telegram has refused messages
    UNHANDLED = "unhandled"  # updates that the bot could not handle
    BACKUP = "backup"  # a safety copy could not be made

    @property
    def is_call(self) -> bool:
        """Whether somebody calls, and hears what becomes of it."""
        return self in _CALLS

    @property
    def urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return self in _URGENT


_URGENT: Final = frozenset({AlertKind.HELP, AlertKind.UNWELL, AlertKind.LOST})
_CALLS: Final = _URGENT | {AlertKind.QUESTION, AlertKind.OTHER}


class Circle(StrEnum):
    """Whom a step tells."""

    NOBODY = "nobody"  # it only begins to count
    DUTY = "duty"  # who is on duty, and who is next; everybody where nobody is scheduled
    ALL = "all"


class Step(NamedTuple):
    """What follows `after` the step before, or after the alert: whom it tells, with a sound.

    `phones`: with the seminar's phone numbers. `caller`: who called reads that nobody has answered, and whom to call.
    """

    after: timedelta
    to: Circle
    phones: bool = False
    caller: bool = False


@dataclass(frozen=True, slots=True)
class Escalation:
    """How loud an alert is, and what follows while nobody takes it.

    `loud`: it rings for who is on duty, and for everybody where nobody is; else it rings for nobody.
    """

    loud: bool = True
    steps: tuple[Step, ...] = ()

    def due_after(self, level: int) -> timedelta | None:
        """How long after this many steps the next one is due; None: none follows."""
        return self.steps[level].after if level < len(self.steps) else None


_SOS: Final = timedelta(minutes=3)
_WAITS: Final = timedelta(minutes=15)

_SOS_STEPS: Final = Escalation(
    steps=(Step(_SOS, Circle.DUTY, caller=True), Step(_SOS, Circle.ALL, phones=True)),
)
_QUESTION_STEPS: Final = Escalation(
    steps=(Step(_WAITS, Circle.DUTY, caller=True), Step(_WAITS, Circle.ALL, phones=True)),
)
_STAFF_STEPS: Final = Escalation(steps=(Step(_WAITS, Circle.DUTY), Step(_WAITS, Circle.ALL, phones=True)))
# The first step of an absence makes no sound: its minutes count from when the bot sees that the list was sent.
_ABSENT_STEPS: Final = Escalation(steps=(Step(timedelta(0), Circle.NOBODY), *_STAFF_STEPS.steps))
_NONE: Final = Escalation()
# It is told of once, a moment later, without a sound: many may block the bot at once.
_SILENT: Final = Escalation(loud=False, steps=(Step(timedelta(0), Circle.ALL),))

ESCALATIONS: Final[Mapping[AlertKind, Escalation]] = MappingProxyType(
    {
        AlertKind.HELP: _SOS_STEPS,
        AlertKind.UNWELL: _SOS_STEPS,
        AlertKind.LOST: _SOS_STEPS,
        AlertKind.QUESTION: _QUESTION_STEPS,
        AlertKind.OTHER: _QUESTION_STEPS,
        AlertKind.MOOD: _STAFF_STEPS,
        AlertKind.ABSENT: _ABSENT_STEPS,
        AlertKind.UNREACHABLE: _SILENT,
        AlertKind.UNDELIVERED: _NONE,
        AlertKind.UNHANDLED: _NONE,
        AlertKind.BACKUP: _NONE,
    }
)
