"""What somebody was about to write to someone, when it comes too late or something else comes between.

No word goes to anybody then before its writer has said so, and none is lost.
"""

from datetime import timedelta
from typing import Final

from bot.access import Action
from bot.buttons.unsent import AnswerNow, WriteMore, WriteNow
from bot.context import Context
from bot.messages import receipt as receipt_messages
from bot.routing import on_button, on_unanswered
from bot.screen import Screen
from bot.services import help as help_service
from bot.services import unsent as unsent_service
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store.conversation import Conversation
from bot.store.help import HelpKind
from bot.store.help_message import HelpMessage
from bot.store.person import Person
from bot.views import help as help_view
from bot.views import relay as relay_view
from bot.views import unsent as unsent_view

_THE_DAY_AFTER: Final = timedelta(days=1)


async def write_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after "Write to": to that person all the same?"""
    reader = await _reader(context, awaited)
    if reader is None:
        return None
    return unsent_view.write_lapsed(context.locale, context.message_id, reader.id, reader.name)


async def write_now(context: Context, pressed: WriteNow) -> None:
    """What came after the time for it goes to that person all the same."""
    chat_id, message_id = context.chat_id, pressed.message
    if await context.write(
        unsent_service.pass_saved_to_person,
        context.member,
        chat_id,
        message_id,
        person_id=pressed.person,
        now=context.now(),
    ):
        await receipt_messages.show_for_words(context, message_id, new_message=False)
    elif await context.read(help_message_store.find, chat_id, message_id) is not None:
        reader = await context.read(person.by_id, pressed.person)
        await context.show(relay_view.unreachable(context.locale, reader.name if reader else ""))
    else:
        await context.show(relay_view.forgotten(context.locale))


async def write_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between "Write to" and the words."""
    reader = await _reader(context, awaited)
    to = help_service.AWAITS_MESSAGE.of(now)
    if reader is None or (to is not None and to.person == reader.id):
        return None
    return unsent_view.write_left(context.locale, reader.id, reader.name)


async def _reader(context: Context, awaited: Conversation) -> Person | None:
    """Whom an organizer was about to write to, unless they have left."""
    to = help_service.AWAITS_MESSAGE.of(awaited)
    reader = await context.read(person.by_id, to.person) if to is not None else None
    return reader if reader is not None and reader.active else None


async def answer_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after "Answer": to that organizer all the same?"""
    answered = await _answered(context, awaited)
    return unsent_view.answer_lapsed(context.locale, context.message_id, answered) if answered is not None else None


async def answer_now(context: Context, pressed: AnswerNow) -> None:
    """What came after the time for an answer is the answer all the same."""
    is_passed = await context.write(
        unsent_service.pass_saved_as_answer,
        context.member,
        context.chat_id,
        pressed.message,
        pressed.answer,
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    if is_passed:
        await receipt_messages.show_for_words(context, pressed.message, new_message=False)
    else:
        await context.show(relay_view.forgotten(context.locale))


async def answer_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between "Answer" and the answer."""
    answered, to = await _answered(context, awaited), help_service.AWAITS_ANSWER.of(now)
    if answered is None or (to is not None and to.message == answered.id):
        return None
    return unsent_view.answer_left(context.locale, answered)


async def _answered(context: Context, awaited: Conversation) -> HelpMessage | None:
    """What an organizer wrote to whoever acts, if it is still kept."""
    to = help_service.AWAITS_ANSWER.of(awaited)
    message = await context.read(help_message_store.get, to.message) if to is not None else None
    return message if message is not None and message.person_id == context.member.id else None


async def question_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came between the press and the question; a call for help says enough."""
    if now is not None and now.waits_for in {help_service.AWAITS_QUESTION.name, help_service.AWAITS_WORDS.name}:
        return None
    question = help_service.AWAITS_QUESTION.of(awaited)
    return unsent_view.question_left(context.locale, question.kind if question is not None else HelpKind.OTHER)


async def question_lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after "I have a question"."""
    return unsent_view.question_lapsed(context.locale)


async def words_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the last ones of a call; the day after nobody thinks of that any more."""
    return unsent_view.words_lapsed(context.locale) if context.now() < awaited.until + _THE_DAY_AFTER else None


async def words_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a call; an answer to an organizer only comes between.

    After a command nothing is said before there are words: whoever looks up the way is not to be held up.
    """
    if now is None or now.waits_for in {
        help_service.AWAITS_ANSWER.name,
        help_service.AWAITS_QUESTION.name,
        help_service.AWAITS_WORDS.name,
    }:
        return None
    words = help_service.AWAITS_WORDS.of(awaited)
    return unsent_view.words_left(context.locale, words.call) if words is not None else None


async def write_more(context: Context, pressed: WriteMore) -> None:
    """Go on with a call for help that is still open."""
    resumed = await context.write(help_service.resume, context.member, pressed.call, context.now())
    await context.show(unsent_view.goes_on(context.locale) if resumed else help_view.closed(context.locale))


ROUTES = (
    on_unanswered(help_service.AWAITS_MESSAGE, lapsed=write_lapsed, left=write_left),
    on_button(WriteNow, write_now, Action.CARE),
    on_unanswered(help_service.AWAITS_ANSWER, lapsed=answer_lapsed, left=answer_left),
    on_button(AnswerNow, answer_now, Action.ASK),
    on_unanswered(help_service.AWAITS_QUESTION, lapsed=question_lapsed, left=question_left),
    on_unanswered(help_service.AWAITS_WORDS, lapsed=words_lapsed, left=words_left),
    on_button(WriteMore, write_more, Action.ASK),
)
