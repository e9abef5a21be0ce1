"""How the live cards of headcounts are read and rendered."""

import sqlite3
from datetime import datetime
from functools import partial

from bot.i18n import Locale
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import excuse as excuse_store
from bot.store import headcount as headcount_store
from bot.store import headcount_list as headcount_list_store
from bot.store import mark as mark_store
from bot.store.headcount import Headcount
from bot.store.headcount_list import HeadcountList, HeadcountPage
from bot.views import headcount as headcount_view


def _state(connection: sqlite3.Connection, subject: str, _seminar: Seminar, now: datetime) -> CardState | None:
    headcount = headcount_store.of_subject(connection, subject)
    if headcount is None:
        return None
    on = headcount.counted_on
    excused = excuse_store.changes(connection, headcount.seminar, on) if on else None
    # While the last mark about anything is the same, the lists are.
    facts = (headcount, headcount_store.numbers(connection, headcount), mark_store.last(connection), excused)
    return CardState(facts, headcount.is_open(now), headcount.reopens_until)


def _load(connection: sqlite3.Connection, subject: str, shown_list: str, page: int, _seminar: Seminar) -> Draw:
    headcount = headcount_store.of_subject(connection, subject)
    assert headcount is not None  # headcounts are kept
    return partial(
        _card, headcount, headcount_list_store.page_of(connection, headcount, HeadcountList(shown_list), page)
    )


def _card(headcount: Headcount, listed: HeadcountPage, locale: Locale, seminar: Seminar, now: datetime) -> Screen:
    return headcount_view.card(locale, seminar, headcount, listed, now)


CARDS = LiveCardFeature("headcount", _state, _load)
