"""A lesson: the list of them, the daily invitation, cards, questions, and the result."""

from collections.abc import Sequence
from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.lesson import LessonAnswer, LessonCard, LessonList, LessonOpen, LessonPhoto, LessonQuestion
from bot.i18n import Html, Locale
from bot.learning.progress import LessonProgress, LessonStage, totals
from bot.learning.quiz import Score, grade, mark
from bot.learning.suggestion import suggestion
from bot.programme.lesson_model import Lesson, LessonSource, Question
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen

_LABEL = 40
_SIGNS = {LessonStage.NOT_STARTED: "▫️", LessonStage.CARD: "▶️", LessonStage.QUESTION: "▶️", LessonStage.DONE: "✅"}


def overview(_: Locale, lessons: Sequence[LessonProgress], day: int | None) -> Screen:
    """All lessons with how far the reader is, and the one to take on this `day` of the seminar first."""
    if not lessons:
        return Screen(_("📚 This seminar has no lessons."))
    counted = totals(lessons)
    lines: list[str] = [
        _("📚 <b>Lessons</b>"),
        _.plural("{done} of {n} lesson done.", "{done} of {n} lessons done.", counted.lessons, done=counted.done),
    ]
    rows = [[_open(one, f"{_SIGNS[one.stage]} {_title(_, one.lesson)}")] for one in lessons]
    if (offered := suggestion(lessons, day)) is not None:
        lines += ["", _offer(_, offered, day)]
        label = _.plain("▶️ Begin") if offered.stage is LessonStage.NOT_STARTED else _.plain("▶️ Go on")
        rows.insert(0, [_open(offered, label)])
    return Screen("\n".join(lines), rows)


def invitation(_: Locale, lesson: Lesson, *, late: bool = False) -> Screen:
    """The message that comes at the lesson's hour. `late` says that it should have come earlier."""
    title = lesson.title.get(_.language)
    lines: list[str] = [
        _("📚 Today's lesson comes late, sorry: <b>{title}</b>", title=title)
        if late
        else _("📚 Today's lesson: <b>{title}</b>", title=title),
        _.plural(
            "About {n} minute, whenever it suits you.", "About {n} minutes, whenever it suits you.", lesson.minutes
        ),
    ]
    return Screen("\n".join(lines), [[LessonOpen(lesson.key).button(_.plain("▶️ Begin"))]])


def card(_: Locale, lesson: Lesson, number: int) -> Screen:
    """Card `number`, from 1. Raises IndexError for one that the lesson does not have."""
    if not 1 <= number <= len(lesson.cards):
        raise IndexError(f"lesson {lesson.key} has no card {number}")
    head = _("<b>{title}</b> · {n} of {of}", title=lesson.title.get(_.language), n=number, of=len(lesson.cards))
    body = Html(lesson.cards[number - 1].text.get(_.language).strip())
    photo = lesson.cards[number - 1].photo
    # Only on request: a picture costs as much data as all the cards together.
    picture = [[LessonPhoto(lesson.key, number).button(_.plain("🖼 See the picture"))]] if photo else []
    last = number == len(lesson.cards)
    back = [LessonCard(lesson.key, number - 1).button(_.plain("‹ Back"))] if number > 1 else []
    forth = (
        LessonQuestion(lesson.key, 1).button(_.plain("To the questions ›"))
        if last
        else LessonCard(lesson.key, number + 1).button(_.plain("Next ›"))
    )
    return Screen(f"{head}\n\n{body}", [*picture, [*back, forth], _all_lessons(_)])


def question(_: Locale, seminar: Seminar, lesson: Lesson, number: int, chosen: int | None) -> Screen:
    """Question `number`, from 1, to be answered, or answered with the option of index `chosen` and explained.

    Raises IndexError for a question or an option that the lesson does not have.
    """
    if not 1 <= number <= len(lesson.quiz):
        raise IndexError(f"lesson {lesson.key} has no question {number}")
    asked = lesson.quiz[number - 1]
    lines = [
        _("<b>{title}</b>", title=lesson.title.get(_.language)),
        _("Question {n} of {of}", n=number, of=len(lesson.quiz)),
        "",
        f"<b>{escape(asked.text.get(_.language), quote=False)}</b>",
        "",
        *_options(_, asked, chosen),
    ]
    back = _back(_, lesson, number)
    if chosen is None:
        numbers = [
            LessonAnswer(seminar.key, lesson.key, number, place, mark(asked, option)).button(str(place))
            for place, option in enumerate(asked.options, 1)
        ]
        return Screen("\n".join(lines), [numbers, [back]])
    lines += ["", *_graded(_, asked, chosen)]
    last = number == len(lesson.quiz)
    label = _.plain("See the result ›") if last else _.plain("Next question ›")
    return Screen("\n".join(lines), [[back, LessonQuestion(lesson.key, number + 1).button(label)]])


