"""The card on each organizer's phone with everyone who asks to be let in: which message it is, and what it shows.

The dispatcher sends a card as it sends everything; what becomes of it afterwards is a row here, so that a restart
forgets nothing.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import orjson

from bot.clock import from_text
from bot.store import admission as admission_store
from bot.store.admission import Admission, AdmissionQueue

_CARDS = """
SELECT c.*, p.telegram_id, p.language
  FROM admission_card AS c CROSS JOIN person AS p ON p.id = c.person_id
 WHERE p.state = 'active' AND p.reachable = 1
"""
_NEWEST_SENT = """
SELECT id, message_id, due_at FROM outbox
 WHERE kind = 'admission.card' AND person_id = ? AND state = 'sent' AND id > ? ORDER BY id DESC LIMIT 1
"""
_ADOPT = """
UPDATE admission_card
   SET outbox_id = ?, old_message_id = message_id, message_id = ?, page = 0, opened = NULL, made_at = ?,
       announced = sending_newest, seen = max(seen, sending_newest), shown = sending
 WHERE person_id = ?
"""
_SENDING = """
INSERT INTO admission_card (person_id, sending, sending_newest) VALUES (?, ?, ?)
ON CONFLICT (person_id) DO UPDATE SET sending = excluded.sending, sending_newest = excluded.sending_newest
"""
_TURN = "UPDATE admission_card SET page = ?, opened = ? WHERE person_id = ? AND message_id = ?"
_SHOWN = "UPDATE admission_card SET shown = ?, seen = max(seen, ?) WHERE person_id = ? AND message_id = ?"
_GONE = "UPDATE admission_card SET message_id = NULL WHERE person_id = ? AND message_id = ?"
_CLEARED = "UPDATE admission_card SET old_message_id = NULL WHERE person_id = ? AND old_message_id = ?"
_UNDER_WAY = """
SELECT 1 FROM outbox WHERE kind = 'admission.card' AND person_id = ? AND state IN ('due', 'sending') LIMIT 1
"""
_BEFORE = """
SELECT count(*) AS made, max(CASE WHEN state IN ('sent', 'unknown') THEN done_at END) AS last
  FROM outbox WHERE kind = 'admission.card' AND person_id = ?
"""
_TO_ADOPT = """
SELECT 1 FROM outbox
 WHERE kind = 'admission.card' AND person_id = ? AND state = 'sent' AND id > ? LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A row of `admission_card` with its reader's chat and language."""

    person_id: int
    chat_id: int
    language: str
    outbox_id: int
    message_id: int | None
    old_message_id: int | None
    page: int
    opened: int | None
    made_at: str
    announced: int
    shown: str


@dataclass(frozen=True, slots=True)
class RequestCardContent:
    """What a card says: who waits, the one request that is opened, and the one that was answered last."""

    queue: AdmissionQueue
    opened: Admission | None
    last: Admission | None

    @property
    def fingerprint(self) -> str:
        """The same for the same content, in any language; nobody's name can be read from it."""
        people = [(one.id, one.name, one.username) for one in self.queue.people]
        others = [
            one and (one.id, one.name, one.username, one.state, one.role, one.answered_by)
            for one in (self.opened, self.last)
        ]
        return sha256(orjson.dumps([self.queue.waiting, self.queue.page, people, others])).hexdigest()


def content(connection: sqlite3.Connection, *, page: int, opened: int | None, since: str) -> RequestCardContent:
    """What a card says now; answers are told since a moment as the database writes it."""
    alone = admission_store.by_id(connection, opened) if opened is not None else None
    return RequestCardContent(
        admission_store.queue(connection, page), alone, admission_store.last_answered(connection, since)
    )


def content_of(connection: sqlite3.Connection, card: RequestCard) -> RequestCardContent:
    """What this card says now."""
    return content(connection, page=card.page, opened=card.opened, since=card.made_at)


