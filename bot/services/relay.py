"""What people and organizers write to each other: kept, and passed on to whom it is for. The same twice is once."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.services import help as help_service
from bot.services import relay_answer as relay_answer_service
from bot.services import relay_pass as relay_pass_service
from bot.store import conversation
from bot.store import help_message as help_message_store
from bot.store import receipt as receipt_store
from bot.store import relay_copy as relay_copy_store
from bot.store.conversation import Conversation
from bot.store.help import HelpKind
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


def pass_call_words(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_later_part: bool,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass on words that a call or a question waited for; those that answer an organizer's go to that organizer."""
    if pass_reply(connection, me, incoming, cares=cares, owners=owners, now=now):
        return
    kept = help_message_store.find(connection, incoming.chat_id, incoming.message_id)
    if kept is not None and kept.passed:
        return  # it was handled before, and the chat waits for more words since
    if not is_later_part:
        conversation.end(connection, incoming.chat_id, awaited)
    question, words = help_service.AWAITS_QUESTION.of(awaited), help_service.AWAITS_WORDS.of(awaited)
    kind, call_id = question.kind if question else HelpKind.OTHER, words.call if words else None
    relay_pass_service.pass_new(connection, me, incoming, kind=kind, call_id=call_id, owners=owners, now=now)


def pass_awaited_answer(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_superseded: bool,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Pass on the answer that somebody pressed to write. `is_superseded`: the chat waits for something else by now."""
    if not is_superseded:
        conversation.end(connection, incoming.chat_id, awaited)
    asked = help_service.AWAITS_ANSWER.of(awaited)
    assert asked is not None
    relay_pass_service.pass_answer(connection, me, incoming, asked.message, owners=owners, now=now)
    help_service.listen_again(connection, me, now)


def pass_awaited_message(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    awaited: Conversation,
    *,
    is_superseded: bool,
    owners: Collection[int],
    now: datetime,
) -> int | None:
    """Pass on what an organizer pressed to write to a person, or writes in reply to a message about another one.

    Return None when it is passed on, else the number of the person whom the bot cannot reach.
    """
    if pass_reply(connection, me, incoming, cares=True, owners=owners, now=now):
        return None
    asked = help_service.AWAITS_MESSAGE.of(awaited)
    assert asked is not None
    asked_for = asked.person
    away = unreachable_reader(connection, me, incoming)
    if away is not None and away != asked_for:
        return away
    if not is_superseded:
        conversation.end(connection, incoming.chat_id, awaited)
    return None if relay_pass_service.pass_to_person(connection, me, incoming, asked_for, now) else asked_for


def pass_reply(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    *,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass on a reply to a message of the bot's that carries a call or somebody's words.

    Return False when it was no such message, or who wrote that cannot be reached. `cares`: `me` may answer for others.
    """
    if incoming.reply_to is None:
        return False
    _call, message = help_message_store.subject_of(connection, incoming.chat_id, incoming.reply_to)
    if message is not None and message.person_id == me.id:
        relay_pass_service.pass_answer(connection, me, incoming, message.id, owners=owners, now=now)
        return True
    if (person_id := _replied_to(connection, incoming)) is None:
        return _pass_reply_to_own(
            connection, me, incoming, incoming.reply_to, cares=cares, owners=owners, now=now
        ) or relay_answer_service.pass_reply_to_broadcast(connection, me, incoming, owners=owners, now=now)
    answers = message.id if message is not None else None
    return cares and relay_pass_service.pass_to_person(connection, me, incoming, person_id, now, answers=answers)


def unreachable_reader(connection: sqlite3.Connection, me: Person, incoming: IncomingMessage) -> int | None:
    """To whom an organizer replies whom the bot cannot reach: their number, 0 where they have erased everything.

    None where it is no reply to somebody's words, or they can be reached.
    """
    if incoming.reply_to is None:
        return None
    own = help_message_store.find(connection, incoming.chat_id, incoming.reply_to)
    person_id = own.person_id if own is not None and own.passed else _replied_to(connection, incoming)
    if person_id is None:
        return 0 if help_message_store.was_about_somebody(connection, incoming.chat_id, incoming.reply_to) else None
    if person_id == me.id or relay_pass_service.reachable(connection, person_id) is not None:
        return None
    return person_id


def pass_from_topic(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    person_id: int,
    *,
    topic: int,
    now: datetime,
) -> bool:
    """Pass on what an organizer writes in the topic of a person; return False when the bot cannot reach that person.

    Telegram has each message of a topic answer the one that opened it, unless it answers another.
    """
    answers: int | None = None
    if incoming.reply_to is not None and incoming.reply_to != topic:
        _call, message = help_message_store.subject_of(connection, incoming.chat_id, incoming.reply_to)
        message = message or help_message_store.find(connection, incoming.chat_id, incoming.reply_to)
        answers = message.id if message is not None and message.person_id == person_id else None
    return relay_pass_service.pass_to_person(connection, me, incoming, person_id, now, answers=answers)


@dataclass(frozen=True, slots=True)
class ReactionPlace:
    """Where a reaction is to appear. `is_acknowledged`: the bot's own belongs there, where there is no other."""

    chat_id: int
    message_id: int
    is_acknowledged: bool


def react(
    connection: sqlite3.Connection, me: Person, chat_id: int, message_id: int, *, cares: bool
) -> list[ReactionPlace]:
    """Where my reaction on a message of my chat is to appear: on the original of what was passed on, or on its copies.

    From here on the reaction there does not tell any more whether it has arrived.
    """
    call, message = help_message_store.subject_of(connection, chat_id, message_id)
    if call is not None:
        message = help_message_store.first_of_call(connection, call.id)
    if message is not None and not cares and message.person_id != me.id:
        return []  # who is no organizer any more
    if message is not None:
        receipt_store.forget_reaction(connection, message.chat_id, message.message_id)
        is_alone = message.help_id is None and message.part_of is None
        return [ReactionPlace(message.chat_id, message.message_id, is_alone)]
    own = help_message_store.find(connection, chat_id, message_id)
    if own is None or not own.passed or own.author_id != me.id:
        return []
    return [ReactionPlace(*place, False) for place in relay_copy_store.places(connection, own)]


def _pass_reply_to_own(
    connection: sqlite3.Connection,
    me: Person,
    incoming: IncomingMessage,
    reply_to: int,
    *,
    cares: bool,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Pass on a reply to something that I wrote myself, to where that went; False where it went nowhere."""
    earlier = help_message_store.find(connection, incoming.chat_id, reply_to)
    if earlier is None or not earlier.passed or earlier.author_id != me.id:
        return False
    if earlier.person_id != me.id:
        return cares and relay_pass_service.pass_to_person(
            connection, me, incoming, earlier.person_id, now, answers=earlier.id
        )
    if earlier.help_id is not None:
        kind, call_id = HelpKind.OTHER, earlier.help_id
        relay_pass_service.pass_new(
            connection, me, incoming, kind=kind, call_id=call_id, owners=owners, now=now, answers=earlier.id
        )
        return True
    return relay_answer_service.pass_beside(
        connection, me, earlier, incoming, owners=owners, now=now, answers=earlier.id
    )


def _replied_to(connection: sqlite3.Connection, incoming: IncomingMessage) -> int | None:
    """The number of the person to whom a reply of an organizer goes; None when it is no such reply."""
    if incoming.reply_to is None:
        return None
    call, message = help_message_store.subject_of(connection, incoming.chat_id, incoming.reply_to)
    subject = call or message or help_message_store.alert_in(connection, incoming.chat_id, incoming.reply_to)
    return subject.person_id if subject is not None else None
