"""How the live cards of who has not answered a check-in are read and rendered."""

import sqlite3
from datetime import date, datetime
from functools import partial

from bot.i18n import Locale
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.checkin import CheckinKey, Slot, Window, next_after, window_of
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store import excuse as excuse_store
from bot.store.absence import AbsenceList, RollCall
from bot.views import absence as absence_view


def subject(key: CheckinKey) -> str:
    """What the cards of a check-in are about."""
    return f"{key.seminar}:{key.on.isoformat()}:{key.slot}"


def _key(about: str) -> CheckinKey:
    seminar, on, slot = about.rsplit(":", 2)
    return CheckinKey(seminar, date.fromisoformat(on), Slot(slot))


def _state(connection: sqlite3.Connection, about: str, seminar: Seminar, _now: datetime) -> CardState | None:
    """Its cards change until the next check-in opens. Whoever answers or marks somebody wakes them."""
    key = _key(about)
    window = window_of(seminar, key)
    if window is None:
        return None
    marks = (absence_store.last_mark(connection, key), excuse_store.changes(connection, key.seminar, key.on))
    facts = (window, absence_store.counted(connection, key), marks)
    following = next_after(seminar, window.opens)
    return CardState(facts, is_open=False, until=following.opens if following else window.ends)


def _load(connection: sqlite3.Connection, about: str, shown_list: str, page: int, seminar: Seminar) -> Draw:
    window = window_of(seminar, _key(about))
    assert window is not None  # else it has no state
    roll = absence_store.roll_call(connection, window.key, window.opens, page, AbsenceList(shown_list))
    return partial(_card, window, roll)


def _card(window: Window, roll: RollCall, locale: Locale, seminar: Seminar, _now: datetime) -> Screen:
    return absence_view.card(locale, seminar, window, roll)


CARDS = LiveCardFeature("absence", _state, _load)
