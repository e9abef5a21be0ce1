"""The check-ins at their hours, and the one quiet nudge."""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer

from bot.access import Role
from bot.clock import from_text
from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.programme.checkin import CheckinKey, Slot, Window, window_of, windows_around
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import checkin as checkin_view

_TEACHERS: Final = frozenset({Role.TEACHER})

# Not a `Moment`: rows have always held it without milliseconds, and the audience "silent" compares it as text.
OpensAt = Annotated[datetime, BeforeValidator(from_text), PlainSerializer(datetime.isoformat)]


@dataclass(frozen=True, slots=True)
class CheckinOf:
    """The check-in of this slot of this date of this seminar."""

    seminar: str
    date: dt.date
    slot: Slot

    @property
    def key(self) -> CheckinKey:
        """By what its answers are kept."""
        return CheckinKey(self.seminar, self.date, self.slot)


@dataclass(frozen=True, slots=True)
class SilenceOf(CheckinOf):
    """Who has not answered a check-in. The audience "silent" reads all of it."""

    opens: OpensAt


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """The check-ins around a moment, and their nudges. Neither is sent once organizers are told."""
    for window in windows_around(seminar, now):
        yield ASK.occurrence(
            CheckinOf(window.seminar, window.on, window.slot),
            key=ask_occurrence(window),
            due_at=window.opens,
            expires_at=window.alert,
            roles=_TEACHERS,
        )
        yield NUDGE.occurrence(
            SilenceOf(window.seminar, window.on, window.slot, window.opens),
            key=_nudge_occurrence(window),
            due_at=window.nudge,
            expires_at=window.alert,
            roles=_TEACHERS,
            audience="silent",
        )


def ask_occurrence(window: Window) -> str:
    """What everyone's rows of a check-in share."""
    return occurrence_of(CheckinOf(window.seminar, window.on, window.slot))


def occurrence_of(asked: CheckinOf) -> str:
    """What everyone's rows of the question share that these arguments are about."""
    return f"checkin:{asked.date.isoformat()}:{asked.slot}"


def keys(window: Window, person_id: int) -> tuple[str, str]:
    """The keys of a person's rows of a check-in: the question, and the reminder."""
    question, reminder = ask_occurrence(window), _nudge_occurrence(window)
    return f"{question}:person-{person_id}", f"{reminder}:person-{person_id}"


def _nudge_occurrence(window: Window) -> str:
    return f"nudge:{window.on.isoformat()}:{window.slot}"


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_is_asked(connection: sqlite3.Connection, asked: CheckinOf, row: Row) -> bool:
    """Who is excused is asked how the day was, but not whether they are there."""
    if row.person_id is None:
        return False
    is_asked = absence_store.is_missing if asked.slot is Slot.MORNING else absence_store.is_silent
    return is_asked(connection, asked.key, row.person_id)


def _load_is_missing(connection: sqlite3.Connection, asked: SilenceOf, row: Row) -> bool:
    return row.person_id is not None and absence_store.is_missing(connection, asked.key, row.person_id)


def _ask(given: Rendering[CheckinOf, bool]) -> Screen | None:
    window = window_of(given.seminar, given.arguments.key)
    return checkin_view.ask(given.locale, window, given.recipient.name) if window and given.context else None


def _nudge(given: Rendering[SilenceOf, bool]) -> Screen | None:
    window = window_of(given.seminar, given.arguments.key)
    return checkin_view.nudge(given.locale, window, given.recipient.name) if window and given.context else None


ASK = MessageType(
    "checkin.ask",
    CheckinOf,
    _load_is_asked,
    _ask,
    priority=Priority.CHECKIN,
    title=lambda _: _.plain("Check-in"),
    catch_up="checkin",
    repeatable=True,
)
NUDGE = MessageType(
    "checkin.nudge",
    SilenceOf,
    _load_is_missing,
    _nudge,
    priority=Priority.NUDGE,
    title=lambda _: _.plain("Reminder to the silent"),
    at_most_once=True,
    repeatable=True,
)
MESSAGE_TYPES = (ASK, NUDGE)