def result(_: Locale, progress: LessonProgress, following: LessonProgress | None) -> Screen:
    """How a finished lesson went, where to read on, and the lesson that may follow it."""
    lesson, score = progress.lesson, progress.score
    lines = [
        _("🎓 <b>{title}</b> is done.", title=lesson.title.get(_.language)),
        "",
        _.plural(
            "You answered {right} of {n} question right.",
            "You answered {right} of {n} questions right.",
            score.questions,
            right=score.right,
        ),
        _encouragement(_, score),
        *_sources(_, lesson.sources),
    ]
    rows = [
        [
            LessonCard(lesson.key, 1).button(_.plain("Read again")),
            LessonQuestion(lesson.key, 1).button(_.plain("My answers")),
        ],
        _all_lessons(_),
    ]
    if following is not None:
        label = _.plain("▶️ Next: {title}", title=_title(_, following.lesson))
        rows.insert(0, [_open(following, label)])
    return Screen("\n".join(lines), rows)


# --- what a question says -------------------------------------------------------------------------------------------


def _options(_: Locale, asked: Question, chosen: int | None) -> list[str]:
    lines: list[str] = []
    for index, option in enumerate(asked.options):
        line = _("{n}. {option}", n=index + 1, option=option.text.get(_.language))
        sign = "✅" if option.right else "▪️" if index == chosen else "▫️"
        lines.append(line if chosen is None else f"{sign} {line}")
    return lines


def _graded(_: Locale, asked: Question, chosen: int) -> list[str]:
    graded = grade(asked, chosen)
    said = graded.option.explanation.get(_.language)
    if graded.right:
        return [_("<b>Right!</b> {explanation}", explanation=said)]
    right = asked.options[asked.right].explanation.get(_.language)
    return [
        _("<b>Not quite.</b> You chose {n}. {explanation}", n=chosen + 1, explanation=said),
        "",
        _("<b>The right answer is {n}.</b> {explanation}", n=asked.right + 1, explanation=right),
    ]


def _back(_: Locale, lesson: Lesson, number: int) -> InlineKeyboardButton:
    before = LessonQuestion(lesson.key, number - 1) if number > 1 else LessonCard(lesson.key, len(lesson.cards))
    return before.button(_.plain("‹ Back"))


def _encouragement(_: Locale, score: Score) -> str:
    if score.right == score.questions:
        return _("All correct. Wonderful!")
    if 2 * score.right >= score.questions:
        return _("Well done! The cards stay here if you want to look something up.")
    return _("Thank you for working through it. These were new things; the cards stay here whenever you need them.")


def _sources(_: Locale, sources: Sequence[LessonSource]) -> list[str]:
    links = [f'• <a href="{escape(one.address)}">{escape(one.title, quote=False)}</a>' for one in sources]
    return ["", _("🔗 Sources:"), *links] if links else []


# --- small things ---------------------------------------------------------------------------------------------------


def _offer(_: Locale, offered: LessonProgress, day: int | None) -> str:
    title = offered.lesson.title.get(_.language)
    if offered.stage is not LessonStage.NOT_STARTED:
        return "\n".join([_("You are in the middle of: <b>{title}</b>", title=title), _where(_, offered)])
    if offered.lesson.day == day:
        return _("Today's lesson: <b>{title}</b>", title=title)
    return _("Next: <b>{title}</b>", title=title)


def _where(_: Locale, progress: LessonProgress) -> str:
    if progress.stage is LessonStage.CARD:
        return _("You stopped at card {n} of {of}.", n=progress.number, of=progress.of)
    return _("You stopped at question {n} of {of}.", n=progress.number, of=progress.of)


def _open(progress: LessonProgress, label: str) -> InlineKeyboardButton:
    return LessonOpen(progress.lesson.key).button(label)


def _all_lessons(_: Locale) -> list[InlineKeyboardButton]:
    return [LessonList().button(_.plain("📚 All lessons"))]


def _title(_: Locale, lesson: Lesson) -> str:
    return shortened(lesson.title.get(_.language), _LABEL)
