"""An organizer removes somebody from the bot."""

from bot import menu
from bot.access import Action
from bot.buttons.people import PeopleShow, RemovePerson
from bot.context import Context
from bot.messages import departure as departure_messages
from bot.routing import on_button
from bot.services import people as people_service
from bot.views import people_card as people_card_view
from bot.views import people_change as people_change_view


async def remove(context: Context, pressed: RemovePerson) -> None:
    """Remove somebody from the bot."""
    me, owners, now = context.member, context.runtime.settings.owners, context.now()
    removed = await context.write(people_service.remove, me, pressed.person, owners=owners, now=now)
    if removed is None:
        await context.toast(people_card_view.not_here(context.locale))
        return
    context.runtime.requeue(pressed.person)
    context.runtime.wake()
    back = PeopleShow(pressed.listed, pressed.page)
    await context.show(people_change_view.removed(context.locale, removed.someone.name, back))
    await menu.drop(context, removed.someone.telegram_id)
    await departure_messages.show(context, removed.departure)


ROUTES = (on_button(RemovePerson, remove, Action.MANAGE_PEOPLE),)
