"""The daily invitation to a lesson."""

import json
from datetime import date

from bot import arguments as codec
from bot.access import Role
from bot.messages import lesson as lesson_messages
from bot.messages.lesson import LessonOf
from bot.store.fanout import Occurrence
from tests.kit import System
from tests.views.samples import SEMINAR, at


def planned(moment: str) -> list[Occurrence]:
    return list(lesson_messages.plan(SEMINAR, at(moment)))


def test_the_lessons_of_today_and_tomorrow_are_planned() -> None:
    [occurrence] = planned("2025-08-04 12:00")
    assert occurrence.key == "lesson:2025-08-04"
    assert occurrence.due_at == at("2025-08-04 18:30")
    assert occurrence.expires_at == at("2025-08-05 00:00")
    assert occurrence.roles == {Role.TEACHER}
    assert json.loads(occurrence.data) == {"seminar": "sample", "date": "2025-08-04", "lesson": "passwords"}
    assert codec.read(LessonOf, occurrence.data) == LessonOf("sample", date(2025, 8, 4), "passwords")
    [occurrence] = planned("2025-08-05 12:00")
    assert occurrence.key == "lesson:2025-08-06"


def test_nothing_is_planned_outside_the_seminar() -> None:
    assert planned("2025-07-20 12:00") == []
    assert planned("2025-08-07 12:00") == []
    assert [occurrence.key for occurrence in planned("2025-08-03 23:00")] == ["lesson:2025-08-04"]


async def test_teachers_are_invited_at_the_hour_and_staff_are_not(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 18:29")
    assert not teacher.shows("Today's lesson")
    await system.at("2025-08-04 18:30")
    assert teacher.shows("📚 Today's lesson: A strong password\nAbout 5 minutes")
    assert not organizer.shows("Today's lesson")
    invitation = next(message for message in teacher.chat if "Today's lesson" in message.words)
    await teacher.presses("▶️ Begin", on=invitation)
    assert "A strong password · 1 of 4" in invitation.words


async def test_who_has_started_the_lesson_is_not_invited_to_it(system: System) -> None:
    eager, other = await system.teacher("Eager"), await system.teacher("Other")
    await eager.sends("/lesson")
    await eager.presses("▶️ Begin")
    await system.at("2025-08-04 18:31")
    assert other.shows("📚 Today's lesson")
    assert not eager.shows("📚 Today's lesson: A strong password\nAbout")
    assert system.value("SELECT count(*) FROM outbox WHERE event = 'lesson:2025-08-04'") == 1


async def test_an_invitation_that_comes_late_says_so_and_none_comes_the_next_day(system: System) -> None:
    teacher = await system.teacher()
    await system.jumps_to("2025-08-04 21:00")
    assert teacher.shows("📚 Today's lesson comes late, sorry: A strong password")
    latecomer = await system.teacher("Late")
    await system.jumps_to("2025-08-05 06:00")
    assert not latecomer.shows("lesson")
