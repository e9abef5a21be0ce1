"""Everything that no conversation is for, each with one clear sentence."""

from telegram import Chat, ChatMember, Message
from telegram.error import TelegramError

from bot import menu
from bot.access import Action, ChatKind, Role, allowed
from bot.context import Context
from bot.inbound import incoming_message, sent_at
from bot.messages import receipt as receipt_messages
from bot.phrases import asks, calls, code, may_say_here, mood, says_here
from bot.programme.checkin import Slot, Window, open_now
from bot.routing import Fallbacks
from bot.screen import Screen
from bot.services import attendance as attendance_service
from bot.services import programme_file as programme_file_service
from bot.services import reachability as reachability_service
from bot.services import relay as relay_service
from bot.services import staff_group as staff_group_service
from bot.services import unsent as unsent_service
from bot.services.attendance import SentCode
from bot.services.programme_file import SentFile
from bot.store import admission as admission_store
from bot.store import checkin as checkin_store
from bot.store import person, side_effects
from bot.store import staff_group as staff_group_store
from bot.store.incoming_message import IncomingMessage
from bot.views import admission as admission_view
from bot.views import attendance_answer as attendance_answer_view
from bot.views import checkin as checkin_view
from bot.views import fallback as fallback_view
from bot.views import programme_file as programme_file_view
from bot.views import relay as relay_view
from bot.views import start as start_view
from bot.views import unsent as unsent_view

_GREETING = 2  # words; a stranger who writes more has something to say
_AWAY = {ChatMember.LEFT, ChatMember.BANNED}


async def not_allowed(context: Context) -> None:
    """The command, button or answer exists, but not for this person or not in this chat."""
    if context.incoming.callback_query is not None:
        await context.toast(_refusal(context), alert=True)
    elif context.chat_kind is not ChatKind.PRIVATE:
        await context.reply(fallback_view.only_in_private(context.locale, context.bot.username))
    elif context.role is Role.STRANGER:
        await _stranger(context)
    else:
        await context.say(fallback_view.not_for_you(context.locale))


async def unknown_command(context: Context) -> None:
    """In private: what there is instead. In a group it may be another bot's."""
    if context.chat_kind is not ChatKind.PRIVATE:
        return
    if context.person is None:
        await _stranger(context)
    else:
        await context.reply(fallback_view.unknown_command(context.locale, menu.commands(context)))


async def old_button(context: Context) -> None:
    """A button that this version does not know any more."""
    await context.toast(fallback_view.old_button(context.locale), alert=True)


async def needs_text(context: Context) -> None:
    """A sticker, a voice, a photo where words are asked for."""
    message = context.incoming.message
    if message is not None and incoming_message(message) is not None:
        await context.reply(fallback_view.needs_text(context.locale))


async def free_text(context: Context, late: Screen | None) -> None:
    """Words that nobody asked for: a reply to a message of the bot, or an offer to pass them on.

    `late` is what they would have been for, had they come in time.
    """
    message = context.incoming.message
    if (
        context.chat_kind is not ChatKind.PRIVATE
        or message is None
        or (incoming := incoming_message(message, context.part)) is None
    ):
        return
    if context.role is Role.STRANGER:
        await _stranger(context, incoming.words)
        return
    if await _is_attendance_code(context, incoming, right_alone=True) or await _is_for_who_is_away(context, incoming):
        return
    if not incoming.copyable:
        await context.reply(relay_view.cannot_pass(context.locale, context.seminar.contacts))
        return
    window = await _open_checkin(context)
    file = await _programme_file(context, message)
    typed = window is not None and late is None and incoming.media is None and _answers(window, incoming.words)
    is_passed = await context.write(
        unsent_service.pass_or_save,
        context.member,
        incoming,
        is_later_part=context.is_later_part,
        saves=not typed,
        goes_home=not typed and late is None and file is None,
        cares=allowed(Action.CARE, context.role, context.chat_kind),
        owners=context.runtime.settings.owners,
        now=context.now(),
    )
    if is_passed:
        context.runtime.wake()
        if not context.is_later_part:
            await receipt_messages.react_to_words(context, message.message_id)
            await _after_passing(context, window, incoming)
        return
    if await _is_attendance_code(context, incoming):
        return
    instead = late or file
    if instead is None and calls(incoming.words):
        instead = unsent_view.at_once(context.locale)
    offer = None if typed else relay_view.offer(context.locale, message.message_id, instead=instead)
    await context.reply(_with_checkin(context, window, incoming.words, offer))


