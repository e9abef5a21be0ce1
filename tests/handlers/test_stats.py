"""A coordinator asks for numbers."""

from pathlib import Path

from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from rehearsal.telegram import Account, Message
from tests.kit import System, open_system


async def asks(system: System, who: Account, text: str = "/stats") -> Message:
    await who.sends(text)
    await system.wait_idle()
    return who.chat[-1]


async def presses(system: System, who: Account, label: str, on: Message | None = None) -> None:
    await who.presses(label, on=on)
    await system.wait_idle()


async def test_a_day_in_numbers_that_refresh_in_place(system: System) -> None:
    coordinator = await system.coordinator()
    first, second = system.seminar.groups[0], system.seminar.groups[1]
    one, two = await system.teacher("One", group=first.key), await system.teacher("Two", group=second.key)
    await system.at("2025-08-04 08:15")
    await presses(system, one, "✅ I am here")
    answer = await asks(system, coordinator)
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words
    assert "👥 Teachers: 2, all can be reached" in answer.words
    assert "🗓 Got the day's agenda: 2" in answer.words
    assert "☀️ Morning: 1 of 2\n▓▓▓▓▓░░░░░" in answer.words
    assert "💛 Mood: nobody has answered yet." in answer.words
    await system.at("2025-08-04 20:30")
    await presses(system, one, "😄")
    await presses(system, two, "🙁")
    await presses(system, coordinator, "🔄 Refresh", answer)
    assert "🌙 Evening: 2 of 2\n▓▓▓▓▓▓▓▓▓▓" in answer.words
    assert "💛 Mood: 3.5 of 5\n😄 ▓▓▓▓▓▓▓▓▓▓ 1\n🙂 ░░░░░░░░░░ 0" in answer.words
    assert "Pamir: 1 · ☀️ 1 · 🌙 1 · 💛 5.0 · 📚 0" in answer.words
    assert coordinator.chat[-1] is answer


async def test_late_and_accounted_for_are_said(system: System) -> None:
    organizer = await system.organizer()
    late, _silent = await system.teacher("Late"), await system.teacher("Silent")
    await system.at("2025-08-04 09:30")
    await presses(system, late, "✅ I am here")
    await presses(system, organizer, "✅ Silent is fine")
    answer = await asks(system, organizer)
    assert "of them late: 1\nnot answered, but accounted for: 1" in answer.words


async def test_other_days_by_buttons(system: System) -> None:
    coordinator, teacher = await system.coordinator(), await system.teacher()
    await system.at("2025-08-04 08:15")
    await presses(system, teacher, "✅ I am here")
    await system.at("2025-08-05 12:00")
    answer = await asks(system, coordinator)
    assert "☀️ Morning: 0 of 1" in answer.words
    await presses(system, coordinator, "‹ 4 August", answer)
    assert "☀️ Morning: 1 of 1" in answer.words
    await presses(system, coordinator, "5 August ›", answer)
    assert "Tuesday, 5 August" in answer.words


async def test_before_anything_has_happened(system: System) -> None:
    coordinator = await system.coordinator()
    assert "No teacher has joined yet." in (await asks(system, coordinator)).words


async def test_after_the_end_the_last_day_is_shown(system: System) -> None:
    coordinator = await system.coordinator()
    await system.teacher()
    await system.jumps_to("2025-09-10 12:00")
    assert "day 14 of 14" in (await asks(system, coordinator)).words


async def test_teachers_do_not_see_numbers(system: System) -> None:
    teacher = await system.teacher()
    assert "📊" not in (await asks(system, teacher)).words


async def test_before_the_first_day_it_says_when_it_begins_and_who_is_there(tmp_path: Path) -> None:
    async with open_system(tmp_path, "2025-08-01 10:00") as system:
        coordinator, _teacher = await system.coordinator(), await system.teacher()
        answer = await asks(system, coordinator)
        assert answer.words == "📊 The seminar begins on Monday, 4 August.\n👥 Teachers: 1, all can be reached"
        assert answer.labels == ["🔄 Refresh"]


