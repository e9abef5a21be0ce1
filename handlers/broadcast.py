"""/broadcast: to whom, what, a preview, and it goes; a card shows how far it is and can stop it."""

import sqlite3
from collections.abc import Mapping

from telegram import Message

from bot.access import Action
from bot.buttons import BroadcastAudience, BroadcastDrop, BroadcastSend
from bot.context import Context
from bot.delivery.kinds import Priority
from bot.i18n import N_
from bot.names import units
from bot.routing import on_answer, on_button, on_command
from bot.screen import Screen
from bot.store import broadcast, conversation
from bot.store.broadcast import Audience, Broadcast, Progress, Reach, State
from bot.views import broadcast as view

_TEXT = "broadcast.text"
_LIMIT = 4_096  # UTF-16 units of what is read
_ENTITIES = 100
# Phones cut a text that is too long into several messages, and send them within moments.
_PART, _MOMENT = 2_000, 2  # UTF-16 units, seconds


async def begin(context: Context, _arguments: str) -> None:
    """Ask who shall get it, with the number of each."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    found = await context.write(lambda connection: broadcast.draft(connection, me.id, chat_id, now))
    await context.reply(await _audiences(context, found.id))


async def aim(context: Context, pressed: BroadcastAudience) -> None:
    """Keep who shall get it, and wait for the text. Where nobody would get it, ask again."""
    audience = Audience(pressed.to, pressed.group)
    if not _is_known(context, audience):
        return
    me, chat_id, now = context.member, context.chat_id, context.now()

    def keep(connection: sqlite3.Connection) -> tuple[Broadcast | None, Reach]:
        found, people = broadcast.own(connection, pressed.broadcast, me.id), broadcast.reach(connection, audience)
        if people.recipients and found is not None and found.state is State.DRAFT:
            found = broadcast.aim(connection, found.id, me.id, audience)
            conversation.expect(connection, chat_id, _TEXT, {"broadcast": pressed.broadcast}, now)
        return found, people

    found, people = await context.write(keep)
    if found is None or found.state is not State.DRAFT:
        await _past(context, found)
    elif not people.recipients:
        await context.show(await _audiences(context, found.id, nobody=True))
    elif found.source_id is not None:
        await context.show(view.confirm(context.words, context.seminar, found, audience, people))
    else:
        await context.show(view.write(context.words, context.seminar, found.id, audience, people))


async def text(context: Context, message: Message) -> None:
    """Show the text as recipients will see it, and ask whether it shall go. Another text takes its place."""
    awaited, me = dict(context.awaits.data) if context.awaits else {}, context.member
    number = int(awaited.get("broadcast", 0))
    if not message.text or not message.text.strip():
        await context.reply(view.not_text(context.words, number))
        return
    earlier, length = _earlier_part(awaited, message), units(message.text)
    if earlier + length > _LIMIT:
        await context.write(lambda connection: broadcast.write(connection, number, me.id, "", None))
        await context.expect(_TEXT, _heard(number, message, earlier + length))
        await context.reply(view.too_long(context.words, number, earlier + length, _LIMIT))
        return
    if len(message.entities) > _ENTITIES:
        await context.reply(view.too_colourful(context.words, number, len(message.entities), _ENTITIES))
        return

    now, chat_id = context.now(), context.chat_id

    def keep(connection: sqlite3.Connection) -> tuple[Broadcast | None, Reach]:
        found = broadcast.write(connection, number, me.id, message.text_html, message.message_id)
        conversation.expect(connection, chat_id, _TEXT, _heard(number, message, length), now)
        return found, broadcast.reach(connection, found.audience) if found and found.audience else Reach(0, 0)

    found, people = await context.write(keep)
    if found is None or found.state is not State.DRAFT or found.audience is None:
        await context.expect_nothing()
        await _past(context, found)
        return
    await context.reply(view.message(found.text))
    if people.recipients:
        await context.reply(view.confirm(context.words, context.seminar, found, found.audience, people))
    else:
        await context.reply(await _audiences(context, found.id, nobody=True))


async def send(context: Context, pressed: BroadcastSend) -> None:
    """Send it, once, and turn the question into the progress card."""
    if context.message is None:
        return
    me, card_id, chat_id, now = context.member, context.message.message_id, context.chat_id, context.now()

    def confirm(connection: sqlite3.Connection) -> tuple[bool, Broadcast | None]:
        sent = broadcast.confirm(
            connection,
            pressed.broadcast,
            me.id,
            source_id=pressed.text,
            card_id=card_id,
            priority=Priority.BROADCAST,
            now=now,
        )
        if sent:
            conversation.end(connection, chat_id)
        return sent, broadcast.own(connection, pressed.broadcast, me.id)

    sent, found = await context.write(confirm)
    if not sent and found is not None and found.state is State.DRAFT:
        await context.toast(view.newer_text(context.words), alert=True)
        return
    if sent:
        context.services.wake()  # the progress card takes the place of the question by itself
    else:
        await _past(context, found)


async def drop(context: Context, pressed: BroadcastDrop) -> None:
    """Throw a draft away, or stop what has not left yet."""
    me, now = context.member, context.now()
    found = await context.write(lambda connection: broadcast.stop(connection, pressed.broadcast, me.id, now))
    awaits = context.awaits
    if awaits is not None and awaits.waits_for == _TEXT and awaits.data.get("broadcast") == pressed.broadcast:
        await context.expect_nothing()
    await _past(context, found)


async def _audiences(context: Context, number: int, *, nobody: bool = False) -> Screen:
    """Who shall get it, with the number of each; `nobody` would get it as it was."""
    audiences = [Audience("all"), Audience("teachers")]
    audiences += [Audience("group", group.key) for group in context.seminar.groups]
    reached = await context.read(
        lambda connection: {audience: broadcast.reach(connection, audience) for audience in audiences}
    )
    return view.audiences(context.words, context.seminar, number, reached, nobody=nobody)


def _earlier_part(awaited: Mapping[str, object], message: Message) -> int:
    """The length of what came a moment ago, when this message seems to be its continuation."""
    at, length, source = (int(str(awaited.get(name, 0))) for name in ("at", "length", "source"))
    soon = 0 <= message.date.timestamp() - at <= _MOMENT
    return length if soon and length >= _PART and source != message.message_id else 0


def _heard(number: int, message: Message, length: int) -> dict[str, object]:
    at = int(message.date.timestamp())
    return {"broadcast": number, "at": at, "length": length, "source": message.message_id}


def _is_known(context: Context, audience: Audience) -> bool:
    if audience.to == "group":
        return context.seminar.group(audience.group) is not None
    return audience.to in {"all", "teachers"}


async def _past(context: Context, found: Broadcast | None) -> None:
    """Show what became of a broadcast that is no draft any more; of somebody else's (None) nothing."""
    if found is None:
        gone = view.gone(context.words)
        await (context.toast(gone) if context.incoming.callback_query else context.say(gone))
        return
    if found.is_open:
        context.services.wake()
        return
    if found.state is State.DROPPED:
        await context.show(view.dropped(context.words))
        return
    progress: Progress = await context.read(lambda connection: broadcast.progress(connection, found))
    await context.show(view.card(context.words, context.seminar, found, progress))


ROUTES = (
    on_command("broadcast", begin, Action.BROADCAST, menu=N_("Write to many people")),
    on_button(BroadcastAudience, aim, Action.BROADCAST),
    on_answer(_TEXT, text, Action.BROADCAST, text_only=False),
    on_button(BroadcastSend, send, Action.BROADCAST),
    on_button(BroadcastDrop, drop, Action.BROADCAST),
)
