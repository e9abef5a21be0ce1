"""What organizers are told about duty: their shift begins, a shift has nobody, what colleagues ask and answer."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeVar

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.priority import Priority
from bot.programme.duty import DutyPeriod, period
from bot.programme.model import Seminar
from bot.programme.quiet_hours import quiet_hours
from bot.screen import Screen
from bot.store import duty as duty_store
from bot.store import duty_note as duty_note_store
from bot.store import duty_request as duty_request_store
from bot.store import help as help_store
from bot.store import person
from bot.store.claims import Row
from bot.store.duty import DutyTurn, LostTurn
from bot.store.duty_note import DutyNote
from bot.store.duty_request import DutyRequest
from bot.store.help import HelpCall
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import duty_notice as duty_notice_view

A = TypeVar("A")

_TTL: Final = timedelta(days=1)
_NAMED: Final = 5  # shifts of somebody who left


@dataclass(frozen=True, slots=True)
class ShiftOf:
    """The shift of this key that begins on this date."""

    seminar: str
    date: dt.date
    shift: str

    def find(self, seminar: Seminar) -> DutyPeriod | None:
        """It, if it is in this seminar (still)."""
        return period(seminar, self.date, self.shift) if self.seminar == seminar.key else None


@dataclass(frozen=True, slots=True)
class SetBy:
    """An owner (their number) has put the reader on duty in this shift, or taken them off."""

    seminar: str
    date: dt.date
    shift: str
    by: int
    on: bool


@dataclass(frozen=True, slots=True)
class RequestOf:
    """What a colleague asks, or has answered."""

    request: int


@dataclass(frozen=True, slots=True)
class LeftBy:
    """Who was on duty and is not any more, and the first of their shifts, as `2025-08-04 night`."""

    person: int
    seminar: str
    shifts: tuple[str, ...]


class _Started(NamedTuple):
    colleagues: tuple[DutyTurn, ...]
    notes: tuple[DutyNote, ...]
    calls: tuple[HelpCall, ...]


def begins(seminar: Seminar, one: DutyPeriod, reader: Person, now: datetime) -> Draft:
    """Word to who is on duty from the beginning of this shift on."""
    return _draft(BEGINS, _shift_of(seminar, one), f"duty.begins:{_name(one)}", reader, now, until=one.ends)


def nobody(seminar: Seminar, one: DutyPeriod, people: Iterable[Person], *, now: datetime, what: str) -> list[Draft]:
    """Word to all organizers that this shift has nobody; `what` is a key for why they are told."""
    occurrence = f"duty.nobody:{_name(one)}:{what}"
    return [_draft(NOBODY, _shift_of(seminar, one), occurrence, reader, now, until=one.ends) for reader in people]


def set_by(
    seminar: Seminar, one: DutyPeriod, turn: int, by: Person, reader: Person, *, on: bool, now: datetime
) -> Draft:
    """Word to whom an owner has put on duty, or taken off; `turn` is the number of the turn."""
    about = SetBy(seminar.key, one.on, one.shift.key, by.id, on)
    return _draft(SET_BY, about, f"duty.set:{turn}:{int(on)}", reader, now, until=one.ends)


def request(asked: DutyRequest, one: DutyPeriod, reader: Person, now: datetime) -> Draft:
    """What is asked, to whom it is asked."""
    return _draft(REQUEST, RequestOf(asked.id), asked.occurrence, reader, now, until=one.ends)


def answer(asked: DutyRequest, one: DutyPeriod, reader: Person, now: datetime) -> Draft:
    """The answer, to who asked."""
    return _draft(ANSWERED, RequestOf(asked.id), f"{asked.occurrence}:answer", reader, now, until=one.ends)


def left(person_id: int, turns: Sequence[LostTurn], people: Iterable[Person], now: datetime) -> list[Draft]:
    """Word to the organizers who remain that somebody with these turns is on duty no more."""
    shifts = tuple(f"{one.on.isoformat()} {one.shift}" for one in turns[:_NAMED])
    about, occurrence = LeftBy(person_id, turns[0].seminar, shifts), f"duty.left:{max(one.id for one in turns)}"
    return [_draft(LEFT, about, occurrence, reader, now, until=now + _TTL) for reader in people]


def _draft(
    kind: MessageType[A, Any], about: A, occurrence: str, reader: Person, now: datetime, *, until: datetime
) -> Draft:
    return kind.draft(
        about,
        key=f"{occurrence}:person-{reader.id}",
        occurrence=occurrence,
        chat_id=reader.telegram_id,
        person_id=reader.id,
        due_at=now,
        expires_at=until,
    )


def _name(one: DutyPeriod) -> str:
    return ":".join(one.key)


def _shift_of(seminar: Seminar, one: DutyPeriod) -> ShiftOf:
    return ShiftOf(seminar.key, one.on, one.shift.key)


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_started(connection: sqlite3.Connection, about: ShiftOf, row: Row) -> _Started | None:
    """What the reader should know; None when they are not on duty in that shift any more."""
    turns = duty_store.of_date(connection, about.seminar, about.date, about.shift)
    if all(turn.person_id != row.person_id for turn in turns):
        return None
    return _Started(
        tuple(turn for turn in turns if turn.person_id != row.person_id),
        duty_note_store.of(connection, about.seminar, about.date, about.shift),
        tuple(help_store.active(connection)),
    )


def _begins(given: Rendering[ShiftOf, _Started | None]) -> Screen | None:
    one, started = given.arguments.find(given.seminar), given.context
    if one is None or started is None or not one.starts <= given.now < one.ends:
        return None
    return _by_night(given.seminar, given.now, duty_notice_view.begins(given.locale, given.seminar, one, *started))


def _load_somebody(connection: sqlite3.Connection, about: ShiftOf, _row: Row) -> bool:
    return bool(duty_store.of_date(connection, about.seminar, about.date, about.shift))


def _nobody(given: Rendering[ShiftOf, bool]) -> Screen | None:
    one = given.arguments.find(given.seminar)
    if one is None or given.context or given.now >= one.ends:
        return None
    started = one.starts <= given.now
    return _by_night(
        given.seminar, given.now, duty_notice_view.nobody(given.locale, given.seminar, one, started=started)
    )


def _load_setter(connection: sqlite3.Connection, about: SetBy, _row: Row) -> str:
    setter = person.by_id(connection, about.by)
    return setter.name if setter is not None else ""


def _set_by(given: Rendering[SetBy, str]) -> Screen | None:
    about = given.arguments
    one = ShiftOf(about.seminar, about.date, about.shift).find(given.seminar)
    if one is None or given.now >= one.ends:
        return None
    screen = duty_notice_view.set_by(given.locale, given.seminar, one, given.context, on=about.on)
    return _by_night(given.seminar, given.now, screen)


def _load_request(connection: sqlite3.Connection, about: RequestOf, _row: Row) -> DutyRequest | None:
    return duty_request_store.get(connection, about.request)


def _request(given: Rendering[RequestOf, DutyRequest | None]) -> Screen | None:
    asked, seminar = given.context, given.seminar
    if asked is None or asked.state != "asked":
        return None
    one = ShiftOf(asked.seminar, asked.on, asked.shift).find(seminar)
    other = ShiftOf(asked.seminar, asked.other_on, asked.other_shift or "").find(seminar) if asked.other_on else None
    if one is None or (asked.other_on is not None and other is None):
        return None
    return _by_night(seminar, given.now, duty_notice_view.request(given.locale, seminar, asked, one, other))


def _answered(given: Rendering[RequestOf, DutyRequest | None]) -> Screen | None:
    asked = given.context
    one = ShiftOf(asked.seminar, asked.on, asked.shift).find(given.seminar) if asked is not None else None
    if asked is None or one is None or asked.state not in {"agreed", "refused"}:
        return None
    return _by_night(given.seminar, given.now, duty_notice_view.answered(given.locale, given.seminar, asked, one))


def _load_left(connection: sqlite3.Connection, about: LeftBy, _row: Row) -> str:
    someone = person.by_id(connection, about.person)
    return someone.name if someone is not None else ""


def _left(given: Rendering[LeftBy, str]) -> Screen | None:
    about, seminar = given.arguments, given.seminar
    named = (one.split(" ") for one in about.shifts)
    found = (ShiftOf(about.seminar, dt.date.fromisoformat(on), shift).find(seminar) for on, shift in named)
    screen = duty_notice_view.left(given.locale, seminar, given.context, [one for one in found if one is not None])
    return _by_night(seminar, given.now, screen)


def _by_night(seminar: Seminar, now: datetime, screen: Screen) -> Screen:
    """In quiet hours without a sound: who has the night knows it, and the alerts themselves do ring."""
    return replace(screen, silent=quiet_hours(seminar, now) is not None)


def _title(_: Locale) -> str:
    return _.plain("Who is on duty")


BEGINS = MessageType("duty.begins", ShiftOf, _load_started, _begins, priority=Priority.ALERT, title=_title)
NOBODY = MessageType("duty.nobody", ShiftOf, _load_somebody, _nobody, priority=Priority.ALERT, title=_title)
SET_BY = MessageType("duty.set", SetBy, _load_setter, _set_by, priority=Priority.ALERT, title=_title)
REQUEST = MessageType("duty.request", RequestOf, _load_request, _request, priority=Priority.ALERT, title=_title)
ANSWERED = MessageType("duty.answered", RequestOf, _load_request, _answered, priority=Priority.ALERT, title=_title)
LEFT = MessageType("duty.left", LeftBy, _load_left, _left, priority=Priority.ALERT, title=_title)
MESSAGE_TYPES = (BEGINS, NOBODY, SET_BY, REQUEST, ANSWERED, LEFT)
