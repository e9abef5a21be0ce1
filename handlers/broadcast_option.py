"""How a message to many goes: signed, without a sound, with a button, when, and until when late joiners get it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import BroadcastHour, BroadcastOption, BroadcastValidity
from bot.context import Context
from bot.draft_screens import change_previews, draft_lapsed, draft_left, draft_or_past, show_card
from bot.programme.broadcast_times import read_moment, usual_hours, valid_until
from bot.routing import on_answer, on_button, on_unanswered
from bot.services import broadcast as broadcast_service
from bot.store import broadcast as broadcast_store
from bot.store.broadcast import Options
from bot.views import broadcast_content as broadcast_content_view
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views import broadcast_option as broadcast_option_view

_SWITCHES: Final = frozenset({"signed", "silent", "confirmable"})
_SHOWN_IN_PREVIEW: Final = frozenset({"signed", "confirmable"})


async def option(context: Context, pressed: BroadcastOption) -> None:
    """Set one of them, and show the card with it."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is None:
        return
    options = _with(context, draft.options, pressed.option, pressed.value)
    if options is None:
        await context.toast(broadcast_draft_view.hour_has_passed(context.locale), alert=True)
        return
    if options.signed and not broadcast_content_view.can_be_signed(draft, context.member.name):
        await context.toast(broadcast_draft_view.no_room_to_sign(context.locale), alert=True)
        return
    changed = await context.write(broadcast_store.set_options, draft.id, context.member.id, options)
    if changed is not None and pressed.option in _SHOWN_IN_PREVIEW:
        await change_previews(context, changed)
    await _back_to_card(context, draft.id)


async def ask_hour(context: Context, pressed: BroadcastHour) -> None:
    """Offer the usual hours, and wait for another one."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is not None:
        await context.write(broadcast_service.await_hour, context.chat_id, draft.id, context.now())
        offered = usual_hours(context.seminar, context.now())
        chosen = draft.options.due_at
        await context.show(broadcast_option_view.hour(context.locale, context.seminar, draft.id, offered, chosen))


async def hour(context: Context, message: Message) -> None:
    """A moment was written: it is kept, and said in words on the card."""
    about = broadcast_service.HOUR.of(context.awaits)
    draft = await draft_or_past(context, about.broadcast if about is not None else 0)
    if draft is None:
        await context.expect_nothing()
        return
    at, seminar = read_moment(message.text or "", context.seminar.zone), context.seminar
    if at is not None and at > context.now():
        options = replace(draft.options, due_at=at)
        await context.write(broadcast_store.set_options, draft.id, context.member.id, options)
        await _back_to_card(context, draft.id)
        return
    await context.write(broadcast_service.await_hour, context.chat_id, draft.id, context.now())
    offered = usual_hours(seminar, context.now())
    if at is None:
        await context.reply(broadcast_option_view.not_an_hour(context.locale, seminar, draft.id, offered))
    else:
        await context.reply(broadcast_option_view.past_hour(context.locale, seminar, draft.id, at))


async def validity(context: Context, pressed: BroadcastValidity) -> None:
    """Ask until when it holds."""
    draft = await draft_or_past(context, pressed.broadcast)
    if draft is not None:
        until = draft.options.valid_until
        await context.show(broadcast_option_view.validity(context.locale, context.seminar, draft.id, until))


async def _back_to_card(context: Context, number: int) -> None:
    me, chat_id, now = context.member, context.chat_id, context.now()
    await context.write(broadcast_service.resume, number, me.id, chat_id=chat_id, now=now)
    await show_card(context, number)


def _with(context: Context, options: Options, name: str, value: str) -> Options | None:
    """The options with this one set; None for an hour that has passed, or is none."""
    if name in _SWITCHES:
        switches: dict[str, Any] = {name: value == "1"}
        return replace(options, **switches)
    if name == "valid":
        return replace(options, valid_until=valid_until(context.seminar, value, context.now()))
    if name == "due":
        at = None if value == "now" else _hour(context, value)
        return None if value != "now" and at is None else replace(options, due_at=at)
    return options


def _hour(context: Context, value: str) -> datetime | None:
    """The hour in a button, unless it has passed."""
    try:
        here = datetime.strptime(value, broadcast_option_view.HOUR_FORMAT).replace(tzinfo=context.seminar.zone)
    except ValueError:
        return None
    at = here.astimezone(UTC)
    return at if at > context.now() else None


ROUTES = (
    on_button(BroadcastOption, option, Action.BROADCAST),
    on_button(BroadcastHour, ask_hour, Action.BROADCAST),
    on_button(BroadcastValidity, validity, Action.BROADCAST),
    on_answer(broadcast_service.HOUR, hour, Action.BROADCAST),
    on_unanswered(broadcast_service.HOUR, lapsed=draft_lapsed, left=draft_left),
)
