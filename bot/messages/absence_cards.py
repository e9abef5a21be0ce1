"""How the live cards of who has not answered a check-in are read and rendered."""

import sqlite3
from datetime import date, datetime

from bot.escalation import AlertKind
from bot.i18n import Locale
from bot.messages import checkin as checkin_messages
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.checkin import CheckinKey, Slot, next_after, window_of
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store import alert as alert_store
from bot.store import excuse as excuse_store
from bot.store.absence import AbsenceList
from bot.views import absence as absence_view


def subject(key: CheckinKey) -> str:
    """What the cards of a check-in are about."""
    return f"{key.seminar}:{key.on.isoformat()}:{key.slot}"


def alert_subject(key: CheckinKey) -> str:
    """The subject of the one alert about all who have not answered it."""
    return f"{AlertKind.ABSENT}:{subject(key)}"


def _key(about: str) -> CheckinKey:
    seminar, on, slot = about.rsplit(":", 2)
    return CheckinKey(seminar, date.fromisoformat(on), Slot(slot))


def _state(connection: sqlite3.Connection, about: str, seminar: Seminar, now: datetime) -> CardState | None:
    """Its cards change until the next check-in opens. Whoever answers or marks somebody wakes them.

    Of a check-in that is asked later than it opens nobody wakes them when it is asked.
    """
    key = _key(about)
    window = window_of(seminar, key)
    if window is None:
        return None
    marks = (absence_store.last_mark(connection, key), excuse_store.changes(connection, key.seminar, key.on))
    asked = absence_store.was_asked(connection, checkin_messages.ask_occurrence(window))
    alert = alert_store.newest_of(connection, alert_subject(key))
    facts = (window, absence_store.counted(connection, key), marks, asked, alert)
    following = next_after(seminar, window.opens)
    until = following.opens if following else window.ends
    return CardState(facts, is_open=not asked and now < window.alert, until=until)


def _load(connection: sqlite3.Connection, about: str, shown_list: str, page: int, seminar: Seminar) -> Draw:
    window = window_of(seminar, _key(about))
    assert window is not None  # else it has no state
    roll = absence_store.roll_call(connection, window.key, window.opens, page, AbsenceList(shown_list))
    asked = absence_store.was_asked(connection, checkin_messages.ask_occurrence(window))
    alert = alert_store.newest_of(connection, alert_subject(window.key))

    def draw(locale: Locale, now_seminar: Seminar, _now: datetime) -> Screen:
        return absence_view.card(locale, now_seminar, window, roll, asked=asked, alert=alert)

    return draw


CARDS = LiveCardFeature("absence", _state, _load)