async def _is_for_who_is_away(context: Context, incoming: IncomingMessage) -> bool:
    """Whether an organizer replies to somebody whom the bot cannot reach: it is said, and goes to nobody else."""
    if not allowed(Action.CARE, context.role, context.chat_kind):
        return False
    person_id = await context.read(relay_service.unreachable_reader, context.member, incoming)
    if person_id is None:
        return False
    if not context.is_later_part:
        reader = await context.read(person.by_id, person_id)
        await context.reply(relay_view.unreachable(context.locale, reader.name if reader else ""))
    return True


async def _after_passing(context: Context, window: Window | None, incoming: IncomingMessage) -> None:
    """What words may mean besides: a call for help, or the answer to a check-in. A reply means what it answers."""
    if incoming.reply_to is None and await _is_attendance_code(context, incoming):
        return
    if incoming.reply_to is None and calls(incoming.words):
        await context.reply(unsent_view.at_once(context.locale))
    elif incoming.reply_to is None and window is not None and incoming.media is None and may_say_here(incoming.words):
        await context.reply(checkin_view.tap(context.locale, window, context.member.name))


async def _programme_file(context: Context, message: Message) -> Screen | None:
    """The offer to read what an organizer sent as the programme, where it is a file of such a kind."""
    file = message.document
    if file is None or not allowed(Action.CHANGE_PROGRAMME, context.role, context.chat_kind):
        return None
    sent = SentFile(message.message_id, file.file_id, file.file_name or "", file.file_size or 0)
    if not await context.write(programme_file_service.offer, context.chat_id, sent, context.now()):
        return None
    return programme_file_view.offer(context.locale, message.message_id)


async def _is_attendance_code(context: Context, incoming: IncomingMessage, *, right_alone: bool = False) -> bool:
    """Whether the words are four digits while a session that shows a code runs: then they are answered.

    `right_alone`: only where they are the code of now, since an answer to an organizer may be the number of a room.
    """
    digits = code(incoming.words) if incoming.media is None else None
    if digits is None or not allowed(Action.BE_COUNTED, context.role, context.chat_kind):
        return False
    now, seminar = context.now(), context.seminar
    sent = SentCode(digits, "", incoming.message_id, sent_at(context.incoming.message, now))
    if right_alone and not await context.read(attendance_service.is_code_of_now, context.member, seminar, sent):
        return False
    said = await context.write(attendance_service.send_code, context.member, seminar, sent, now=now)
    if said is None or said.taken is None:
        return False
    await context.reply(attendance_answer_view.of_code(context.locale, seminar, said.outcome, said.taken, said.mark))
    return True


def _with_checkin(context: Context, window: Window | None, typed: str, offer: Screen | None) -> Screen:
    """What to answer to words that may be meant for an open check-in, for the organizers, or for both."""
    if window is None:
        assert offer is not None
        return offer
    if offer is None or may_say_here(typed):
        return checkin_view.tap(context.locale, window, context.member.name, other=offer)
    return checkin_view.still_open(context.locale, window, offer)


async def _open_checkin(context: Context) -> Window | None:
    """The check-in that the person can answer now and has not."""
    me, window = context.member, open_now(context.seminar, context.now())
    if window is None or not allowed(Action.CHECK_IN, context.role, context.chat_kind):
        return None
    kept = await context.read(checkin_store.get, me.id, window.key)
    return window if kept is None else None


def _answers(window: Window, typed: str) -> bool:
    """Whether the words are typed in place of a press, and nothing else."""
    return says_here(typed) or (window.slot is Slot.EVENING and mood(typed) is not None)


