"""/broadcast: to whom, what, a preview, and it goes; a card shows how far it is and can stop it."""

from typing import Final

from bot.access import Action
from bot.buttons.broadcast import (
    BroadcastAudience,
    BroadcastCard,
    BroadcastDrop,
    BroadcastResume,
    BroadcastSend,
    BroadcastSendAgain,
    BroadcastToMissing,
    BroadcastUnschedule,
)
from bot.context import Context
from bot.draft_screens import audiences, past, preview, show_card, show_scheduled
from bot.i18n import N_
from bot.programme.checkin import Slot, window_on
from bot.routing import on_button, on_command
from bot.services import broadcast as broadcast_service
from bot.services.broadcast import SendResult, Sent
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_draft as broadcast_draft_store
from bot.store import person
from bot.store.broadcast import BroadcastState
from bot.store.broadcast_audience import Audience, Silence
from bot.store.broadcast_draft import DraftCard
from bot.views import broadcast as broadcast_view
from bot.views import broadcast_audience as broadcast_audience_view
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views import fallback as fallback_view

_TOASTS: Final = {
    SendResult.NEWER: broadcast_draft_view.newer_preview,
    SendResult.TOO_LATE: broadcast_draft_view.hour_has_passed,
}


async def begin(context: Context, _arguments: str) -> None:
    """Ask who shall get it, with the number of each."""
    draft = await context.write(broadcast_store.add, context.member.id, context.chat_id, context.now())
    await context.reply(await audiences(context, draft.id))


async def begin_to_missing(context: Context, pressed: BroadcastToMissing) -> None:
    """Write to all who have not answered a check-in, of whom nobody knows."""
    window = window_on(context.seminar, pressed.on, Slot(pressed.slot)) if pressed.slot in set(Slot) else None
    if window is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    audience = Audience("teachers", silence=Silence(window.key, window.opens))
    if not (await context.read(broadcast_audience_store.reach, audience)).recipients:
        await context.toast(broadcast_view.nobody_missing(context.locale), alert=True)
        return
    me, now = context.member, context.now()
    draft = await context.write(broadcast_service.begin_to, me.id, audience, chat_id=context.chat_id, now=now)
    await show_card(context, draft.id, below=True)


async def choose_audience(context: Context, pressed: BroadcastAudience) -> None:
    """Keep who shall get it, and wait for the text. Where nobody would get it, ask again."""
    audience, number, me = Audience(pressed.to, pressed.group), pressed.broadcast, context.member
    if not _is_known(context, audience):
        await context.toast(broadcast_audience_view.group_is_gone(context.locale))
        return
    draft = await context.read(broadcast_store.own_draft, number, me.id)
    if draft is None:
        await past(context, await context.read(broadcast_store.own, number, me.id))
    elif not (await context.read(broadcast_audience_store.reach, audience)).recipients:
        await context.show(await audiences(context, number, nobody=True))
    else:
        chat_id, now = context.chat_id, context.now()
        await context.write(broadcast_service.set_audience, number, me.id, audience, chat_id=chat_id, now=now)
        await show_card(context, number)


async def show(context: Context, pressed: BroadcastCard) -> None:
    """Back to the card from one of its pages."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    broadcast = await context.write(broadcast_service.resume, pressed.broadcast, me.id, chat_id=chat_id, now=now)
    if broadcast is None or not broadcast.is_draft:
        await past(context, broadcast)
    elif not await show_card(context, broadcast.id):
        await context.show(await audiences(context, broadcast.id))


async def send(context: Context, pressed: BroadcastSend) -> None:
    """Send it, once, and turn the question into the progress card."""
    await _send(context, pressed.broadcast, pressed.revision, again=False)


async def send_again(context: Context, pressed: BroadcastSendAgain) -> None:
    """Send it, though the same has just been sent."""
    await _send(context, pressed.broadcast, pressed.revision, again=True)


async def drop(context: Context, pressed: BroadcastDrop) -> None:
    """Throw a draft away, or stop what has not left yet: that is the card's button, not one of an old question."""
    broadcast = await context.write(
        broadcast_service.stop,
        pressed.broadcast,
        context.member.id,
        card_id=context.message_id,
        chat_id=context.chat_id,
        now=context.now(),
    )
    await past(context, broadcast)


