"""Lessons: the list, the cards one by one, the questions, the result, all in one message."""

from asyncio import to_thread
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import InputFile, Message

from bot.access import Action
from bot.buttons.lesson import LessonAnswer, LessonCard, LessonList, LessonOpen, LessonPhoto, LessonQuestion
from bot.context import Context
from bot.i18n import N_
from bot.learning.progress import LessonProgress, LessonStage
from bot.learning.quiz import mark, marked
from bot.learning.suggestion import suggestion
from bot.phrases import number as number_in
from bot.programme.lesson_model import Lesson
from bot.routing import on_answer, on_button, on_command
from bot.screen import Screen
from bot.store import conversation
from bot.store import lesson as lesson_store
from bot.store.conversation import Prompt
from bot.store.lesson import Standing
from bot.views import lesson as lesson_view


@dataclass(frozen=True, slots=True)
class AnswerByNumber:
    """The number of one of these options of a question is awaited."""

    lesson: str
    question: int
    options: tuple[str, ...]


_ANSWER: Final = Prompt("lesson.answer", AnswerByNumber)
# So long a number that is typed is the answer to the question that was shown last.
_LISTENS: Final = timedelta(hours=1)


async def lessons(context: Context, _arguments: str) -> None:
    """Reply with the list of lessons."""
    await context.reply(await _overview(context))


async def show_list(context: Context, _pressed: LessonList) -> None:
    """Change the message into the list of lessons."""
    await context.show(await _overview(context))


async def resume(context: Context, pressed: LessonOpen) -> None:
    """Open a lesson where the person left off."""
    if (lesson := await _lesson(context, pressed.lesson)) is None:
        return
    standing = await context.read(
        lesson_store.get, person_id=context.member.id, seminar=context.seminar.key, lesson=lesson.key
    )
    at = standing.progress(lesson)
    if at.stage is LessonStage.DONE:
        await _show_result(context, at)
    elif at.stage is LessonStage.QUESTION:
        await _show_question(context, lesson, at.number, None)
    else:
        await _show_card(context, lesson, max(at.number, 1))


async def show_card(context: Context, pressed: LessonCard) -> None:
    """Turn to a card."""
    if (lesson := await _lesson(context, pressed.lesson)) is None:
        return
    if not 1 <= pressed.card <= len(lesson.cards):
        await context.toast(context.locale.plain("This lesson has no such card."))
        return
    await _show_card(context, lesson, pressed.card)


async def send_photo(context: Context, pressed: LessonPhoto) -> None:
    """Reply with the picture of a card."""
    if (lesson := await _lesson(context, pressed.lesson)) is None:
        return
    card = lesson.cards[pressed.card - 1] if 1 <= pressed.card <= len(lesson.cards) else None
    if card is None or card.photo is None:
        await context.toast(context.locale.plain("This card has no picture."))
        return
    picture = InputFile(await to_thread(card.photo.read_bytes), filename=card.photo.name)
    await context.send("sendPhoto", {"photo": picture})


async def show_question(context: Context, pressed: LessonQuestion) -> None:
    """Turn to a question; past the last one comes the result, or a question that is still open."""
    if (lesson := await _lesson(context, pressed.lesson)) is None:
        return
    number = pressed.question
    if number < 1:
        await context.toast(context.locale.plain("This lesson has no such question."))
        return
    standing = await _shown(context, lesson, len(lesson.cards) + 1)
    if number > len(lesson.quiz):
        at = standing.progress(lesson)
        if at.done:
            await _show_result(context, at)
            return
        number = at.number
    await _show_question(context, lesson, number, _chosen(standing, lesson, number))


async def answer(context: Context, pressed: LessonAnswer) -> None:
    """Take the first answer to a question, and explain it; a later one changes nothing."""
    # The same lesson of another seminar may have other questions.
    ours = pressed.seminar == context.seminar.key
    if (lesson := await _lesson(context, pressed.lesson if ours else "")) is None:
        return
    meant = marked(lesson, pressed.question, pressed.option - 1, pressed.mark)
    if meant is None:
        await _changed_since(context, lesson, pressed)
        return
    number, option = meant
    now, seminar, question = context.now(), context.seminar.key, lesson.quiz[number - 1]
    key = question.options[option].key
    standing = await context.write(
        lesson_store.answer, context.member.id, seminar, lesson, question=question, option=key, now=now
    )
    counted = question.index_of(standing.answers[question.key])
    if counted is not None and counted != option:
        await context.toast(context.locale.plain("Your first answer counts: number {n}.", n=counted + 1))
    await _show_question(context, lesson, number, _chosen(standing, lesson, number))


