"""/stats: the numbers of a day, and of every other day by buttons; for organizers, what teachers wrote about it."""

import sqlite3

from bot.access import Action, allowed
from bot.buttons import StatsPage, StatsWords
from bot.context import Context
from bot.delivery import agenda
from bot.i18n import N_
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.store import stats
from bot.views import stats as view

_TODAY = 0


async def numbers(context: Context, _arguments: str) -> None:
    """Reply with today's numbers."""
    await context.reply(await _screen(context, _TODAY))


async def show(context: Context, pressed: StatsPage) -> None:
    """Show a day's numbers as they are now, in the same message."""
    await context.show(await _screen(context, pressed.day))


async def words(context: Context, pressed: StatsWords) -> None:
    """Show what teachers wrote about a day, in the same message."""
    if context.seminar.day(pressed.day) is None:
        await context.show(await _screen(context, _TODAY))
        return
    said = await context.read(lambda connection: stats.words_of_day(connection, pressed.day, pressed.first))
    await context.show(view.words(context.words, context.seminar, pressed.day, said))


async def _screen(context: Context, number: int) -> Screen:
    seminar, now = context.seminar, context.now()
    today = (seminar.today(now) - seminar.first).days + 1
    day = number if seminar.day(number) else min(max(today, 1), seminar.days_count)
    lesson = seminar.lesson_of_day(day)
    cares = allowed(Action.CARE, context.role, context.place)

    def count(connection: sqlite3.Connection) -> tuple[stats.Stats, int]:
        found = stats.of_day(connection, day, agenda.event(seminar, day), lesson.key if lesson else None)
        return found, stats.words_count(connection, day) if cares else 0

    found, said = await context.read(count)
    if today < 1 and not seminar.day(number):
        return view.not_begun(context.words, seminar, found.everyone)
    return view.stats(context.words, seminar, day, found, context.words.time(now, seminar.zone), said=said)


ROUTES = (
    on_command("stats", numbers, Action.SEE_NUMBERS, menu=N_("The numbers of the day")),
    on_button(StatsPage, show, Action.SEE_NUMBERS),
    on_button(StatsWords, words, Action.CARE),
)
