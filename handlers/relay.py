"""What people and organizers write to each other: words of a call, answers, and letters to one person."""

from datetime import timedelta
from typing import Final

from telegram import Message, MessageReactionUpdated, ReactionTypeEmoji

from bot.access import Action, allowed
from bot.buttons.relay import AnswerStaff, NeverMind, OpenAnswers, PassOn, WriteTo
from bot.context import Context
from bot.inbound import incoming_message
from bot.messages import receipt as receipt_messages
from bot.phrases import mood, says_here
from bot.routing import on_answer, on_button, on_reaction
from bot.services import help as help_service
from bot.services import relay as relay_service
from bot.services import relay_answer as relay_answer_service
from bot.services import staff_group as staff_group_service
from bot.services import unsent as unsent_service
from bot.services.help import AnswerTo, MessageTo
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store.conversation import Conversation
from bot.store.incoming_message import IncomingMessage
from bot.views import relay as relay_view
from bot.views import staff_group as staff_group_view

# So long what is written next is what was asked for. Somebody who wrote to one person in the morning may mean anybody
# in the evening; an answer, which goes to organizers, may take its time.
_ENDS_AFTER: Final = timedelta(hours=1)
_ASKED_FOR: Final = timedelta(hours=2)


async def words(context: Context, message: Message) -> None:
    """The words of a call: everything goes on to the organizers until the call is settled, or nothing comes for long.

    A reply to an organizer's words goes to that organizer.
    """
    if (incoming := await _copyable(context, message)) is None or context.awaits is None:
        return
    await context.write(
        relay_service.pass_call_words,
        context.member,
        incoming,
        context.awaits,
        is_later_part=context.is_later_part,
        cares=allowed(Action.CARE, context.role, context.chat_kind),
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    await _passed(context, message, by_reaction=incoming.reply_to is not None)


async def pass_on(context: Context, pressed: PassOn) -> None:
    """Words that nobody had asked for: pass them on, or forget them."""
    if not pressed.yes:
        await context.write(help_message_store.delete_undecided, context.chat_id, pressed.message)
        await context.show(relay_view.not_passed(context.locale))
        return

    owners, now = context.runtime.settings.owners, context.now()
    if await context.write(
        unsent_service.pass_saved, context.member, context.chat_id, pressed.message, owners=owners, now=now
    ):
        await receipt_messages.show_for_words(context, pressed.message, new_message=False)
    else:
        await context.show(relay_view.forgotten(context.locale))


async def never_mind(context: Context, _pressed: NeverMind) -> None:
    """Nobody waits for the words any more, unless they are those of a call, or of another question than this one."""
    awaits = context.awaits
    asked = (
        help_service.AWAITS_MESSAGE.of(awaits)
        or help_service.AWAITS_ANSWER.of(awaits)
        or help_service.AWAITS_QUESTION.of(awaits)
    )
    if awaits is None or asked is None or asked.prompt not in {None, context.message_id}:
        await context.toast(relay_view.gone(context.locale))
        return
    await context.write(help_service.stop_waiting, context.member, context.chat_id, awaits, context.now())
    await context.show(relay_view.never_mind(context.locale))


async def answer(context: Context, pressed: AnswerStaff) -> None:
    """Wait for the answer to what an organizer wrote."""
    message = await context.read(help_message_store.get, pressed.message)
    if message is None or message.person_id != context.member.id:
        await context.toast(relay_view.gone(context.locale))
        return
    prompt = await context.reply(relay_view.answer_to(context.locale, message.author))
    await context.expect(help_service.AWAITS_ANSWER, AnswerTo(message.id, prompt), ends_after=_ASKED_FOR)


async def answered(context: Context, message: Message) -> None:
    """The answer goes to the organizer who wrote, or to all when that one is gone."""
    if (incoming := await _copyable(context, message)) is None or context.awaits is None:
        return
    await context.write(
        relay_service.pass_awaited_answer,
        context.member,
        incoming,
        context.awaits,
        is_superseded=context.is_superseded,
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    await _passed(context, message)


async def write_to(context: Context, pressed: WriteTo) -> None:
    """Wait for an organizer's words to a person; in the staff group they are written in the person's topic."""
    reader = await context.read(person.by_id, pressed.person)
    if context.staff_group is not None and context.staff_group.usable and reader is not None and reader.active:
        await context.write(staff_group_service.open_topic, context.staff_group, reader, context.now())
        context.runtime.wake()
        await context.toast(staff_group_view.write_in_topic(context.locale, reader.name), alert=True)
        return
    if reader is None or not reader.active or not reader.reachable:
        await context.reply(relay_view.unreachable(context.locale, reader.name if reader else ""))
        return
    prompt = await context.reply(relay_view.write_to(context.locale, reader.name))
    await context.expect(help_service.AWAITS_MESSAGE, MessageTo(reader.id, prompt), ends_after=_ENDS_AFTER)


async def written(context: Context, message: Message) -> None:
    """The organizer's words go to the person, unless they reply to someone else's."""
    if (incoming := await _copyable(context, message)) is None or context.awaits is None:
        return
    unreachable = await context.write(
        relay_service.pass_awaited_message,
        context.member,
        incoming,
        context.awaits,
        is_superseded=context.is_superseded,
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    if unreachable is None:
        await _passed(context, message, by_reaction=incoming.reply_to is not None)
    else:
        await _not_sent(context, unreachable)


async def open_answers(context: Context, pressed: OpenAnswers) -> None:
    """The next answers to a broadcast that wait come now; the card counts the others."""
    opened = await context.write(relay_answer_service.open_gathered, context.member, pressed.broadcast, context.now())
    if not opened:
        await context.toast(relay_view.all_shown(context.locale))
    context.runtime.wake()


async def reacted(context: Context, change: MessageReactionUpdated) -> None:
    """A reaction on passed words appears on the original, and one on the original on its copies.

    The bot has one reaction on a message: the newest. Taken back, the bot's own takes its place, where it had one.
    """
    emoji = next((one.emoji for one in reversed(change.new_reaction) if isinstance(one, ReactionTypeEmoji)), None)
    if emoji is None and change.new_reaction:
        return  # of Telegram Premium's own, which bots cannot repeat
    cares = allowed(Action.CARE, context.role, context.chat_kind)
    places = await context.write(relay_service.react, context.member, context.chat_id, change.message_id, cares=cares)
    for place in places:
        shown = emoji if emoji is not None or not place.is_acknowledged else receipt_messages.ARRIVED
        await context.react(place.message_id, shown, chat_id=place.chat_id)


def _belongs(message: Message, awaited: Conversation) -> bool:
    """Whether a message is taken for words of a call: after a mere question, what looks like a check-in is not."""
    text = message.text or ""
    return not (awaited.optional and (says_here(text) or mood(text) is not None))


async def _copyable(context: Context, message: Message) -> IncomingMessage | None:
    """What the message says, to be passed on; None, and its writer is told, where Telegram does not copy it."""
    incoming = incoming_message(message, context.part)
    if incoming is not None and context.awaits is not None and not incoming.copyable:
        await context.reply(relay_view.cannot_pass(context.locale, context.seminar.contacts))
        return None
    return incoming


async def _passed(context: Context, message: Message, *, by_reaction: bool = False) -> None:
    """Tell how far it is: of a reply by a reaction, of what a button asked for in words."""
    context.runtime.wake()
    if context.is_later_part:
        return
    tell = receipt_messages.react_to_words if by_reaction else receipt_messages.show_for_words
    await tell(context, message.message_id)


async def _not_sent(context: Context, person_id: int) -> None:
    if not context.is_later_part:
        reader = await context.read(person.by_id, person_id)
        await context.reply(relay_view.unreachable(context.locale, reader.name if reader else ""))


ROUTES = (
    on_answer(help_service.AWAITS_QUESTION, words, Action.ASK, text_only=False, parts=True),
    on_answer(help_service.AWAITS_WORDS, words, Action.ASK, text_only=False, parts=True, fits=_belongs),
    on_button(PassOn, pass_on, Action.ASK),
    on_button(NeverMind, never_mind, Action.ASK),
    on_button(AnswerStaff, answer, Action.ASK),
    on_answer(help_service.AWAITS_ANSWER, answered, Action.ASK, text_only=False, parts=True),
    on_button(WriteTo, write_to, Action.OWN_ALERTS),
    on_button(OpenAnswers, open_answers, Action.CARE),
    on_reaction(reacted, Action.ASK),
    on_answer(help_service.AWAITS_MESSAGE, written, Action.CARE, text_only=False, parts=True),
)
