"""What someone has done so far. It counts what is there, never what is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.buttons.lesson import LessonList, LessonOpen
from bot.i18n import Locale
from bot.learning.progress import LessonProgress, LessonStage, totals
from bot.learning.suggestion import suggestion
from bot.screen import Screen

_BAR = 10
_LISTED = 15


class Counts(NamedTuple):
    """On how many mornings and evenings somebody checked in, and at how many sessions they are marked."""

    mornings: int
    evenings: int
    sessions: int


def progress(_: Locale, lessons: Sequence[LessonProgress], day: int | None, counts: Counts) -> Screen:
    """The reader's own lessons, check-ins and sessions."""
    mornings, evenings, sessions = counts
    lines: list[str] = [_("📈 <b>Your progress</b>")]
    if lessons:
        lines += ["", *_summary(_, lessons)]
    started = [one for one in lessons if one.stage is not LessonStage.NOT_STARTED]
    if started:
        lines += ["", *(_line(_, one) for one in started[-_LISTED:])]
    if any(counts):
        lines.append("")
    if mornings:
        lines.append(
            _.plural("☀️ You said you were here on {n} morning.", "☀️ You said you were here on {n} mornings.", mornings)
        )
    if evenings:
        lines.append(_.plural("🌙 You said how {n} day was.", "🌙 You said how {n} days were.", evenings))
    if sessions:
        text = _.plural(
            "📋 You are marked as present at {n} session.", "📋 You are marked as present at {n} sessions.", sessions
        )
        lines.append(text)
    if not (lessons or any(counts)):
        lines += ["", _("There is nothing to count yet. For today's agenda: /today")]
    rows = []
    if (offered := suggestion(lessons, day)) is not None:
        label = _.plain("▶️ Take a lesson") if offered.stage is LessonStage.NOT_STARTED else _.plain("▶️ Go on learning")
        rows.append([LessonOpen(offered.lesson.key).button(label)])
    if lessons:
        rows.append([LessonList().button(_.plain("📚 All lessons"))])
    return Screen("\n".join(lines), rows)


def _summary(_: Locale, lessons: Sequence[LessonProgress]) -> list[str]:
    counted = totals(lessons)
    full = _BAR * counted.done // counted.lessons
    lines: list[str] = [
        "▰" * full + "▱" * (_BAR - full),
        _.plural("{done} of {n} lesson done.", "{done} of {n} lessons done.", counted.lessons, done=counted.done),
    ]
    if counted.answered:
        lines.append(
            _.plural(
                "{right} of {n} answer right.", "{right} of {n} answers right.", counted.answered, right=counted.right
            )
        )
    return lines


def _line(_: Locale, one: LessonProgress) -> str:
    title = one.lesson.title.get(_.language)
    if one.stage is LessonStage.DONE:
        return _("✅ {title}: {right} of {of} right", title=title, right=one.score.right, of=one.score.questions)
    if one.stage is LessonStage.CARD:
        return _("▶️ {title}: card {n} of {of}", title=title, n=one.number, of=one.of)
    return _("▶️ {title}: question {n} of {of}", title=title, n=one.number, of=one.of)
