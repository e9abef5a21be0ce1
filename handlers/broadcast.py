"""/broadcast: to whom, what, a preview, and it goes; a card shows how far it is and can stop it."""

from dataclasses import replace
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import (
    BroadcastAudience,
    BroadcastDrop,
    BroadcastResume,
    BroadcastSend,
    BroadcastToMissing,
)
from bot.context import Context
from bot.i18n import N_
from bot.inbound import written
from bot.programme.checkin import Slot, window_on
from bot.routing import on_answer, on_button, on_command, on_edit, on_unanswered
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.services.broadcast import DraftText
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach, Silence
from bot.store.conversation import Conversation
from bot.views import broadcast as broadcast_view
from bot.views import fallback as fallback_view

_TEXT: Final = broadcast_service.TEXT
_LIMIT: Final = 4_096  # UTF-16 units of what is read
_ENTITIES: Final = 100


async def begin(context: Context, _arguments: str) -> None:
    """Ask who shall get it, with the number of each."""
    draft = await context.write(broadcast_store.add, context.member.id, context.chat_id, context.now())
    await context.reply(await _audiences(context, draft.id))


async def begin_to_missing(context: Context, pressed: BroadcastToMissing) -> None:
    """Write to all who have not answered a check-in, of whom nobody knows."""
    window = window_on(context.seminar, pressed.on, Slot(pressed.slot)) if pressed.slot in set(Slot) else None
    if window is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    audience = Audience("teachers", silence=Silence(window.key, window.opens))
    addressed = await context.write(
        broadcast_service.begin_to, context.member.id, audience, chat_id=context.chat_id, now=context.now()
    )
    if (draft := addressed.draft) is None:
        await context.toast(broadcast_view.nobody_missing(context.locale), alert=True)
    else:
        reach = await _with_names(context, audience, addressed.reach)
        await context.reply(broadcast_view.write(context.locale, context.seminar, draft.id, audience, reach))


async def choose_audience(context: Context, pressed: BroadcastAudience) -> None:
    """Keep who shall get it, and wait for the text. Where nobody would get it, ask again."""
    audience = Audience(pressed.to, pressed.group)
    if not _is_known(context, audience):
        await context.toast(context.locale.plain("That group is no longer there."))
        return
    addressed = await context.write(
        broadcast_service.set_audience,
        pressed.broadcast,
        context.member.id,
        audience,
        chat_id=context.chat_id,
        now=context.now(),
    )
    draft, reach = addressed.draft, addressed.reach
    if draft is None:
        await _past(context, addressed.broadcast)
    elif not reach.recipients:
        await context.show(await _audiences(context, draft.id, nobody=True))
    elif draft.versions:
        await context.show(broadcast_view.confirm(context.locale, context.seminar, draft, audience, reach))
    else:
        await context.show(broadcast_view.write(context.locale, context.seminar, draft.id, audience, reach))


async def text(context: Context, message: Message) -> None:
    """Show the text as recipients will see it, and ask whether it shall go. Another text takes its place."""
    about = _TEXT.of(context.awaits)
    number = about.broadcast if about is not None else 0
    words = written(message)
    if not words:
        if not context.is_later_part:
            await context.reply(broadcast_view.not_text(context.locale, number))
        return
    if context.part is not None:
        await _too_long(context, number, context.part.total)
        return
    if len(message.entities) > _ENTITIES:
        await context.reply(broadcast_view.too_colourful(context.locale, number, len(message.entities), _ENTITIES))
        return
    addressed = await context.write(
        broadcast_service.set_text,
        number,
        context.member.id,
        words,
        source_id=message.message_id,
        chat_id=context.chat_id,
        now=context.now(),
    )
    draft, reach = addressed.draft, addressed.reach
    if draft is None or draft.audience is None:
        await context.expect_nothing()
        await _past(context, addressed.broadcast)
        return
    shown = await _preview(context, draft)
    if reach.recipients:
        reach = await _with_names(context, draft.audience, reach)
        await context.reply(broadcast_view.confirm(context.locale, context.seminar, shown, draft.audience, reach))
    else:
        await context.reply(await _audiences(context, draft.id, nobody=True))


