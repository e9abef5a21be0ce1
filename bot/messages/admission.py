"""A stranger's request on its way to the organizers, and their answer on its way back.

Any number of requests is one card on each organizer's phone: a new message now and then, changed in between without a
sound (`bot/messages/follow_up.py`). Alerts go before it.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import admission as admissions
from bot.store import admission_card as cards
from bot.store import outbox
from bot.store.admission import Admission
from bot.store.admission_card import Content
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import admission as view

_TTL = timedelta(days=7)
_PAUSE: Final = timedelta(minutes=10)  # between two cards that make a sound; in between the card is changed


def event(admission: Admission) -> str:
    """The event that all alerts of a request shared, when each request was a message of its own."""
    return f"admission:{admission.id}"


def tell_staff(connection: sqlite3.Connection, staff: Iterable[Person], now: datetime) -> int:
    """Send a card to the organizers who need a new one; return to how many. Doing it twice is doing it once."""
    chats = {one.id: one.telegram_id for one in staff}
    drafts = [
        Draft(
            key=f"requests:{due.newest}:person-{due.person_id}:{due.number}",
            event=f"requests:{due.newest}",
            kind=cards.KIND,
            chat_id=chats[due.person_id],
            person_id=due.person_id,
            priority=Priority.NOTICE,
            due_at=due.at,
            expires_at=due.at + _TTL,
            data={"newest": due.newest},
        )
        for due in cards.due(connection, chats, _PAUSE, now)
    ]
    return outbox.enqueue(connection, drafts, now)


def tell_stranger(connection: sqlite3.Connection, admission: Admission, now: datetime) -> None:
    """Tell who asked what the answer is; a refusal that is taken back is told too."""
    draft = Draft(
        key=f"admission-answer:{admission.id}:{admission.state}",
        event=f"admission-answer:{admission.id}",
        kind="admission.answer",
        chat_id=admission.telegram_id,
        person_id=None,
        priority=Priority.NOTICE,
        due_at=now,
        expires_at=now + _TTL,
        data={"admission": admission.id, "language": admission.language},
    )
    outbox.enqueue(connection, [draft], now)


def _load_context(connection: sqlite3.Connection, row: Row) -> Admission | None:
    return admissions.by_id(connection, int(str(row.data["admission"])))


def _load_card(connection: sqlite3.Connection, row: Row) -> Content | None:
    """What the new card shows; written down with the claim, so that it is known what is on the phone later."""
    if row.person_id is None:
        return None
    shows = cards.content(connection, page=0, opened=None, since=row.due_text)
    cards.sending(connection, row.person_id, shows)
    return shows


def _card(given: Rendering) -> Screen | None:
    shows = given.context
    # When those for whom it should have come are answered, the card that is there already has the others.
    if not isinstance(shows, Content) or shows.queue.newest < int(str(given.row.data["newest"])):
        return None
    return view.card(given.words, shows)


def _alert(given: Rendering) -> Screen | None:
    found = given.context
    return view.alert(given.words, found) if isinstance(found, Admission) and found.state == "asked" else None


def _answer(given: Rendering) -> Screen | None:
    found = given.context
    if not isinstance(found, Admission) or found.state == "asked":
        return None
    return view.admitted(given.words, given.seminar) if found.state == "admitted" else view.refused(given.words)


MESSAGE_TYPES = (
    MessageType(cards.KIND, Priority.NOTICE, _card, load_context=_load_card),
    MessageType("admission.alert", Priority.ALERT, _alert, load_context=_load_context),  # of before there was a card
    MessageType("admission.answer", Priority.NOTICE, _answer, load_context=_load_context),
)
