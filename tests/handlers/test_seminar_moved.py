"""The seminar's dates move, or another seminar comes onto the same file: what was said for a date stays with it."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from bot.programme.lesson_model import Lesson
from tests.kit import SEMINAR, System, open_system

TRIAL, FIRST, LATER = date(2025, 7, 28), date(2025, 8, 4), date(2025, 8, 11)


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[System]:
    """A week before the seminar: somebody tries it out."""
    async with open_system(tmp_path, "2025-07-28 06:00", starts_on=TRIAL) as system:
        yield system


async def test_who_answered_in_a_trial_week_is_asked_and_missed_in_the_real_one(trial: System) -> None:
    system = trial
    organizer, teacher = await system.organizer(), await system.teacher("Ситора")
    await system.at("2025-07-28 08:16")
    old = teacher.newest_with("✅ I am here")
    await teacher.presses("✅ I am here", on=old)
    await system.restarts("2025-08-04 08:00", starts_on=FIRST)
    await system.at("2025-08-04 08:46")
    assert "we have not heard from you" in teacher.chat[-1].words
    await system.at("2025-08-04 09:16")
    assert "1 of 1 has not answered." in organizer.chat[-1].words
    assert "☀️ Morning: 0 of 1" in (await organizer.asks("/stats")).words
    assert "You are here" in old.words
    assert system.rows("SELECT date FROM checkin") == [{"date": "2025-07-28"}]


async def test_a_button_of_an_earlier_week_is_over_and_leads_to_todays(trial: System) -> None:
    system = trial
    teacher = await system.teacher()
    await system.at("2025-07-28 20:31")
    morning, evening = teacher.newest_with("✅ I am here"), teacher.newest_with("🙂")
    await system.restarts("2025-08-04 09:20", starts_on=FIRST)
    await teacher.presses("✅ I am here", on=morning)
    assert "The morning check-in of Monday, 28 July is over" in morning.words
    assert "are you with us today?" in teacher.chat[-1].words
    await teacher.presses("🙂", on=evening)
    assert "The evening check-in of Monday, 28 July is over" in evening.words
    assert system.rows("SELECT * FROM checkin") == []
    # And as they were, with the day's number: it meant another Monday.
    for payload in ("here1:1", "mood1:1:4"):
        await teacher.presses_payload(payload, on=morning)
        assert teacher.toast is not None
        assert "This button is from an older message." in teacher.toast[0]
    assert system.rows("SELECT * FROM checkin") == []


async def test_a_button_with_todays_number_under_todays_message_still_works(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:16")
    question = teacher.newest_with("✅ I am here")
    await teacher.presses_payload("here1:2", on=question)
    assert system.rows("SELECT * FROM checkin") == []
    await teacher.presses_payload("here1:1", on=question)
    assert "You are here" in question.words
    assert system.rows("SELECT date, slot FROM checkin") == [{"date": "2025-08-04", "slot": "morning"}]


async def test_a_start_that_is_postponed_takes_nudge_and_list_with_it(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:16")
    question = teacher.newest_with("✅ I am here")
    await system.restarts("2025-08-04 08:20", starts_on=LATER)
    await system.at("2025-08-04 23:59")
    assert not teacher.shows("we have not heard from you")
    assert not organizer.shows("has not answered")
    await teacher.presses("✅ I am here", on=question)
    assert "The morning check-in of Monday, 4 August is over" in question.words
    await system.at("2025-08-10 12:00")
    await system.at("2025-08-11 09:16")
    assert "1 of 1 has not answered." in organizer.chat[-1].words


async def test_the_same_lesson_of_the_next_seminar_is_new(system: System, tmp_path: Path) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 09:00")
    await teacher.sends("/lesson")
    lesson = system.seminar.lessons[0]
    await teacher.presses_payload(f"quiz1:{lesson.key}:1", on=teacher.chat[-1])
    question = teacher.chat[-1]
    await teacher.presses_payload(_first_option(lesson, 1), on=question)
    folder = copytree(SEMINAR, tmp_path / "busan")
    file = folder / "seminar.yaml"
    file.write_text(file.read_text("utf-8").replace("key: sejong-2025", "key: busan-2025"), "utf-8")
    await system.restarts("2025-09-01 08:00", seminar=folder, starts_on=date(2025, 9, 1))
    assert system.seminar.key == "busan-2025"
    await system.at("2025-09-01 19:00")
    assert lesson.title.get("en") in teacher.chat[-1].words
    assert "▶️ Begin" in teacher.chat[-1].labels
    # The question under the old message may be another one by now.
    await teacher.presses_payload(_first_option(lesson, 2), on=question)
    assert teacher.toast == ("That lesson is not here any more. See /lesson for all of them.", False)
    assert system.rows("SELECT seminar, count(*) AS n FROM lesson_answer GROUP BY 1") == [
        {"seminar": "sejong-2025", "n": 1}
    ]


def _first_option(lesson: Lesson, number: int) -> str:
    question = lesson.quiz[number - 1]
    return LessonAnswer("sejong-2025", lesson.key, number, 1, mark(question, question.options[0])).pack()
