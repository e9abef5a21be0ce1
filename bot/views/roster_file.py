"""The roster as a file: what its columns are, what taking one would do, what is wrong in it, and what became of it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.roster import (
    RosterAskRemove,
    RosterFileToFillIn,
    RosterHome,
    RosterTake,
)
from bot.documents.refusals import FileRefusal
from bot.documents.roster_table import COLUMNS, MOST_ROWS, RosterError, RosterFile, RosterProblem
from bot.i18n import N_, Html, Locale
from bot.languages import Language
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.roster_import import RosterChange, RosterPlan, RosterTaken

_SHOWN: Final = 10  # mistakes, and people, of each kind
_SAID: Final = 40
_UNREAD: Final = 200

_PROBLEMS: Final[Mapping[RosterError, str]] = {
    RosterError.NO_NAME: N_("the name is missing"),
    RosterError.TOO_LONG: N_("longer than {instead} characters"),
    RosterError.UNKNOWN_GROUP: N_("“{shown}” is no group, write: {instead}"),
    RosterError.UNKNOWN_LANGUAGE: N_("“{shown}” is no language, write: {instead}"),
    RosterError.NOT_PHONE: N_("“{shown}” is no phone number, write it like {instead}"),
    RosterError.NO_COUNTRY: N_("“{shown}” lacks the code of the country, write it like {instead}"),
    RosterError.SHORTENED: N_("“{shown}” has lost digits: make the column text and write it like {instead}"),
    RosterError.NOT_TEXT: N_("“{shown}” is kept as a date or yes/no; write ' before it, so that it is text"),
    RosterError.FORMULA: N_("this is a formula, write the value itself"),
    RosterError.NO_VALUE: N_("the formula has no value, write the value itself"),
    RosterError.CELL_ERROR: N_("the cell shows an error, write a value"),
    RosterError.MERGED: N_("these cells are merged; split them and fill in each"),
    RosterError.COLUMN_TWICE: N_("the column “{shown}” is there twice"),
    RosterError.NOT_ID: N_("“{shown}” is no key of mine; leave it empty for a new person"),
    RosterError.ID_TWICE: N_("the key {shown} is in row {instead} too"),
    RosterError.PHONE_TWICE: N_("the number {shown} is in row {instead} too"),
    RosterError.PERSON_TWICE: N_("“{shown}” is in row {instead} too"),
    RosterError.LOST_LETTERS: N_("“{shown}” has lost letters; save the list as .xlsx, or as CSV in UTF-8"),
    RosterError.SEVERAL: N_("“{shown}” may be several people on the roster; fill in the file that I send"),
}
_REFUSALS: Final[Mapping[FileRefusal, str]] = {
    FileRefusal.TOO_LARGE: N_("The file is too large: I read at most 2 MB. Delete pictures and other sheets."),
    FileRefusal.GONE: N_("Telegram does not have this file any more. Please send it again."),
    FileRefusal.UNFINISHED: N_("The file did not arrive: the connection to Telegram broke. Please send it again."),
    FileRefusal.OLD_EXCEL: N_("This is an old Excel file (.xls). Open it and save it as .xlsx, then send that."),
    FileRefusal.ENCRYPTED: N_("The file is protected by a password. Remove the password, save it and send it again."),
    FileRefusal.MACROS: N_("The file holds macros, and I do not read such files. Save it as .xlsx without macros."),
    FileRefusal.OTHER_FORMAT: N_("I read .xlsx and .csv, and this is neither inside, whatever its name says."),
    FileRefusal.TOO_BIG_INSIDE: N_("The file is far too large when it is unpacked. Copy the people into a new file."),
    FileRefusal.NO_NAMES: N_("I find no people in the file: the row with the headings, “name” among them, is missing."),
    FileRefusal.NO_PEOPLE: N_("There is nobody in the file, so I changed nothing."),
    FileRefusal.ENCODING: N_(
        "I cannot tell for certain how the letters of this text are written. Save it as .xlsx, or as CSV in UTF-8."
    ),
    FileRefusal.TOO_SLOW: N_("Reading the file took too long. Copy the people into a new file."),
    FileRefusal.STOPPED: N_(
        "I had to stop before I had read the file; it changed nothing. Please send it again in a minute."
    ),
}

_DAMAGED: Final = N_("The file is damaged and cannot be read. Open it, save it as .xlsx once more and send that.")


def caption(_: Locale) -> str:
    """Under the file to fill in."""
    return _.plain(
        "One row is one person; nothing but the name has to be there. Send the file back to me: I show what it would "
        "change before it does. At most {n} people in one file; a longer list comes in several.",
        n=MOST_ROWS,
    )


def labels(_: Locale, seminar: Seminar) -> Mapping[str, tuple[str, str]]:
    """What each column of the file is called, and what is said of a wrong value in it."""
    groups = shortened(", ".join(one.title.get(_.language) for one in seminar.groups), _UNREAD)
    languages = ", ".join(Language(one).own_name for one in seminar.languages)
    hints = {
        "group_key": _.plain("Choose a group from the list: {names}", names=groups),
        "language": _.plain("Choose a language from the list: {names}", names=languages),
    }
    return {name: (column(_, name), hints.get(name, "")) for name in COLUMNS}


def column(_: Locale, name: str) -> str:
    """What a column is called."""
    said = {
        "id": _.plain("Key: leave it empty for a new person"),
        "name": _.plain("Name"),
        "latin_name": _.plain("Name in Latin letters"),
        "school": _.plain("School"),
        "district": _.plain("District"),
        "group_key": _.plain("Group"),
        "language": _.plain("Language"),
        "room": _.plain("Room"),
        "phone": _.plain("Phone"),
        "flight": _.plain("Flight"),
        "diet": _.plain("Diet"),
    }
    return said.get(name, name)


def refused(_: Locale, refusal: FileRefusal) -> Screen:
    """The file as a whole is not read."""
    if refusal is FileRefusal.TOO_MANY_ROWS:
        text = _("There are more than {n} people in the file. Send them in several files.", n=MOST_ROWS)
    else:
        text = _(_REFUSALS.get(refusal, _DAMAGED))
    return Screen(text, [[RosterFileToFillIn().button(_.plain("📄 The file"))]])


def not_made(_: Locale) -> Screen:
    """A file that was asked for could not be made."""
    return Screen(_("I could not make the file just now. Please try again in a minute."), _home(_))


def preview(_: Locale, seminar: Seminar, file: RosterFile, plan: RosterPlan, mark: str) -> Screen:
    """What taking a file would do, and everything that is wrong with it."""
    lines = [_("👀 <b>Nothing has changed yet.</b> This is what the file would do:"), *_summary(_, plan), ""]
    lines += _new(_, plan)
    lines += [_change(_, seminar, change) for change in plan.changed[:_SHOWN]]
    if len(plan.changed) > _SHOWN:
        lines.append(_more(_, len(plan.changed) - _SHOWN))
    lines += _wrong(_, seminar, [*file.problems, *plan.problems], file.problem_count + len(plan.problems))
    if file.unread:
        names = escape(shortened(", ".join(file.unread), _UNREAD), quote=False)
        lines += ["", _("Not read, because the roster has no such column: {names}", names=Html(names))]
    return Screen("\n".join(_within(lines)), _choices(_, file, plan, mark))


def confirm_removal(_: Locale, plan: RosterPlan, mark: str) -> Screen:
    """Forget who has not joined and is not in the file?"""
    lines = [
        _.plural(
            "🗑 <b>Take the file, and forget {n} person who is not in it?</b>",
            "🗑 <b>Take the file, and forget {n} people who are not in it?</b>",
            plan.gone_count,
        ),
        *(f"• {escape(name, quote=False)}" for name in plan.gone),
    ]
    if plan.gone_count > len(plan.gone):
        lines.append(_more(_, plan.gone_count - len(plan.gone)))
    lines += ["", _("Their links stop working. Whoever has joined stays on the roster.")]
    yes = RosterTake(mark, 1).button(_.plain("🗑 Yes, forget them"))
    no = RosterTake(mark, 0).button(_.plain("✅ Take it, keep them"))
    return Screen("\n".join(lines), [[no], [yes], *_home(_)])


def taken(_: Locale, done: RosterTaken) -> Screen:
    """The file was taken."""
    if not (done.new or done.changed or done.removed):
        return Screen(_("✓ The roster says what the file says already: nothing has changed."), _home(_))
    parts = [
        _("✓ <b>The roster is up to date.</b>"),
        _.plural("{n} new", "{n} new", done.new),
        _.plural("{n} changed", "{n} changed", done.changed),
    ]
    if done.removed:
        parts.append(_.plural("{n} forgotten", "{n} forgotten", done.removed))
    return Screen("\n".join(parts), _home(_))


def forgotten(_: Locale) -> str:
    """The toast of a button about a file that is not known any more."""
    return _.plain("This file was taken already, or another one came since. Send it again if it should be taken.")


def _summary(_: Locale, plan: RosterPlan) -> list[str]:
    said = [
        _.plural("➕ {n} new person", "➕ {n} new people", len(plan.new)),
        _.plural("✏️ {n} changed", "✏️ {n} changed", len(plan.changed)),
        _.plural("{n} as before", "{n} as before", plan.same),
    ]
    if plan.gone_count > 0:
        said.append(
            _.plural(
                "{n} who has not joined is not in the file, and is kept unless you choose otherwise",
                "{n} who have not joined are not in the file, and are kept unless you choose otherwise",
                plan.gone_count,
            )
        )
    if plan.erased:
        said.append(
            _.plural(
                "{n} row is left out: that person was removed, or has erased their data",
                "{n} rows are left out: those people were removed, or have erased their data",
                plan.erased,
            )
        )
    return [f"• {one}" for one in said]


def _new(_: Locale, plan: RosterPlan) -> list[str]:
    names = [f"➕ {escape(one.name, quote=False)}" for one in plan.new[:_SHOWN]]
    return [*names, _more(_, len(plan.new) - _SHOWN)] if len(plan.new) > _SHOWN else names


def _change(_: Locale, seminar: Seminar, change: RosterChange) -> str:
    """A person, and what differs."""
    parts = [
        f"{escape(column(_, name), quote=False)}: {_value(_, seminar, name, old)} → {_value(_, seminar, name, new)}"
        for name, old, new in change.columns
    ]
    return f"✏️ <b>{escape(change.entry.name, quote=False)}</b>: {'; '.join(parts)}"


def _value(_: Locale, seminar: Seminar, name: str, value: str) -> str:
    group = seminar.group(value) if name == "group_key" else None
    said = group.title.get(_.language) if group is not None else value
    if name == "language" and value:
        said = Language(value).own_name
    return escape(shortened(said, _SAID), quote=False) if said else "—"


def _wrong(_: Locale, seminar: Seminar, problems: Sequence[RosterProblem], count: int) -> list[str]:
    if not count:
        return []
    head = _.plural(
        "✋ <b>{n} thing has to be corrected; its row is left out:</b>",
        "✋ <b>{n} things have to be corrected; their rows are left out:</b>",
        count,
    )
    lines = ["", head, *(_problem(_, seminar, one) for one in problems[:_SHOWN])]
    return [*lines, _more(_, count - _SHOWN)] if count > _SHOWN else lines


def _problem(_: Locale, seminar: Seminar, one: RosterProblem) -> str:
    instead = one.instead
    if one.error is RosterError.UNKNOWN_GROUP:
        instead = shortened(", ".join(group.title.get(_.language) for group in seminar.groups), _UNREAD) or "—"
    said = _(_PROBLEMS[one.error], shown=shortened(one.shown, _SAID), instead=instead)
    name = _.plain("Key") if one.column == "id" else column(_, one.column)
    return f"• <b>{escape(one.where, quote=False)}</b> ({escape(name, quote=False)}): {said}"


def _choices(_: Locale, file: RosterFile, plan: RosterPlan, mark: str) -> list[list[InlineKeyboardButton]]:
    rows = []
    if plan.changes:
        is_part = bool(file.problem_count or plan.problems)
        label = _.plain("✅ Take the right rows") if is_part else _.plain("✅ Take it")
        rows.append([RosterTake(mark, 0).button(label)])
    # With mistakes in it a file does not say who is gone: a row that was left out may be anybody's.
    if 0 < plan.gone_count <= MOST_ROWS and not file.problem_count and not plan.problems:
        rows.append([RosterAskRemove(mark).button(_.plain("🗑 Also forget others"))])
    return [*rows, *_home(_)]


def _within(lines: Sequence[str]) -> list[str]:
    """As many lines as one message holds."""
    kept: list[str] = []
    left = 3_600
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            return [*kept, "…"]
        kept.append(line)
    return kept


def _more(_: Locale, n: int) -> str:
    return _.plural("… and {n} more.", "… and {n} more.", n)


def _home(_: Locale) -> list[list[InlineKeyboardButton]]:
    return [[RosterHome().button(_.plain("👥 The roster"))]]
