"""/broadcast: to whom, what, a preview, and it goes; a card shows how far it is and can stop it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import BroadcastAudience, BroadcastDrop, BroadcastResume, BroadcastSend
from bot.context import Context
from bot.i18n import N_
from bot.inbound import marks
from bot.marks import html
from bot.routing import on_answer, on_button, on_command, on_edit, on_unanswered
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.store import broadcast, conversation
from bot.store.broadcast import Audience, Broadcast, Progress, Reach, State
from bot.store.conversation import Conversation
from bot.views import broadcast as view

_TEXT = "broadcast.text"
_LIMIT = 4_096  # UTF-16 units of what is read
_ENTITIES = 100
# So long what is written next is the text of a draft; after that the draft is still there, and waits for a press.
_ENDS_AFTER: Final = timedelta(hours=2)


async def begin(context: Context, _arguments: str) -> None:
    """Ask who shall get it, with the number of each."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    found = await context.write(broadcast.draft, me.id, chat_id, now)
    await context.reply(await _audiences(context, found.id))


async def aim(context: Context, pressed: BroadcastAudience) -> None:
    """Keep who shall get it, and wait for the text. Where nobody would get it, ask again."""
    audience = Audience(pressed.to, pressed.group)
    if not _is_known(context, audience):
        await context.toast(context.words.plain("That group is no longer there."))
        return
    me, chat_id, now = context.member, context.chat_id, context.now()

    def keep(connection: sqlite3.Connection) -> tuple[Broadcast | None, Reach]:
        found, people = broadcast.own(connection, pressed.broadcast, me.id), broadcast.reach(connection, audience)
        if people.recipients and found is not None and found.state is State.DRAFT:
            found = broadcast.aim(connection, found.id, me.id, audience)
            _await_text(connection, chat_id, {"broadcast": pressed.broadcast}, now)
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
    number, me = int(context.awaits.data.get("broadcast", 0)) if context.awaits else 0, context.member
    if not message.text or not message.text.strip():
        if not context.goes_on:
            await context.reply(view.not_text(context.words, number))
        return
    if context.part is not None:
        await _too_long(context, number, context.part.total)
        return
    if len(message.entities) > _ENTITIES:
        await context.reply(view.too_colourful(context.words, number, len(message.entities), _ENTITIES))
        return

    now, chat_id = context.now(), context.chat_id

    def keep(connection: sqlite3.Connection) -> tuple[Broadcast | None, Reach]:
        written = html(message.text or "", marks(message))
        found = broadcast.write(connection, number, me.id, written, message.message_id)
        if found is not None and found.state is State.DRAFT:
            _await_text(connection, chat_id, {"broadcast": number}, now)
        return found, broadcast.reach(connection, found.audience) if found and found.audience else Reach(0, 0)

    found, people = await context.write(keep)
    if found is None or found.state is not State.DRAFT or found.audience is None:
        await context.expect_nothing()
        await _past(context, found)
        return
    shown = await _preview(context, found)
    if people.recipients:
        await context.reply(view.confirm(context.words, context.seminar, shown, found.audience, people))
    else:
        await context.reply(await _audiences(context, found.id, nobody=True))


async def edited(context: Context, message: Message) -> bool:
    """An organizer changes the text: the preview follows, so that what is above the button is what goes."""
    me, chat_id = context.member, context.chat_id
    found = await context.read(broadcast.written_in, me.id, chat_id, message.message_id)
    if found is None:
        return False
    written = html(message.text or "", marks(message))
    if written == found.text:
        return True
    if found.state is not State.DRAFT:
        await context.reply(view.edited_too_late(context.words))
    elif len(message.entities) > _ENTITIES:
        await context.write(broadcast.write, found.id, me.id, "", None)
        await context.reply(view.too_colourful(context.words, found.id, len(message.entities), _ENTITIES))
    else:
        source = message.message_id
        changed = await context.write(broadcast.write, found.id, me.id, written, source)
        if changed is not None and found.preview_id is not None:
            await context.change(chat_id, found.preview_id, view.message(changed.text))
    return True


async def send(context: Context, pressed: BroadcastSend) -> None:
    """Send it, once, and turn the question into the progress card."""
    me, card_id, chat_id, now = context.member, context.message_id, context.chat_id, context.now()
    awaits = context.awaits

    def confirm(connection: sqlite3.Connection) -> tuple[bool, Broadcast | None]:
        sent = broadcast_service.confirm(
            connection, pressed.broadcast, me.id, shown=pressed.text, card_id=card_id, now=now
        )
        if sent and awaits is not None and awaits.is_about(_TEXT, broadcast=pressed.broadcast):
            conversation.end(connection, chat_id, awaits)
        return sent, broadcast.own(connection, pressed.broadcast, me.id)

    sent, found = await context.write(confirm)
    if not sent and found is not None and found.state is State.DRAFT:
        await context.toast(view.newer_preview(context.words), alert=True)
        return
    if sent:
        context.runtime.wake()  # the progress card takes the place of the question by itself
    else:
        await _past(context, found)


