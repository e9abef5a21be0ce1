"""Whom a message to many is for, beyond the first question: every choice on one page, and people by their names."""

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import BroadcastByName, BroadcastNarrow, BroadcastWhom
from bot.context import Context
from bot.draft_screens import draft_lapsed, draft_left, draft_or_past, show_card
from bot.name_folding import parts
from bot.name_search import fold_new_names
from bot.routing import on_answer, on_button, on_unanswered
from bot.services import broadcast as broadcast_service
from bot.services import broadcast_audience as broadcast_audience_service
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import MOST_NAMED, Audience
from bot.text import clean_name
from bot.views import broadcast_audience as broadcast_audience_view
from bot.views.broadcast_audience import FOUND, Offered


async def page(context: Context, pressed: BroadcastWhom) -> None:
    """Show every choice."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is not None:
        await _show(context, draft)


async def narrow(context: Context, pressed: BroadcastNarrow) -> None:
    """Choose something, or take it back, and show whom that makes."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is None:
        return
    if pressed.field == "person":
        await _toggle_person(context, draft, draft.audience or Audience("all"), pressed.value)
        return
    chosen = await context.write(
        broadcast_audience_service.choose, draft, context.seminar, pressed.field, pressed.value, now=context.now()
    )
    if chosen is None:
        await context.toast(broadcast_audience_view.nothing_to_choose(context.locale))
    elif pressed.field == "last":
        me, chat_id, at = context.member, context.chat_id, context.now()
        await context.write(broadcast_service.resume, draft.id, me.id, chat_id=chat_id, now=at)
        await show_card(context, draft.id)
    else:
        await _show(context, chosen)


async def ask_name(context: Context, pressed: BroadcastByName) -> None:
    """Wait for a part of a name."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is not None:
        await context.write(broadcast_service.await_name, context.chat_id, draft.id, context.now())
        await context.show(broadcast_audience_view.name(context.locale, draft.id))


async def name(context: Context, message: Message) -> None:
    """Show who is called like that."""
    about = broadcast_service.NAME.of(context.awaits)
    draft = await draft_or_past(context, about.broadcast if about is not None else 0)
    if draft is None:
        await context.expect_nothing()
        return
    part = clean_name(message.text or "")
    await fold_new_names(context)
    people = await context.read(broadcast_audience_store.called, part, FOUND + 1) if parts(part) else []
    audience = draft.audience or Audience("all")
    screen = broadcast_audience_view.found(context.locale, context.seminar, draft.id, audience, people)
    await context.write(broadcast_service.await_name, context.chat_id, draft.id, context.now())
    await context.reply(screen)


async def _show(context: Context, draft: Broadcast) -> None:
    audience = draft.audience or Audience("all")
    people = await context.read(broadcast_audience_store.with_names, audience)
    choices = await context.read(broadcast_audience_service.choices, context.seminar, context.now())
    offered = Offered(
        choices.lessons,
        checkin=choices.silence is not None,
        headcount=choices.uncounted is not None,
        notice=choices.unseen is not None,
    )
    await context.show(
        broadcast_audience_view.choose(context.locale, context.seminar, draft.id, audience, people, offered)
    )


async def _toggle_person(context: Context, draft: Broadcast, now: Audience, value: str) -> None:
    """Name somebody, or not any more; whoever is named is all who get it."""
    number = int(value) if value.isdecimal() else 0
    named = now.people if now.to == "people" else ()
    named = tuple(one for one in named if one != number) if number in named else (*named, number)
    if len(named) > MOST_NAMED:
        await context.toast(broadcast_audience_view.too_many_named(context.locale), alert=True)
        return
    audience = Audience("people", people=named) if named else Audience("all")
    changed = await context.write(broadcast_store.set_audience, draft.id, context.member.id, audience)
    if changed is not None:
        await _show(context, changed)


ROUTES = (
    on_button(BroadcastWhom, page, Action.BROADCAST),
    on_button(BroadcastNarrow, narrow, Action.BROADCAST),
    on_button(BroadcastByName, ask_name, Action.BROADCAST),
    on_answer(broadcast_service.NAME, name, Action.BROADCAST),
    on_unanswered(broadcast_service.NAME, lapsed=draft_lapsed, left=draft_left),
)