async def membership(context: Context) -> None:
    """The bot was blocked or unblocked in private, or came to a group."""
    change = context.incoming.my_chat_member
    if change is None:
        return
    was_in, is_in = (member.status not in _AWAY for member in (change.old_chat_member, change.new_chat_member))
    if change.chat.type == Chat.PRIVATE:
        await _reachable(context, reachable=is_in)
    elif context.chat_kind is ChatKind.STAFF_GROUP:
        await context.write(staff_group_store.ask_again)
        context.runtime.wake()
    elif change.chat.type in {Chat.GROUP, Chat.SUPERGROUP} and is_in and not was_in and not _connects(context):
        try:
            await context.reply(fallback_view.only_in_private(context.locale, context.bot.username))
        except TelegramError:
            return  # a group where the bot may not write: there is nothing to say then


def _connects(context: Context) -> bool:
    """Whether an organizer who is picking the staff group brings the bot there: what they picked follows."""
    me = context.person
    return me is not None and me.has_keyboard and allowed(Action.CONNECT_GROUP, context.role, ChatKind.PRIVATE)


async def group(context: Context) -> None:
    """Somebody came to the staff group or left it, or writes there: who is no organizer is reported."""
    if context.chat_kind is not ChatKind.STAFF_GROUP:
        return
    change, message = context.incoming.chat_member, context.incoming.message
    if message is not None and message.migrate_to_chat_id:
        await context.write(side_effects.migrated, message.chat_id, message.migrate_to_chat_id)
        return
    if change is not None:
        who, is_in = change.new_chat_member.user, change.new_chat_member.status not in _AWAY
    elif message is not None and message.from_user is not None and incoming_message(message) is not None:
        who, is_in = message.from_user, True
    else:
        return  # what Telegram says itself, in the name of who has left
    if change is None and allowed(Action.OWN_ALERTS, context.role, context.chat_kind):
        return
    if is_in:
        owners, now = context.runtime.settings.owners, context.now()
        await context.write(staff_group_service.came, who.id, who.full_name, owners=owners, now=now)
    else:
        await context.write(staff_group_store.ask_again)
    context.runtime.wake()


async def _reachable(context: Context, *, reachable: bool) -> None:
    """Someone blocked the bot, and nothing waits for them any more; or they are back."""
    me, now, owners = context.person, context.now(), context.runtime.settings.owners
    if me is None:
        return
    change = reachability_service.unblocked if reachable else reachability_service.blocked
    await context.write(change, me, owners=owners, now=now)
    if not reachable:
        context.runtime.requeue(me.id)
    context.runtime.wake()


def _refusal(context: Context) -> str:
    """Why a button does nothing: others may look on, the person is no member, or has another role."""
    if context.chat_kind is not ChatKind.PRIVATE:
        return fallback_view.press_in_private(context.locale)
    return (
        fallback_view.finish_joining(context.locale)
        if context.role is Role.STRANGER
        else fallback_view.not_for_you(context.locale)
    )


async def _stranger(context: Context, said: str = "") -> None:
    """The way in, or how far it is; who has `said` something hears that nobody has read it."""
    if context.person is not None:
        await context.say(fallback_view.finish_joining(context.locale))
        return
    user_id = context.user_id
    request = await context.read(admission_store.get, user_id)
    if request is not None and request.state == "asked":
        await context.reply(start_view.still_asking(context.locale))
    elif request is not None and request.state == "refused":
        await context.reply(admission_view.refused(context.locale))
    elif asks(said) or len(said.split()) > _GREETING:
        await context.reply(start_view.unread(context.locale))
    else:
        await context.reply(start_view.stranger(context.locale, context.runtime.locales.all()))


FALLBACKS = Fallbacks(
    not_allowed=not_allowed,
    unknown_command=unknown_command,
    old_button=old_button,
    needs_text=needs_text,
    free_text=free_text,
    membership=membership,
    group=group,
)
