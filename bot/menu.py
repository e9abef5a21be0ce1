"""The command menus that phones show: one for people from outside in each of the seminar's languages, and one for each
chat of a member.

A chat's own menu follows the person's role and chosen language, which may not be the phone's.
"""

import hashlib
import json
import logging
from typing import Final

from telegram.error import TelegramError

from bot.access import Role
from bot.context import Context
from bot.i18n import Locale
from bot.languages import LANGUAGES
from bot.router import Router
from bot.runtime import Runtime
from bot.screen import Screen
from bot.store import person, setting
from bot.store.person import Person
from bot.views import start as start_view

_log = logging.getLogger(__name__)
_DEFAULTS = "menu.defaults"
_OUTSIDE: Final = {"type": "all_private_chats"}


def commands(context: Context, role: Role | None = None) -> list[tuple[str, str]]:
    """The commands of a role (of who acts, unless given) with what they are for, in the reader's words."""
    return _of(context.runtime, _router(context), context.role if role is None else role, context.locale)


def welcome(context: Context) -> Screen:
    """The greeting of who has just come in, or has another role: it ends with what they can do here."""
    me, to_go = context.member, (context.seminar.first - context.seminar.today(context.now())).days
    return start_view.welcome(context.locale, me.name, me.role, context.seminar, commands(context), to_go=to_go)


async def fit(context: Context) -> None:
    """Bring the chat's menu in line with the person's role and language; costs no call when it is already."""
    if context.person is not None:
        await _fit(context, context.person, commands(context))


async def fit_member(context: Context, someone: Person) -> None:
    """The same for somebody else, whose role has been changed."""
    runtime = context.runtime
    await _fit(context, someone, _of(runtime, _router(context), someone.role, runtime.locales[someone.language]))


async def _fit(context: Context, someone: Person, wanted: list[tuple[str, str]]) -> None:
    mark, person_id = _fingerprint(wanted), someone.id
    if await context.read(person.menu, person_id) == mark:
        return
    scope = {"type": "chat", "chat_id": someone.telegram_id}
    try:
        await context.runtime.sender.call("setMyCommands", {"commands": _as_api(wanted), "scope": scope})
    except TelegramError as error:
        # The menu is a convenience; the conversation goes on without it, and the next change tries again.
        _log.warning("a command menu could not be set: %s", type(error).__name__)
        return
    await context.write(person.set_menu, person_id, mark)


async def drop(context: Context, chat_id: int | None = None) -> None:
    """Take a chat's own menu away (this chat's, unless given): the person is not a member any more."""
    scope = {"type": "chat", "chat_id": context.chat_id if chat_id is None else chat_id}
    try:
        await context.runtime.sender.call("deleteMyCommands", {"scope": scope})
    except TelegramError as error:
        _log.warning("a command menu could not be removed: %s", type(error).__name__)


async def publish(runtime: Runtime, router: Router) -> None:
    """At start-up: the menu for people from outside, in each language of the seminar.

    It is taken away for all other languages, whose phones then show the one of the seminar's first: a seminar before
    this one may have left one there. Raises telegram.error.TelegramError.
    """
    locales = [(None, runtime.locales.fallback)] + [(locale.language, locale) for locale in runtime.locales.all()]
    menus = [(language, _of(runtime, router, Role.STRANGER, locale)) for language, locale in locales]
    mark = _fingerprint(menus)
    if await runtime.db.read(setting.get, _DEFAULTS) == mark:
        return
    for language, menu in menus:
        params: dict[str, object] = {"commands": _as_api(menu), "scope": _OUTSIDE}
        await runtime.sender.call("setMyCommands", params | ({"language_code": str(language)} if language else {}))
    for other in set(LANGUAGES) - set(runtime.seminar.languages):
        await runtime.sender.call("deleteMyCommands", {"scope": _OUTSIDE, "language_code": other.value})
    await runtime.db.write(setting.put, _DEFAULTS, mark)


def _of(runtime: Runtime, router: Router, role: Role, locale: Locale) -> list[tuple[str, str]]:
    """The menu of a role, without the commands that this seminar has nothing for."""
    seminar = runtime.seminar
    empty = {
        "language": len(seminar.languages) == 1,
        "agenda": seminar.days_count == 1,  # /today shows it, before the day and after it, too
        "lesson": not seminar.lessons,
    }
    return [(name, what) for name, what in router.menu(role, locale) if not empty.get(name)]


def _router(context: Context) -> Router:
    handlers = (one for group in context.application.handlers.values() for one in group)
    return next(one for one in handlers if isinstance(one, Router))


def _as_api(menu: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"command": command, "description": what} for command, what in menu]


def _fingerprint(menu: object) -> str:
    return hashlib.sha256(json.dumps(menu, ensure_ascii=False).encode()).hexdigest()[:16]