async def test_organizers_read_what_was_written_and_come_back(system: System) -> None:
    organizer = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number}") for number in range(1, 11)]
    await system.at("2025-08-04 20:30")
    assert "💬 What they wrote (0)" not in (await asks(system, organizer)).labels
    for teacher in teachers:
        await system.later(minutes=1)
        await presses(system, teacher, "🙂")
        await asks(system, teacher, f"{teacher.name} liked <3 the school & the bus")
    answer = await asks(system, organizer)
    await presses(system, organizer, "💬 What they wrote (10)", answer)
    assert answer.words.startswith("💬 What teachers wrote · Monday, 4 August\n\n🙂 Teacher 10")
    assert "Teacher 10 liked <3 the school & the bus" in answer.words
    assert "Teacher 3" in answer.words
    assert "Teacher 2" not in answer.words
    await presses(system, organizer, "Older ›", answer)
    assert [name for name in ("Teacher 2", "Teacher 1", "Teacher 3") if name in answer.words] == [
        "Teacher 2",
        "Teacher 1",
    ]
    assert "Only organizers see this." in answer.words
    await presses(system, organizer, "‹ Newer", answer)
    assert "Teacher 10" in answer.words
    await presses(system, organizer, "✉️ Teacher 10", answer)
    assert "Write to Teacher 10" in organizer.chat[-1].words
    await presses(system, organizer, "‹ Back", answer)
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words


async def test_coordinators_do_not_read_what_was_written(system: System) -> None:
    coordinator, organizer = await system.coordinator(), await system.organizer()
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await presses(system, teacher, "🙂")
    await asks(system, teacher, "a quiet word")
    answer = await asks(system, coordinator)
    assert not any("What they wrote" in label for label in answer.labels)
    await coordinator.presses_payload("said2:2025-08-04:0", answer)
    await system.wait_idle()
    assert not coordinator.shows("a quiet word")
    assert coordinator.toast == ("Sorry, this is not for your role.", True)
    theirs = await asks(system, organizer)
    await organizer.presses_payload("said2:2025-07-28:0", theirs)
    await system.wait_idle()
    assert "📊 Monday, 4 August" in theirs.words


async def test_words_go_with_who_wrote_them(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 20:30")
    await presses(system, teacher, "🙂")
    await asks(system, teacher, "a quiet word")
    answer = await asks(system, organizer)
    await asks(system, teacher, "/me")
    await presses(system, teacher, "🗑 Erase my data")
    await presses(system, teacher, "Erase without my name")
    await presses(system, organizer, "💬 What they wrote (1)", answer)
    assert "Nobody has written anything about this day." in answer.words


async def test_whoever_is_erased_leaves_every_number(system: System) -> None:
    coordinator, gone, stays = await system.coordinator(), await system.teacher("Gone"), await system.teacher("Stays")
    await system.at("2025-08-04 07:30")
    for who in (gone, stays):
        await _goes_through_the_lesson(system, who)
    await system.at("2025-08-04 20:30")
    for who in (gone, stays):
        await presses(system, who, "✅ I am here")
        await presses(system, who, "😄")
    before = (await asks(system, coordinator)).words
    assert "☀️ Morning: 2 of 2" in before
    assert "🌙 Evening: 2 of 2" in before
    assert "of them late: 2" in before
    assert "😄 ▓▓▓▓▓▓▓▓▓▓ 2" in before
    assert before.count(": 2\n") >= 3  # the agenda, the day's lesson, all lessons
    await asks(system, gone, "/me")
    await presses(system, gone, "🗑 Erase my data")
    await presses(system, gone, "Erase without my name")
    after = (await asks(system, coordinator)).words
    assert after == before.replace("2 of 2", "1 of 1").replace(": 2", ": 1").replace("▓ 2", "▓ 1").replace(
        "☀️ 2 · 🌙 2 · 💛 5.0 · 📚 2", "☀️ 1 · 🌙 1 · 💛 5.0 · 📚 1"
    )


async def _goes_through_the_lesson(system: System, who: Account) -> None:
    lesson = system.seminar.lesson_of_day(1)
    assert lesson is not None
    bubble = await asks(system, who, "/lesson")
    for number, question in enumerate(lesson.quiz, 1):
        last = LessonAnswer("sejong-2025", lesson.key, number, 3, mark(question, question.options[-1]))
        await who.presses_payload(last.pack(), bubble)
        await system.wait_idle()
