"""/group: the staff group is connected by one button; what organizers write in its topics goes to whose topic it is."""

import logging

from telegram import Message
from telegram.error import ChatMigrated, TelegramError

from bot.access import Action
from bot.buttons.staff_group import ConnectGroup, DisconnectGroup, DropGroup, KeepGroup
from bot.context import Context
from bot.i18n import N_
from bot.inbound import incoming_message
from bot.messages import receipt as receipt_messages
from bot.messages import staff_group_watch as staff_group_watch_messages
from bot.routing import on_button, on_chat_shared, on_command, on_group_message
from bot.screen import Screen
from bot.services import relay as relay_service
from bot.services import staff_group as staff_group_service
from bot.store import forum_topic, person, side_effects
from bot.store import staff_group as staff_group_store
from bot.store.incoming_message import IncomingMessage
from bot.views import relay as relay_view
from bot.views import staff_group as staff_group_view

_LOG = logging.getLogger(__name__)


async def group(context: Context, _arguments: str) -> None:
    """Which group is connected, and whether it works."""
    await context.reply(await _screen(context))


async def pick(context: Context, _pressed: ConnectGroup) -> None:
    """Let the phone offer its groups."""
    await context.reply(staff_group_view.pick(context.locale))


async def picked(context: Context, message: Message) -> None:
    """Connect the group, look at it, and say in one sentence what is missing."""
    assert message.chat_shared is not None
    chat_id, title = message.chat_shared.chat_id, message.chat_shared.title or ""
    await context.write(staff_group_service.connect, context.member, chat_id, title, context.now())
    await _look(context)
    context.runtime.wake()
    await context.reply(await _screen(context))


async def ask_to_disconnect(context: Context, _pressed: DisconnectGroup) -> None:
    """Ask once more: from then on everything comes in private."""
    found = await context.read(staff_group_store.get)
    await context.show(staff_group_view.sure(context.locale, found) if found else staff_group_view.none(context.locale))


async def disconnect(context: Context, _pressed: DropGroup) -> None:
    """Disconnect it."""
    await context.write(staff_group_service.disconnect, context.member, context.now())
    await context.show(staff_group_view.disconnected(context.locale))


async def keep(context: Context, _pressed: KeepGroup) -> None:
    """It stays."""
    await context.show(await _screen(context))


async def written(context: Context, message: Message) -> None:
    """What an organizer writes in a topic goes to the person whose topic it is, and is acknowledged by a reaction.

    From a group that is connected no more nothing goes, and that is said.
    """
    topic, incoming = context.topic, incoming_message(message, context.part)
    if topic is None or incoming is None:
        return
    person_id = await context.read(forum_topic.person_in, message.chat_id, topic)
    if person_id is None:
        return
    if (refusal := _refusal(context, incoming)) is not None:
        if not context.is_later_part:
            await context.reply(refusal)
        return
    passed = await context.write(
        relay_service.pass_from_topic, context.member, incoming, person_id, topic=topic, now=context.now()
    )
    context.runtime.wake()
    if context.is_later_part:
        return
    if passed:
        await receipt_messages.react_to_words(context, message.message_id)
    else:
        await context.reply(staff_group_view.not_sent(context.locale))


def _refusal(context: Context, incoming: IncomingMessage) -> Screen | None:
    """Why what an organizer wrote in a person's topic goes to nobody; None where it goes."""
    if context.staff_group is None:
        return staff_group_view.former(context.locale)
    if not context.staff_group.usable:
        return staff_group_view.withheld(context.locale)
    return None if incoming.copyable else relay_view.cannot_pass(context.locale, ())


async def _screen(context: Context) -> Screen:
    found = await context.read(staff_group_store.get)
    if found is None:
        return staff_group_view.none(context.locale)
    strangers = await context.read(staff_group_store.strangers)
    return staff_group_view.connected(context.locale, found, tuple(strangers.values()))


async def _look(context: Context) -> None:
    """Ask Telegram about the group now, as its reader waits for that; where that fails, it is asked later."""
    runtime, found = context.runtime, await context.read(staff_group_store.get)
    if found is None:
        return
    staff = await context.read(person.staff, runtime.settings.owners)
    known = await context.read(staff_group_store.seen)
    try:
        facts = await staff_group_watch_messages.look_at(
            runtime.sender, found.chat_id, context.bot.id, {one.telegram_id: one.id for one in staff}, known
        )
    except ChatMigrated as moved:
        await context.write(side_effects.migrated, found.chat_id, moved.new_chat_id)
        return
    except TelegramError as error:
        _LOG.warning("The staff group could not be looked at: %s", type(error).__name__)
        return
    await context.write(staff_group_service.record, found.chat_id, facts, context.now(), owners=runtime.settings.owners)


ROUTES = (
    on_command("group", group, Action.CONNECT_GROUP, menu=N_("The staff group: connect it, see whether it works")),
    on_button(ConnectGroup, pick, Action.CONNECT_GROUP),
    on_chat_shared(staff_group_view.REQUEST, picked, Action.CONNECT_GROUP),
    on_button(DisconnectGroup, ask_to_disconnect, Action.CONNECT_GROUP),
    on_button(DropGroup, disconnect, Action.CONNECT_GROUP),
    on_button(KeepGroup, keep, Action.CONNECT_GROUP),
    on_group_message(written, Action.OWN_ALERTS),
)
