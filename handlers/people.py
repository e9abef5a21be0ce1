"""/people: find anybody by a part of a name, narrow the list down, copy names."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.people import PeopleFilters, PeopleNames, PeopleNarrow, PeopleSearch, PeopleShow
from bot.context import Context
from bot.i18n import N_
from bot.languages import Language
from bot.messages import roster as roster_messages
from bot.name_folding import parts
from bot.name_search import fold_new_names
from bot.routing import on_answer, on_button, on_command
from bot.store import people as people_store
from bot.store.conversation import Prompt
from bot.store.people import QUERY_LIMIT, PeopleList, PeopleState
from bot.views import fallback as fallback_view
from bot.views import people as people_view

_ENDS_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NamePart:
    """A part of a name, to be looked for among those of a list."""

    listed: int


_NAME = Prompt("people.name", NamePart)


async def people(context: Context, arguments: str) -> None:
    """Reply with everybody, with those in whose name the typed words are, or with the roster as a file (`file`)."""
    if arguments.strip().lower() == "file":
        await roster_messages.send_file(context)
        return
    query = _query(arguments)
    if query and not parts(query):
        wanted = await context.write(people_store.keep, context.member.id)
        await context.reply(people_view.nothing_to_search(context.locale))
        await context.expect(_NAME, NamePart(wanted.id), ends_after=_ENDS_AFTER)
        return
    await fold_new_names(context)
    wanted = await context.write(people_store.keep, context.member.id, query=query)
    await _reply(context, wanted)
    if not wanted.query:
        await context.expect(_NAME, NamePart(wanted.id), ends_after=_ENDS_AFTER)


async def ask(context: Context, pressed: PeopleSearch) -> None:
    """Wait for a part of a name."""
    if (wanted := await _list(context, pressed.listed)) is not None:
        await context.expect(_NAME, NamePart(wanted.id), ends_after=_ENDS_AFTER)
        await context.show(people_view.ask_name(context.locale, wanted.id))


async def search(context: Context, message: Message) -> None:
    """A part of a name, as the next message. The next one is looked for, too."""
    about = _NAME.of(context.awaits)
    earlier = await context.read(people_store.get, about.listed if about else 0, context.member.id)
    query = _query(message.text or "")
    if not parts(query):
        await context.reply(people_view.nothing_to_search(context.locale))
        return
    await fold_new_names(context)
    wanted = await context.write(_narrowed, context.member.id, earlier, query=query)
    await _reply(context, wanted)
    await context.expect(_NAME, NamePart(wanted.id), ends_after=_ENDS_AFTER)


async def show(context: Context, pressed: PeopleShow) -> None:
    """Show a page of a list."""
    if (wanted := await _list(context, pressed.listed)) is not None:
        await _show(context, wanted, pressed.page)


async def filters(context: Context, pressed: PeopleFilters) -> None:
    """Show what the list can be narrowed down to."""
    if (wanted := await _list(context, pressed.listed)) is not None:
        await context.show(people_view.filters(context.locale, context.seminar, wanted, pressed.page))


async def narrow(context: Context, pressed: PeopleNarrow) -> None:
    """Narrow the list down, or not any more."""
    wanted = await _list(context, pressed.listed)
    if wanted is None:
        return
    if not _is_known(context, pressed):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    changed = await context.write(_narrowed, context.member.id, wanted, what=pressed.what, value=pressed.value)
    await _show(context, changed, 0)


async def copy_names(context: Context, pressed: PeopleNames) -> None:
    """Send the names of a list as a text to copy."""
    if (wanted := await _list(context, pressed.listed)) is None:
        return
    seminar, today = context.seminar, context.seminar.today(context.now())
    found = await context.read(people_store.names, wanted, seminar.key, today)
    page = await context.read(people_store.page, wanted, seminar.key, today, 0)
    await context.reply(people_view.names(context.locale, found, total=page.total))


def _narrowed(
    connection: sqlite3.Connection,
    by_id: int,
    earlier: PeopleList | None,
    *,
    query: str | None = None,
    what: str = "",
    value: str = "",
) -> PeopleList:
    """The list with another query, or with one filter more or less."""
    if what == "all":
        return people_store.keep(connection, by_id)
    now = earlier or PeopleList(0, "", PeopleState.ALL, "", "")
    state, group, language = now.state, now.group, now.language
    match what:
        case "state":
            state = PeopleState.ALL if state == value else PeopleState(value)
        case "group":
            group = "" if group == value else value
        case "language":
            language = "" if language == value else value
    words = now.query if query is None else query
    return people_store.keep(connection, by_id, query=words, state=state, group=group, language=language)


def _is_known(context: Context, pressed: PeopleNarrow) -> bool:
    match pressed.what:
        case "state":
            return pressed.value in set(PeopleState)
        case "group":
            return context.seminar.group(pressed.value) is not None
        case "language":
            return pressed.value in set(Language)
    return pressed.what == "all"


def _query(typed: str) -> str:
    return " ".join(typed.split())[:QUERY_LIMIT]


async def _list(context: Context, number: int) -> PeopleList | None:
    """The list of a button, or None after saying that it is not kept any more; 0 is everybody."""
    by_id = context.member.id
    if number == 0:
        return await context.write(people_store.keep, by_id)
    wanted = await context.read(people_store.get, number, by_id)
    if wanted is None:
        await context.toast(people_view.gone(context.locale), alert=True)
    return wanted


async def _show(context: Context, wanted: PeopleList, number: int) -> None:
    seminar = context.seminar
    page = await context.read(people_store.page, wanted, seminar.key, seminar.today(context.now()), number)
    await context.show(people_view.listing(context.locale, seminar, page))


async def _reply(context: Context, wanted: PeopleList) -> None:
    seminar = context.seminar
    page = await context.read(people_store.page, wanted, seminar.key, seminar.today(context.now()), 0)
    await context.reply(people_view.listing(context.locale, seminar, page))


ROUTES = (
    on_command("people", people, Action.MANAGE_PEOPLE, menu=N_("Find somebody")),
    on_button(PeopleShow, show, Action.MANAGE_PEOPLE),
    on_button(PeopleFilters, filters, Action.MANAGE_PEOPLE),
    on_button(PeopleNarrow, narrow, Action.MANAGE_PEOPLE),
    on_button(PeopleSearch, ask, Action.MANAGE_PEOPLE),
    on_button(PeopleNames, copy_names, Action.MANAGE_PEOPLE),
    on_answer(_NAME, search, Action.MANAGE_PEOPLE),
)
