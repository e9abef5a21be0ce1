"""Somebody goes on with another account: an organizer makes the link, and whoever opens it says that it is them."""

from bot import menu
from bot.access import Action
from bot.buttons.people import OfferTransfer, PeopleShow, TakeOver
from bot.context import Context
from bot.messages import departure as departure_messages
from bot.routing import on_button
from bot.services import transfer as transfer_service
from bot.services.transfer import TransferOutcome
from bot.store import invite as invite_store
from bot.store import person
from bot.views import agenda as agenda_view
from bot.views import people_card as people_card_view
from bot.views import people_change as people_change_view
from bot.views import transfer as transfer_view


async def offer_transfer(context: Context, pressed: OfferTransfer) -> None:
    """Make the link for a new phone."""
    me, owners, now = context.member, context.runtime.settings.owners, context.now()
    code = await context.write(transfer_service.offer, me, pressed.person, owners=owners, now=now)
    someone = await context.read(person.by_id, pressed.person)
    if code is None or someone is None:
        await context.toast(people_card_view.not_here(context.locale))
        return
    link = invite_store.make_link(context.bot.username, code)
    back = PeopleShow(pressed.listed, pressed.page)
    await context.show(people_change_view.transfer_link(context.locale, someone, link, back))


async def take_over(context: Context, pressed: TakeOver) -> None:
    """This account is theirs from now on."""
    user, owners = context.incoming.effective_user, context.runtime.settings.owners
    done = await context.write(
        transfer_service.take_over,
        pressed.ticket,
        context.user_id,
        username=user.username if user else None,
        owners=owners,
        now=context.now(),
    )
    match done.outcome:
        case TransferOutcome.OVER:
            await _over(context)
        case TransferOutcome.OWN:
            await context.show(transfer_view.own(context.locale))
        case TransferOutcome.TAKEN:
            await context.show(transfer_view.taken(context.locale))
        case TransferOutcome.DONE:
            assert done.before is not None
            context.runtime.requeue(done.before.id)
            context.runtime.wipe()
            context.runtime.wake()
            context.person = await context.read(person.by_telegram_id, context.user_id)
            me = context.member
            await context.show(transfer_view.welcome(context.locale, me.name))
            await context.reply(agenda_view.today(context.locale, context.seminar, group=me.group, now=context.now()))
            await menu.drop(context, done.before.telegram_id)
            await menu.fit(context)
            if done.departure is not None:
                await departure_messages.show(context, done.departure)


async def _over(context: Context) -> None:
    """The link works no more; the same press again after it has, by who is the person now, changes nothing."""
    if context.person is not None and context.person.active:
        await context.show(transfer_view.own(context.locale))
    else:
        await context.show(transfer_view.over(context.locale))


ROUTES = (
    on_button(OfferTransfer, offer_transfer, Action.MANAGE_PEOPLE),
    on_button(TakeOver, take_over, Action.START),
)
