"""/help: a call for help at one tap. Its words are handled by `handlers/relay.py`, the call by `handlers/alert.py`."""

from datetime import timedelta
from typing import Final

from bot.access import Action
from bot.buttons.help import AskHelp
from bot.buttons.sos import WithdrawCall
from bot.context import Context
from bot.i18n import N_
from bot.messages import receipt as receipt_messages
from bot.routing import on_button, on_command
from bot.services import help as help_service
from bot.services import sos as sos_service
from bot.services.help import QuestionAs
from bot.store.help import HelpKind
from bot.views import help as help_view
from bot.views import sos as sos_view

# So long the words of a question may take.
_ASKED_FOR: Final = timedelta(hours=2)


async def help_me(context: Context, _arguments: str) -> None:
    """Ask what is the matter."""
    await context.reply(help_view.menu(context.locale, context.seminar.contacts))


async def ask(context: Context, pressed: AskHelp) -> None:
    """Unwell and lost go to the organizers at this tap; a question waits for its words."""
    if pressed.kind not in set(HelpKind):
        return
    kind, asked_in = HelpKind(pressed.kind), context.message_id
    if not kind.urgent:
        await context.expect(help_service.AWAITS_QUESTION, QuestionAs(kind, asked_in), ends_after=_ASKED_FOR)
        await context.show(help_view.ask(context.locale, kind))
        return
    owners, is_lost = context.runtime.settings.owners, kind is HelpKind.LOST
    call = await context.write(sos_service.call, context.member, kind, asked_in, owners=owners, now=context.now())
    # The check-in stays what it is; the menu of /help has done its work.
    await receipt_messages.show_for_call(context, call.id, new_message=kind is HelpKind.HELP)
    if is_lost:
        await context.reply(sos_view.ask_location(context.locale))


async def withdraw(context: Context, pressed: WithdrawCall) -> None:
    """Nothing is the matter after all: every organizer's card says so, and nobody waits for words of it."""
    if not await context.write(sos_service.withdraw, context.member, pressed.call, context.now()):
        await context.toast(sos_view.over(context.locale))
        return
    context.runtime.wake()
    await context.show_buttons(())
    await context.reply(sos_view.withdrawn(context.locale))


ROUTES = (
    on_button(WithdrawCall, withdraw, Action.ASK),
    on_command("help", help_me, Action.ASK, menu=N_("Call for help, ask")),
    on_button(AskHelp, ask, Action.ASK),
)
