"""The screens of numbers by topic: what they are of, the figures, and ways on with the same limits."""

from collections.abc import Mapping, Sequence
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.certificate import CertificateOverview
from bot.buttons.export import ExportOf
from bot.buttons.picture import PictureKind, PictureOf
from bot.buttons.stats import StatsDrop, StatsMeaning, StatsOf, StatsToday
from bot.export_words import chosen_words
from bot.i18n import Html, Locale
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.markup import fits_message, shortened
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Screen, in_rows, page_row
from bot.stats_lines import figure_lines
from bot.stats_titles import MEANINGS, TITLES
from bot.stats_words import StatsTopic
from bot.store.stats_topic import TopicFigure, TopicTold

_PAGE: Final = 10
_OFFERS: Final = 4
_LABEL: Final = 30
_WORDS: Final = 60
_CHOSEN: Final = 300
_PICTURES: Final = {
    StatsTopic.SESSIONS: PictureKind.ATTENDANCE,
    StatsTopic.DAYS: PictureKind.DAYS,
    StatsTopic.LESSONS: PictureKind.LESSONS,
    StatsTopic.QUESTIONS: PictureKind.QUIZZES,
}

Row = list[InlineKeyboardButton]


def topic(_: Locale, seminar: Seminar, shown: StatsOf, told: TopicTold, kinds: Mapping[str, str], *, at: str) -> Screen:
    """A page of the figures of a topic. `kinds`: what kinds of messages are called; `at`: the hour of the figures."""
    what = StatsTopic(shown.topic)
    figures: Sequence[TopicFigure] = told.figures if isinstance(told.figures, tuple) else (told.figures,)
    pages = max(1, -(-len(figures) // _PAGE))
    page = max(0, min(shown.page, pages - 1))
    title = _(TITLES[what])
    lines: list[str] = [Html(f"<b>{title}</b>"), *you_see(_, seminar, told.scope)]
    if told.asked != FigureFilter():
        lines.append(_("🔎 Of: {chosen}", chosen=shortened(chosen_words(_, seminar, told.asked), _CHOSEN)))
    lines.append("")
    last = _("<i>As of {time}</i>", time=at)
    for figure in figures[page * _PAGE : (page + 1) * _PAGE]:
        more = [str(one) for one in figure_lines(_, seminar, figure, kinds)]
        if not fits_message("\n".join([*lines, *more, "", last])):
            lines.append("…")
            break
        lines += more
    if not figures:
        lines.append(_("There is nothing to tell here yet."))
    turned = page_row(_, page, pages, lambda to: StatsOf(shown.topic, shown.filter, to))
    return Screen("\n".join([*lines, "", last]), _rows(_, seminar, what, shown.filter, told.asked, turned))


def meaning(_: Locale, shown: StatsMeaning) -> Screen:
    """What the figures of a topic count."""
    what = StatsTopic(shown.topic)
    title = _(TITLES[what])
    lines = [Html(f"<b>{title}</b>"), _(MEANINGS[what])]
    return Screen("\n\n".join(lines), [[StatsOf(shown.topic, shown.filter, 0).button(_.plain("‹ Back"))]])


def not_understood(_: Locale, unknown: Sequence[str], offers: Sequence[tuple[str, StatsOf]], rest: StatsOf) -> Screen:
    """Words that say nothing here; `offers`: what may have been meant; `rest`: what was understood."""
    words = ", ".join(shortened(one, _WORDS) for one in unknown[:_OFFERS])
    lines = [_("🔎 I did not understand: <b>{words}</b>", words=words)]
    lines.append(
        _("Did you mean one of these?") if offers else _("Try the name of a group, a lesson or a district, or a day.")
    )
    rows = [[to.button(shortened(label, _LABEL))] for label, to in offers]
    rows.append([rest.button(_.plain("📊 Without these words"))])
    return Screen("\n".join(lines), rows)


def nobody(_: Locale) -> Screen:
    """The reader may see nobody of these, or the filter is not kept."""
    text = _("🔎 You may not see the numbers of these people, or nobody is meant.")
    return Screen(text, [[StatsOf(StatsTopic.OVERVIEW.value, 0, 0).button(_.plain("📊 Overview"))]])


def _rows(_: Locale, seminar: Seminar, what: StatsTopic, filter_id: int, asked: FigureFilter, turned: Row) -> list[Row]:
    refresh = StatsOf(what.value, filter_id, 0).button(_.plain("🔄 Refresh"))
    means = StatsMeaning(what.value, filter_id).button(_.plain("ℹ️ What it counts"))
    others = [one for one in StatsTopic if one is not what and (seminar.has_groups or one is not StatsTopic.GROUPS)]
    ways = [StatsOf(one.value, filter_id, 0).button(_.plain(TITLES[one])) for one in others]
    files = [ExportOf(filter_id).button(_.plain("📦 File"))]
    if what is StatsTopic.OVERVIEW and seminar.certificate is not None:
        files.append(CertificateOverview().button(_.plain("🎓 Certificates")))
    if what in _PICTURES:
        files.insert(0, PictureOf(_PICTURES[what].value, filter_id).button(_.plain("🖼 Picture")))
    rows = [turned, *in_rows(_drops(_, what, filter_id, asked), 2), [refresh, means], files, *in_rows(ways, 2)]
    rows.append([StatsToday().button(_.plain("‹ The day"))])
    return [row for row in rows if row]


def _drops(_: Locale, what: StatsTopic, filter_id: int, asked: FigureFilter) -> Row:
    labels = {
        "people": _.plain("✖️ Everybody") if asked.people != PeopleFilter() else "",
        "days": _.plain("✖️ All days") if (asked.first_day, asked.last_day) != (None, None) else "",
        "session": _.plain("✖️ All sessions") if asked.session is not None else "",
        "lesson": _.plain("✖️ All lessons") if asked.lesson is not None else "",
    }
    return [StatsDrop(what.value, filter_id, name).button(label) for name, label in labels.items() if label]