async def drop(context: Context, pressed: BroadcastDrop) -> None:
    """Throw a draft away, or stop what has not left yet: that is the card's button, not one of an old question."""
    me, now, shown_in = context.member, context.now(), context.message_id

    def stop(connection: sqlite3.Connection) -> Broadcast | None:
        found = broadcast.own(connection, pressed.broadcast, me.id)
        if found is None or found.state is State.DRAFT or found.card_id == shown_in:
            return broadcast.stop(connection, pressed.broadcast, me.id, now)
        return found

    found = await context.write(stop)
    if context.awaits is not None and context.awaits.is_about(_TEXT, broadcast=pressed.broadcast):
        await context.expect_nothing()
    await _past(context, found)


async def resume(context: Context, pressed: BroadcastResume) -> None:
    """Go on with a draft: write its text, or confirm what was written."""
    me, chat_id, now = context.member, context.chat_id, context.now()

    def take_up(connection: sqlite3.Connection) -> tuple[Broadcast | None, Reach]:
        found = broadcast.own(connection, pressed.broadcast, me.id)
        if found is None or found.state is not State.DRAFT or found.audience is None:
            return found, Reach(0, 0)
        _await_text(connection, chat_id, {"broadcast": found.id}, now)
        return found, broadcast.reach(connection, found.audience)

    found, people = await context.write(take_up)
    if found is None or found.state is not State.DRAFT:
        await _past(context, found)
    elif found.audience is None or not people.recipients:
        await context.show(await _audiences(context, found.id, nobody=found.audience is not None))
    elif found.source_id is None:
        await context.show(view.write(context.words, context.seminar, found.id, found.audience, people))
    else:
        shown = await _preview(context, found)
        await context.reply(view.confirm(context.words, context.seminar, shown, found.audience, people))


async def lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the last ones about a draft: it is still there."""
    found = await _still_a_draft(context, awaited)
    return view.lapsed(context.words, found.id) if found is not None else None


async def left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a draft: it is still there."""
    found = await _still_a_draft(context, awaited)
    if found is None or (now is not None and now.is_about(_TEXT, broadcast=found.id)):
        return None
    return view.left(context.words, found.id)


async def _still_a_draft(context: Context, awaited: Conversation) -> Broadcast | None:
    number, me = int(awaited.data.get("broadcast", 0)), context.member
    found = await context.read(broadcast.own, number, me.id)
    return found if found is not None and found.state is State.DRAFT else None


def _await_text(connection: sqlite3.Connection, chat_id: int, data: Mapping[str, object], now: datetime) -> None:
    conversation.expect(connection, chat_id, _TEXT, data, now, until=now + _ENDS_AFTER)


async def _preview(context: Context, found: Broadcast) -> Broadcast:
    """Show the text, in the one preview that follows an edit and under which it can be sent."""
    shown = await context.reply(view.message(found.text))
    await context.write(broadcast.previewed, found.id, shown)
    return replace(found, preview_id=shown)


async def _audiences(context: Context, number: int, *, nobody: bool = False) -> Screen:
    """Who shall get it, with the number of each; `nobody` would get it as it was."""
    audiences = [Audience("all"), Audience("teachers")]
    if context.seminar.has_groups:
        audiences += [Audience("group", group.key) for group in context.seminar.groups]
    reached = await context.read(
        lambda connection: {audience: broadcast.reach(connection, audience) for audience in audiences}
    )
    return view.audiences(context.words, context.seminar, number, reached, nobody=nobody)


async def _too_long(context: Context, number: int, length: int) -> None:
    """The text goes on in another message, so no part of it may go out; said once, with the length so far."""
    me, chat_id, now = context.member, context.chat_id, context.now()

    def empty(connection: sqlite3.Connection) -> int | None:
        broadcast.write(connection, number, me.id, "", None)
        waits = conversation.of(connection, chat_id)
        return waits.data.get("said") if waits and waits.waits_for == _TEXT else None

    said = await context.write(empty)
    screen = view.too_long(context.words, number, length, _LIMIT)
    if said is not None:
        await context.change(chat_id, said, screen)
        return
    data = {"broadcast": number, "said": await context.reply(screen)}
    await context.write(_await_text, chat_id, data, now)


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
    if found.state is State.DROPPED:
        await context.show(view.dropped(context.words))
    elif found.card_id != context.message_id:
        await context.show(view.gone_already(context.words))  # it has one card: no old question becomes another
    elif found.is_open:
        context.runtime.wake()
    else:
        progress: Progress = await context.read(broadcast.progress, found)
        await context.show(view.card(context.words, found, progress))


ROUTES = (
    on_command("broadcast", begin, Action.BROADCAST, menu=N_("Write to many people")),
    on_button(BroadcastAudience, aim, Action.BROADCAST),
    on_answer(_TEXT, text, Action.BROADCAST, text_only=False, parts=True),
    on_unanswered(_TEXT, lapsed=lapsed, left=left),
    on_button(BroadcastResume, resume, Action.BROADCAST),
    on_edit(edited, Action.BROADCAST),
    on_button(BroadcastSend, send, Action.BROADCAST),
    on_button(BroadcastDrop, drop, Action.BROADCAST),
)
