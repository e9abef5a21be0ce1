"""Calls for help: made, and what their callers write next taken as words of the call."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.messages import help as help_messages
from bot.store import conversation, person
from bot.store import help as help_store
from bot.store.alert import AlertState
from bot.store.conversation import Conversation, Prompt
from bot.store.help import HelpCall, HelpKind
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class WordsOf:
    """Words of this call."""

    call: int


@dataclass(frozen=True, slots=True)
class QuestionAs:
    """Words that make a call of this kind. `prompt` is the message that asks for them, here and below."""

    kind: HelpKind
    prompt: int | None = None


@dataclass(frozen=True, slots=True)
class MessageTo:
    """A message to this person."""

    person: int
    prompt: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """An answer to this message."""

    message: int
    prompt: int | None = None


# What a chat waits for: words of a call that is made, or that they make; an organizer's to a person; a person's answer.
# `handlers/relay.py` receives them, `handlers/unsent.py` those that come too late. The names stand in databases.
AWAITS_WORDS: Final = Prompt("help.words", WordsOf)
AWAITS_QUESTION: Final = Prompt("help.question", QuestionAs)
AWAITS_MESSAGE: Final = Prompt("help.write", MessageTo)
AWAITS_ANSWER: Final = Prompt("help.answer", AnswerTo)

# So long everything that is written after a call for help goes on to the organizers, counted from its last words.
LISTENS_URGENT: Final = timedelta(hours=3)
# So long words that follow a question go the same way.
LISTENS: Final = timedelta(hours=1)


def call_for_help(
    connection: sqlite3.Connection,
    me: Person,
    kind: HelpKind,
    asked_in: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> HelpCall:
    """Make an urgent call at one tap (in the message `asked_in`), and alert the organizers. Twice is once."""
    call, _is_new = help_store.save(connection, me.id, kind, asked_in, now)
    if call.state is not AlertState.SETTLED:
        listen(connection, call, now)
        help_messages.tell_staff(connection, call, person.staff(connection, owners), now)
    return call


def resume(connection: sqlite3.Connection, me: Person, call_id: int, now: datetime) -> bool:
    """Take what I write next as words of a call of mine; return False when it is settled or gone."""
    call = help_store.get(connection, call_id)
    if call is None or call.person_id != me.id or call.state is AlertState.SETTLED:
        return False
    listen(connection, call, now)
    return True


def stop_waiting(
    connection: sqlite3.Connection, me: Person, chat_id: int, awaited: Conversation, now: datetime
) -> None:
    """What was to be written is not awaited any more; in the middle of an urgent call its words are again."""
    conversation.end(connection, chat_id, awaited)
    listen_again(connection, me, now)


def listen(connection: sqlite3.Connection, call: HelpCall, now: datetime) -> None:
    """Take what the caller writes next as words of the call.

    After an urgent call that is what everybody expects; after a question it gives way to whatever was asked for.
    """
    chat_id, about = call.telegram_id, WordsOf(call.id)
    if call.kind.urgent:
        conversation.expect(connection, chat_id, AWAITS_WORDS, about, now, until=now + LISTENS_URGENT)
    else:
        conversation.listen(connection, chat_id, AWAITS_WORDS, about, now, until=now + LISTENS)


def listen_again(connection: sqlite3.Connection, me: Person, now: datetime) -> None:
    """What was asked for in the middle of an urgent call is done: its words are listened for again."""
    call = urgent_call_of(connection, me, now)
    if call is not None and conversation.get(connection, me.telegram_id) is None:
        listen(connection, call, now)


def urgent_call_of(connection: sqlite3.Connection, me: Person, now: datetime) -> HelpCall | None:
    """The urgent call that I have just made and nobody has settled, or None."""
    return help_store.latest_urgent(connection, me.id, since=now - LISTENS_URGENT)


def stop_listening(connection: sqlite3.Connection, call: HelpCall) -> None:
    """The call is settled: what its caller writes next is not taken for words of it.

    The message that says so takes the button for their location away.
    """
    person.set_keyboard(connection, call.person_id, shown=False)
    awaited = conversation.get(connection, call.telegram_id)
    if awaited is not None and AWAITS_WORDS.of(awaited) == WordsOf(call.id):
        conversation.end(connection, call.telegram_id, awaited)
