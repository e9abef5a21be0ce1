"""/stats: the numbers of a day, and of every other day by buttons; for organizers, what teachers wrote about it."""

from datetime import date

from bot.access import Action, allowed
from bot.buttons.stats import StatsPage, StatsToday, StatsWords
from bot.context import Context
from bot.i18n import N_
from bot.messages import job as job_messages
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import stats as stats_service
from bot.store import stats as stats_store
from bot.views import stats as stats_view


async def numbers(context: Context, _arguments: str) -> None:
    """Reply with today's numbers."""
    if (screen := await _screen(context, None)) is not None:
        await context.reply(screen)


async def show(context: Context, pressed: StatsPage) -> None:
    """Show a day's numbers as they are now, in the same message."""
    await _show(context, pressed.on)


async def show_today(context: Context, _pressed: StatsToday) -> None:
    """Show today's numbers as they are now, in the same message."""
    await _show(context, None)


async def words(context: Context, pressed: StatsWords) -> None:
    """Show what teachers wrote about a day, in the same message."""
    seminar = context.seminar
    if (day := seminar.day_number_on(pressed.on)) is None:
        await _show(context, None)
        return
    said = await context.read(stats_store.get_words, seminar.key, pressed.on, pressed.first)
    await context.show(stats_view.words(context.locale, seminar, day, said))


async def _show(context: Context, wanted: date | None) -> None:
    if (screen := await _screen(context, wanted)) is not None:
        await context.show(screen)


async def _screen(context: Context, wanted: date | None) -> Screen | None:
    """The numbers of a date; of today for one that the seminar does not have (any more). None where it failed."""
    seminar, now = context.seminar, context.now()
    today = seminar.today(now)
    chosen = seminar.day_number_on(wanted) if wanted else None
    day = chosen or seminar.day_number_on(min(max(today, seminar.first), seminar.last)) or 1
    cares = allowed(Action.CARE, context.role, context.chat_kind)
    told = await job_messages.figures(
        context, stats_service.of_day, seminar, day, context.member.id, sees_everything=cares
    )
    if told is None:
        return None
    numbers, words, scope = told
    if today < seminar.first and chosen is None:
        return stats_view.not_started(context.locale, seminar, numbers.everyone, scope)
    at = context.locale.time(now, seminar.zone)
    return stats_view.stats(context.locale, seminar, day, numbers, at, said=words, scope=scope)


ROUTES = (
    on_command("stats", numbers, Action.SEE_NUMBERS, menu=N_("The numbers of the day")),
    on_button(StatsPage, show, Action.SEE_NUMBERS),
    on_button(StatsToday, show_today, Action.SEE_NUMBERS),
    on_button(StatsWords, words, Action.CARE),
)
