"""A coordinator asks for numbers."""

from pathlib import Path

from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from tests.kit import System, User, open_system


async def test_a_day_in_numbers_that_refresh_in_place(system: System) -> None:
    coordinator, other = await system.organizer(), await system.coordinator()
    first, second = system.seminar.groups[0], system.seminar.groups[1]
    one, two = await system.teacher("One", group=first.key), await system.teacher("Two", group=second.key)
    await system.at("2025-08-04 08:15")
    await one.presses("✅ I am here")
    answer = await coordinator.asks("/stats")
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words
    assert "👥 Teachers: 2, all can be reached" in answer.words
    assert "🗓 Got the day's agenda: 2" in answer.words
    assert "☀️ Morning: 1 of 2\n▓▓▓▓▓░░░░░" in answer.words
    assert "💛 Mood: nobody has answered yet." in answer.words
    await system.at("2025-08-04 20:30")
    await one.presses("😄")
    await two.presses("🙁")
    await coordinator.presses("🔄 Refresh", on=answer)
    assert "🌙 Evening: 2 of 2\n▓▓▓▓▓▓▓▓▓▓" in answer.words
    assert "💛 Mood: 3.5 of 5\n😄 ▓▓▓▓▓▓▓▓▓▓ 1\n🙂 ░░░░░░░░░░ 0" in answer.words
    assert "Pamir: 1 · ☀️ 1 · 🌙 1 · 💛 5.0 · 📚 0" in answer.words
    assert coordinator.count("📊 Monday, 4 August") == 1
    theirs = await other.asks("/stats")
    assert "💛 Mood: withheld, it is of fewer than five people or would give theirs away." in theirs.words
    assert "Pamir: 1 · ☀️ 1 · 🌙 1 · 💛 – · 📚 0" in theirs.words


async def test_late_and_accounted_for_are_said(system: System) -> None:
    organizer = await system.organizer()
    late, _silent = await system.teacher("Late"), await system.teacher("Silent")
    await system.at("2025-08-04 09:30")
    await late.presses("✅ I am here")
    await organizer.presses("1 ✅", on=organizer.newest_with("1 ✅"))
    answer = await organizer.asks("/stats")
    assert "of them late: 1\nnot answered, but accounted for: 1" in answer.words


async def test_other_days_by_buttons(system: System) -> None:
    coordinator, teacher = await system.coordinator(), await system.teacher()
    await system.at("2025-08-04 08:15")
    await teacher.presses("✅ I am here")
    await system.at("2025-08-05 12:00")
    answer = await coordinator.asks("/stats")
    assert "☀️ Morning: 0 of 1" in answer.words
    await coordinator.presses("‹ 4 August", on=answer)
    assert "☀️ Morning: 1 of 1" in answer.words
    await coordinator.presses("5 August ›", on=answer)
    assert "Tuesday, 5 August" in answer.words


async def test_before_anything_has_happened(system: System) -> None:
    coordinator = await system.coordinator()
    assert "No teacher has joined yet." in (await coordinator.asks("/stats")).words


async def test_after_the_end_the_last_day_is_shown(system: System) -> None:
    coordinator = await system.coordinator()
    await system.teacher()
    await system.jumps_to("2025-09-10 12:00")
    assert "day 14 of 14" in (await coordinator.asks("/stats")).words


async def test_teachers_do_not_see_numbers(system: System) -> None:
    teacher = await system.teacher()
    assert "📊" not in (await teacher.asks("/stats")).words


async def test_before_the_first_day_it_says_when_it_begins_and_who_is_there(tmp_path: Path) -> None:
    async with open_system(tmp_path, "2025-08-01 10:00") as system:
        coordinator, _teacher = await system.coordinator(), await system.teacher()
        answer = await coordinator.asks("/stats")
        assert answer.words == "📊 The seminar begins on Monday, 4 August.\n👥 Teachers: 1, all can be reached"
        assert answer.labels == ["🔄 Refresh"]


