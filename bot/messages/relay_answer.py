"""The card of the answers to a broadcast that wait: for its author, or for all organizers if the author has gone."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.messages import help as help_messages
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import broadcast as broadcast_store
from bot.store import help_message as help_message_store
from bot.store import live_card as live_card_store
from bot.store import outbox, person
from bot.store import redelivery as redelivery_store
from bot.store import relay_answer as relay_answer_store
from bot.store.broadcast import Broadcast
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.relay_copy import Answered
from bot.views import relay as relay_view

_NOBODY_WAITS: Final = timedelta(days=30)  # so long a card changes, at most


@dataclass(frozen=True, slots=True)
class AnswersFrom:
    """The answers to this broadcast that wait, from this message (its number) on."""

    broadcast: int
    first: int


def show_card(connection: sqlite3.Connection, broadcast: Broadcast, owners: Collection[int], now: datetime) -> None:
    """Tell that answers to a broadcast wait: once for those that wait together. Doing it twice changes nothing."""
    first = relay_answer_store.gathered_since(connection, broadcast.id)
    if first is None:
        return
    staff = person.staff(connection, owners)
    readers = [one for one in staff if one.id == broadcast.by_id] or staff
    outbox.enqueue(connection, redelivery_store.only_missing(connection, _drafts(broadcast, first, readers, now)), now)


def show_all(connection: sqlite3.Connection, owners: Collection[int], now: datetime) -> None:
    """Make the cards that are missing: their reader has gone, or has come back."""
    for number in relay_answer_store.broadcasts_with_gathered(connection):
        if (broadcast := broadcast_store.get(connection, number)) is not None:
            show_card(connection, broadcast, owners, now)


def _drafts(broadcast: Broadcast, first: int, readers: Sequence[Person], now: datetime) -> list[Draft]:
    occurrence = f"{CARD.name}:{broadcast.id}:{first}"
    return [
        CARD.draft(
            AnswersFrom(broadcast.id, first),
            key=f"{occurrence}:person-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in readers
    ]


# --- rendering ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswersCard:
    """What the card shows: of which broadcast (HTML), and how many answers wait, of them how many that ask."""

    broadcast: int
    text: str
    number: int
    questions: int


def _load(connection: sqlite3.Connection, arguments: AnswersFrom, _row: Row | None) -> AnswersCard | None:
    broadcast = broadcast_store.get(connection, arguments.broadcast)
    if broadcast is None:
        return None
    gathered = relay_answer_store.gathered(connection, broadcast.id, arguments.first)
    number, questions = (gathered.number, gathered.questions) if gathered else (0, 0)
    return AnswersCard(broadcast.id, broadcast.text, number, questions)


def _render(given: Rendering[AnswersFrom, AnswersCard | None]) -> Screen | None:
    card = given.context
    return _screen(card, given.locale) if card is not None and card.number else None


def _screen(card: AnswersCard, locale: Locale) -> Screen:
    answered = Answered("", is_mine=False, text=card.text)
    return relay_view.answers_card(locale, answered, card.number, card.questions, card.broadcast)


def _sent(connection: sqlite3.Connection, arguments: AnswersFrom, row: Row, message_id: int) -> None:
    if row.person_id is not None:
        live_card_store.save(
            connection,
            row.chat_id,
            message_id,
            person_id=row.person_id,
            feature=CARDS.name,
            subject=subject(arguments.broadcast, arguments.first),
            shown_list="",
            page=0,
            shown="",
        )


def subject(broadcast: int, first: int) -> str:
    """What the cards are about that tell of the answers to a broadcast from this message on."""
    return f"{broadcast}:{first}"


def _about(told: str) -> AnswersFrom:
    broadcast, _, first = told.partition(":")
    return AnswersFrom(int(broadcast), int(first))


def _state(connection: sqlite3.Connection, about_text: str, _seminar: Seminar, now: datetime) -> CardState | None:
    """Whoever adds to it or opens it wakes it; the last change is that nothing waits any more."""
    about = _about(about_text)
    card, first = _load(connection, about, None), help_message_store.get(connection, about.first)
    if card is None:
        return None
    written = first.written_at if first is not None else None
    until = now if not card.number else (written or now) + _NOBODY_WAITS
    return CardState((card.number, card.questions), is_open=False, until=until)


def _draw(connection: sqlite3.Connection, about_text: str, _list: str, _page: int, _seminar: Seminar) -> Draw:
    card = _load(connection, _about(about_text), None)
    assert card is not None  # else it has no state
    return partial(_drawn, card)


def _drawn(card: AnswersCard, locale: Locale, _seminar: Seminar, _now: datetime) -> Screen:
    return _screen(card, locale)


CARDS = LiveCardFeature("relay_answer", _state, _draw)
CARD = MessageType(
    "relay.answers",
    AnswersFrom,
    _load,
    _render,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Answers to a broadcast"),
    ttl=help_messages.TTL,
    sent=_sent,
)
MESSAGE_TYPES = (CARD,)
