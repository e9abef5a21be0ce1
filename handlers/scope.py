"""Whose numbers a coordinator sees: from the person's card organizers limit it to groups and districts."""

import sqlite3
from typing import NamedTuple

from bot.access import Action
from bot.buttons.scope import ScopeChoose, ScopeOpen, ScopeSet, ScopeToggle
from bot.context import Context
from bot.people_filter import FigureFilter, PeopleFilter
from bot.routing import on_button
from bot.services import scope as scope_service
from bot.store import figure_filter as figure_filter_store
from bot.store import person
from bot.store import scope as scope_store
from bot.store.person import Person
from bot.store.scope import ScopeOption
from bot.views import fallback as fallback_view
from bot.views import people_card as people_card_view
from bot.views import scope as scope_view


class _Choice(NamedTuple):
    someone: Person | None
    stands: PeopleFilter
    chosen: PeopleFilter | None
    options: list[ScopeOption]


async def open_scope(context: Context, pressed: ScopeOpen) -> None:
    """Show what stands."""
    stands = await context.read(scope_store.get, pressed.person)
    await _show(context, ScopeChoose(pressed.person, await _number(context, stands), 0))


async def choose(context: Context, pressed: ScopeChoose) -> None:
    """Show a page of what can be chosen."""
    await _show(context, pressed)


async def toggle(context: Context, pressed: ScopeToggle) -> None:
    """Choose one more, or one less; nothing is changed yet."""
    choice = await _choice(context, pressed.person, pressed.filter)
    if choice is None or choice.chosen is None:
        return
    option = next((one for one in choice.options if one.token == pressed.token), None)
    if option is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    number = await _number(context, option.toggled(choice.chosen))
    await _show(context, ScopeChoose(pressed.person, number, pressed.page))


async def set_scope(context: Context, pressed: ScopeSet) -> None:
    """It is so from now on."""
    choice = await _choice(context, pressed.person, pressed.filter)
    if choice is None or choice.chosen is None:
        return
    me, owners, now = context.member, context.runtime.settings.owners, context.now()
    changed = await context.write(scope_service.set_scope, me, pressed.person, choice.chosen, owners=owners, now=now)
    if changed is None:
        await context.toast(scope_view.nobody_to_limit(context.locale), alert=True)
        return
    said = people_card_view.done if changed else people_card_view.unchanged
    await context.toast(said(context.locale))
    context.runtime.wake()
    await _show(context, ScopeChoose(pressed.person, pressed.filter, 0))


async def _show(context: Context, shown: ScopeChoose) -> None:
    choice = await _choice(context, shown.person, shown.filter)
    if choice is None or choice.someone is None or choice.chosen is None:
        return
    screen = scope_view.choose(
        context.locale,
        context.seminar,
        choice.someone,
        choice.chosen,
        choice.options,
        shown,
        stands=choice.stands,
    )
    await context.show(screen)


async def _choice(context: Context, person_id: int, number: int) -> _Choice | None:
    """What a button is about, as of one moment; None, once that is said, where nobody can be limited (so)."""
    groups = [*(one.key for one in context.seminar.groups), ""] if context.seminar.has_groups else []
    choice = await context.read(_read, person_id, number, groups)
    if not scope_service.is_limitable(choice.someone, context.runtime.settings.owners):
        await context.toast(scope_view.nobody_to_limit(context.locale), alert=True)
        return None
    if choice.chosen is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return None
    return choice


def _read(connection: sqlite3.Connection, person_id: int, number: int, groups: list[str]) -> _Choice:
    kept = figure_filter_store.get(connection, number) if number else FigureFilter()
    chosen = kept.people if kept is not None else None
    stands = scope_store.get(connection, person_id)
    options = scope_store.options(connection, groups, chosen or PeopleFilter())
    return _Choice(person.by_id(connection, person_id), stands, chosen, options)


async def _number(context: Context, people: PeopleFilter) -> int:
    if people == PeopleFilter():
        return 0
    return await context.write(figure_filter_store.intern, FigureFilter(people))


ROUTES = (
    on_button(ScopeOpen, open_scope, Action.MANAGE_PEOPLE),
    on_button(ScopeChoose, choose, Action.MANAGE_PEOPLE),
    on_button(ScopeToggle, toggle, Action.MANAGE_PEOPLE),
    on_button(ScopeSet, set_scope, Action.MANAGE_PEOPLE),
)