async def test_organizers_read_what_was_written_and_come_back(system: System) -> None:
    organizer = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number}") for number in range(1, 11)]
    await system.at("2025-08-04 20:30")
    assert "💬 What they wrote (0)" not in (await organizer.asks("/stats")).labels
    for teacher in teachers:
        await system.later(minutes=1)
        await teacher.presses("🙂")
        await teacher.sends(f"{teacher.name} liked <3 the school & the bus")
    answer = await organizer.asks("/stats")
    await organizer.presses("💬 What they wrote (10)", on=answer)
    assert answer.words.startswith("💬 What teachers wrote · Monday, 4 August\n\n🙂 Teacher 10")
    assert "Teacher 10 liked <3 the school & the bus" in answer.words
    assert "Teacher 3" in answer.words
    assert "Teacher 2" not in answer.words
    await organizer.presses("Older ›", on=answer)
    assert [name for name in ("Teacher 2", "Teacher 1", "Teacher 3") if name in answer.words] == [
        "Teacher 2",
        "Teacher 1",
    ]
    assert "Only organizers see this." in answer.words
    await organizer.presses("‹ Newer", on=answer)
    assert "Teacher 10" in answer.words
    await organizer.presses("✉️ Teacher 10", on=answer)
    assert "Write to Teacher 10" in organizer.chat[-1].words
    await organizer.presses("‹ Back", on=answer)
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words


async def test_coordinators_do_not_read_what_was_written(system: System) -> None:
    coordinator, organizer = await system.coordinator(), await system.organizer()
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    await teacher.sends("a quiet word")
    answer = await coordinator.asks("/stats")
    assert not any("What they wrote" in label for label in answer.labels)
    await coordinator.presses_payload("said2:2025-08-04:0", answer)
    assert not coordinator.shows("a quiet word")
    assert coordinator.toast == ("Sorry, this is not for your role.", True)
    theirs = await organizer.asks("/stats")
    await organizer.presses_payload("said2:2025-07-28:0", theirs)
    assert "📊 Monday, 4 August" in theirs.words


async def test_words_go_with_who_wrote_them(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    await teacher.sends("a quiet word")
    answer = await organizer.asks("/stats")
    await teacher.erases_everything()
    await organizer.presses("💬 What they wrote (1)", on=answer)
    assert "Nobody has written anything about this day." in answer.words


async def test_whoever_is_erased_leaves_every_number(system: System) -> None:
    coordinator, gone, stays = await system.organizer(), await system.teacher("Gone"), await system.teacher("Stays")
    await system.at("2025-08-04 07:30")
    for who in (gone, stays):
        await _goes_through_the_lesson(system, who)
    await system.at("2025-08-04 20:30")
    for who in (gone, stays):
        await who.presses("✅ I am here")
        await who.presses("😄")
    before = (await coordinator.asks("/stats")).words
    assert "☀️ Morning: 2 of 2" in before
    assert "🌙 Evening: 2 of 2" in before
    assert "of them late: 2" in before
    assert "😄 ▓▓▓▓▓▓▓▓▓▓ 2" in before
    assert before.count(": 2\n") >= 3  # the agenda, the day's lesson, all lessons
    await gone.erases_everything()
    after = (await coordinator.asks("/stats")).words
    assert after == before.replace("2 of 2", "1 of 1").replace(": 2", ": 1").replace("▓ 2", "▓ 1").replace(
        "☀️ 2 · 🌙 2 · 💛 5.0 · 📚 2", "☀️ 1 · 🌙 1 · 💛 5.0 · 📚 1"
    )


async def _goes_through_the_lesson(system: System, who: User) -> None:
    lesson = system.seminar.lesson_of_day(1)
    assert lesson is not None
    message = await who.asks("/lesson")
    for number, question in enumerate(lesson.quiz, 1):
        last = LessonAnswer("sejong-2025", lesson.key, number, 3, mark(question, question.options[-1]))
        await who.presses_payload(last.pack(), message)
