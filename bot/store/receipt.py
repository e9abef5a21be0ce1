"""What people were told of the way of their call, their words or their request, and how far that really is.

A receipt is a message of the bot's that is changed when its stage changes; its row goes when no stage comes after it.
"""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_text, to_text
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store.help import HelpCall
from bot.store.help_message import HelpMessage


class DeliveryStage(StrEnum):
    """How far it is: on its way, kept as nobody can be reached, refused by Telegram, on a phone, in hand, done."""

    WAITING = "waiting"
    HELD = "held"
    REFUSED = "refused"  # the last stage, so no row of `receipt` has it
    ARRIVED = "arrived"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReceiptSubject:
    """What a receipt is about: one of these."""

    call: int | None = None
    message: int | None = None
    admission: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A row of `receipt`, with its reader's language. `reaction`: it is one on the reader's own message, no message."""

    chat_id: int
    message_id: int
    person_id: int | None
    language: str
    about: ReceiptSubject
    shown: DeliveryStage
    made_at: datetime
    reaction: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """How far it is. `call` is the call that it is, or makes; `reader` names the one person whom it is for ("": all
    organizers). `arrived`: somebody has all of it. `refused`: its writer hears that nobody gets a part of it.
    `dead`: Telegram has refused a part of it, and nobody has all of it or is about to. `chats`: where something of it
    is about to be sent.
    """

    call: HelpCall | None = None
    message: HelpMessage | None = None
    reader: str = ""
    arrived: bool = False
    refused: bool = False
    dead: bool = False
    chats: tuple[int, ...] = ()


_SAVE = """
INSERT INTO receipt (chat_id, message_id, person_id, help_id, letter_id, admission_id, shown, made_at, reaction)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (chat_id, message_id) DO UPDATE
   SET help_id = excluded.help_id, letter_id = excluded.letter_id, admission_id = excluded.admission_id,
       shown = excluded.shown, made_at = excluded.made_at, reaction = excluded.reaction
"""
# Of what has arrived only the calls can go on, and only when somebody takes or settles them.
_OPEN = """
SELECT r.*, coalesce(p.language, a.language, 'en') AS language
  FROM receipt AS r
  LEFT JOIN person AS p ON p.id = r.person_id
  LEFT JOIN admission AS a ON a.id = r.admission_id
  LEFT JOIN help_message AS m ON m.id = r.letter_id
  LEFT JOIN help AS c ON c.id = coalesce(r.help_id, m.help_id)
  LEFT JOIN alert AS h ON h.id = c.alert_id
 WHERE r.shown IN ('waiting', 'held') OR h.state = 'settled' OR (h.state = 'taken' AND r.shown <> 'taken')
 ORDER BY r.made_at DESC LIMIT 200
"""
_SET_STAGE = "UPDATE receipt SET shown = ? WHERE chat_id = ? AND message_id = ?"
# Looked at again, whatever they show; as of now, for it is not old news that nobody has it.
_RESET_STAGE = """
UPDATE receipt SET shown = 'waiting', made_at = :now
 WHERE :call IN (help_id, (SELECT m.help_id FROM help_message AS m WHERE m.id = receipt.letter_id))
"""
# Under an organizer's words to a person there are no numbers, nor is a stranger's request above somebody's words.
_CONTACTS_ABOVE = """
SELECT 1 FROM receipt AS r LEFT JOIN help_message AS m ON m.id = r.letter_id
 WHERE r.chat_id = ? AND r.shown = 'held' AND r.made_at > ? AND (? IS NULL OR r.message_id < ?)
   AND (r.help_id IS NOT NULL OR m.author_id = m.person_id) LIMIT 1
"""
_DELETE = "DELETE FROM receipt WHERE chat_id = ? AND message_id = ?"
_FORGET_REACTION = "DELETE FROM receipt WHERE chat_id = ? AND message_id = ? AND reaction = 1"
_DELETE_BEFORE = "DELETE FROM receipt WHERE made_at < ?"
_PIECES = """
SELECT o.person_id, o.chat_id, max(o.state = 'sent') AS there, max(o.state IN ('due', 'sending')) AS under_way,
       max(o.state = 'dead') AS dead, p.name
  FROM outbox AS o JOIN person AS p ON p.id = o.person_id
 WHERE o.event IN (?, ?) AND o.person_id <> ?
   AND o.kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.album')
 GROUP BY o.person_id, o.kind, o.data
"""
_REFUSED = "SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = 'help.not_passed' AND event = 'help.not_passed:' || ?)"
_SEEN = """
SELECT EXISTS (
    SELECT 1 FROM admission_card AS c JOIN person AS p ON p.id = c.person_id
     WHERE c.message_id IS NOT NULL AND c.seen >= :id AND p.state = 'active' AND p.reachable = 1
) OR EXISTS (SELECT 1 FROM outbox WHERE event = 'admission:' || :id AND state = 'sent')
"""
# A card that is there is changed at once; a new one that is due later brings nothing before that.
_CARDS = """
SELECT p.telegram_id FROM person AS p
 WHERE p.state = 'active' AND p.reachable = 1 AND (
       EXISTS (SELECT 1 FROM admission_card AS c WHERE c.person_id = p.id AND c.message_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = 'admission.card' AND o.person_id = p.id
                  AND o.state IN ('due', 'sending')))