async def resume(context: Context, pressed: BroadcastResume) -> None:
    """Go on with a draft: write its text, or confirm what was written."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    broadcast = await context.write(broadcast_service.resume, pressed.broadcast, me.id, chat_id=chat_id, now=now)
    if broadcast is None or not broadcast.is_draft:
        await past(context, broadcast)
    elif broadcast.audience is None:
        await context.show(await audiences(context, broadcast.id))
    elif not broadcast.versions:
        await show_card(context, broadcast.id)
    else:
        for version in broadcast.versions:
            await preview(context, broadcast, version)
        await show_card(context, broadcast.id, below=True)


async def unschedule(context: Context, pressed: BroadcastUnschedule) -> None:
    """Make a draft again of what is to go later."""
    me, chat_id, now = context.member, context.chat_id, context.now()
    if await context.write(broadcast_service.unschedule, pressed.broadcast, me.id, chat_id=chat_id, now=now):
        await show_card(context, pressed.broadcast)
        return
    broadcast = await context.read(broadcast_store.own, pressed.broadcast, me.id)
    if broadcast is not None and broadcast.is_draft:
        await show_card(context, pressed.broadcast)
    elif broadcast is not None and broadcast.state is not BroadcastState.DROPPED:
        await context.toast(broadcast_draft_view.on_its_way(context.locale), alert=True)
    else:
        await past(context, broadcast)


async def _send(context: Context, number: int, revision: int, *, again: bool) -> None:
    me = context.member
    card = await context.read(broadcast_draft_store.card, number, me.id)
    if card is None:
        await past(context, await context.read(broadcast_store.own, number, me.id))
        return
    sent = await context.write(
        broadcast_service.send,
        card,
        me.id,
        revision=revision,
        card_id=context.message_id,
        chat_id=context.chat_id,
        now=context.now(),
        again=again,
    )
    await _say(context, card, sent)


async def _say(context: Context, card: DraftCard, sent: Sent) -> None:
    """Say what became of a press that was to send a draft."""
    if (toast := _TOASTS.get(sent.result)) is not None:
        await context.toast(toast(context.locale), alert=True)
    elif sent.result is SendResult.SENT:
        context.runtime.wake()  # the progress card takes the place of the question by itself
    elif sent.result is SendResult.SCHEDULED and sent.broadcast is not None:
        context.runtime.wake()  # the fan-out learns the hour
        await show_scheduled(context, sent.broadcast)
    elif sent.result is SendResult.SAME and sent.same is not None:
        await _ask_again(context, card, sent)
    elif sent.result in {SendResult.NOBODY, SendResult.INCOMPLETE}:
        await show_card(context, card.draft.id)
    else:
        await past(context, sent.broadcast)


async def _ask_again(context: Context, card: DraftCard, sent: Sent) -> None:
    same = sent.same
    assert same is not None
    by = await context.read(person.by_id, same.by_id) if same.by_id is not None else None
    ago = context.now() - (same.confirmed_at or context.now())
    minutes = max(1, round(ago.total_seconds() / 60))
    await context.show(broadcast_draft_view.again(context.locale, card, minutes, by.name if by is not None else ""))


def _is_known(context: Context, audience: Audience) -> bool:
    if audience.to == "group":
        return context.seminar.group(audience.group) is not None
    return audience.to in {"all", "teachers"} and not audience.group


ROUTES = (
    on_command("broadcast", begin, Action.BROADCAST, menu=N_("Write to many people")),
    on_button(BroadcastToMissing, begin_to_missing, Action.BROADCAST),
    on_button(BroadcastAudience, choose_audience, Action.BROADCAST),
    on_button(BroadcastCard, show, Action.BROADCAST),
    on_button(BroadcastResume, resume, Action.BROADCAST),
    on_button(BroadcastSend, send, Action.BROADCAST),
    on_button(BroadcastSendAgain, send_again, Action.BROADCAST),
    on_button(BroadcastUnschedule, unschedule, Action.BROADCAST),
    on_button(BroadcastDrop, drop, Action.BROADCAST),
)
