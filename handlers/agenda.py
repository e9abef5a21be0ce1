"""The programme: /today, /tomorrow, /agenda, and where things are."""

from datetime import date, timedelta

from bot.access import Action
from bot.buttons.agenda import AgendaDay, AgendaDays, AgendaEveryone, ShowDriver, ShowPlace, TodayAgain
from bot.context import Context
from bot.i18n import N_
from bot.messages.today_card_screens import TodayScreens
from bot.programme.model import Place
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.store import today_card as today_card_store
from bot.views import agenda as agenda_view
from bot.views import place as place_view


async def today(context: Context, _arguments: str) -> None:
    """Reply with today's agenda; it is the card of the day from here on for whoever has none."""
    me, now = context.member, context.now()
    screens = await context.read(TodayScreens.today, context.runtime.locales, context.seminar, now)
    if (
        screens is None
        or screens.is_before_agenda()
        or await context.read(today_card_store.has_card, me.id, screens.on)
    ):
        await _on(context, days_ahead=0)
        return
    wanted = screens.wanted(me.language, me.group)
    if message_id := await context.reply(wanted.screen):
        await context.write(
            today_card_store.adopt,
            context.chat_id,
            message_id,
            person_id=me.id,
            on=screens.on,
            shown=wanted.fingerprint,
            now=now,
        )
        context.runtime.wake()


async def today_again(context: Context, pressed: TodayAgain) -> None:
    """Have the card say what is now."""
    now = context.now()
    screens = await context.read(TodayScreens.today, context.runtime.locales, context.seminar, now)
    cards = await context.read(today_card_store.of_accounts, pressed.on, [context.user_id])
    card = next((one for one in cards if one.message_id == context.message_id), None)
    if screens is None or screens.on != pressed.on or card is None:
        await _show_day(context, pressed.on, everyone=False)
        return
    await context.read(screens.load, [card])
    wanted = screens.wanted(card.language, card.group, changed=screens.has_changed(card))
    await context.show(wanted.screen)
    await context.write(today_card_store.set_shown, context.chat_id, card.message_id, wanted.fingerprint)


async def tomorrow(context: Context, _arguments: str) -> None:
    """Reply with tomorrow's agenda."""
    await _on(context, days_ahead=1)


async def all_days(context: Context, _arguments: str) -> None:
    """Reply with the list of days."""
    await context.reply(agenda_view.days(context.locale, context.seminar, now=context.now()))


async def show_days(context: Context, _pressed: AgendaDays) -> None:
    """Change the message into the list of days; the card of the day stays what it is."""
    await _show(context, agenda_view.days(context.locale, context.seminar, now=context.now()))


async def show_day(context: Context, pressed: AgendaDay) -> None:
    """Change the message into the agenda of a day, for the reader's group."""
    await _show_day(context, pressed.on, everyone=False)


async def show_everyone(context: Context, pressed: AgendaEveryone) -> None:
    """Change the message into the agenda of a day, for all groups."""
    await _show_day(context, pressed.on, everyone=True)


async def show_place(context: Context, pressed: ShowPlace) -> None:
    """Reply with the map pin of a place."""
    if (place := await _place(context, pressed.place)) is not None:
        await context.reply(place_view.pin(context.locale, context.seminar, place))


async def show_driver(context: Context, pressed: ShowDriver) -> None:
    """Reply with the address for a driver."""
    if (place := await _place(context, pressed.place)) is None:
        return
    if place.local_address is None or context.seminar.driver is None:
        await context.toast(context.locale.plain("This place has no address for drivers any more."))
        return
    await context.reply(place_view.for_driver(context.locale, context.seminar.driver, place, place.local_address))


async def _on(context: Context, *, days_ahead: int) -> None:
    now = context.now()
    on = context.seminar.today(now) + timedelta(days=days_ahead)
    await context.reply(agenda_view.on_date(context.locale, context.seminar, on, group=context.member.group, now=now))


async def _show_day(context: Context, on: date, *, everyone: bool) -> None:
    if (number := context.seminar.day_number_on(on)) is None:
        await context.toast(context.locale.plain("That day is not in the programme any more."))
        return
    group, now = context.member.group, context.now()
    await _show(
        context, agenda_view.day(context.locale, context.seminar, number, group=group, now=now, everyone=everyone)
    )


async def _show(context: Context, screen: Screen) -> None:
    on = context.seminar.today(context.now())
    if await context.read(today_card_store.is_card, context.chat_id, context.message_id, on):
        await context.reply(screen)
    else:
        await context.show(screen)


async def _place(context: Context, key: str) -> Place | None:
    place = context.seminar.places.get(key)
    if place is None:
        await context.toast(context.locale.plain("That place is not in the programme any more."))
    return place


ROUTES = (
    on_command("today", today, Action.SEE_PROGRAMME, menu=N_("Today's agenda")),
    on_command("tomorrow", tomorrow, Action.SEE_PROGRAMME, menu=N_("Tomorrow's agenda")),
    on_command("agenda", all_days, Action.SEE_PROGRAMME, menu=N_("All days of the seminar")),
    on_button(AgendaDay, show_day, Action.SEE_PROGRAMME),
    on_button(AgendaEveryone, show_everyone, Action.SEE_PROGRAMME),
    on_button(AgendaDays, show_days, Action.SEE_PROGRAMME),
    on_button(TodayAgain, today_again, Action.SEE_PROGRAMME),
    on_button(ShowPlace, show_place, Action.SEE_PROGRAMME),
    on_button(ShowDriver, show_driver, Action.SEE_PROGRAMME),
)
