"""A teacher checks in, morning and evening, early, late, twice, or not at all."""

from pathlib import Path

from tests.kit import System, open_system
from tests.programme import small

FACES = ["😞", "🙁", "😐", "🙂", "😄"]


async def test_one_tap_in_the_morning_is_kept_and_shown_in_the_message(system: System) -> None:
    teacher = await system.teacher("Ситора")
    await system.at("2025-08-04 08:15")
    question = teacher.newest("Ситора, are you here this morning?")
    await teacher.presses("✅ I am here", on=question)
    assert "You are here · Monday, 4 August, 08:15" in question.words
    assert question.labels == ["🆘 I need help"]
    assert system.rows("SELECT seminar, date, slot, late, mood FROM checkin") == [
        {"seminar": "sejong-2025", "date": "2025-08-04", "slot": "morning", "late": 0, "mood": None}
    ]


async def test_a_tap_that_comes_twice_is_one_answer_with_the_first_time(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:15")
    await teacher.presses("✅ I am here")
    await system.later(minutes=3)
    await teacher.taps_again()
    assert "08:15" in teacher.newest("You are here").words
    assert system.value("SELECT answered_at FROM checkin").startswith("2025-08-03T23:15")
    assert system.value("SELECT answered FROM checkin_tally") == 1


async def test_five_faces_in_a_row_and_the_answer_in_their_place(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    question = teacher.newest("How was your day")
    assert [button.text for button in question.keyboard[0]] == FACES
    await teacher.presses("🙂", on=question)
    assert "Your day: 🙂 4 of 5 · Monday, 4 August" in question.words
    assert "Would you like to add a few words?" in question.words
    assert question.labels == ["😞", "🙁", "😐", "[🙂]", "😄", "No, that is all", "🆘 I need help"]
    assert system.value("SELECT mood FROM checkin") == 4


async def test_the_mood_can_be_changed_until_midnight_and_the_last_one_counts(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("😄")
    await system.at("2025-08-04 23:59")
    await teacher.presses("😐")
    assert system.rows("SELECT mood, substr(answered_at, 1, 16) AS at, late FROM checkin") == [
        {"mood": 3, "at": "2025-08-04T11:30", "late": 0}
    ]
    assert system.rows("SELECT mood_3, mood_5, answered FROM checkin_tally") == [
        {"mood_3": 1, "mood_5": 0, "answered": 1}
    ]
    card = teacher.newest("Your day")
    await system.at("2025-08-05 00:05")
    await teacher.presses("😞", on=card)
    assert system.value("SELECT mood FROM checkin") == 3
    assert "3 of 5" in card.words
    assert card.labels == ["🆘 I need help"]


async def test_an_answer_after_the_alert_is_late_and_welcome(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 11:00")
    await teacher.presses("✅ I am here", on=teacher.newest("are you here this morning?"))
    assert "You are here" in teacher.newest("You are here").words
    assert system.value("SELECT late FROM checkin_tally") == 1


async def test_yesterdays_morning_button_says_that_it_is_over_and_shows_what_is_open(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:15")
    old = teacher.newest("are you here this morning?")
    await system.at("2025-08-05 20:35")
    count = len(teacher.chat)
    await teacher.presses("✅ I am here", on=old)
    assert "The morning check-in of Monday, 4 August is over" in old.words
    assert old.labels == []
    assert "How was your day" in teacher.chat[-1].words
    assert len(teacher.chat) == count + 1
    assert system.rows("SELECT * FROM checkin") == []


async def test_yesterdays_evening_is_taken_after_midnight_and_refused_after_the_morning(system: System) -> None:
    night, late = await system.teacher("Night"), await system.teacher("Late")
    await system.at("2025-08-04 20:30")
    await system.at("2025-08-05 00:40")
    await night.presses("🙂", on=night.newest("How was your day"))
    assert system.rows("SELECT date, late, mood FROM checkin") == [{"date": "2025-08-04", "late": 1, "mood": 4}]
    await system.at("2025-08-05 08:20")
    old = late.newest("How was your day")
    await late.presses("🙂", on=old)
    assert "The evening check-in of Monday, 4 August is over" in old.words
    assert system.value("SELECT count(*) FROM checkin") == 1


async def test_checkin_shows_what_is_open_and_what_was_answered(system: System) -> None:
    teacher = await system.teacher()
    assert "The next one opens on Monday, 4 August at 08:15" in (await teacher.asks("/checkin")).words
    await system.at("2025-08-04 13:00")
    assert "are you with us today?" in (await teacher.asks("/checkin")).words
    await teacher.presses("✅ I am here", on=teacher.chat[-1])
    assert "You are here" in (await teacher.asks("/checkin")).words
    await system.at("2025-08-04 21:00")
    assert "How was your day" in (await teacher.asks("/checkin")).words
    await teacher.presses("😄", on=teacher.chat[-1])
    await system.at("2025-08-05 00:30")
    assert "opens on Tuesday, 5 August" in (await teacher.asks("/checkin")).words


async def test_after_the_last_day_there_is_no_check_in_any_more(system: System) -> None:
    teacher = await system.teacher()
    await system.jumps_to("2025-08-30 10:00")
    assert "There are no more check-ins" in (await teacher.asks("/checkin")).words


async def test_nobody_is_asked_on_a_free_day(tmp_path: Path) -> None:
    folder = tmp_path / "seminar"
    folder.mkdir()
    async with open_system(tmp_path, seminar=small.write(folder)) as system:
        assert [day.number for day in system.seminar.days if not day.sessions] == [2, 3]
        await system.teacher()
        await system.at("2025-08-06 23:00")
        asked_on = [row["event"] for row in system.rows("SELECT event FROM outbox WHERE kind = 'checkin.ask'")]
    assert asked_on == ["checkin:2025-08-04:morning", "checkin:2025-08-04:evening"]


async def test_staff_are_not_asked_and_cannot_check_in(system: System) -> None:
    organizer = await system.organizer()
    await system.at("2025-08-04 08:15")
    assert not organizer.shows("are you here this morning?")
    await organizer.sends("/checkin")
    assert system.rows("SELECT * FROM checkin") == []


async def test_a_mood_that_no_button_has_is_no_answer(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    question = teacher.newest("How was your day")
    for payload in ("mood2:2025-08-04:6", "mood1:1:6", "mood1:99:3", "here1:99", "words2:2025-08-04:1", "words1:1:1"):
        await teacher.presses_payload(payload, question)
    assert system.rows("SELECT * FROM checkin") == []
    assert "How was your day" in question.words


async def test_help_is_called_at_one_tap_and_the_check_in_stays(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Ситора")
    await system.at("2025-08-04 08:15")
    question = teacher.newest("Ситора, are you here this morning?")
    await teacher.presses("🆘 I need help", on=question)
    assert "Ситора" in organizer.chat[-1].words
    assert "needs help" in organizer.chat[-1].words
    assert "The organizers know that you need help." in teacher.chat[-1].words
    await teacher.presses("🆘 I need help", on=question)
    assert organizer.count("needs help") == 1
    await organizer.presses("✅ Settled")
    await teacher.presses("🆘 I need help", on=question)
    assert "needs help" in organizer.chat[-1].words
    assert system.value("SELECT count(*) FROM help") == 2
    await teacher.presses("✅ I am here", on=question)
    assert "You are here" in question.words
