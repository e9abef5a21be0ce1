"""The check-ins at their hours, the one quiet nudge, and word to organizers about a hard day."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from bot.access import MEMBERS, Role
from bot.delivery.events import Event
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.programme.checkin import CheckinKey, Slot, Window, window_of, windows_around
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence, checkin, checkin_part, fanout, outbox, person, sent
from bot.store.checkin import Checkin
from bot.store.checkin_part import Part
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import checkin as view

_TEACHERS = frozenset({Role.TEACHER})
_ALERT_TTL = timedelta(days=1)
_MOOD_TTL = timedelta(days=3)


def plan(seminar: Seminar, now: datetime) -> Iterable[Event]:
    """The check-ins around a moment, and their nudges. Neither is sent once organizers are told."""
    for found in windows_around(seminar, now):
        yield Event(
            key=ask_event(found),
            kind="checkin.ask",
            priority=Priority.CHECKIN,
            due_at=found.opens,
            expires_at=found.alert,
            roles=_TEACHERS,
            data=_data(found),
        )
        yield Event(
            key=_nudge_event(found),
            kind="checkin.nudge",
            priority=Priority.NUDGE,
            due_at=found.nudge,
            expires_at=found.alert,
            roles=_TEACHERS,
            audience="silent",
            data=about(found),
        )


def ask_event(found: Window) -> str:
    """What everyone's rows of a check-in share."""
    return f"checkin:{found.on.isoformat()}:{found.slot}"


def about(found: Window) -> dict[str, object]:
    """What a row about silent people needs to know of their check-in."""
    return {**_data(found), "opens": found.opens.isoformat()}


def key_of(row: Row) -> CheckinKey:
    """Which check-in a row is about."""
    return CheckinKey(str(row.data["seminar"]), date.fromisoformat(str(row.data["date"])), Slot(str(row.data["slot"])))


def answered(connection: sqlite3.Connection, found: Window, person_id: int, now: datetime) -> None:
    """What has not left yet and asks for an answer that is here now stays here."""
    for key in _keys(found, person_id):
        outbox.cancel(connection, key=key, now=now, why="answered")


def cards(connection: sqlite3.Connection, found: Window, person_id: int) -> set[int]:
    """The messages of a check-in that stand in the person's chat: the question, and the reminder."""
    return {card for key in _keys(found, person_id) if (card := sent.message_of(connection, key)) is not None}


def _keys(found: Window, person_id: int) -> list[str]:
    return [f"{event}:person-{person_id}" for event in (ask_event(found), _nudge_event(found))]


def tell_of_low_mood(
    connection: sqlite3.Connection, found: Window, who: Person, kept: Checkin, *, owners: Collection[int], now: datetime
) -> None:
    """Tell organizers of someone's hard day: once a day, however often the mood is changed.

    It is an event, so that an organizer who can only be reached later hears of it then.
    """
    if kept.low:
        event = Event(
            key=_mood_event(found, who),
            kind="checkin.mood",
            priority=Priority.ALERT,
            due_at=now,
            expires_at=now + _MOOD_TTL,
            roles=MEMBERS,
            audience="staff",
            data={**_data(found), "person": who.id, "mood": kept.mood, "owners": sorted(owners)},
        )
        fanout.schedule(connection, [event], now)


def tell_of_words(
    connection: sqlite3.Connection,
    found: Window,
    who: Person,
    source_id: int,
    *,
    staff: Iterable[Person],
    now: datetime,
) -> None:
    """Tell those who know of the hard day what the person wrote (in message `source_id`) about it.

    Whose first message has not left yet will read the words in that one.
    """
    first = _mood_event(found, who)
    event = f"{first}:words-{source_id}"
    drafts = [
        _to_staff(event, "checkin.words", one, {**_data(found), "person": who.id}, now)
        for one in staff
        if outbox.state_of(connection, f"{first}:person-{one.id}") not in {None, "due"}
    ]
    outbox.enqueue(connection, drafts, now)


