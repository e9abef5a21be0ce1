"""A coordinator asks for numbers."""

from pathlib import Path

from bot.rehearsal.telegram import Account, Bubble
from tests.kit import House, open_house


async def asks(house: House, who: Account, text: str = "/stats") -> Bubble:
    await who.sends(text)
    await house.settled()
    return who.chat[-1]


async def presses(house: House, who: Account, label: str, on: Bubble | None = None) -> None:
    await who.presses(label, on=on)
    await house.settled()


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