async def edited(context: Context, message: Message) -> bool:
    """An organizer changes the text: the preview follows, so that what is above the button is what goes."""
    me, chat_id, source_id = context.member, context.chat_id, message.message_id
    found = await context.read(broadcast_version_store.written_in, me.id, chat_id, source_id)
    broadcast = await context.read(broadcast_store.own, found[0], me.id) if found else None
    if broadcast is None:
        return False
    text = written(message)
    if text == broadcast.text:
        return True
    if broadcast.state is not BroadcastState.DRAFT:
        await context.reply(broadcast_view.edited_too_late(context.locale))
    elif len(message.entities) > _ENTITIES:
        await context.write(broadcast_store.set_text, broadcast.id, me.id, "", source_id=None, now=context.now())
        count = len(message.entities)
        await context.reply(broadcast_view.too_colourful(context.locale, broadcast.id, count, _ENTITIES))
    else:
        changed = await context.write(
            broadcast_store.set_text, broadcast.id, me.id, text, source_id=source_id, now=context.now()
        )
        preview_id = broadcast.versions[0].preview_id if broadcast.versions else None
        if changed is not None and preview_id is not None:
            await context.change(chat_id, preview_id, broadcast_view.message(changed.text))
    return True


async def send(context: Context, pressed: BroadcastSend) -> None:
    """Send it, once, and turn the question into the progress card."""
    sent, broadcast = await context.write(
        broadcast_service.send,
        pressed.broadcast,
        context.member.id,
        shown=pressed.text,
        card_id=context.message_id,
        chat_id=context.chat_id,
        awaits=context.awaits,
        now=context.now(),
    )
    if not sent and broadcast is not None and broadcast.state is BroadcastState.DRAFT:
        if broadcast.shown == pressed.text:
            await context.show(await _audiences(context, broadcast.id, nobody=True))
        else:
            await context.toast(broadcast_view.newer_preview(context.locale), alert=True)
    elif sent:
        context.runtime.wake()  # the progress card takes the place of the question by itself
    else:
        await _past(context, broadcast)


async def drop(context: Context, pressed: BroadcastDrop) -> None:
    """Throw a draft away, or stop what has not left yet: that is the card's button, not one of an old question."""
    me, now, card_id = context.member, context.now(), context.message_id
    broadcast = await context.write(broadcast_service.stop, pressed.broadcast, me.id, card_id=card_id, now=now)
    if (about := _TEXT.of(context.awaits)) is not None and about.broadcast == pressed.broadcast:
        await context.expect_nothing()
    await _past(context, broadcast)


async def resume(context: Context, pressed: BroadcastResume) -> None:
    """Go on with a draft: write its text, or confirm what was written."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    addressed = await context.write(broadcast_service.resume, pressed.broadcast, me.id, chat_id=chat_id, now=now)
    draft, reach = addressed.draft, addressed.reach
    if draft is None:
        await _past(context, addressed.broadcast)
    elif draft.audience is None or not reach.recipients:
        await context.show(await _audiences(context, draft.id, nobody=draft.audience is not None))
    elif not draft.versions:
        reach = await _with_names(context, draft.audience, reach)
        await context.show(broadcast_view.write(context.locale, context.seminar, draft.id, draft.audience, reach))
    else:
        reach, shown = await _with_names(context, draft.audience, reach), await _preview(context, draft)
        await context.reply(broadcast_view.confirm(context.locale, context.seminar, shown, draft.audience, reach))


async def lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the last ones about a draft: it is still there."""
    draft = await _still_a_draft(context, awaited)
    return broadcast_view.lapsed(context.locale, draft.id) if draft is not None else None


