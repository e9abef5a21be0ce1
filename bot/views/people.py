"""People as organizers find them: a list, page by page, what it is narrowed down to, and its names as a text."""

from collections.abc import Mapping
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.buttons.people import PeopleFilters, PeopleNames, PeopleNarrow, PeopleSearch, PeopleShow, PersonShow
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.people import PAGE, ListedPerson, PeopleList, PeoplePage, PeopleState

_NAME: Final = 64
_LABEL: Final = 18
_GROUPS: Final = 8
_QUERY: Final = 40
_SIGNS: Final = {Role.ORGANIZER: "🧭", Role.COORDINATOR: "📊"}
_COPIED: Final = 3_300  # characters of a text to copy


def listing(_: Locale, seminar: Seminar, page: PeoplePage) -> Screen:
    """One page of a list, with a number for each card."""
    wanted = page.wanted
    lines: list[str] = [_("👥 <b>People</b>: {n}", n=page.total)]
    if narrowed := _narrowed(_, seminar, wanted):
        lines.append(narrowed)
    lines.append("")
    numbered = list(enumerate(page.people, page.page * PAGE + 1))
    lines += [_line(_, seminar, number, one) for number, one in numbered] or [_nobody(_, wanted)]
    is_waiting = wanted.state is PeopleState.WAITING
    cards = [] if is_waiting else [PersonShow(one.id, wanted.id, page.page).button(str(n)) for n, one in numbered]
    rows: list[list[InlineKeyboardButton]] = [
        *in_rows(cards, 5),
        page_row(_, page.page, page.pages, lambda turned: PeopleShow(wanted.id, turned)),
        [
            PeopleSearch(wanted.id).button(_.plain("🔎 Search")),
            PeopleFilters(wanted.id, 0).button(_.plain("⚙️ Filter")),
        ],
    ]
    if page.people and wanted.state is not PeopleState.ALL:
        rows.append([PeopleNames(wanted.id).button(_.plain("📋 Names to copy"))])
    if not page.people and wanted.query and wanted.state is PeopleState.ALL:
        waiting = PeopleNarrow(wanted.id, "state", PeopleState.WAITING)
        rows.append([waiting.button(_.plain("Among those who have not joined"))])
    if narrowed:
        rows.append([PeopleNarrow(wanted.id, "all", "").button(_.plain("✖️ Everybody"))])
    return Screen("\n".join(lines), [row for row in rows if row])


def filters(_: Locale, seminar: Seminar, wanted: PeopleList, page: int) -> Screen:
    """What a list can be narrowed down to; what it is now is marked."""
    states = [
        _choice(wanted, "state", state, label, is_on=wanted.state is state)
        for state, label in state_words(_).items()
        if state is not PeopleState.ALL
    ]
    languages = [
        _choice(wanted, "language", one, Language(one).own_name, is_on=wanted.language == one)
        for one in seminar.languages
    ]
    pages = max(1, -(-len(seminar.groups) // _GROUPS))
    page = max(0, min(page, pages - 1))
    groups = [
        _choice(wanted, "group", one.key, one.title.get(_.language), is_on=wanted.group == one.key)
        for one in seminar.groups[page * _GROUPS : (page + 1) * _GROUPS]
    ]
    rows = [
        *in_rows(states, 2),
        *(in_rows(languages, 2) if len(languages) > 1 else []),
        *(in_rows(groups, 2) if seminar.has_groups else []),
        page_row(_, page, pages, lambda turned: PeopleFilters(wanted.id, turned)) if seminar.has_groups else [],
        [PeopleShow(wanted.id, 0).button(_.plain("‹ Back"))],
    ]
    text = _("⚙️ <b>Whom should the list name?</b>\nThe same press again lifts a filter.")
    return Screen(text, [row for row in rows if row])


def ask_name(_: Locale, listed: int) -> Screen:
    """Waits for a part of a name."""
    text = _("🔎 Type a part of a name, in any alphabet.")
    return Screen(text, [[PeopleShow(listed, 0).button(_.plain("‹ Back"))]])


def nothing_to_search(_: Locale) -> Screen:
    """What was typed has no letter or digit."""
    return Screen(_("There is no letter in that. Type a part of a name."))


def names(_: Locale, found: list[str], *, total: int) -> Screen:
    """Names, one a line, in a block that one press copies."""
    if not found:
        return Screen(_("Nobody."))
    lines, size = [], 0
    for name in found:
        one = shortened(name, _NAME) or "…"
        size += len(one) * 2 + 1
        if size > _COPIED:
            break
        lines.append(one)
    text = f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"
    if (more := total - len(lines)) > 0:
        text += "\n" + _.plural("And {n} more.", "And {n} more.", more)
    return Screen(text)


def gone(_: Locale) -> str:
    """A toast: a list that is not kept any more."""
    return _.plain("That list is old. Look again with /people.")


def state_words(_: Locale) -> Mapping[PeopleState, str]:
    """Each state in words."""
    return {
        PeopleState.ALL: _.plain("All"),
        PeopleState.STAFF: _.plain("🧭 Staff"),
        PeopleState.WAITING: _.plain("📭 Not joined"),
        PeopleState.STOPPED: _.plain("🚧 Began to join"),
        PeopleState.UNREACHABLE: _.plain("🚫 Unreachable"),
        PeopleState.EXCUSED: _.plain("📝 Excused today"),
        PeopleState.PAUSED: _.plain("⏸ On pause"),
    }


def _narrowed(_: Locale, seminar: Seminar, wanted: PeopleList) -> str:
    group = seminar.group(wanted.group)
    parts = [
        *([_.plain("🔎 “{query}”", query=shortened(wanted.query, _QUERY))] if wanted.query else []),
        *([state_words(_)[wanted.state]] if wanted.state is not PeopleState.ALL else []),
        *([group.title.get(_.language) if group is not None else wanted.group] if wanted.group else []),
        *([Language(wanted.language).own_name] if wanted.language in set(Language) else []),
    ]
    return escape(" · ".join(parts), quote=False)


def _nobody(_: Locale, wanted: PeopleList) -> Html:
    return _("Nobody is called so.") if wanted.query else _("Nobody.")


def _line(_: Locale, seminar: Seminar, number: int, one: ListedPerson) -> str:
    group = seminar.group(one.group)
    name = shortened(one.name, _NAME) or "…"
    who = (
        _("{number}. {name} · {group}", number=number, name=name, group=group.title.get(_.language))
        if group
        else _("{number}. {name}", number=number, name=name)
    )
    signs = [_SIGNS.get(one.role, ""), "" if one.reachable else "🚫", "⏸" if one.paused else ""]
    return " ".join([who, *filter(None, signs)])


def _choice(wanted: PeopleList, what: str, value: str, label: str, *, is_on: bool) -> InlineKeyboardButton:
    short = shortened(label, _LABEL)
    return PeopleNarrow(wanted.id, what, value).button(f"✓ {short}" if is_on else short)
