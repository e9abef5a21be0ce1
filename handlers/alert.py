"""Alerts that somebody owns: taken, handed over, released, settled, opened again; and the list of what is open."""

from bot.access import Action
from bot.buttons.alert import (
    HandOverAlert,
    HandOverWhom,
    ReleaseAlert,
    ReopenAlert,
    SettleAlert,
    ShowAlert,
    ShowOpenAlerts,
    TakeAlert,
)
from bot.buttons.help import CloseHelp, TakeHelp
from bot.context import Context
from bot.i18n import N_
from bot.messages import alert_cards as alert_cards_messages
from bot.messages import live_cards as live_cards_messages
from bot.routing import on_button, on_command
from bot.services import alert as alert_service
from bot.services.alert import AlertChange
from bot.store import alert as alert_store
from bot.store import alert_list as alert_list_store
from bot.store import help as help_store
from bot.store.alert import AlertState
from bot.views import alert as alert_view


async def open_alerts(context: Context, _arguments: str) -> None:
    """Reply with what is open, the oldest first."""
    found = await context.read(alert_list_store.open_alerts, 0)
    await context.reply(alert_view.open_alerts(context.locale, found, context.now()))


async def turn(context: Context, pressed: ShowOpenAlerts) -> None:
    """Show another page of what is open."""
    found = await context.read(alert_list_store.open_alerts, pressed.page)
    await context.show(alert_view.open_alerts(context.locale, found, context.now()))


async def show(context: Context, pressed: ShowAlert) -> None:
    """Show the card of an alert, in place of the list or of whom it can be handed to."""
    await _show(context, pressed.alert)


async def take(context: Context, pressed: TakeAlert) -> None:
    """An organizer takes the alert; the others see it, and who called hears of it."""
    change = await context.write(alert_service.take, context.member, pressed.alert, now=context.now())
    if change is not None and not change.changed and change.alert.is_call_of(context.member.id):
        await context.toast(alert_view.is_own(context.locale), alert=True)
        return
    await _changed(context, change)


async def settle(context: Context, pressed: SettleAlert) -> None:
    """The alert is settled; nobody waits for words about it any more."""
    await _changed(context, await context.write(alert_service.settle, context.member, pressed.alert, now=context.now()))


async def release(context: Context, pressed: ReleaseAlert) -> None:
    """Nobody has the alert any more, and the others are asked to take it."""
    owners, now = context.runtime.settings.owners, context.now()
    change = await context.write(alert_service.release, context.member, pressed.alert, owners=owners, now=now)
    await _changed(context, change)


async def reopen(context: Context, pressed: ReopenAlert) -> None:
    """The alert is not settled after all."""
    owners, now = context.runtime.settings.owners, context.now()
    change = await context.write(alert_service.reopen, context.member, pressed.alert, owners=owners, now=now)
    await _changed(context, change)


async def hand_over_whom(context: Context, pressed: HandOverWhom) -> None:
    """Ask to whom the alert shall go."""
    whom = await context.read(alert_cards_messages.whom_list, context.runtime.settings.owners)
    await _show(context, pressed.alert, whom, pressed.page)


async def hand_over(context: Context, pressed: HandOverAlert) -> None:
    """Another organizer has the alert from now on."""
    owners, now = context.runtime.settings.owners, context.now()
    change = await context.write(
        alert_service.hand_over, context.member, pressed.alert, pressed.person, owners=owners, now=now
    )
    if change is not None and not change.changed and change.alert.state is not AlertState.SETTLED:
        if change.alert.taker_id != pressed.person:
            await context.toast(alert_view.no_colleague(context.locale), alert=True)
        change = AlertChange(change.alert, changed=True)  # all is said
    await _changed(context, change)


async def take_call(context: Context, pressed: TakeHelp) -> None:
    """A button of before: the alert of this call is taken."""
    await take(context, TakeAlert(await _alert_of(context, pressed.call)))


async def close_call(context: Context, pressed: CloseHelp) -> None:
    """A button of before: the alert of this call is settled."""
    await settle(context, SettleAlert(await _alert_of(context, pressed.call)))


async def _alert_of(context: Context, number: int) -> int:
    call = await context.read(help_store.get, number)
    return call.alert_id if call is not None else 0


async def _changed(context: Context, change: AlertChange | None) -> None:
    """Show the card as it is now; who came too late reads why."""
    if change is None:
        await context.toast(alert_view.gone(context.locale))
        return
    alert, me = change.alert, context.member
    mine = alert.settler_id if alert.state is AlertState.SETTLED else alert.taker_id
    if not change.changed and me.id != mine:
        await context.toast(alert_view.too_late(context.locale, alert))
    await _show(context, alert.id)


async def _show(context: Context, number: int, shown_list: str = "", page: int = 0) -> None:
    if await context.read(alert_store.get, number) is None:
        await context.toast(alert_view.gone(context.locale))
        return
    await live_cards_messages.show(context, alert_cards_messages.CARDS, str(number), shown_list, page)


ROUTES = (
    on_command("open", open_alerts, Action.CARE, menu=N_("What is open, and who has it")),
    on_button(ShowOpenAlerts, turn, Action.CARE),
    on_button(ShowAlert, show, Action.OWN_ALERTS),
    on_button(TakeAlert, take, Action.OWN_ALERTS),
    on_button(SettleAlert, settle, Action.OWN_ALERTS),
    on_button(ReleaseAlert, release, Action.OWN_ALERTS),
    on_button(ReopenAlert, reopen, Action.OWN_ALERTS),
    on_button(HandOverWhom, hand_over_whom, Action.OWN_ALERTS),
    on_button(HandOverAlert, hand_over, Action.OWN_ALERTS),
    on_button(TakeHelp, take_call, Action.OWN_ALERTS),
    on_button(CloseHelp, close_call, Action.OWN_ALERTS),
)
