"""A coordinator asks for numbers."""

from pathlib import Path

from bot.buttons.lesson import LessonAnswer
from bot.learning.quiz import mark
from rehearsal.telegram import Account, Bubble
from tests.kit import House, open_house


async def asks(house: House, who: Account, text: str = "/stats") -> Bubble:
    await who.sends(text)
    await house.wait_idle()
    return who.chat[-1]


async def presses(house: House, who: Account, label: str, on: Bubble | None = None) -> None:
    await who.presses(label, on=on)
    await house.wait_idle()


async def test_a_day_in_numbers_that_refresh_in_place(house: House) -> None:
    coordinator = await house.coordinator()
    first, second = house.seminar.groups[0], house.seminar.groups[1]
    one, two = await house.teacher("One", group=first.key), await house.teacher("Two", group=second.key)
    await house.at("2025-08-04 08:15")
    await presses(house, one, "✅ I am here")
    answer = await asks(house, coordinator)
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words
    assert "👥 Teachers: 2, all can be reached" in answer.words
    assert "🗓 Got the day's agenda: 2" in answer.words
    assert "☀️ Morning: 1 of 2\n▓▓▓▓▓░░░░░" in answer.words
    assert "💛 Mood: nobody has answered yet." in answer.words
    await house.at("2025-08-04 20:30")
    await presses(house, one, "😄")
    await presses(house, two, "🙁")
    await presses(house, coordinator, "🔄 Refresh", answer)
    assert "🌙 Evening: 2 of 2\n▓▓▓▓▓▓▓▓▓▓" in answer.words
    assert "💛 Mood: 3.5 of 5\n😄 ▓▓▓▓▓▓▓▓▓▓ 1\n🙂 ░░░░░░░░░░ 0" in answer.words
    assert "Pamir: 1 · ☀️ 1 · 🌙 1 · 💛 5.0 · 📚 0" in answer.words
    assert coordinator.chat[-1] is answer


async def test_late_and_accounted_for_are_said(house: House) -> None:
    organizer = await house.organizer()
    late, _silent = await house.teacher("Late"), await house.teacher("Silent")
    await house.at("2025-08-04 09:30")
    await presses(house, late, "✅ I am here")
    await presses(house, organizer, "✅ Silent is fine")
    answer = await asks(house, organizer)
    assert "of them late: 1\nnot answered, but accounted for: 1" in answer.words


async def test_other_days_by_buttons(house: House) -> None:
    coordinator, teacher = await house.coordinator(), await house.teacher()
    await house.at("2025-08-04 08:15")
    await presses(house, teacher, "✅ I am here")
    await house.at("2025-08-05 12:00")
    answer = await asks(house, coordinator)
    assert "☀️ Morning: 0 of 1" in answer.words
    await presses(house, coordinator, "‹ 4 August", answer)
    assert "☀️ Morning: 1 of 1" in answer.words
    await presses(house, coordinator, "5 August ›", answer)
    assert "Tuesday, 5 August" in answer.words


async def test_before_anything_has_happened(house: House) -> None:
    coordinator = await house.coordinator()
    assert "No teacher has joined yet." in (await asks(house, coordinator)).words


async def test_after_the_end_the_last_day_is_shown(house: House) -> None:
    coordinator = await house.coordinator()
    await house.teacher()
    await house.jumps_to("2025-09-10 12:00")
    assert "day 14 of 14" in (await asks(house, coordinator)).words


async def test_teachers_do_not_see_numbers(house: House) -> None:
    teacher = await house.teacher()
    assert "📊" not in (await asks(house, teacher)).words


async def test_before_the_first_day_it_says_when_it_begins_and_who_is_there(tmp_path: Path) -> None:
    async with open_house(tmp_path, "2025-08-01 10:00") as house:
        coordinator, _teacher = await house.coordinator(), await house.teacher()
        answer = await asks(house, coordinator)
        assert answer.words == "📊 The seminar begins on Monday, 4 August.\n👥 Teachers: 1, all can be reached"
        assert answer.labels == ["🔄 Refresh"]