def tell_of_correction(
    connection: sqlite3.Connection,
    found: Window,
    who: Person,
    source_id: int,
    edited_at: int,
    *,
    staff: Iterable[Person],
    now: datetime,
) -> None:
    """Tell those who may have read what the person wrote (in message `source_id`) that it says something else now."""
    first = _mood_event(found, who)
    event = f"{first}:corrected-{source_id}-{edited_at}"
    data = {**_data(found), "person": who.id, "message": source_id}
    unread = {f"{first}:words-{source_id}:to-{one.id}": one for one in staff}
    drafts = [
        _to_staff(event, "checkin.corrected", one, data, now)
        for key, one in unread.items()
        if outbox.state_of(connection, f"{first}:person-{one.id}") not in {None, "due"}
        and outbox.state_of(connection, key) != "due"
    ]
    outbox.enqueue(connection, drafts, now)


def _data(found: Window) -> dict[str, object]:
    return {"seminar": found.seminar, "date": found.on.isoformat(), "slot": found.slot}


def _nudge_event(found: Window) -> str:
    return f"nudge:{found.on.isoformat()}:{found.slot}"


def _mood_event(found: Window, who: Person) -> str:
    return f"mood:{found.on.isoformat()}:person-{who.id}"


def _to_staff(event: str, kind: str, one: Person, data: dict[str, object], now: datetime) -> Draft:
    return Draft(
        key=f"{event}:to-{one.id}",
        event=event,
        kind=kind,
        chat_id=one.telegram_id,
        person_id=one.id,
        priority=Priority.ALERT,
        due_at=now,
        expires_at=now + _ALERT_TTL,
        data=data,
    )


# --- rendering ----------------------------------------------------------------------------------------------------


def _number(row: Row, name: str) -> int:
    return int(str(row.data[name]))


def _window(given: Rendering) -> Window | None:
    return window_of(given.seminar, key_of(given.row))


def _load_silent(connection: sqlite3.Connection, row: Row) -> bool:
    return row.person_id is not None and absence.is_silent(connection, key_of(row), row.person_id)


def _load_hard_day(connection: sqlite3.Connection, row: Row) -> tuple[Person, Checkin] | None:
    who = person.by_id(connection, _number(row, "person"))
    kept = checkin.of(connection, who.id, key_of(row)) if who else None
    return (who, kept) if who and kept else None


def _ask(given: Rendering) -> Screen | None:
    found = _window(given)
    return view.ask(given.words, found, given.recipient.name) if found and given.context else None


def _nudge(given: Rendering) -> Screen | None:
    found = _window(given)
    return view.nudge(given.words, found, given.recipient.name) if found and given.context else None


def _mood(given: Rendering) -> Screen | None:
    found = _window(given)
    if found is None or not isinstance(given.context, tuple):
        return None
    return view.low_mood(given.words, found, _hard_day(*given.context, lowest=_number(given.row, "mood")))


def _words(given: Rendering) -> Screen | None:
    found = _window(given)
    if found is None or not isinstance(given.context, tuple):
        return None
    who = _hard_day(*given.context, lowest=0)
    return view.low_mood_words(given.words, found, who) if who.words else None


def _load_correction(connection: sqlite3.Connection, row: Row) -> tuple[Person, Part] | None:
    who = person.by_id(connection, _number(row, "person"))
    said = checkin_part.of(connection, who.id, _number(row, "message")) if who else None
    return (who, said) if who and said else None


def _corrected(given: Rendering) -> Screen | None:
    if not isinstance(given.context, tuple):
        return None
    who, said = given.context
    return view.corrected(given.words, who.id, who.name, said)


def _hard_day(who: Person, kept: Checkin, *, lowest: int) -> view.HardDay:
    return view.HardDay(who.id, who.name, lowest, kept.mood or 0, kept.words)


MESSAGE_TYPES = (
    MessageType("checkin.ask", Priority.CHECKIN, _ask, load_context=_load_silent),
    MessageType("checkin.nudge", Priority.NUDGE, _nudge, load_context=_load_silent, at_most_once=True),
    MessageType("checkin.mood", Priority.ALERT, _mood, load_context=_load_hard_day),
    MessageType("checkin.words", Priority.ALERT, _words, load_context=_load_hard_day),
    MessageType("checkin.corrected", Priority.ALERT, _corrected, load_context=_load_correction),
)
