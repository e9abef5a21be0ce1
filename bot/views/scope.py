"""Whose numbers a coordinator sees: what an organizer chooses, and what the coordinator is told."""

from collections.abc import Sequence
from typing import Final

from bot.buttons.people import PersonShow
from bot.buttons.scope import ScopeChoose, ScopeSet, ScopeToggle
from bot.i18n import Locale
from bot.people_filter import PeopleFilter
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.scope_lines import people_words
from bot.screen import Screen, in_rows, page_row
from bot.store.person import Person
from bot.store.scope import ScopeOption

PAGE: Final = 12
_NAME: Final = 64
_LABEL: Final = 18


def choose(
    _: Locale,
    seminar: Seminar,
    someone: Person,
    chosen: PeopleFilter,
    options: Sequence[ScopeOption],
    shown: ScopeChoose,
    *,
    stands: PeopleFilter,
) -> Screen:
    """Groups and districts to choose from; `stands`: what is true until the choice is confirmed."""
    lines = [
        _("👁 Whose numbers does <b>{name}</b> see?", name=shortened(someone.name, _NAME) or "…"),
        _("Now: {people}", people=people_words(_, seminar, stands)),
    ]
    if chosen != stands:
        lines.append(_("Chosen: <b>{people}</b>", people=people_words(_, seminar, chosen)))
    if chosen.groups and chosen.districts:
        lines.append(_("Only who is in one of these groups and in one of these districts."))
    lines.append(_("It holds for figures, pictures, files and lists. They will be told."))
    pages = max(1, -(-len(options) // PAGE))
    page = max(0, min(shown.page, pages - 1))
    buttons = [
        ScopeToggle(shown.person, shown.filter, page, one.token).button(
            f"{'✓ ' if one.is_in(chosen) else ''}{_label(_, seminar, one)}"
        )
        for one in options[page * PAGE : (page + 1) * PAGE]
    ]
    turned = page_row(_, page, pages, lambda to: ScopeChoose(shown.person, shown.filter, to))
    everybody = [ScopeSet(shown.person, 0).button(_.plain("👥 All teachers"))] if stands != PeopleFilter() else []
    confirm = [ScopeSet(shown.person, shown.filter).button(_.plain("✓ Yes, so"))]
    rows = [
        *in_rows(buttons, 2),
        turned,
        confirm if chosen not in {stands, PeopleFilter()} else [],
        everybody,
        [PersonShow(someone.id, 0, 0).button(_.plain("‹ Back"))],
    ]
    return Screen("\n".join(lines), [row for row in rows if row])


def nobody_to_limit(_: Locale) -> str:
    """A toast: they are no coordinator any more, or an owner."""
    return _.plain("Only a coordinator can be limited; organizers and owners see everything.")


def told(_: Locale, seminar: Seminar, scope: PeopleFilter) -> Screen:
    """To the coordinator."""
    if scope == PeopleFilter():
        return Screen(_("👁 An organizer has decided whose numbers you see here: those of all teachers."))
    text = _(
        "👁 An organizer has decided whose numbers you see here: <b>{people}</b>. "
        "It holds for figures, pictures, files and lists.",
        people=people_words(_, seminar, scope),
    )
    return Screen(text)


def _label(_: Locale, seminar: Seminar, option: ScopeOption) -> str:
    no_group, unknown = _.plain("no group"), _.plain("not known")
    if option.what == "group":
        group = seminar.group(option.value)
        title = group.title.get(_.language) if group is not None else option.value
        return f"👥 {shortened(title or no_group, _LABEL)}"
    return f"🏫 {shortened(option.value or unknown, _LABEL)}"
