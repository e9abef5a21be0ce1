"""After an outage: one card for each person who missed something or may have pressed a button in vain.

Nothing that expired is sent later. What the card is about is written down when the bot comes back, so that the
card tells of this outage and no other.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.access import MEMBERS, Role
from bot.clock import from_text, to_text
from bot.delivery.events import Event
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.messages import agenda, checkin, lesson
from bot.programme import outage
from bot.programme.checkin import CheckinKey, Slot, Window, open_now, windows_around
from bot.programme.model import Seminar
from bot.programme.outage import Lost
from bot.screen import Screen
from bot.store import absence, outbox, person
from bot.store import catch_up as store
from bot.store import help as helps
from bot.store.catch_up import CatchUp, Passed
from bot.store.person import Person
from bot.views import catch_up as view

_SHORT: Final = timedelta(hours=1)  # in an outage that is shorter nobody misses what is worth a message
_TTL: Final = timedelta(hours=12)
_NAMES: Final = {"agenda": "agenda", "lesson": "lesson", "checkin.ask": "checkin"}  # what staff are told is not here


def plan(seminar: Seminar, began: datetime, ended: datetime) -> list[Passed]:
    """What expired between two moments; nothing when only minutes were lost, or the seminar is over."""
    if ended - began < _SHORT or not seminar.first <= seminar.today(ended) <= seminar.last:
        return []
    return [one for one in _everything(seminar) if began < one.expires_at <= ended]


class Presence:
    """Writes down that the bot is there, and knows whether it has been there since it last did.

    A clock that jumps is no outage: nobody was away. After a start, and after Telegram could not be reached, what is
    written down is not this presence's own.
    """

    def __init__(self) -> None:
        self._written: datetime | None = None

    def gone(self) -> None:
        """Telegram cannot be reached: the bot is as far from people as when it is off."""
        self._written = None

    def notice(self, connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> Iterable[Event]:
        """The bot is there: write that down, and give the events of its return if it was away.

        When the transaction is undone, the next look finds what was written before, and takes the outage for new.
        """
        last, written = store.beat(connection, now)
        returns = last is not None and last != self._written
        self._written = written
        return _returned(connection, seminar, last, now) if returns and last else ()


def _returned(connection: sqlite3.Connection, seminar: Seminar, began: datetime, now: datetime) -> Iterator[Event]:
    """One card for whoever missed something or may have pressed in vain; at night not for who only may have called."""
    passed = store.unsaid(connection, plan(seminar, began, now))
    if passed:
        store.keep(connection, began, now, passed)
    lost = outage.lost(seminar, began, now)
    if lost is None:
        if passed:
            yield _card(began, now)
        return
    if passed or lost.open or (lost.cards and not lost.night) or _calls(connection):
        yield _card(began, now, lost)
    if lost.night and lost.cards:
        yield _card(began, now, lost, morning=outage.morning_after(seminar, now))


def _everything(seminar: Seminar) -> Iterator[Passed]:
    events: dict[str, Event] = {}
    for day in seminar.days:
        noon = seminar.moment(day.number, time(12))
        for planner in (agenda.plan, lesson.plan, checkin.plan):
            events |= {event.key: event for event in planner(seminar, noon) if event.kind in _NAMES}
    for event in events.values():
        on = seminar.today(event.due_at)
        yield Passed(
            event.key,
            _NAMES[event.kind],
            seminar.key,
            on,
            event.due_at,
            event.expires_at,
            event.roles,
            slot=str(event.data.get("slot", "")),
            lesson=str(event.data.get("lesson", "")),
        )


def _key(began: datetime) -> str:
    return f"missed:{to_text(began)}"


def _card(began: datetime, ended: datetime, lost: Lost | None = None, *, morning: datetime | None = None) -> Event:
    return Event(
        key=_key(began) + (":morning" if morning else ""),
        kind="missed",
        priority=Priority.NOTICE,
        due_at=morning or ended,
        expires_at=(morning or ended) + _TTL,
        roles=MEMBERS,
        data={
            "began": to_text(began),
            "ended": to_text(ended),
            "morning": morning is not None,
            "lost": _packed(lost, ended) if lost else {},
        },
    )


def _packed(lost: Lost, ended: datetime) -> dict[str, object]:
    packed: dict[str, object] = {
        "night": lost.night,
        "cards": [checkin.ask_event(one) for one in lost.cards],
    }
    if (found := lost.open) is not None:
        packed |= {
            "on": found.on.isoformat(),
            "slot": found.slot,
            "seminar": found.seminar,
            "opens": to_text(found.opens),
            "asked": checkin.ask_event(found),
            "again": lost.asked_again,
            "told": ended >= found.alert,
        }
    return packed


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
    catch_up: CatchUp | None
    vain: _InVain


def _load_context(connection: sqlite3.Connection, row: Row) -> _Context | None:
    assert row.person_id is not None
    someone = person.by_id(connection, row.person_id)
    began = from_text(str(row.data["began"]))
    if someone is None:
        return None
    if row.data.get("morning"):
        if outbox.state_of(connection, f"{_key(began)}:person-{someone.id}") not in {None, "cancelled", "expired"}:
            return None
        found = None
    else:
        found = store.of_person(connection, began, someone.id)
    ended = from_text(str(row.data["ended"])) if "ended" in row.data else found.ended_at if found else began
    lost = row.data.get("lost")
    vain = _in_vain(connection, lost, someone, ended) if isinstance(lost, dict) and lost else _InVain()
    if found is None:
        waits = isinstance(lost, dict) and lost.get("night") and not row.data.get("morning")
        if vain == _InVain() or (waits and not vain.urgent):
            return None
    return _Context(began, ended, found, vain)


def _in_vain(connection: sqlite3.Connection, lost: Mapping[str, object], someone: Person, ended: datetime) -> _InVain:
    match someone.role:
        case Role.TEACHER:
            return _of_teacher(connection, lost, someone, ended)
        case Role.ORGANIZER:
            return _InVain(calls=_calls(connection), told=bool(lost.get("told")) and _silent(connection, lost))
        case _:
            return _InVain()


def _of_teacher(
    connection: sqlite3.Connection, lost: Mapping[str, object], someone: Person, ended: datetime
) -> _InVain:
    opened = None
    if "slot" in lost and absence.is_silent(connection, _checkin(lost), someone.id):
        if lost["again"]:
            return _InVain()  # the reminder says that nothing was heard, and has both buttons
        if store.had(connection, [str(lost["asked"])], someone.id, ended):
            opened = _checkin(lost)
    cards = lost["cards"]
    assert isinstance(cards, list)
    return _InVain(opened, help=store.had(connection, cards, someone.id, ended))


def _calls(connection: sqlite3.Connection) -> int:
    """How many calls for help nobody has taken."""
    return sum(call.state == "open" for call in helps.live(connection))


def _silent(connection: sqlite3.Connection, lost: Mapping[str, object]) -> bool:
    """Whether anybody is absent in the check-in that is open."""
    return absence.roll_call(connection, _checkin(lost), from_text(str(lost["opens"]))).absent > 0


def _checkin(lost: Mapping[str, object]) -> CheckinKey:
    return CheckinKey(str(lost["seminar"]), date.fromisoformat(str(lost["on"])), Slot(str(lost["slot"])))


def _render(given: Rendering) -> Screen | None:
    context = given.context
    if not isinstance(context, _Context):
        return None
    found, vain = context.catch_up, context.vain
    still = open_now(given.seminar, given.now)
    late = found is not None and still is not None and (still.on, still.slot) in found.checkins
    return view.card(
        given.words,
        given.seminar,
        context.began,
        context.ended,
        agendas=found.agendas if found else 0,
        lessons=found.lessons if found else 0,
        checkins=len(found.checkins) if found else 0,
        still_open=late,
        again=None if late else _window(given, vain.open),
        help_again=vain.help,
        calls=vain.calls,
        told=vain.told,
    )


def _window(given: Rendering, opened: CheckinKey | None) -> Window | None:
    """The check-in, if it can still be answered."""
    around = windows_around(given.seminar, given.now)
    return next((one for one in around if one.key == opened and given.now < one.ends), None)


MESSAGE_TYPES = (MessageType("missed", Priority.NOTICE, _render, load_context=_load_context, at_most_once=True),)
