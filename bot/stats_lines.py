"""How figures are written: a line or a few for each, with the count beside every percentage."""

from collections.abc import Mapping
from datetime import timedelta
from html import escape
from typing import Final

from bot.alert_lines import alert_kind
from bot.competency_lines import aspects, levels
from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.checkin import Slot
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.stats_names import Meaning
from bot.stats_titles import TITLES
from bot.stats_words import Sort, StatsTopic
from bot.store.alert_figures import AlertFigure, Waited
from bot.store.attendance_figures import AttendanceFigure
from bot.store.checkin_figures import CheckinFigure
from bot.store.figure_query import By, Share
from bot.store.figures import DayFigure, Overview
from bot.store.lesson_figures import CompetencyFigure, LessonFigure, QuestionFigure
from bot.store.people_figures import ReachFigure
from bot.store.punctuality_figures import PunctualityFigure
from bot.store.stats_topic import Part, TopicFigure

_TITLE: Final = 60
_LISTED: Final = 4  # sessions that nobody has marked
_SIGNS: Final = {Slot.MORNING: "☀️", Slot.EVENING: "🌙"}


def figure_lines(_: Locale, seminar: Seminar, figure: TopicFigure, kinds: Mapping[str, str]) -> list[Html]:  # noqa: C901, PLR0911 - one for each sort
    """One figure. `kinds`: what kinds of messages are called."""
    match figure:
        case Overview():
            return _overview(_, seminar, figure)
        case DayFigure():
            return [_day(_, figure)]
        case Part():
            return [_part(_, seminar, figure)]
        case AttendanceFigure():
            return _session(_, seminar, figure)
        case LessonFigure():
            return _lesson(_, seminar, figure)
        case CompetencyFigure():
            return _competency(_, figure)
        case QuestionFigure():
            return _question(_, seminar, figure)
        case ReachFigure():
            return _reach(_, figure)
        case AlertFigure():
            return _alert(_, figure)
        case PunctualityFigure():
            return _punctuality(_, figure, kinds)


def meaning_words(_: Locale, seminar: Seminar, meaning: Meaning) -> str:
    """What a word may have meant, for a button."""
    value = meaning.value
    named = {
        Sort.GROUP: ("👥", seminar.group(value)),
        Sort.LESSON: ("📚", seminar.lesson(value)),
        Sort.SESSION: ("📋", seminar.session(value)),
    }
    if meaning.sort in named:
        sign, thing = named[meaning.sort]
        return f"{sign} {thing.title.get(_.language) if thing is not None else value}"
    if meaning.sort is Sort.DAY:
        return f"📅 {_.short_day(seminar.date_of(int(value)))}"
    if meaning.sort is Sort.LANGUAGE:
        return f"🌐 {Language(value).own_name}"
    return _.plain(TITLES[StatsTopic(value)]) if meaning.sort is Sort.TOPIC else f"🏫 {value}"


def share(_: Locale, told: Share) -> Html:
    """A count of how many, with the percentage beside it, and who did it without having been asked after a plus."""
    if told.of:
        percent = round(100 * told.count / told.of)
        said = _("{n} of {of} ({percent}%)", n=told.count, of=told.of, percent=percent)
    else:
        said = Html(str(told.count))
    return Html(f"{said} +{told.besides}") if told.besides else said


def _overview(_: Locale, seminar: Seminar, figure: Overview) -> list[Html]:
    lines = _reach(_, figure.reach) if figure.reach is not None else [_("No teacher has joined yet.")]
    if figure.today is not None:
        lines += [Html(""), _("<b>Today</b>"), *(_checkin(_, one) for one in figure.today.checkins)]
        if figure.today.attendance.of:
            lines.append(_("📋 At sessions: {share}", share=share(_, figure.today.attendance)))
    if figure.checkins.of or figure.attendance.of:
        lines += [Html(""), _("<b>So far</b>")]
        lines.append(_("✅ Check-ins answered: {share}", share=share(_, figure.checkins)))
        lines.append(_("📋 At sessions: {share}", share=share(_, figure.attendance)))
    attention = _attention(_, seminar, figure)
    return [*lines, Html(""), _("<b>Needs attention</b>"), *attention] if attention else lines


def _attention(_: Locale, seminar: Seminar, figure: Overview) -> list[Html]:
    attention, lines = figure.attention, []
    if attention.waiting:
        lines.append(_("🔔 Alerts that nobody has taken: <b>{n}</b>", n=attention.waiting))
    for one in attention.unmarked[-_LISTED:]:
        title = _session_title(_, seminar, one.session)
        lines.append(_("📋 {title}: of {n} nobody said whether they came", title=title, n=one.unmarked))
    if attention.hardest is not None:
        lines.append(_("❓ The hardest question:"))
        lines += _question(_, seminar, attention.hardest)
    return lines


def _checkin(_: Locale, figure: CheckinFigure) -> Html:
    return Html(f"{_SIGNS[figure.slot]} {share(_, figure.answered)}{_mood(_, figure)}")


def _mood(_: Locale, figure: CheckinFigure) -> str:
    if figure.slot is Slot.MORNING or figure.mood is None:
        return ""
    withheld = _("withheld")
    return f" · 💛 {_.decimal(figure.mood) if isinstance(figure.mood, float) else withheld}"


def _day(_: Locale, figure: DayFigure) -> Html:
    said = [_checkin(_, one) for one in figure.checkins]
    if figure.attendance.of:
        said.append(Html(f"📋 {share(_, figure.attendance)}"))
    if figure.lesson is not None:
        said.append(Html(f"📘 {share(_, Share(figure.lesson.done, figure.lesson.offered))}"))
    return Html(f"<b>{_.short_day(figure.date)}</b>: {' · '.join(said) or '–'}")


