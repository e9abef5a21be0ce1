"""From figures to the chart of a picture, in a reader's language, and to the same numbers in words under it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bot.charts.model import (
    Bar,
    BarChart,
    Cell,
    Chart,
    Column,
    Day,
    DayChart,
    Head,
    HeatMap,
    Row,
    Shade,
    Share,
)
from bot.i18n import Html, Locale
from bot.people_filter import FigureFilter
from bot.programme.checkin import Slot
from bot.programme.model import Seminar
from bot.store.picture import AttendanceFigures, DayFigures, LessonFigures, PersonMarks, QuestionFigures

_GROUPS = 20  # with a row of their own; a seminar has a few
_LABELLED = 8  # sessions whose hours have room over them
_LISTED = 6  # sessions whose titles stand under the picture
_HARDEST = 10  # questions


def attendance(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: AttendanceFigures, on: date, *, named: bool
) -> tuple[Chart, list[Html]] | None:
    """People by sessions, or groups by days; None where nobody was marked. `named`: the reader may see names."""
    here, expected = figures.total
    told = {state for one in figures.people for state in one.states} - {"", "unknown"}
    if not expected or not (here or told):
        return None
    came = _.plural(
        "{here} of {of} came, over {n} session", "{here} of {of} came, over {n} sessions", len(figures.sessions),
        here=here, of=expected,
    )  # fmt: skip
    head = head_of(_, seminar, chosen, _.plain("Attendance"), on, _.plain("Who came to two sessions is counted twice."))
    lines = [came, *_groups_in_words(_, seminar, figures)]
    if not figures.people:
        return _groups(_, seminar, figures, head), lines
    return _people(_, seminar, figures, head, named=named), lines


def days(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: tuple[DayFigures, ...], on: date
) -> tuple[Chart, list[Html]] | None:
    """Check-ins and mood over the days; None before the first one."""
    if not any(part for day in figures for part, _of in day.answered.values()):
        return None
    note = _.plain("Of how many who had joined by then. A mood is shown where five or more have answered.")
    told = tuple(
        Day(
            _.short_day(one.date),
            tuple(Share(*one.answered[slot]) if slot in one.answered else None for slot in Slot),
            one.mood,
            _.decimal(one.mood) if one.mood is not None else "",
        )
        for one in figures
    )
    head = head_of(_, seminar, chosen, _.plain("Check-ins and mood"), on, note)
    chart = DayChart(
        head,
        told,
        (_.plain("Morning check-in"), _.plain("Evening check-in")),
        _.plain("Mood of the evening, from 1 to 5"),
    )
    return chart, [_day_in_words(_, one) for one in figures]


def lessons(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: tuple[LessonFigures, ...], on: date
) -> tuple[Chart, list[Html]] | None:
    """How far people came in each lesson; None where nobody has opened any."""
    if not any(one.opened for one in figures):
        return None
    bars, lines = [], []
    for one in figures:
        title = _lesson(_, seminar, one.key)
        share = _.plain("{n} of {of}", n=one.done, of=one.people)
        bars.append(Bar(title, (one.opened, one.in_quiz, one.done), one.people, share))
        lines.append(
            _(
                "{title}: {opened} opened it, {quiz} came to the quiz, {done} finished it, of {of}",
                title=title, opened=one.opened, quiz=one.in_quiz, done=one.done, of=one.people,
            )
        )  # fmt: skip
    note = _.plain("The number is of those who have finished, of all teachers.")
    keys = (_.plain("opened"), _.plain("came to the quiz"), _.plain("finished"))
    return BarChart(head_of(_, seminar, chosen, _.plain("Lessons"), on, note), tuple(bars), keys), lines


def questions(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: tuple[QuestionFigures, ...], on: date
) -> tuple[Chart, list[Html]] | None:
    """The hardest questions; None where fewer than five people have answered each."""
    bars, lines = [], []
    for one in figures[:_HARDEST]:
        lesson = seminar.lesson(one.lesson)
        question = lesson.question(one.question) if lesson is not None else None
        if question is None:
            continue
        words = question.text.get(_.language)
        share = _.plain("{n} of {of}", n=one.right, of=one.answered)
        bars.append(Bar(words, (one.right,), one.answered, share))
        lines.append(_("{question} {right} of {of} right", question=words, right=one.right, of=one.answered))
    if not bars:
        return None
    note = _.plain("How many of those who answered were right, the hardest first. Questions with five answers or more.")
    head = head_of(_, seminar, chosen, _.plain("The hardest questions"), on, note)
    return BarChart(head, tuple(bars), (_.plain("right"),), is_relative=True), lines


def head_of(_: Locale, seminar: Seminar, chosen: FigureFilter, title: str, on: date, note: str) -> Head:
    """What stands over a picture and under it: its title, what it is of, and what its numbers are."""
    as_of = _.plain("As of {day}.", day=_.short_day(on))
    return Head(title, " · ".join(_about(_, seminar, chosen)), f"{note} {as_of}")


def _about(_: Locale, seminar: Seminar, chosen: FigureFilter) -> Iterator[str]:
    """The seminar, and what of it the picture is of."""
    people = chosen.people
    yield seminar.title.get(_.language)
    yield from (_group(_, seminar, key) for key in people.groups)
    yield from (name or _.plain("unknown") for name in (*people.districts, *people.schools))
    yield from (language.own_name for language in people.languages)
    if chosen.first_day is not None or chosen.last_day is not None:
        first, last = chosen.first_day or 1, chosen.last_day or seminar.days_count
        days = dict.fromkeys(_.short_day(seminar.date_of(number)) for number in (first, last))
        yield " – ".join(days)
    if chosen.session is not None and (session := seminar.session(chosen.session)) is not None:
        yield session.title.get(_.language)
    if chosen.lesson is not None:
        yield _lesson(_, seminar, chosen.lesson)


def _group(_: Locale, seminar: Seminar, key: str) -> str:
    group = seminar.group(key)
    return group.title.get(_.language) if group is not None else _.plain("no group")


def _lesson(_: Locale, seminar: Seminar, key: str) -> str:
    lesson = seminar.lesson(key)
    return lesson.title.get(_.language) if lesson is not None else key


def _people(_: Locale, seminar: Seminar, figures: AttendanceFigures, head: Head, *, named: bool) -> Chart:
    columns, below = [], []
    for one in figures.sessions:
        session = seminar.session(one.key)
        hour = f"{session.start:%H:%M}" if session is not None and len(figures.sessions) <= _LABELLED else ""
        columns.append(Column(_.short_day(one.date), hour))
        if session is not None and len(figures.sessions) <= _LISTED:
            below.append(f"{session.start:%H:%M} {session.title.get(_.language)}")
    keys = (
        (Shade.PRESENT, _.plain("present")),
        (Shade.LATE, _.plain("late")),
        (Shade.EXCUSED, _.plain("excused")),
        (Shade.ABSENT, _.plain("absent")),
        (Shade.UNKNOWN, _.plain("not marked")),
    )
    people = sorted(figures.people, key=lambda one: (one.group, one.name)) if named else figures.people
    rows = tuple(Row(one.name if named else "", _band(_, seminar, one), _cells(one)) for one in people)
    return HeatMap(head, tuple(columns), rows, keys, tuple(below))


def _band(_: Locale, seminar: Seminar, one: PersonMarks) -> str:
    return _group(_, seminar, one.group) if seminar.has_groups else ""


def _cells(one: PersonMarks) -> tuple[Cell, ...]:
    return tuple(Shade(state) if state else None for state in one.states)


def _groups(_: Locale, seminar: Seminar, figures: AttendanceFigures, head: Head) -> Chart:
    dates = sorted({one.date for one in figures.days})
    by_place = {(one.group, one.date): Share(one.here, one.expected) for one in figures.days}
    groups = sorted({one.group for one in figures.days})[:_GROUPS]
    rows = tuple(
        Row(
            _group(_, seminar, group) if seminar.has_groups else "",
            "",
            tuple(by_place.get((group, on)) for on in dates),
        )
        for group in groups
    )
    return HeatMap(head, tuple(Column(_.short_day(on)) for on in dates), rows)


def _groups_in_words(_: Locale, seminar: Seminar, figures: AttendanceFigures) -> Iterable[Html]:
    if not seminar.has_groups:
        return
    for group, each in groupby(sorted(figures.days, key=lambda one: one.group), key=lambda one: one.group):
        told = list(each)
        here, of = sum(one.here for one in told), sum(one.expected for one in told)
        yield _("{group}: {here} of {of}", group=_group(_, seminar, group), here=here, of=of)


def _day_in_words(_: Locale, one: DayFigures) -> Html:
    parts = [Html(_.short_day(one.date))]
    for slot, (part, of) in one.answered.items():
        morning = slot is Slot.MORNING
        parts.append(_("☀️ {n} of {of}", n=part, of=of) if morning else _("🌙 {n} of {of}", n=part, of=of))
    if one.mood is not None:
        parts.append(_("💛 {mood} of 5", mood=_.decimal(one.mood)))
    return Html(" · ".join(parts))
