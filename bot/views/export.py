"""/export: which file with data is wanted, and what is said where it is too large."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from telegram import InlineKeyboardButton

from bot.buttons.export import (
    ExportDay,
    ExportDays,
    ExportGroup,
    ExportGroups,
    ExportMake,
    ExportOf,
    ExportTable,
    ExportTables,
)
from bot.documents.export_table import WORKBOOK_ROWS, ExportForm
from bot.export_columns import LABELS
from bot.export_words import chosen_words
from bot.i18n import Html, Locale
from bot.payload import Payload
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Screen, in_rows, page_row

T = TypeVar("T")

_DAYS: Final = 14  # on a page
_GROUPS: Final = 8
_LABEL: Final = 30
_CHOSEN: Final = 300


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What a file is to be about: a filter with its number, and one table or all of them ("")."""

    filter_id: int
    chosen: FigureFilter
    table: str = ""


def home(_: Locale, seminar: Seminar, choice: ExportChoice, *, named: bool, scope: PeopleFilter) -> Screen:
    """Ask for the form; `named`: the reader may see names; `scope`: whom the reader is told of."""
    lines = [
        _("📦 <b>A file with data</b>"),
        *you_see(_, seminar, scope),
        _about(_, seminar, choice),
        "",
        _("Excel is for reading; CSV and JSON are for programs. What each column means stands in the file."),
    ]
    if not named:
        lines.append(_("Without names, mood and words: each person has a number."))
    else:
        lines.append(_("🔒 With names and phone numbers: forward it to nobody who may not see them."))
    return Screen("\n".join(lines), rows(_, seminar, choice))


def too_large(_: Locale, seminar: Seminar, choice: ExportChoice, table: str) -> Screen:
    """It is not made: `table` has more rows than a sheet of a workbook, or ("") all of it is too much."""
    if table:
        said = _(
            "📦 Excel holds at most {n} rows in one table, and “{table}” has more. Choose less, or take CSV.",
            n=Html(f"{WORKBOOK_ROWS:,}".replace(",", " ")),
            table=_.plain(LABELS[table]),
        )
    else:
        said = _("📦 This is too much for one file. Choose one table, one day or one group.")
    return Screen(f"{said}\n{_about(_, seminar, choice)}", rows(_, seminar, choice))


def rows(_: Locale, seminar: Seminar, choice: ExportChoice) -> list[list[InlineKeyboardButton]]:
    """The forms, and ways to choose less, or all again."""
    number, table, chosen = choice.filter_id, choice.table, choice.chosen
    labels = {ExportForm.WORKBOOK: "📊 Excel", ExportForm.CSV: "📄 CSV", ExportForm.JSON: "📄 JSON"}
    forms = [ExportMake(number, table, form.value).button(label) for form, label in labels.items()]
    less = [
        ExportDay(number, table, 0).button(_.plain("📅 All days"))
        if (chosen.first_day, chosen.last_day) != (None, None)
        else ExportDays(number, table, 0).button(_.plain("📅 One day"))
    ]
    if seminar.has_groups:
        less.append(
            ExportGroup(number, table, "").button(_.plain("👥 All groups"))
            if chosen.people.groups
            else ExportGroups(number, table, 0).button(_.plain("👥 One group"))
        )
    tables = ExportTable(number, "").button(_.plain("🗂 All tables"))
    one = ExportTables(number).button(_.plain("🗂 One table"))
    return [forms, less, [tables if table else one]]


def choose_table(_: Locale, choice: ExportChoice) -> Screen:
    """Which table?"""
    buttons = [ExportTable(choice.filter_id, name).button(_.plain(label)) for name, label in LABELS.items()]
    return Screen(_("🗂 Which table do you need?"), [*in_rows(buttons, 2), _back(_, choice)])


def choose_day(_: Locale, seminar: Seminar, choice: ExportChoice, page: int) -> Screen:
    """Which day?"""
    number, table = choice.filter_id, choice.table
    days = list(range(1, seminar.days_count + 1))
    shown, turn = _page(_, days, page, _DAYS, lambda to: ExportDays(number, table, to))
    buttons = [ExportDay(number, table, day).button(_.short_day(seminar.date_of(day))) for day in shown]
    return Screen(_("📅 Which day do you need?"), [*in_rows(buttons, 2), *turn, _back(_, choice)])


def choose_group(_: Locale, seminar: Seminar, choice: ExportChoice, page: int) -> Screen:
    """Which group?"""
    number, table = choice.filter_id, choice.table
    shown, turn = _page(_, seminar.groups, page, _GROUPS, lambda to: ExportGroups(number, table, to))
    buttons = [
        ExportGroup(number, table, one.key).button(shortened(one.title.get(_.language), _LABEL)) for one in shown
    ]
    return Screen(_("👥 Which group do you need?"), [*in_rows(buttons, 1), *turn, _back(_, choice)])


def caption(_: Locale, seminar: Seminar, choice: ExportChoice, count: int) -> str:
    """Under the file."""
    said = _.plural("{n} row", "{n} rows", count)
    return f"{_chosen(_, seminar, choice)}\n{said}"


def asked_already(_: Locale) -> str:
    """The same file was asked for a moment ago."""
    return _.plain("⏳ You asked for this file a moment ago.")


def no_such_filter(_: Locale) -> str:
    """What a button names is not there any more."""
    return _.plain("This choice is not there any more. Send /export.")


def _about(_: Locale, seminar: Seminar, choice: ExportChoice) -> Html:
    table = _.plain(LABELS[choice.table]) if choice.table else _.plain("all tables")
    return _("{what} · {tables}", what=_chosen(_, seminar, choice), tables=table)


def _chosen(_: Locale, seminar: Seminar, choice: ExportChoice) -> str:
    return shortened(chosen_words(_, seminar, choice.chosen), _CHOSEN)


def _back(_: Locale, choice: ExportChoice) -> list[InlineKeyboardButton]:
    to: Payload = ExportTable(choice.filter_id, choice.table) if choice.table else ExportOf(choice.filter_id)
    return [to.button(_.plain("‹ Back"))]


def _page(
    _: Locale, every: Sequence[T], page: int, size: int, to: Callable[[int], Payload]
) -> tuple[Sequence[T], list[list[InlineKeyboardButton]]]:
    """What is on a page, the last one where there are fewer, and the row that turns it, where there is one."""
    pages = max(1, -(-len(every) // size))
    page = max(0, min(page, pages - 1))
    turn = page_row(_, page, pages, to)
    return every[page * size : (page + 1) * size], [turn] if turn else []