def _part(_: Locale, seminar: Seminar, figure: Part) -> Html:
    said = [f"👥 {figure.members}"]
    for sign, one in (("✅", figure.checkins), ("📋", figure.attendance), ("📚", figure.lessons)):
        said += [f"{sign} {share(_, one)}"] if one.of else []
    name = escape(shortened(_part_name(_, seminar, figure), _TITLE), quote=False)
    return Html(f"<b>{name}</b>: {' · '.join(said)}")


def _part_name(_: Locale, seminar: Seminar, figure: Part) -> str:
    if figure.by is By.GROUP:
        group = seminar.group(figure.part)
        return group.title.get(_.language) if group is not None else figure.part or _.plain("no group")
    if figure.by is By.LANGUAGE:
        return Language(figure.part).own_name
    return figure.part or _.plain("not known")


def _session(_: Locale, seminar: Seminar, figure: AttendanceFigure) -> list[Html]:
    head = f"<b>{_.short_day(figure.date)}</b> {_session_title(_, seminar, figure.session)}"
    rest = _(
        "late {late}, excused {excused}, unmarked {n}", late=figure.late, excused=figure.excused, n=figure.unmarked
    )
    return [Html(head), Html(f"✅ {share(_, figure.came)} · {rest}")]


def _lesson(_: Locale, seminar: Seminar, figure: LessonFigure) -> list[Html]:
    said = _("opened {opened}, in the quiz {read}", opened=figure.opened, read=figure.read)
    done = share(_, Share(figure.done, figure.offered))
    return [Html(f"<b>{_lesson_title(_, seminar, figure.lesson)}</b>"), Html(f"🏁 {done} · {said}")]


def _competency(_: Locale, figure: CompetencyFigure) -> list[Html]:
    aspect, level = aspects(_)[figure.competency.aspect], levels(_)[figure.competency.level]
    some, every = share(_, figure.some), share(_, figure.every)
    head = Html(f"<b>{escape(f'{aspect}: {level}', quote=False)}</b>")
    return [head, _("some of its lessons: {some}, all of them: {every}", some=some, every=every)]


def _question(_: Locale, seminar: Seminar, figure: QuestionFigure) -> list[Html]:
    lesson = seminar.lesson(figure.lesson)
    question = next((one for one in lesson.quiz if one.key == figure.question), None) if lesson is not None else None
    if question is None:
        return []
    text = escape(shortened(question.text.get(_.language), _TITLE), quote=False)
    head = Html(f"<b>{_lesson_title(_, seminar, figure.lesson)}</b>: {text}")
    if figure.right is None:
        return [head, _("answers: {n}; what they were is withheld", n=figure.answered)]
    lines = [head, Html(f"✅ {share(_, Share(figure.right, figure.answered))}")]
    wrong = figure.misleading
    option = next((one for one in question.options if wrong is not None and one.key == wrong.key), None)
    if wrong is not None and option is not None:
        said = escape(shortened(option.text.get(_.language), _TITLE), quote=False)
        lines.append(Html(f"❌ {said}: {share(_, Share(wrong.people, figure.answered))}"))
    return lines


def _reach(_: Locale, figure: ReachFigure) -> list[Html]:
    of = figure.members
    lines = [_("👥 Teachers: <b>{n}</b>", n=of)]
    lines.append(_("📨 A message came to: {share}", share=share(_, Share(figure.delivered, of))))
    lines.append(_("👀 Answered or opened something: {share}", share=share(_, Share(figure.seen, of))))
    lines.append(_("🔇 Silent: {share}", share=share(_, Share(figure.silent, of))))
    lines.append(_("🚫 Cannot be reached: {share}", share=share(_, Share(figure.blocked, of))))
    return lines + ([_("⏸ Paused: {share}", share=share(_, Share(figure.paused, of)))] if figure.paused else [])


def _alert(_: Locale, figure: AlertFigure) -> list[Html]:
    head = Html(f"<b>{escape(alert_kind(_, figure.kind), quote=False)}</b>: {figure.count}")
    lines = [head]
    if figure.waiting:
        lines.append(_("nobody has taken: {n}", n=figure.waiting))
    if (said := _waited(_, figure.taken)) is not None:
        lines.append(_("taken: {times}", times=said))
    if (said := _waited(_, figure.settled)) is not None:
        lines.append(_("settled: {times}", times=said))
    return lines


def _waited(_: Locale, waited: Waited) -> Html | None:
    if waited.median is None or waited.longest is None:
        return None
    median, longest = (_duration(_, one) for one in (waited.median, waited.longest))
    return _("{n}, half within {median}, the longest {longest}", n=waited.count, median=median, longest=longest)


def _duration(_: Locale, span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return _.plain("{n} min", n=minutes)
    return _.plain("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def _punctuality(_: Locale, figure: PunctualityFigure, kinds: Mapping[str, str]) -> list[Html]:
    name = escape(shortened(kinds.get(figure.kind, figure.kind), _TITLE), quote=False)
    said = _(
        "{n}: half within {median} s, the longest {longest} s",
        n=figure.sent,
        median=figure.median,
        longest=figure.longest,
    )
    lines = [Html(f"<b>{name}</b>"), said]
    return [*lines, _("missed: {n}", n=figure.missed)] if figure.missed else lines


def _session_title(_: Locale, seminar: Seminar, key: str) -> Html:
    session = seminar.session(key)
    return Html(escape(shortened(session.title.get(_.language) if session is not None else key, _TITLE), quote=False))


def _lesson_title(_: Locale, seminar: Seminar, key: str) -> Html:
    lesson = seminar.lesson(key)
    return Html(escape(shortened(lesson.title.get(_.language) if lesson is not None else key, _TITLE), quote=False))