async def typed(context: Context, message: Message) -> None:
    """A number in place of a press."""
    awaited, option = _ANSWER.of(context.awaits), number_in(message.text or "") or 0
    lesson = context.seminar.lesson(awaited.lesson) if awaited is not None else None
    if awaited is None or lesson is None:
        await context.expect_nothing()
        await context.reply(await _overview(context))
    elif not 1 <= option <= len(awaited.options):
        await context.say(context.locale.plain("This question has no such answer."))
    else:
        chosen = awaited.options[option - 1]
        await answer(context, LessonAnswer(context.seminar.key, lesson.key, awaited.question, option, chosen))


async def _changed_since(context: Context, lesson: Lesson, pressed: LessonAnswer) -> None:
    """The button means an option that the lesson does not have any more: show its question as it is now."""
    number = pressed.question
    if not 1 <= number <= len(lesson.quiz) or not 1 <= pressed.option <= len(lesson.quiz[number - 1].options):
        await context.toast(context.locale.plain("This question has no such answer."))
        return
    await context.toast(context.locale.plain("The question has changed since. Please choose again."))
    standing = await _shown(context, lesson, len(lesson.cards) + 1)
    await _show_question(context, lesson, number, _chosen(standing, lesson, number))


async def _overview(context: Context) -> Screen:
    return lesson_view.overview(context.locale, await _all(context), _day(context))


async def _show_card(context: Context, lesson: Lesson, number: int) -> None:
    await _shown(context, lesson, number)
    await context.show(lesson_view.card(context.locale, lesson, number))


async def _show_question(context: Context, lesson: Lesson, number: int, chosen: int | None) -> None:
    """Show a question; while it is open, a number that is typed answers it."""
    chat_id, now = context.chat_id, context.now()
    if chosen is None:
        asked = lesson.quiz[number - 1]
        options = tuple(mark(asked, option) for option in asked.options)
        about = AnswerByNumber(lesson.key, number, options)
        await context.write(conversation.listen, chat_id, _ANSWER, about, now, until=now + _LISTENS)
    elif (awaited := _ANSWER.of(context.awaits)) and (awaited.lesson, awaited.question) == (lesson.key, number):
        await context.expect_nothing()
    await context.show(lesson_view.question(context.locale, context.seminar, lesson, number, chosen))


async def _show_result(context: Context, done: LessonProgress) -> None:
    following = suggestion(await _all(context), _day(context), besides=done.lesson.key)
    await context.show(lesson_view.result(context.locale, done, following))


async def _shown(context: Context, lesson: Lesson, number: int) -> Standing:
    """Remember that the person has come to this card (or to the quiz), and return where they stand."""
    now, seminar = context.now(), context.seminar.key
    return await context.write(lesson_store.record_shown, context.member.id, seminar, lesson, number=number, now=now)


async def _all(context: Context) -> list[LessonProgress]:
    standings = await context.read(lesson_store.get_all, context.member.id, context.seminar.key)
    return [standings.get(one.key, Standing()).progress(one) for one in context.seminar.lessons]


async def _lesson(context: Context, key: str) -> Lesson | None:
    lesson = context.seminar.lesson(key)
    if lesson is None:
        await context.toast(context.locale.plain("That lesson is not here any more. See /lesson for all of them."))
    return lesson


def _chosen(standing: Standing, lesson: Lesson, number: int) -> int | None:
    """The answer given to a question, unless the lesson has lost that option since."""
    question = lesson.quiz[number - 1]
    return question.index_of(standing.answers.get(question.key, ""))


def _day(context: Context) -> int | None:
    return context.seminar.day_number_on(context.seminar.today(context.now()))


ROUTES = (
    on_command("lesson", lessons, Action.LEARN, menu=N_("Short lessons")),
    on_button(LessonList, show_list, Action.LEARN),
    on_button(LessonOpen, resume, Action.LEARN),
    on_button(LessonCard, show_card, Action.LEARN),
    on_button(LessonPhoto, send_photo, Action.LEARN),
    on_button(LessonQuestion, show_question, Action.LEARN),
    on_button(LessonAnswer, answer, Action.LEARN),
    on_answer(_ANSWER, typed, Action.LEARN, fits=lambda message, _awaited: number_in(message.text or "") is not None),
)
