"""A teacher takes a lesson: in one message, at their own pace, and only the first answer counts."""

import shutil
from pathlib import Path

import pytest

from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from bot.programme.lesson_model import Lesson
from rehearsal.telegram import Message
from tests.kit import SEMINAR, System, User, open_system
from tests.kit.media import PIXEL


def chooses(system: System, number: int, place: int) -> str:
    """The payload of the button that answers a question of the first lesson, both from 1."""
    lesson = first_lesson(system)
    question = lesson.quiz[number - 1]
    meant = mark(question, question.options[place - 1])
    return LessonAnswer(system.seminar.key, lesson.key, number, place, meant).pack()


def first_lesson(system: System) -> Lesson:
    lesson = system.seminar.lesson_of_day(1)
    assert lesson is not None
    return lesson


async def open_quiz(system: System, who: User) -> Message:
    """Read the first lesson up to its questions."""
    message = await who.asks("/lesson")
    await who.presses("▶️ Begin", on=message)
    for _ in first_lesson(system).cards[1:]:
        await who.presses("Next ›", on=message)
    await who.presses("To the questions ›", on=message)
    return message


async def test_a_whole_lesson_in_one_message(system: System) -> None:
    teacher = await system.teacher()
    lesson = first_lesson(system)
    message = await teacher.asks("/lesson")
    assert "Today's lesson: A strong password" in message.words
    await teacher.presses("▶️ Begin", on=message)
    for number in range(1, len(lesson.cards) + 1):
        assert f"A strong password · {number} of {len(lesson.cards)}" in message.words
        await teacher.presses("Next ›" if number < len(lesson.cards) else "To the questions ›", on=message)
    for number, question in enumerate(lesson.quiz, 1):
        assert f"Question {number} of {len(lesson.quiz)}" in message.words
        await teacher.presses(str(question.right + 1), on=message)
        assert f"Right! {question.options[question.right].explanation.get('en')}" in message.words
        await teacher.presses("Next question ›" if number < len(lesson.quiz) else "See the result ›", on=message)
    assert "A strong password is done." in message.words
    assert "All correct. Wonderful!" in message.words
    assert "🔗 Sources:\n• NIST SP 800-63B-4" in message.words
    assert 'href="https://pages.nist.gov/800-63-4/sp800-63b.html"' in message.html
    assert message.preview == {"is_disabled": True}
    assert "▶️ Next: Working with weak internet" in message.labels
    assert teacher.chat[-1] is message
    [row] = system.rows("SELECT * FROM lesson_progress")
    assert (row["lesson_key"], row["score"], row["questions"]) == ("passwords", 3, 3)
    assert row["done_at"] is not None
    assert system.rows("SELECT lesson_key, group_key, begun, done FROM lesson_total") == [
        {"lesson_key": "passwords", "group_key": "pamir", "begun": 1, "done": 1}
    ]


async def test_a_wrong_answer_is_explained_and_stays(system: System) -> None:
    teacher = await system.teacher()
    message = await open_quiz(system, teacher)
    question = first_lesson(system).quiz[0]
    wrong = next(n for n, option in enumerate(question.options) if not option.right)
    right = question.right
    await teacher.presses(str(wrong + 1), on=message)
    assert f"Not quite. You chose {wrong + 1}." in message.words
    assert f"The right answer is {right + 1}." in message.words
    await teacher.presses_payload(chooses(system, 1, right + 1), on=message)
    assert teacher.toast == (f"Your first answer counts: number {wrong + 1}.", False)
    assert f"Not quite. You chose {wrong + 1}." in message.words
    assert system.value("SELECT option_key FROM lesson_answer") == question.options[wrong].key


async def test_taps_that_come_twice_count_once(system: System) -> None:
    teacher = await system.teacher()
    message = await open_quiz(system, teacher)
    await teacher.presses("1", on=message)
    shown = message.words
    await teacher.taps_again()
    assert message.words == shown
    assert teacher.toast is None
    assert system.value("SELECT count(*) FROM lesson_answer") == 1


async def test_one_resumes_where_one_left_off(system: System) -> None:
    teacher = await system.teacher()
    message = await teacher.asks("/lesson")
    await teacher.presses("▶️ Begin", on=message)
    await teacher.presses("Next ›", on=message)
    await teacher.presses("‹ Back", on=message)
    again = await teacher.asks("/lesson")
    assert "You stopped at card 2 of 4." in again.words
    await teacher.presses("▶️ Go on", on=again)
    assert "A strong password · 2 of 4" in again.words


async def test_one_resumes_in_the_middle_of_the_questions(system: System) -> None:
    teacher = await system.teacher()
    message = await open_quiz(system, teacher)
    await teacher.presses("1", on=message)
    await teacher.presses("Next question ›", on=message)
    await teacher.presses("‹ Back", on=message)
    assert "✅" in message.words
    again = await teacher.asks("/lesson")
    assert "You stopped at question 2 of 3." in again.words
    await teacher.presses("▶️ Go on", on=again)
    assert "Question 2 of 3" in again.words


