"""Answers go home: what is written after an organizer's letter or broadcast goes to its author, without a question.

Many answers to one broadcast do not flood its author: the first few come by themselves, the others wait behind one
card that counts them and gives them out. Who speaks of being ill or lost never waits there.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import relay as relay_messages
from bot.messages import relay_answer as relay_answer_messages
from bot.phrases import asks, calls
from bot.services import relay_pass as relay_pass_service
from bot.store import broadcast as broadcast_store
from bot.store import help_message as help_message_store
from bot.store import live_card as live_card_store
from bot.store import person
from bot.store import receipt as receipt_store
from bot.store import relay_answer as relay_answer_store
from bot.store.broadcast import Broadcast
from bot.store.help import HelpKind
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person
from bot.store.receipt import DeliveryStage, ReceiptSubject

HOME: Final = timedelta(hours=1)  # so long free text answers the newest letter or broadcast, since that arrived
_ROUNDING: Final = timedelta(seconds=2)  # Telegram counts whole seconds
_FIRST: Final = 3  # answers to one broadcast that come by themselves; whoever wrote one of them goes on like that
_OPENED: Final = 5  # answers that one press brings


def pass_home(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass free text on to who wrote the newest letter or broadcast of the last hour; False where there is none."""
    kept = help_message_store.find(connection, incoming.chat_id, incoming.message_id)
    if kept is not None and kept.passed:
        return True  # it was handled before, when another letter may have been the newest
    written = incoming.sent_at or now  # what has arrived since, while the bot was off, is not what it answers
    letter = relay_answer_store.newest_letter(connection, me.id, written - HOME, written + _ROUNDING)
    if letter is None:
        return False
    if letter.message is not None:
        if help_message_store.get(connection, letter.message) is None:
            return False
        relay_pass_service.pass_answer(connection, me, incoming, letter.message, owners=owners, now=now)
        return True
    return letter.broadcast is not None and _to_broadcast(
        connection, me, incoming, letter.broadcast, owners=owners, now=now
    )


def pass_reply_to_broadcast(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass on a reply to a broadcast, however old that is; False where it is none, or my own."""
    if incoming.reply_to is None:
        return False
    number = relay_answer_store.broadcast_in(connection, me.id, incoming.chat_id, incoming.reply_to)
    return number is not None and _to_broadcast(connection, me, incoming, number, owners=owners, now=now)


def pass_beside(
    connection: sqlite3.Connection,
    me: Person,
    earlier: HelpMessage,
    incoming: IncomingMessage,
    *,
    owners: Collection[int],
    now: datetime,
    answers: int | None = None,
) -> bool:
    """Pass words of mine on to where earlier ones of mine went: they are a later part of those, or a reply to them.

    False where that was no answer to one author. `answers` is the number of the message that they reply to.
    """
    if earlier.help_id is not None:
        return False
    if earlier.broadcast is not None:
        first = earlier if answers is None else None
        return _to_broadcast(
            connection, me, incoming, earlier.broadcast, owners=owners, now=now, first=first, answers=answers
        )
    letter = _letter_of(connection, me, earlier)
    if letter is not None:
        relay_pass_service.pass_answer(connection, me, incoming, letter.id, owners=owners, now=now, answers=answers)
    return letter is not None


def _letter_of(connection: sqlite3.Connection, me: Person, mine: HelpMessage) -> HelpMessage | None:
    """What somebody else wrote that words of mine answer, perhaps by way of others of mine; None where they do not."""
    message: HelpMessage | None = mine
    while message is not None and message.author_id == me.id:
        message = help_message_store.get(connection, message.answers) if message.answers is not None else None
    return message


def open_gathered(connection: sqlite3.Connection, me: Person, broadcast: int, now: datetime) -> list[HelpMessage]:
    """Bring an organizer the next of the answers that wait; return those that came now, without their later parts."""
    first = relay_answer_store.gathered_since(connection, broadcast)
    if first is None:
        return []
    live_card_store.hurry(connection, relay_answer_messages.CARDS.name, relay_answer_messages.subject(broadcast, first))
    taken = relay_answer_store.take_next(connection, broadcast, _OPENED)
    for message in taken:
        relay_messages.enqueue(connection, relay_messages.WORDS, message, [me], now)
    firsts = [one for one in taken if one.part_of is None]
    for message in firsts:
        receipt_store.save(
            connection,
            message.chat_id,
            message.message_id,
            ReceiptSubject(message=message.id),
            person_id=message.author_id,
            shown=DeliveryStage.WAITING,
            now=now,
            reaction=True,
        )
    return firsts


def _to_broadcast(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    number: int,
    *,
    owners: Collection[int],
    now: datetime,
    first: HelpMessage | None = None,
    answers: int | None = None,
) -> bool:
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or broadcast.by_id == me.id:
        return False
    kept = help_message_store.find(connection, incoming.chat_id, incoming.message_id)
    if kept is not None and kept.passed:
        return True
    waits = _waits(connection, me, incoming, broadcast, first)
    author = next((one for one in person.staff(connection, owners) if one.id == broadcast.by_id), None)
    if author is None and not waits:
        kind = HelpKind.OTHER
        relay_pass_service.pass_new(
            connection, me, incoming, kind=kind, call_id=None, owners=owners, now=now, answers=answers, broadcast=number
        )
        return True
    message = help_message_store.save(
        connection, incoming, person_id=me.id, author_id=me.id, now=now, answers=answers, broadcast=number
    )
    if waits:
        help_message_store.mark_passed(connection, message.id, None, now)
        relay_answer_store.gather(connection, message, asks=asks(incoming.words))
        relay_answer_messages.show_card(connection, broadcast, owners, now)
    elif author is not None:
        relay_pass_service.pass_to_one(connection, relay_messages.WORDS, message, author, now)
    return True


def _waits(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    broadcast: Broadcast,
    first: HelpMessage | None,
) -> bool:
    """Whether an answer waits behind the card of its broadcast; a later part does where its first part does."""
    if first is not None:
        return relay_answer_store.is_gathered(connection, first)
    return not calls(incoming.words) and not relay_answer_store.comes_first(connection, broadcast.id, me.id, _FIRST)
