"""/stats: the numbers of a day, and of every other day by buttons; for organizers, what teachers wrote about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot import stats_lines
from bot.access import Action, allowed
from bot.buttons.stats import StatsDrop, StatsMeaning, StatsOf, StatsPage, StatsToday, StatsWords
from bot.context import Context
from bot.i18n import N_
from bot.messages import job as job_messages
from bot.messages.registry import MESSAGE_TYPES
from bot.people_filter import FigureFilter, PeopleFilter
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import stats as stats_service
from bot.services import stats_topic as stats_topic_service
from bot.services.stats_topic import TopicAsked
from bot.stats_names import Meaning
from bot.stats_words import StatsTopic
from bot.store import figure_filter as figure_filter_store
from bot.store import stats as stats_store
from bot.views import fallback as fallback_view
from bot.views import stats as stats_view
from bot.views import stats_topic as stats_topic_view


async def numbers(context: Context, arguments: str) -> None:
    """Reply with today's numbers, or with those that somebody asks for in words."""
    if arguments.strip():
        await _ask(context, arguments)
        return
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


async def topic(context: Context, pressed: StatsOf) -> None:
    """Show a page of the numbers of a topic, as they are now, in the same message."""
    if pressed.topic not in set(StatsTopic):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    elif (screen := await _topic(context, pressed)) is not None:
        await context.show(screen)


async def meaning(context: Context, pressed: StatsMeaning) -> None:
    """Say what the figures of a topic count."""
    if pressed.topic not in set(StatsTopic):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await context.show(stats_topic_view.meaning(context.locale, pressed))


async def drop(context: Context, pressed: StatsDrop) -> None:
    """Show the same topic without one limit."""
    chosen = await context.read(figure_filter_store.get, pressed.filter)
    without = _WITHOUT.get(pressed.what)
    if chosen is None or without is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await topic(context, StatsOf(pressed.topic, await _number(context, without(chosen)), 0))


async def _ask(context: Context, words: str) -> None:
    arguments = (context.seminar, words, context.member.id, context.now())
    asked = await context.read(stats_topic_service.read, *arguments)
    rest = StatsOf(asked.topic.value, await _number(context, asked.chosen), 0)
    if not asked.unknown:
        if (screen := await _topic(context, rest)) is not None:
            await context.reply(screen)
        return
    offers = [
        (_offered(context, one.meaning), StatsOf(one.topic.value, await _number(context, one.chosen), 0))
        for one in asked.offers
    ]
    await context.reply(stats_topic_view.not_understood(context.locale, asked.unknown, offers, rest))


def _offered(context: Context, meaning: Meaning) -> str:
    return stats_lines.meaning_words(context.locale, context.seminar, meaning)


async def _topic(context: Context, shown: StatsOf) -> Screen | None:
    locale, seminar, now = context.locale, context.seminar, context.now()
    sees_cases = allowed(Action.CARE, context.role, context.chat_kind)
    asked = TopicAsked(StatsTopic(shown.topic), shown.filter, context.member.id, sees_cases=sees_cases)
    told = await job_messages.counted(context, stats_topic_service.told, seminar, asked, now)
    if told is None:
        return stats_topic_view.nobody(locale)
    kinds = {name: kind.title(locale) for name, kind in MESSAGE_TYPES.items()}
    return stats_topic_view.topic(locale, seminar, shown, told, kinds, at=locale.time(now, seminar.zone))


async def _number(context: Context, chosen: FigureFilter) -> int:
    return 0 if chosen == FigureFilter() else await context.write(figure_filter_store.intern, chosen)


_WITHOUT: Final[Mapping[str, Callable[[FigureFilter], FigureFilter]]] = {
    "people": lambda chosen: replace(chosen, people=PeopleFilter()),
    "days": lambda chosen: replace(chosen, first_day=None, last_day=None),
    "session": lambda chosen: replace(chosen, session=None),
    "lesson": lambda chosen: replace(chosen, lesson=None),
}


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
    on_button(StatsOf, topic, Action.SEE_NUMBERS),
    on_button(StatsMeaning, meaning, Action.SEE_NUMBERS),
    on_button(StatsDrop, drop, Action.SEE_NUMBERS),
    on_button(StatsWords, words, Action.CARE),
)
