"""After hours or days off: one card for each person who missed something, instead of a backlog.

Nothing that lost its worth is sent later. What the card is about is written down when the bot comes back, so that the
card tells of this outage and no other.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

from bot.access import MEMBERS
from bot.clock import from_text, to_text
from bot.delivery import agenda, checkin, lesson
from bot.delivery.events import Event
from bot.delivery.kinds import Kind, Priority, Rendering, Row
from bot.programme.checkin import open_now
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import missed as store
from bot.store.missed import Missed, Passed
from bot.views import missed as view

_SHORT: Final = timedelta(hours=1)  # an outage that is shorter is not worth a message
_WORTH: Final = timedelta(hours=12)
_NAMES: Final = {"agenda": "agenda", "lesson": "lesson", "checkin.ask": "checkin"}  # what staff are told is not here


def plan(seminar: Seminar, began: datetime, ended: datetime) -> list[Passed]:
    """What lost its worth between two moments; nothing when only minutes were lost, or the seminar is over."""
    if ended - began < _SHORT or not seminar.first <= seminar.today(ended) <= seminar.last:
        return []
    return [one for one in _everything(seminar) if began < one.expires_at <= ended]


def notice(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> Iterable[Event]:
    """The bot is there: write that down, and give the event of its return if people missed something meanwhile."""
    began = store.beat(connection, now)
    passed = store.unsaid(connection, plan(seminar, began, now)) if began else []
    if began is None or not passed:
        return ()
    store.keep(connection, began, now, passed)
    return (_card(began, now),)


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
            (on - seminar.first).days + 1,
            event.due_at,
            event.expires_at,
            event.roles,
            slot=str(event.data.get("slot", "")),
            lesson=str(event.data.get("lesson", "")),
        )


def _card(began: datetime, ended: datetime) -> Event:
    return Event(
        key=f"missed:{to_text(began)}",
        kind="missed",
        priority=Priority.NOTICE,
        due_at=ended,
        expires_at=ended + _WORTH,
        roles=MEMBERS,
        data={"began": to_text(began)},
    )


def _gather(connection: sqlite3.Connection, row: Row) -> Missed | None:
    assert row.person_id is not None
    return store.of_person(connection, from_text(str(row.data["began"])), row.person_id)


def _render(given: Rendering) -> Screen | None:
    found = given.facts
    if not isinstance(found, Missed):
        return None
    still = open_now(given.seminar, given.now)
    return view.missed(
        given.words,
        given.seminar,
        found.began_at,
        found.ended_at,
        agendas=found.agendas,
        lessons=found.lessons,
        checkins=len(found.checkins),
        still_open=still is not None and (still.day, still.slot) in found.checkins,
    )


KINDS = (Kind("missed", Priority.NOTICE, _render, gather=_gather, once=True),)