"""


def save(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    about: ReceiptSubject,
    *,
    person_id: int | None,
    shown: DeliveryStage,
    now: datetime,
    reaction: bool = False,
) -> None:
    """This message, or the reaction on it, tells how far something is, and shows this stage now."""
    values = (about.call, about.message, about.admission, shown, to_text(now), int(reaction))
    connection.execute(_SAVE, (chat_id, message_id, person_id, *values))


def outdated(connection: sqlite3.Connection) -> list[Receipt]:
    """The receipts that may have another stage by now than they show, the newest first."""
    return [
        Receipt(
            row["chat_id"],
            row["message_id"],
            row["person_id"],
            row["language"],
            ReceiptSubject(row["help_id"], row["letter_id"], row["admission_id"]),
            DeliveryStage(row["shown"]),
            from_text(row["made_at"]),
            bool(row["reaction"]),
        )
        for row in connection.execute(_OPEN)
    ]


def set_stage(connection: sqlite3.Connection, receipt: Receipt, stage: DeliveryStage, *, last: bool) -> None:
    """The receipt shows this stage now; after the last one it is not kept."""
    if last:
        delete(connection, receipt)
    else:
        connection.execute(_SET_STAGE, (stage, receipt.chat_id, receipt.message_id))


def reset_stage(connection: sqlite3.Connection, call_id: int, now: datetime) -> None:
    """Nobody is on this call any more: what was said of it is not so."""
    connection.execute(_RESET_STAGE, {"call": call_id, "now": to_text(now)})


def has_contacts_above(connection: sqlite3.Connection, chat_id: int, message_id: int | None, after: datetime) -> bool:
    """Whether an earlier receipt in this chat, made after a moment, says that its words are held, with the numbers."""
    values = (chat_id, to_text(after), message_id, message_id)
    return connection.execute(_CONTACTS_ABOVE, values).fetchone() is not None


def delete(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """The receipt is not changed any more."""
    connection.execute(_DELETE, (receipt.chat_id, receipt.message_id))


def forget_reaction(connection: sqlite3.Connection, chat_id: int, message_id: int) -> None:
    """The reaction on a message tells no longer how far it is: there is another one."""
    connection.execute(_FORGET_REACTION, (chat_id, message_id))


def delete_before(connection: sqlite3.Connection, before: datetime) -> None:
    """Receipts of before a moment are not changed any more."""
    connection.execute(_DELETE_BEFORE, (to_text(before),))


def delivery_status(connection: sqlite3.Connection, about: ReceiptSubject) -> DeliveryStatus | None:
    """How far it is; None when what it is about is not kept any more."""
    if about.admission is not None:
        arrived = connection.execute(_SEEN, {"id": about.admission}).fetchone()[0]
        chats = tuple(row["telegram_id"] for row in connection.execute(_CARDS))
        return DeliveryStatus(arrived=bool(arrived), chats=chats)
    if about.call is not None:
        call = help_store.get(connection, about.call)
        return _status(connection, call, None, f"help:{call.id}", "") if call is not None else None
    message = help_message_store.get(connection, about.message) if about.message is not None else None
    return _status_of_message(connection, message) if message is not None else None


def _status_of_message(connection: sqlite3.Connection, message: HelpMessage) -> DeliveryStatus:
    if message.author_id != message.person_id:
        return _status(connection, None, message, f"help.written:{message.id}", "")
    call = help_store.get(connection, message.help_id) if message.help_id is not None else None
    words = f"help.words:{message.id}"
    first = help_message_store.first_of_call(connection, call.id) if call is not None and not call.kind.urgent else None
    if call is not None and first is not None and first.id == message.id:
        return _status(connection, call, message, f"help:{call.id}", words)
    return _status(connection, None, message, words, "")


def _status(
    connection: sqlite3.Connection, call: HelpCall | None, message: HelpMessage | None, event: str, other: str
) -> DeliveryStatus:
    """Somebody has it when all pieces of it that were meant for them are there."""
    author = message.author_id if message is not None else call.person_id if call is not None else 0
    rows = connection.execute(_PIECES, (event, other, author)).fetchall()
    there: dict[int, bool] = defaultdict(lambda: True)
    for row in rows:
        there[row["person_id"]] &= bool(row["there"])
    chats = tuple(sorted({row["chat_id"] for row in rows if row["under_way"]}))
    alone = message is not None and message.help_id is None
    reader = rows[-1]["name"] if alone and rows else ""
    refused = message is not None and bool(connection.execute(_REFUSED, (message.id,)).fetchone()[0])
    arrived = any(there.values())
    dead = message is not None and not arrived and not chats and any(row["dead"] for row in rows)
    return DeliveryStatus(call, message, reader, arrived, refused, dead, chats)
