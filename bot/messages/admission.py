"""A stranger's request on its way to the organizers, and their answer on its way back.

Any number of requests is one card on each organizer's phone: a new message now and then, changed in between without a
sound (`bot/messages/follow_up.py`). Alerts go before it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import admission as admission_store
from bot.store import admission_card as admission_card_store
from bot.store import outbox
from bot.store.admission import Admission
from bot.store.admission_card import RequestCardContent
from bot.store.claims import Row
from bot.store.person import Person
from bot.views import admission as admission_view

_TTL: Final = timedelta(days=7)
_PAUSE: Final = timedelta(minutes=10)  # between two cards that make a sound; in between the card is changed


@dataclass(frozen=True, slots=True)
class CardFor:
    """A card for the requests up to this number."""

    newest: int


@dataclass(frozen=True, slots=True)
class AlertOf:
    """A request to be let in."""

    admission: int


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """The request that is answered, and the language of who made it."""

    admission: int
    language: str


def alert_occurrence(admission: Admission) -> str:
    """What all alerts of a request shared, when each request was a message of its own."""
    return f"admission:{admission.id}"


def tell_staff(connection: sqlite3.Connection, staff: Iterable[Person], now: datetime) -> int:
    """Send a card to the organizers who need a new one; return to how many. Doing it twice is doing it once."""
    chats = {one.id: one.telegram_id for one in staff}
    drafts = [
        CARD.draft(
            CardFor(due.newest),
            key=f"requests:{due.newest}:person-{due.person_id}:{due.number}",
            occurrence=f"requests:{due.newest}",
            chat_id=chats[due.person_id],
            person_id=due.person_id,
            due_at=due.at,
        )
        for due in admission_card_store.due(connection, chats, _PAUSE, now)
    ]
    return outbox.enqueue(connection, drafts, now)


def tell_stranger(connection: sqlite3.Connection, admission: Admission, now: datetime) -> None:
    """Tell who asked what the answer is; a refusal that is taken back is told too."""
    draft = ANSWER.draft(
        AnswerTo(admission.id, admission.language),
        key=f"admission-answer:{admission.id}:{admission.state}",
        occurrence=f"admission-answer:{admission.id}",
        chat_id=admission.telegram_id,
        person_id=None,
        due_at=now,
    )
    outbox.enqueue(connection, [draft], now)


def _load_request(connection: sqlite3.Connection, arguments: AlertOf | AnswerTo, _row: Row) -> Admission | None:
    return admission_store.by_id(connection, arguments.admission)


def _load_card(connection: sqlite3.Connection, _arguments: CardFor, row: Row) -> RequestCardContent | None:
    """What the new card shows; written down with the claim, so that it is known what is on the phone later."""
    if row.person_id is None:
        return None
    shows = admission_card_store.content(connection, page=0, opened=None, since=row.due_text)
    admission_card_store.set_sending(connection, row.person_id, shows)
    return shows


def _card(given: Rendering[CardFor, RequestCardContent | None]) -> Screen | None:
    shows = given.context
    # When those for whom it should have come are answered, the card that is there already has the others.
    if shows is None or shows.queue.newest < given.arguments.newest:
        return None
    return admission_view.card(given.locale, shows)


def _alert(given: Rendering[AlertOf, Admission | None]) -> Screen | None:
    admission = given.context
    if admission is None or admission.state != "asked":
        return None
    return admission_view.alert(given.locale, admission)


def _answer(given: Rendering[AnswerTo, Admission | None]) -> Screen | None:
    admission = given.context
    if admission is None or admission.state == "asked":
        return None
    if admission.state == "admitted":
        return admission_view.admitted(given.locale, given.seminar)
    return admission_view.refused(given.locale)


def _request(_: Locale) -> str:
    return _.plain("Request to be let in")


CARD = MessageType("admission.card", CardFor, _load_card, _card, priority=Priority.NOTICE, title=_request, ttl=_TTL)
# Rows of before there was a card.
ALERT = MessageType("admission.alert", AlertOf, _load_request, _alert, priority=Priority.ALERT, title=_request)
ANSWER = MessageType(
    "admission.answer",
    AnswerTo,
    _load_request,
    _answer,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("Answer to a request to be let in"),
    ttl=_TTL,
)
MESSAGE_TYPES = (CARD, ALERT, ANSWER)