async def test_a_finished_lesson_opens_with_its_result_and_can_be_read_again(system: System) -> None:
    teacher = await system.teacher()
    message = await open_quiz(system, teacher)
    for label in ("1", "Next question ›", "1", "Next question ›", "1", "See the result ›"):
        await teacher.presses(label, on=message)
    await system.later(seconds=10)  # nobody taps that fast for long; the bot would slow them down
    await teacher.presses("My answers", on=message)
    assert "Question 1 of 3" in message.words
    assert "1" not in message.labels
    again = await teacher.asks("/lesson")
    await teacher.presses("✅ A strong password", on=again)
    assert "A strong password is done." in again.words
    await teacher.presses("Read again", on=again)
    assert "A strong password · 1 of 4" in again.words
    await teacher.presses("📚 All lessons", on=again)
    assert "1 of 10 lessons done." in again.words


async def test_the_result_cannot_be_reached_past_open_questions(system: System) -> None:
    teacher = await system.teacher()
    message = await open_quiz(system, teacher)
    await teacher.presses_payload("quiz1:passwords:99", on=message)
    assert "Question 1 of 3" in message.words


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("lesson1:alchemy", "That lesson is not here any more. See /lesson for all of them."),
        ("card1:alchemy:1", "That lesson is not here any more. See /lesson for all of them."),
        ("photo1:alchemy:1", "That lesson is not here any more. See /lesson for all of them."),
        ("quiz1:alchemy:1", "That lesson is not here any more. See /lesson for all of them."),
        ("answer3:sejong-2025:alchemy:1:1:abcdef", "That lesson is not here any more. See /lesson for all of them."),
        ("card1:passwords:5", "This lesson has no such card."),
        ("card1:passwords:0", "This lesson has no such card."),
        ("photo1:passwords:1", "This card has no picture."),
        ("photo1:passwords:0", "This card has no picture."),
        ("quiz1:passwords:0", "This lesson has no such question."),
        ("answer3:sejong-2025:passwords:4:1:abcdef", "This question has no such answer."),
        ("answer3:sejong-2025:passwords:0:1:abcdef", "This question has no such answer."),
        ("answer3:sejong-2025:passwords:1:9:abcdef", "This question has no such answer."),
        ("answer3:sejong-2025:passwords:1:0:abcdef", "This question has no such answer."),
    ],
)
async def test_old_and_forged_buttons_are_answered_clearly(system: System, payload: str, said: str) -> None:
    teacher = await system.teacher()
    message = await teacher.asks("/lesson")
    before = (message.words, len(teacher.chat))
    await teacher.presses_payload(payload, on=message)
    assert teacher.toast == (said, False)
    assert (message.words, len(teacher.chat)) == before
    assert system.rows("SELECT * FROM lesson_progress") == []


async def test_staff_may_look_at_lessons_and_are_not_counted(system: System) -> None:
    organizer = await system.organizer()
    message = await open_quiz(system, organizer)
    await organizer.presses("1", on=message)
    assert system.value("SELECT count(*) FROM lesson_answer") == 1
    assert system.rows("SELECT * FROM lesson_total") == []


async def test_a_picture_comes_when_it_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "seminar"
    shutil.copytree(SEMINAR, folder)
    (folder / "card.png").write_bytes(PIXEL)
    file = folder / "lessons" / "01-passwords.yaml"
    file.write_text(file.read_text("utf-8").replace("cards:\n  - ", "cards:\n  - photo: card.png\n    ", 1), "utf-8")
    async with open_system(tmp_path, seminar=folder) as system:
        teacher = await system.teacher()
        message = await teacher.asks("/lesson")
        await teacher.presses("▶️ Begin", on=message)
        await teacher.presses("🖼 See the picture", on=message)
        assert teacher.chat[-1].photo == PIXEL
        await teacher.presses("Next ›", on=message)
        assert "🖼 See the picture" not in message.labels


async def test_a_question_is_answered_by_typing_its_number(system: System) -> None:
    teacher, lesson = await system.teacher(), first_lesson(system)
    message = await open_quiz(system, teacher)
    right, options = lesson.quiz[0].right + 1, len(lesson.quiz[0].options)
    assert (await teacher.asks(f"{options + 1}")).words == "This question has no such answer."
    assert "Shall I pass this on" in (await teacher.asks("I do not understand number 2")).words
    explained = await teacher.asks(f"№ {right}.")
    assert "Right!" in explained.words
    assert system.value("SELECT option_key FROM lesson_answer") == lesson.quiz[0].options[right - 1].key
    # It is answered: what comes next is no answer to it, nor to the question that nobody has opened.
    assert "Shall I pass this on" in (await teacher.asks("1")).words
    await teacher.presses("Next question ›", on=explained)
    await teacher.presses(str(lesson.quiz[1].right + 1), on=explained)
    assert message.words.startswith(lesson.title.get("en"))
    assert len(system.rows("SELECT * FROM lesson_answer")) == 2


async def test_a_quiz_listens_only_where_nothing_else_was_asked_for(system: System) -> None:
    teacher, minji = await system.teacher(), await system.organizer()
    menu = await teacher.asks("/help")
    message = await open_quiz(system, teacher)
    await teacher.presses("I have a question", on=menu)
    await teacher.presses("‹ Back", on=message)
    await teacher.presses("To the questions ›", on=message)
    await teacher.sends("2")
    assert minji.shows("asks:\n2")
    assert system.rows("SELECT * FROM lesson_answer") == []
