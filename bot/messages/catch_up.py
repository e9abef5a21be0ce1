"""After an outage: one card for each person who missed something or may have pressed a button in vain."""

import datetime as dt
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import BeforeValidator

from bot.access import MEMBERS, Role
from bot.arguments import Moment
from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.messages import checkin as checkin_messages
from bot.priority import Priority
from bot.programme.checkin import CheckinKey, Slot, Window, open_now, windows_around
from bot.programme.model import Seminar
from bot.programme.outage import Lost
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store import catch_up as catch_up_store
from bot.store import help as help_store
from bot.store import outbox, person
from bot.store.alert import AlertState
from bot.store.catch_up import CatchUp
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.person import Person
from bot.views import catch_up as catch_up_view

_TTL: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class LostTaps:
    """Taps that may be lost: on cards with the button for help, and on the check-in that is open, where one is.

    `cards` and `asked` are what the rows of questions share. The fields after `cards` are about the check-in: `again`:
    a reminder goes out at once or soon; `told`: organizers have been told names of people who may have answered.
    """

    night: bool
    cards: tuple[str, ...]
    on: dt.date | None = None
    slot: Slot | None = None
    seminar: str = ""
    opens: Moment | None = None
    asked: str = ""
    again: bool = False
    told: bool = False

    @property
    def checkin(self) -> CheckinKey | None:
        """The check-in that was open, or None."""
        return CheckinKey(self.seminar, self.on, self.slot) if self.on and self.slot else None


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage, and the taps that may be lost in it. `morning`: this card was put off until the morning."""

    began: Moment
    ended: Moment | None = None  # rows of former releases lack it
    morning: bool = False
    lost: Annotated[LostTaps | None, BeforeValidator(lambda given: given or None)] = None  # once {} where None is now


def card(began: datetime, ended: datetime, lost: Lost | None = None, *, morning: datetime | None = None) -> Occurrence:
    """The card of an outage; `morning`: the one that waits until then."""
    return CARD.occurrence(
        Outage(began, ended, morning is not None, _lost_taps(lost, ended) if lost else None),
        key=_key(began) + (":morning" if morning else ""),
        due_at=morning or ended,
        roles=MEMBERS,
    )


def _key(began: datetime) -> str:
    return f"missed:{to_text(began)}"


def _lost_taps(lost: Lost, ended: datetime) -> LostTaps:
    cards = tuple(checkin_messages.ask_occurrence(one) for one in lost.cards)
    if (window := lost.open) is None:
        return LostTaps(lost.night, cards)
    return LostTaps(
        lost.night,
        cards,
        on=window.on,
        slot=window.slot,
        seminar=window.seminar,
        opens=window.opens,
        asked=checkin_messages.ask_occurrence(window),
        again=lost.asked_again,
        told=ended >= window.alert,
    )


# --- rendering ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _InVain:
    """What a person may have pressed in vain: an answer to a check-in, a call for help; or, of an organizer, calls.

    `told`: organizers have been told names of people who may have answered.
    """

    open: CheckinKey | None = None
    help: bool = False
    calls: int = 0
    told: bool = False

    @property
    def urgent(self) -> bool:
        """Whether it is worth a message at night."""
        return self.open is not None or self.calls > 0 or self.told


@dataclass(frozen=True, slots=True)
class _Context:
    """An outage as one person has seen it."""

    began: datetime
    ended: datetime
    missed: CatchUp | None
    vain: _InVain


def _load_context(connection: sqlite3.Connection, away: Outage, row: Row) -> _Context | None:
    assert row.person_id is not None
    someone = person.by_id(connection, row.person_id)
    if someone is None or (away.morning and _was_told(connection, away, someone)):
        return None
    missed = None if away.morning else catch_up_store.get(connection, away.began, someone.id)
    ended = away.ended or (missed.ended_at if missed else away.began)
    vain = _in_vain(connection, away.lost, someone, ended) if away.lost else _InVain()
    if missed is None:
        waits = away.lost is not None and away.lost.night and not away.morning
        if vain == _InVain() or (waits and not vain.urgent):
            return None
    return _Context(away.began, ended, missed, vain)


def _was_told(connection: sqlite3.Connection, away: Outage, someone: Person) -> bool:
    """Whether the person got the card of the night, or is about to."""
    state = outbox.state_of(connection, f"{_key(away.began)}:person-{someone.id}")
    return state not in {None, "cancelled", "expired"}


def _in_vain(connection: sqlite3.Connection, lost: LostTaps, someone: Person, ended: datetime) -> _InVain:
    match someone.role:
        case Role.TEACHER:
            return _of_teacher(connection, lost, someone, ended)
        case Role.ORGANIZER:
            return _InVain(calls=untaken_calls(connection), told=lost.told and _is_anybody_absent(connection, lost))
        case _:
            return _InVain()


def _of_teacher(connection: sqlite3.Connection, lost: LostTaps, someone: Person, ended: datetime) -> _InVain:
    opened = None
    if lost.checkin is not None and absence_store.is_silent(connection, lost.checkin, someone.id):
        if lost.again:
            return _InVain()  # the reminder says that nothing was heard, and has both buttons
        if catch_up_store.had_received(connection, [lost.asked], someone.id, ended):
            opened = lost.checkin
    return _InVain(opened, help=catch_up_store.had_received(connection, lost.cards, someone.id, ended))


def untaken_calls(connection: sqlite3.Connection) -> int:
    """How many calls for help nobody has taken."""
    return sum(call.state is AlertState.OPEN for call in help_store.active(connection))


def _is_anybody_absent(connection: sqlite3.Connection, lost: LostTaps) -> bool:
    """Whether anybody is absent in the check-in that is open."""
    if lost.checkin is None or lost.opens is None:
        return False
    return absence_store.roll_call(connection, lost.checkin, lost.opens).absent > 0


def _render(given: Rendering[Outage, _Context | None]) -> Screen | None:
    context = given.context
    if context is None:
        return None
    missed, vain = context.missed, context.vain
    still = open_now(given.seminar, given.now)
    late = missed is not None and still is not None and (still.on, still.slot) in missed.checkins
    return catch_up_view.card(
        given.locale,
        given.seminar,
        context.began,
        context.ended,
        agendas=missed.agendas if missed else 0,
        lessons=missed.lessons if missed else 0,
        checkins=len(missed.checkins) if missed else 0,
        still_open=late,
        again=None if late else _window(given.seminar, vain.open, given.now),
        help_again=vain.help,
        calls=vain.calls,
        told=vain.told,
    )


def _window(seminar: Seminar, opened: CheckinKey | None, now: datetime) -> Window | None:
    """The check-in, if it can still be answered."""
    return next((one for one in windows_around(seminar, now) if one.key == opened and now < one.ends), None)


CARD = MessageType(
    "missed",
    Outage,
    _load_context,
    _render,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("What people missed"),
    ttl=_TTL,
    at_most_once=True,
)
MESSAGE_TYPES = (CARD,)