async def test_organizers_read_what_was_written_and_come_back(house: House) -> None:
    organizer = await house.organizer()
    teachers = [await house.teacher(f"Teacher {number}") for number in range(1, 11)]
    await house.at("2025-08-04 20:30")
    assert "💬 What they wrote (0)" not in (await asks(house, organizer)).labels
    for teacher in teachers:
        await house.later(minutes=1)
        await presses(house, teacher, "🙂")
        await asks(house, teacher, f"{teacher.name} liked <3 the school & the bus")
    answer = await asks(house, organizer)
    await presses(house, organizer, "💬 What they wrote (10)", answer)
    assert answer.words.startswith("💬 What teachers wrote · Monday, 4 August\n\n🙂 Teacher 10")
    assert "Teacher 10 liked <3 the school & the bus" in answer.words
    assert "Teacher 3" in answer.words
    assert "Teacher 2" not in answer.words
    await presses(house, organizer, "Older ›", answer)
    assert [name for name in ("Teacher 2", "Teacher 1", "Teacher 3") if name in answer.words] == [
        "Teacher 2",
        "Teacher 1",
    ]
    assert "Only organizers see this." in answer.words
    await presses(house, organizer, "‹ Newer", answer)
    assert "Teacher 10" in answer.words
    await presses(house, organizer, "✉️ Teacher 10", answer)
    assert "Write to Teacher 10" in organizer.chat[-1].words
    await presses(house, organizer, "‹ Back", answer)
    assert "📊 Monday, 4 August · day 1 of 14" in answer.words


async def test_coordinators_do_not_read_what_was_written(house: House) -> None:
    coordinator, organizer = await house.coordinator(), await house.organizer()
    teacher = await house.teacher()
    await house.at("2025-08-04 20:30")
    await presses(house, teacher, "🙂")
    await asks(house, teacher, "a quiet word")
    answer = await asks(house, coordinator)
    assert not any("What they wrote" in label for label in answer.labels)
    await coordinator.presses_payload("said2:2025-08-04:0", answer)
    await house.wait_idle()
    assert not coordinator.shows("a quiet word")
    assert coordinator.toast == ("Sorry, this is not for your role.", True)
    theirs = await asks(house, organizer)
    await organizer.presses_payload("said2:2025-07-28:0", theirs)
    await house.wait_idle()
    assert "📊 Monday, 4 August" in theirs.words


async def test_words_go_with_who_wrote_them(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher()
    await house.at("2025-08-04 20:30")
    await presses(house, teacher, "🙂")
    await asks(house, teacher, "a quiet word")
    answer = await asks(house, organizer)
    await asks(house, teacher, "/me")
    await presses(house, teacher, "🗑 Erase my data")
    await presses(house, teacher, "Erase without my name")
    await presses(house, organizer, "💬 What they wrote (1)", answer)
    assert "Nobody has written anything about this day." in answer.words


async def test_whoever_is_erased_leaves_every_number(house: House) -> None:
    coordinator, gone, stays = await house.coordinator(), await house.teacher("Gone"), await house.teacher("Stays")
    await house.at("2025-08-04 07:30")
    for who in (gone, stays):
        await _goes_through_the_lesson(house, who)
    await house.at("2025-08-04 20:30")
    for who in (gone, stays):
        await presses(house, who, "✅ I am here")
        await presses(house, who, "😄")
    before = (await asks(house, coordinator)).words
    assert "☀️ Morning: 2 of 2" in before
    assert "🌙 Evening: 2 of 2" in before
    assert "of them late: 2" in before
    assert "😄 ▓▓▓▓▓▓▓▓▓▓ 2" in before
    assert before.count(": 2\n") >= 3  # the agenda, the day's lesson, all lessons
    await asks(house, gone, "/me")
    await presses(house, gone, "🗑 Erase my data")
    await presses(house, gone, "Erase without my name")
    after = (await asks(house, coordinator)).words
    assert after == before.replace("2 of 2", "1 of 1").replace(": 2", ": 1").replace("▓ 2", "▓ 1").replace(
        "☀️ 2 · 🌙 2 · 💛 5.0 · 📚 2", "☀️ 1 · 🌙 1 · 💛 5.0 · 📚 1"
    )


async def _goes_through_the_lesson(house: House, who: Account) -> None:
    lesson = house.seminar.lesson_of_day(1)
    assert lesson is not None
    bubble = await asks(house, who, "/lesson")
    for number, question in enumerate(lesson.quiz, 1):
        last = LessonAnswer("sejong-2025", lesson.key, number, 3, mark(question, question.options[-1]))
        await who.presses_payload(last.pack(), bubble)
        await house.wait_idle()