async def left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a draft: it is still there."""
    draft = await _still_a_draft(context, awaited)
    if draft is None or ((about := _TEXT.of(now)) is not None and about.broadcast == draft.id):
        return None
    return broadcast_view.left(context.locale, draft.id)


async def _still_a_draft(context: Context, awaited: Conversation) -> Broadcast | None:
    about = _TEXT.of(awaited)
    broadcast = await context.read(broadcast_store.own, about.broadcast if about else 0, context.member.id)
    return broadcast if broadcast is not None and broadcast.state is BroadcastState.DRAFT else None


async def _preview(context: Context, draft: Broadcast) -> Broadcast:
    """Show the text, in the one preview that follows an edit and under which it can be sent."""
    shown = await context.reply(broadcast_view.message(draft.text))
    await context.write(broadcast_version_store.set_preview, draft.id, "", shown)
    return replace(draft, versions=tuple(replace(one, preview_id=shown) for one in draft.versions))


async def _with_names(context: Context, audience: Audience, reach: Reach) -> Reach:
    return replace(reach, names=await context.read(broadcast_audience_store.first_names, audience))


async def _audiences(context: Context, number: int, *, nobody: bool = False) -> Screen:
    """Who shall get it, with the number of each; `nobody` would get it as it was."""
    audiences = [Audience("all"), Audience("teachers")]
    if context.seminar.has_groups:
        audiences += [Audience("group", group.key) for group in context.seminar.groups]
    reached = await context.read(broadcast_audience_store.reach_of_each, audiences)
    return broadcast_view.audiences(context.locale, context.seminar, number, reached, nobody=nobody)


async def _too_long(context: Context, number: int, length: int) -> None:
    """The text goes on in another message, so no part of it may go out; said once, with the length so far."""
    me, chat_id = context.member, context.chat_id
    said = await context.write(broadcast_service.refuse_text, number, me.id, chat_id=chat_id, now=context.now())
    screen = broadcast_view.too_long(context.locale, number, length, _LIMIT)
    if said is not None:
        await context.change(chat_id, said, screen)
        return
    about = DraftText(number, said=await context.reply(screen))
    await context.write(broadcast_service.await_text, chat_id, about, context.now())


def _is_known(context: Context, audience: Audience) -> bool:
    if audience.to == "group":
        return context.seminar.group(audience.group) is not None
    return audience.to in {"all", "teachers"}


async def _past(context: Context, broadcast: Broadcast | None) -> None:
    """Show what became of a broadcast that is no draft any more; of somebody else's (None) nothing."""
    if broadcast is None:
        gone = broadcast_view.gone(context.locale)
        await (context.toast(gone) if context.incoming.callback_query else context.say(gone))
        return
    if broadcast.state is BroadcastState.DROPPED:
        await context.show(broadcast_view.dropped(context.locale))
    elif broadcast.card_id != context.message_id:
        # It has one card: no old question becomes another.
        await context.show(broadcast_view.gone_already(context.locale))
    elif broadcast.is_open:
        context.runtime.wake()
    else:
        progress = await context.read(broadcast_progress_store.get, broadcast)
        await context.show(broadcast_view.card(context.locale, broadcast, progress))


ROUTES = (
    on_command("broadcast", begin, Action.BROADCAST, menu=N_("Write to many people")),
    on_button(BroadcastToMissing, begin_to_missing, Action.BROADCAST),
    on_button(BroadcastAudience, choose_audience, Action.BROADCAST),
    on_answer(_TEXT, text, Action.BROADCAST, text_only=False, parts=True),
    on_unanswered(_TEXT, lapsed=lapsed, left=left),
    on_button(BroadcastResume, resume, Action.BROADCAST),
    on_edit(edited, Action.BROADCAST),
    on_button(BroadcastSend, send, Action.BROADCAST),
    on_button(BroadcastDrop, drop, Action.BROADCAST),
)
