"""Alerts that somebody owns: an organizer takes one, and settles it."""

from bot.access import Action
from bot.buttons.help import CloseHelp, TakeHelp
from bot.context import Context
from bot.messages import help as help_messages
from bot.routing import on_button
from bot.services import help as help_service
from bot.services.help import CallChange
from bot.store import help_message as help_message_store
from bot.store import sent as sent_store
from bot.store.help import HelpCall
from bot.views import help as help_view


async def take(context: Context, pressed: TakeHelp) -> None:
    """An organizer takes the call; the others see it, and who called hears of it."""
    await _show_change(context, await context.write(help_service.take, context.member, pressed.call, context.now()))


async def close(context: Context, pressed: CloseHelp) -> None:
    """The call is settled; nobody waits for words about it any more."""
    await _show_change(context, await context.write(help_service.close, context.member, pressed.call, context.now()))


async def _show_change(context: Context, change: CallChange | None) -> None:
    if change is None:
        await context.toast(help_view.gone(context.locale))
        return
    call = change.call
    if not change.changed and context.member.id != (call.closer_id if call.state == "closed" else call.taker_id):
        await context.toast(help_view.too_late(context.locale, call))
    context.runtime.wake()
    first = await context.read(help_message_store.first_of_call, call.id)
    await context.show(help_view.alert(context.locale, call, context.seminar, first, context.now()))
    await _update_others(context, call, first)


async def _update_others(context: Context, call: HelpCall, first: help_message_store.HelpMessage | None) -> None:
    """Every organizer's alert shows what became of the call."""
    copies = await context.read(sent_store.messages_of, help_messages.occurrence(call), help_messages.ALERT.name)
    for copy in copies:
        if (copy.chat_id, copy.message_id) != (context.chat_id, context.message_id):
            screen = help_view.alert(
                context.runtime.locales[copy.language], call, context.seminar, first, context.now()
            )
            await context.change(copy.chat_id, copy.message_id, screen)


ROUTES = (
    on_button(TakeHelp, take, Action.CARE),
    on_button(CloseHelp, close, Action.CARE),
)
