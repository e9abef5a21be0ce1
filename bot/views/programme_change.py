"""That the programme has changed: the notice, its reminder, and who has not seen it."""

from collections.abc import Mapping, Sequence
from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.agenda import AgendaDay, ShowPlace
from bot.buttons.programme_change import ChangeRemind, ChangeSeen, ChangeUnseen
from bot.change_lines import change_text
from bot.i18n import Locale
from bot.languages import Localized
from bot.programme.differences import SessionChange
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Rows, Screen, page_row
from bot.store.programme_notice import PAGE, SeenList, Unseen

_LABEL, _NAME, _REASON = 40, 64, 300


def notice(
    _: Locale, seminar: Seminar, changes: Sequence[SessionChange], *, version: int, was: int, reason: Mapping[str, str]
) -> Screen:
    """What has changed for the reader in `seminar`, as it is after `was`; `reason` by language, if there is one."""
    head = [_("🔔 <b>The programme has changed</b>")]
    return _changes(_, seminar, changes, head, (version, was), reason)


def reminder(
    _: Locale, seminar: Seminar, changes: Sequence[SessionChange], *, version: int, was: int, reason: Mapping[str, str]
) -> Screen:
    """The same again for somebody who has not said to have seen it."""
    head = [_("🔔 <b>Please look: the programme has changed</b>"), _("You have not pressed <b>Seen</b> yet.")]
    return _changes(_, seminar, changes, head, (version, was), reason)


def after_seen(_: Locale, seminar: Seminar, day: int, places: Sequence[str]) -> Rows:
    """The buttons that stay: to the places, and to the day."""
    return _links(_, seminar, day, places)


def seen(_: Locale) -> str:
    """The toast after Seen."""
    return _.plain("Thank you. The organizers see that you know.")


def unseen(_: Locale, seminar: Seminar, version: int, seen_list: SeenList) -> Screen:
    """Who has not seen a version, page by page, and one tap to remind them all."""
    lines: list[str] = [_("👀 <b>Who has seen version {n}</b>", n=version)]
    lines.append(_("Told: {told} · seen: {seen}", told=seen_list.told, seen=seen_list.told - seen_list.unseen))
    if seen_list.waiting:
        lines.append(_.plural("{n} notice is on its way.", "{n} notices are on their way.", seen_list.waiting))
    if seen_list.reminded:
        lines.append(_.plural("Reminded {n} time.", "Reminded {n} times.", seen_list.reminded))
    if seen_list.unseen:
        lines += ["", _.plural("{n} has not seen it:", "{n} have not seen it:", seen_list.unseen)]
    elif seen_list.told and not seen_list.waiting:
        lines += ["", _("✅ Everybody who was told has seen it.")]
    untold = True  # nobody of them stands on the page yet
    for number, one in enumerate(seen_list.people, seen_list.page * PAGE + 1):
        if not one.told and untold:
            untold = False
            lines += ["", _untold(_, seen_list.untold)]
        lines.append(_person(_, seminar, number, one))
    rows: list[list[InlineKeyboardButton]] = []
    if seen_list.unseen:
        remind = ChangeRemind(version, seen_list.reminded)
        rows.append([remind.button(_.plain("🔔 Remind them"))])
    return Screen("\n".join(lines), [*rows, _pages(_, version, seen_list)])


def _untold(_: Locale, people: int) -> str:
    return _.plural(
        "🚫 <b>{n} could not be told</b>, and has blocked the bot. Tell them yourself:",
        "🚫 <b>{n} could not be told</b>, and have blocked the bot. Tell them yourself:",
        people,
    )


def _person(_: Locale, seminar: Seminar, number: int, one: Unseen) -> str:
    group, name = seminar.group(one.group), escape(shortened(one.name, _NAME), quote=False)
    if not one.reachable:
        # Someone who blocked the bot can still be written to from one's own account.
        name = f'<a href="tg://user?id={one.telegram_id}">{name}</a>'
    line = f"{number}. {name}"
    line += f" · {escape(group.title.get(_.language), quote=False)}" if group else ""
    return line if one.reachable or not one.told else f"{line} 🚫"


def reminding(_: Locale, people: int) -> str:
    """The toast after reminding."""
    return str(_.plural("🔔 {n} person is reminded.", "🔔 {n} people are reminded.", people))


def reminded_already(_: Locale) -> str:
    """The toast of a button under a list from before the last reminder."""
    return _.plain("They have been reminded already, or it is over. Here is the list as it is now.")


def unknown_version(_: Locale) -> str:
    """The toast of a button about a version that there is not."""
    return _.plain("There is no such version of the programme here.")


def _changes(
    _: Locale,
    seminar: Seminar,
    changes: Sequence[SessionChange],
    head: Sequence[str],
    versions: tuple[int, int],
    reason: Mapping[str, str],
) -> Screen:
    why = shortened(Localized(reason).get(_.language), _REASON) if reason else ""
    tail = [_("💬 {reason}", reason=why)] if why else []
    text = change_text(_, seminar, changes, head=head, tail=tail)
    now = [one.after for one in changes if one.after is not None and not one.after.cancelled]
    places = [*dict.fromkeys(one.place for one in now if one.place), "", ""][:2]
    day = min((day for one in changes for day in one.days), default=1)
    seen = ChangeSeen(versions[0], versions[0] - versions[1], day, *places).button(_.plain("👀 Seen"))
    return Screen(text, [[seen], *_links(_, seminar, day, places)])


def _links(_: Locale, seminar: Seminar, day: int, places: Sequence[str]) -> Rows:
    on = seminar.date_of(day)
    known = [seminar.places[key] for key in places if key in seminar.places]
    rows = [[ShowPlace(place.key).button(shortened(f"📍 {place.title.get(_.language)}", _LABEL))] for place in known]
    return [*rows, [AgendaDay(on).button(f"📅 {_.short_day(on)}")]]


def _pages(_: Locale, version: int, seen_list: SeenList) -> list[InlineKeyboardButton]:
    page, pages = seen_list.page, seen_list.pages
    refresh = ChangeUnseen(version, page).button(_.plain("🔄 Refresh"))
    return page_row(_, page, pages, lambda turned: ChangeUnseen(version, turned), between=[refresh])
