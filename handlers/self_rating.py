"""On the first day and on the last: what I say that I can do. And the numbers of both, for the staff."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from bot.access import Action
from bot.buttons.self_rating import RateAspect, RateStep, SelfRatings
from bot.context import Context
from bot.i18n import N_
from bot.people_filter import PeopleFilter
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.programme.self_rating import Occasion, RatingTime, aspects_of, times_of
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import self_rating as self_rating_service
from bot.store import self_rating as self_rating_store
from bot.store import self_rating_figures as self_rating_figures_store
from bot.store.person import Person
from bot.store.self_rating import Ratings
from bot.views import self_rating as self_rating_view


class _State(NamedTuple):
    """What somebody has answered on the two occasions, the one that is open to them, and until when."""

    ratings: tuple[Ratings, Ratings]
    current: RatingTime | None
    ends: datetime | None

    @property
    def now(self) -> Ratings:
        """What they have answered on the open occasion."""
        return self.ratings[self.current is not None and self.current.occasion is Occasion.LAST]


async def rate(context: Context, _arguments: str) -> None:
    """The first statement without an answer; what was answered where there is none."""
    await context.reply(await _next(context, await _state(context)))


async def aspect(context: Context, pressed: RateAspect) -> None:
    """One statement ("first": the first without an answer), or what was answered."""
    state, order = await _state(context), aspects_of(context.seminar)
    if state.current is None or state.current.occasion != pressed.occasion:
        await context.toast(self_rating_view.over(context.locale), alert=True)
        await context.show(_answered(context, state))
    elif pressed.aspect == "first":
        await context.show(await _next(context, state))
    elif pressed.aspect in order:
        await context.show(_question(context, state, state.current, Aspect(pressed.aspect)))
    else:
        await context.show(_answered(context, state))


async def step(context: Context, pressed: RateStep) -> None:
    """Keep the answer and show the next statement, or all answers after the last one."""
    me, now = context.member, context.now()
    kept = await context.write(self_rating_service.answer, me, context.seminar, pressed, now=now)
    state, order = await _state(context), aspects_of(context.seminar)
    if not kept:
        await context.toast(self_rating_view.over(context.locale), alert=True)
    place = order.index(Aspect(pressed.aspect)) + 1 if kept else len(order)
    if state.current is not None and place < len(order):
        await context.show(_question(context, state, state.current, order[place]))
    else:
        await context.show(_answered(context, state))


async def figures(context: Context, _arguments: str) -> None:
    """The numbers before and after, as a message of their own."""
    await context.reply(await _figures(context))


async def figures_again(context: Context, _pressed: SelfRatings) -> None:
    """The same numbers as they are now."""
    await context.show(await _figures(context))


async def _figures(context: Context) -> Screen:
    locale, seminar = context.locale, context.seminar
    told = await context.read(self_rating_figures_store.of_reader, seminar, context.member.id)
    if not aspects_of(seminar):
        return self_rating_view.nothing_to_compare(locale)
    if told is None:
        return self_rating_view.nobody(locale)
    people, numbers = told
    return self_rating_view.figures(locale, numbers, context.now(), seminar.zone, limited=people != PeopleFilter())


async def _state(context: Context) -> _State:
    return await context.read(_read_state, context.member, context.seminar, context.now())


def _read_state(connection: sqlite3.Connection, me: Person, seminar: Seminar, now: datetime) -> _State:
    first = self_rating_store.get(connection, me.id, seminar, Occasion.FIRST)
    last = self_rating_store.get(connection, me.id, seminar, Occasion.LAST)
    current = self_rating_service.open_for(connection, me, times_of(seminar), now)
    joined = self_rating_store.joined_at(connection, me.id)
    ends = current.ends_for(joined) if current is not None and joined is not None else None
    return _State((first, last), current, ends)


async def _next(context: Context, state: _State) -> Screen:
    missing = [one for one in aspects_of(context.seminar) if one not in state.now]
    if state.current is not None and missing:
        return _question(context, state, state.current, missing[0])
    if any(state.ratings):
        return _answered(context, state)
    upcoming = (one.opens for one in times_of(context.seminar) if one.opens > context.now())
    return self_rating_view.nothing(context.locale, min(upcoming, default=None), context.seminar.zone)


def _question(context: Context, state: _State, current: RatingTime, asked: Aspect) -> Screen:
    order = aspects_of(context.seminar)
    return self_rating_view.question(context.locale, current.occasion, order, asked, state.now.get(asked))


def _answered(context: Context, state: _State) -> Screen:
    return self_rating_view.answered(
        context.locale,
        aspects_of(context.seminar),
        state.ratings,
        occasion=state.current.occasion if state.current else None,
        ends=state.ends,
        zone=context.seminar.zone,
    )


ROUTES = (
    on_command("rate", rate, Action.RATE_SELF, menu=N_("What I can do, before and after")),
    on_button(RateAspect, aspect, Action.RATE_SELF),
    on_button(RateStep, step, Action.RATE_SELF),
    on_command("ratings", figures, Action.SEE_NUMBERS, menu=N_("Before and after, in numbers")),
    on_button(SelfRatings, figures_again, Action.SEE_NUMBERS),
)
