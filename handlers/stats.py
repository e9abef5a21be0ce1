"""/stats: the numbers of a day, and of every other day by buttons; for organizers, what teachers wrote about it."""

import sqlite3
from datetime import date

from bot.access import Action, allowed
from bot.buttons.stats import StatsPage, StatsToday, StatsWords
from bot.context import Context
from bot.i18n import N_
from bot.messages import agenda as agenda_messages
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.store import stats
from bot.views import stats as view


async def numbers(context: Context, _arguments: str) -> None:
    """Reply with today's numbers."""
    await context.reply(await _screen(context, None))


async def show(context: Context, pressed: StatsPage) -> None:
    """Show a day's numbers as they are now, in the same message."""
    await context.show(await _screen(context, pressed.on))


async def show_today(context: Context, _pressed: StatsToday) -> None:
    """Show today's numbers as they are now, in the same message."""
    await context.show(await _screen(context, None))


async def words(context: Context, pressed: StatsWords) -> None:
    """Show what teachers wrote about a day, in the same message."""
    seminar = context.seminar
    if (day := seminar.day_number_on(pressed.on)) is None:
        await context.show(await _screen(context, None))
        return
    said = await context.read(stats.words_of_day, seminar.key, pressed.on, pressed.first)
    await context.show(view.words(context.words, seminar, day, said))


async def _screen(context: Context, wanted: date | None) -> Screen:
    """The numbers of a date; of today for one that the seminar does not have (any more)."""
    seminar, now = context.seminar, context.now()
    today = seminar.today(now)
    chosen = seminar.day_number_on(wanted) if wanted else None
    day = chosen or seminar.day_number_on(min(max(today, seminar.first), seminar.last)) or 1
    on = seminar.date_of(day)
    lesson = seminar.lesson_of_day(day)
    cares = allowed(Action.CARE, context.role, context.place)

    def count(connection: sqlite3.Connection) -> tuple[stats.Stats, int]:
        occurrence, key = agenda_messages.occurrence(seminar, day), lesson.key if lesson else None
        found = stats.of_day(connection, seminar.key, on, agenda_event=occurrence, lesson_key=key)
        return found, stats.words_count(connection, seminar.key, on) if cares else 0

    found, said = await context.read(count)
    if today < seminar.first and chosen is None:
        return view.not_started(context.words, seminar, found.everyone)
    return view.stats(context.words, seminar, day, found, context.words.time(now, seminar.zone), said=said)


ROUTES = (
    on_command("stats", numbers, Action.SEE_NUMBERS, menu=N_("The numbers of the day")),
    on_button(StatsPage, show, Action.SEE_NUMBERS),
    on_button(StatsToday, show_today, Action.SEE_NUMBERS),
    on_button(StatsWords, words, Action.CARE),
)
