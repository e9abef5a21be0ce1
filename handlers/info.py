"""/info: what people want to know in a strange city, and whom to call."""

from bot.access import Action
from bot.buttons.info import InfoContacts, InfoList, InfoOpen
from bot.context import Context
from bot.i18n import N_
from bot.routing import on_button, on_command
from bot.views import info as info_view


async def overview(context: Context, _arguments: str) -> None:
    """Reply with the list of pages."""
    await context.reply(info_view.overview(context.locale, context.seminar))


async def show_overview(context: Context, _pressed: InfoList) -> None:
    """Change the message into the list of pages."""
    await context.show(info_view.overview(context.locale, context.seminar))


async def show_page(context: Context, pressed: InfoOpen) -> None:
    """Change the message into a page."""
    page = context.seminar.info_page(pressed.page)
    if page is None:
        await context.toast(context.locale.plain("That page is not here any more. See /info for all of them."))
        return
    await context.show(info_view.page(context.locale, page))


async def show_contacts(context: Context, _pressed: InfoContacts) -> None:
    """Change the message into the list of contacts."""
    await context.show(info_view.contacts(context.locale, context.seminar.contacts))


ROUTES = (
    on_command("info", overview, Action.SEE_PROGRAMME, menu=N_("Practical information and contacts")),
    on_button(InfoList, show_overview, Action.SEE_PROGRAMME),
    on_button(InfoOpen, show_page, Action.SEE_PROGRAMME),
    on_button(InfoContacts, show_contacts, Action.SEE_PROGRAMME),
)
