"""What somebody was about to write to someone, when it comes too late or something else comes between.

No word goes to anybody then before its writer has said so, and none is lost.
"""

import sqlite3
from datetime import timedelta
from typing import Final

from bot.access import Action
from bot.buttons.unsent import AnswerNow, WriteMore, WriteNow
from bot.context import Context
from bot.messages import help as delivery
from bot.messages import receipts, relay
from bot.routing import on_button, on_unanswered
from bot.screen import Screen
from bot.store import help as store
from bot.store import person
from bot.store.conversation import Conversation
from bot.store.help import HelpMessage, Trouble
from bot.store.person import Person
from bot.views import help as talk
from bot.views import unsent as view

_THE_DAY_AFTER: Final = timedelta(days=1)


async def write_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after "Write to": to that person all the same?"""
    found = await context.read(person.by_id, int(awaited.data["person"]))
    if found is None or not found.active:
        return None
    return view.write_lapsed(context.words, context.message_id, found.id, found.name)


async def write_now(context: Context, pressed: WriteNow) -> None:
    """What came after the time for it goes to that person all the same."""
    me, now = context.member, context.now()

    def send(connection: sqlite3.Connection) -> tuple[bool, str | None, Person | None]:
        name = relay.kept_to_person(connection, me, context.chat_id, pressed.message, person_id=pressed.person, now=now)
        kept = store.written(connection, context.chat_id, pressed.message) is not None
        return kept, name, person.by_id(connection, pressed.person)

    kept, name, reader = await context.write(send)
    if name is not None:
        await receipts.of_words(context, pressed.message, anew=False)
    elif kept:
        await context.show(talk.unreachable(context.words, reader.name if reader else ""))
    else:
        await context.show(talk.forgotten(context.words))


async def write_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between "Write to" and the words."""
    if now is not None and now.is_about(delivery.WRITE, person=awaited.data["person"]):
        return None
    found = await context.read(person.by_id, int(awaited.data["person"]))
    return view.write_left(context.words, found.id, found.name) if found is not None and found.active else None


async def answer_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after "Answer": to that organizer all the same?"""
    found = await _answered(context, awaited)
    return view.answer_lapsed(context.words, context.message_id, found) if found is not None else None


async def answer_now(context: Context, pressed: AnswerNow) -> None:
    """What came after the time for an answer is the answer all the same."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    name = await context.write(
        relay.kept_as_answer, me, context.chat_id, pressed.message, pressed.answer, owners=owners, now=now
    )
    if name is None:
        await context.show(talk.forgotten(context.words))
    else:
        await receipts.of_words(context, pressed.message, anew=False)


async def answer_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between "Answer" and the answer."""
    if now is not None and now.is_about(delivery.ANSWER, message=awaited.data["message"]):
        return None
    found = await _answered(context, awaited)
    return view.answer_left(context.words, found) if found is not None else None


async def _answered(context: Context, awaited: Conversation) -> HelpMessage | None:
    """What an organizer wrote to whoever acts, if it is still kept."""
    found = await context.read(store.message, int(awaited.data["message"]))
    return found if found is not None and found.person_id == context.member.id else None


async def question_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between the press and the question; a call for help says enough."""
    if now is not None and now.waits_for in {delivery.QUESTION, delivery.WORDS}:
        return None
    return view.question_left(context.words, Trouble(awaited.data.get("kind", Trouble.OTHER)))


async def question_lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after "I have a question"."""
    return view.question_lapsed(context.words)


async def words_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the last ones of a call; the day after nobody thinks of that any more."""
    return view.words_lapsed(context.words) if context.now() < awaited.until + _THE_DAY_AFTER else None


async def words_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a call; an answer to an organizer only comes between.

    After a command nothing is said before there are words: whoever looks up the way is not to be held up.
    """
    if now is None or now.waits_for in {delivery.ANSWER, delivery.QUESTION, delivery.WORDS}:
        return None
    return view.words_left(context.words, int(awaited.data["call"])) if "call" in awaited.data else None


async def write_more(context: Context, pressed: WriteMore) -> None:
    """Go on with a call for help that is still open."""
    me, now = context.member, context.now()

    def listen(connection: sqlite3.Connection) -> bool:
        call = store.by_id(connection, pressed.call)
        if call is None or call.person_id != me.id or call.state == "closed":
            return False
        relay.listen(connection, call, now)
        return True

    goes_on = await context.write(listen)
    await context.show(view.goes_on(context.words) if goes_on else talk.closed(context.words))


ROUTES = (
    on_unanswered(delivery.WRITE, lapsed=write_lapsed, left=write_left),
    on_button(WriteNow, write_now, Action.CARE),
    on_unanswered(delivery.ANSWER, lapsed=answer_lapsed, left=answer_left),
    on_button(AnswerNow, answer_now, Action.ASK),
    on_unanswered(delivery.QUESTION, lapsed=question_lapsed, left=question_left),
    on_unanswered(delivery.WORDS, lapsed=words_lapsed, left=words_left),
    on_button(WriteMore, write_more, Action.ASK),
)
