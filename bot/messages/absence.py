"""The one alert to organizers about people who have not answered a check-in."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import MEMBERS
from bot.delivery.message_types import MessageType, Rendering
from bot.delivery.planner import FeaturePlanner
from bot.messages import absence_cards as absence_cards_messages
from bot.messages import checkin as checkin_messages
from bot.messages.checkin import SilenceOf
from bot.priority import Priority
from bot.programme.checkin import Window, window_of, windows_around
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store import live_card as live_card_store
from bot.store.absence import AbsenceList, RollCall
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import absence as absence_view

_TTL: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class AbsenceOf(SilenceOf):
    """Who has not answered a check-in.

    `asked` is what the rows of its question share; `owners` are Telegram ids, which the audience "staff" reads.
    """

    asked: str
    owners: tuple[int, ...]


def planner(owners: Iterable[int]) -> FeaturePlanner:
    """A planner that alerts organizers, and the owners (Telegram ids) who have joined."""
    alerted = tuple(sorted(owners))

    def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
        for window in windows_around(seminar, now):
            asked = checkin_messages.ask_occurrence(window)
            yield ALERT.occurrence(
                AbsenceOf(window.seminar, window.on, window.slot, window.opens, asked, alerted),
                key=occurrence(window),
                due_at=window.alert,
                roles=MEMBERS,
                audience="staff",
            )

    return plan


def occurrence(window: Window) -> str:
    """What the alerts about a check-in share."""
    return f"missing:{window.on.isoformat()}:{window.slot}"


def _load_roll_call(connection: sqlite3.Connection, asked: AbsenceOf, _row: Row) -> RollCall | None:
    # When the bot was down at the hour and nobody was asked, silence means nothing.
    if not absence_store.was_asked(connection, asked.asked):
        return None
    return absence_store.roll_call(connection, asked.key, asked.opens)


def _becomes_live(connection: sqlite3.Connection, asked: AbsenceOf, row: Row, message_id: int) -> None:
    """From here on the alert shows what is true."""
    if row.person_id is not None:
        live_card_store.save(
            connection,
            row.chat_id,
            message_id,
            person_id=row.person_id,
            feature=absence_cards_messages.CARDS.name,
            subject=absence_cards_messages.subject(asked.key),
            shown_list=AbsenceList.MISSING,
            page=0,
            shown="",
        )


def _alert(given: Rendering[AbsenceOf, RollCall | None]) -> Screen | None:
    roll, window = given.context, window_of(given.seminar, given.arguments.key)
    if window is None or roll is None or not roll.absent + roll.unreachable:
        return None
    return absence_view.card(given.locale, given.seminar, window, roll, asked=True)


ALERT = MessageType(
    "missing.alert",
    AbsenceOf,
    _load_roll_call,
    _alert,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert about the missing"),
    ttl=_TTL,
    sent=_becomes_live,
)
MESSAGE_TYPES = (ALERT,)