def all_reachable(connection: sqlite3.Connection) -> list[RequestCard]:
    """The cards of everyone who can be reached."""
    return [_card(row) for row in connection.execute(_CARDS)]


def get(connection: sqlite3.Connection, person_id: int) -> RequestCard | None:
    """An organizer's card, or None. One that has just arrived is known from here on: call it in a transaction."""
    row = connection.execute(f"{_CARDS} AND c.person_id = ?", (person_id,)).fetchone()
    if row is None:
        return None
    arrived = connection.execute(_NEWEST_SENT, (person_id, row["outbox_id"])).fetchone()
    if arrived is not None:
        connection.execute(_ADOPT, (arrived["id"], arrived["message_id"], arrived["due_at"], person_id))
        row = connection.execute(f"{_CARDS} AND c.person_id = ?", (person_id,)).fetchone()
    return _card(row)


def has_arrived(connection: sqlite3.Connection, card: RequestCard) -> bool:
    """Whether a newer card has arrived than the one that is known."""
    return connection.execute(_TO_ADOPT, (card.person_id, card.outbox_id)).fetchone() is not None


def set_sending(connection: sqlite3.Connection, person_id: int, shows: RequestCardContent) -> None:
    """A card is about to be sent that shows this."""
    connection.execute(_SENDING, (person_id, shows.fingerprint, shows.queue.newest))


def turn(connection: sqlite3.Connection, card: RequestCard, *, page: int, opened: int | None) -> RequestCardContent:
    """Show another page of the card, or one request alone; return what it says then."""
    connection.execute(_TURN, (page, opened, card.person_id, card.message_id))
    shows = content(connection, page=page, opened=opened, since=card.made_at)
    set_shown(connection, card, shows)
    return shows


def set_shown(connection: sqlite3.Connection, card: RequestCard, shows: RequestCardContent) -> None:
    """The card shows this now."""
    connection.execute(_SHOWN, (shows.fingerprint, shows.queue.newest, card.person_id, card.message_id))


def forget_message(connection: sqlite3.Connection, card: RequestCard) -> None:
    """The organizer has deleted the card."""
    connection.execute(_GONE, (card.person_id, card.message_id))


def forget_old_message(connection: sqlite3.Connection, card: RequestCard) -> None:
    """The card before this one is taken away."""
    connection.execute(_CLEARED, (card.person_id, card.old_message_id))


@dataclass(frozen=True, slots=True)
class DueCard:
    """An organizer needs a new card, not before `at`, for the requests up to number `newest`; `number` counts them."""

    person_id: int
    newest: int
    number: int
    at: datetime


def due(connection: sqlite3.Connection, people: Iterable[int], pause: timedelta, now: datetime) -> list[DueCard]:
    """Which of these organizers need a new card.

    It is due for requests that no message has announced yet, and for who has no card while requests wait; never while
    one is under way, and never sooner than `pause` after the last.
    """
    newest = admission_store.queue(connection).newest
    return [card for one in people if newest and (card := _due(connection, one, newest, pause, now))]


def _due(
    connection: sqlite3.Connection, person_id: int, newest: int, pause: timedelta, now: datetime
) -> DueCard | None:
    card = get(connection, person_id)
    if card is not None and card.message_id is not None and card.announced >= newest:
        return None
    if connection.execute(_UNDER_WAY, (person_id,)).fetchone():
        return None
    before = connection.execute(_BEFORE, (person_id,)).fetchone()
    last = from_text(before["last"]) if before["last"] else None
    at = now if last is None or last > now else max(now, last + pause)
    return DueCard(person_id, newest, before["made"] + 1, at)


def _card(row: sqlite3.Row) -> RequestCard:
    return RequestCard(
        row["person_id"],
        row["telegram_id"],
        row["language"],
        row["outbox_id"],
        row["message_id"],
        row["old_message_id"],
        row["page"],
        row["opened"],
        row["made_at"],
        row["announced"],
        row["shown"],
    )
