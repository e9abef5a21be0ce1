"""The code on the screen: four digits and a QR code, another one every half minute, for the people in the room."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.programme import attendance_code
from rehearsal.telegram import Message
from tests.documents.test_process import stands_in
from tests.handlers.test_attendance import marks, opens
from tests.kit import System, User

OLD = "This code is already old; please look at the screen again"
PRESENT = "You are marked as present: 11:16."


async def shows(organizer: User) -> Message:
    """Show the code of the session that runs."""
    await organizer.sends("/code")
    return organizer.chat[-1]


def digits(screen: Message) -> str:
    """What people in the room read on it."""
    match = re.search(r"🔢 (\d) (\d) (\d) (\d) · 11:15–12:15 Korea's path", screen.words)
    assert match is not None
    return "".join(match.groups())


def token(system: System, at: datetime) -> str:
    """What is behind the QR code of a moment."""
    secret = system.value("SELECT secret FROM attendance")
    return attendance_code.token(secret, attendance_code.window(at))


async def test_a_code_that_is_typed_marks_who_sees_it(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    assert screen.photo is not None
    first = digits(screen)
    await ann.sends(f"{first[:2]} {first[2:]}")
    assert PRESENT in ann.chat[-1].words
    await system.later(seconds=30)
    assert digits(screen) != first
    await bo.sends("".join(chr(ord("٠") + int(digit)) for digit in first))  # still typing when it changed
    assert PRESENT in bo.chat[-1].words
    assert marks(system) == [("Ann", "present", "code"), ("Bo", "present", "code")]


async def test_a_code_that_comes_late_is_refused_and_the_one_of_now_is_not(system: System) -> None:
    minji, away = await system.organizer(), await system.teacher("Away")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    forwarded = digits(screen)
    await system.later(seconds=60)
    await away.sends(forwarded)
    assert OLD in away.chat[-1].words
    assert marks(system) == []
    await away.sends(digits(screen))
    assert "You are marked as present: 11:17." in away.chat[-1].words


async def test_the_qr_code_is_a_link_that_counts_for_a_minute(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    stranger = system.stranger("Passer-by")
    await system.at("2025-08-04 11:16")
    await shows(minji)
    scanned = token(system, system.clock.now())
    await ann.starts(scanned)
    assert PRESENT in ann.chat[-1].words
    await stranger.starts(scanned)
    assert "This code marks attendance of the people of a seminar" in stranger.chat[-1].words
    await minji.starts(scanned)
    assert "This session is for others than you" in minji.chat[-1].words
    await system.later(minutes=2)
    await bo.starts(scanned)
    assert OLD in bo.chat[-1].words
    await system.at("2025-08-04 13:00")
    await bo.starts(scanned)
    assert "is over; nothing can be marked here any more" in bo.chat[-1].words
    assert marks(system) == [("Ann", "present", "code")]


async def test_guesses_are_counted_and_an_invitation_is_still_one(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    secret, now = system.value("SELECT secret FROM attendance"), attendance_code.window(system.clock.now())
    known = {attendance_code.digits(secret, now + n) for n in range(-80, 80)}
    wrong = [code for code in (f"{n:04}" for n in range(10_000)) if code not in known]
    for code in wrong[:5]:
        await ann.sends(code)
        assert "That is not the code." in ann.chat[-1].words
    await ann.sends(digits(screen))
    assert "Please ask an organizer to mark you." in ann.chat[-1].words
    assert marks(system) == []
    await system.later(minutes=11)
    await ann.sends(digits(screen))
    assert "You are marked as late" in ann.chat[-1].words
    passer_by = system.stranger("New")
    await passer_by.starts(await system.invitation())
    assert "attendance" not in passer_by.chat[-1].words


async def test_four_digits_are_words_while_no_code_is_shown(system: System) -> None:
    ann = await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    await ann.sends("2025")
    assert "code" not in ann.chat[-1].words
    assert system.rows("SELECT * FROM attendance_guess") == []


async def test_digits_that_are_no_code_may_answer_an_organizer_and_are_told_both_ways(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    await minji.drafts_broadcast("Which room are you in?", "Everyone")
    await minji.presses("Send to")
    # Of none of the codes of these hours either: one in a hundred runs would meet an old one.
    secret, now = system.value("SELECT secret FROM attendance"), attendance_code.window(system.clock.now())
    codes = {attendance_code.digits(secret, one) for one in range(now - 1_000, now + 1_000)}
    room = next(room for number in range(1_000, 10_000) if (room := str(number)) not in codes)
    await ann.sends(room)
    assert minji.shows(f"Ann answers your broadcast “Which room are you in?”:\n{room}")
    assert "That is not the code." in ann.chat[-1].words
    await ann.sends(digits(screen))
    assert PRESENT in ann.chat[-1].words
    assert minji.count("Ann answers your broadcast") == 1


async def test_a_code_says_more_than_a_tap_and_than_an_organizers_correction(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    await ann.presses("🙋 I am here")
    screen = await shows(minji)
    await system.at("2025-08-04 11:40")
    await ann.sends(digits(screen))
    assert "You are marked as present: 11:40." in ann.chat[-1].words
    card = await opens(minji)
    await minji.presses("✅ Present: 1")
    await minji.presses("1", on=card)
    await minji.presses("❌ Absent")
    await ann.sends(digits(screen))
    assert marks(system) == [
        ("Ann", "present", "tap"),
        ("Ann", "present", "code"),
        ("Ann", "absent", "roll call"),
        ("Ann", "late", "code"),
    ]


async def test_the_screen_ends_with_the_session_and_by_its_button_and_outlives_a_restart(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await minji.sends("/code")
    assert (
        minji.chat[-1].words
        == "🔢 The code of “Korea's path: from the blackboard to the digital textbook” can be shown from 11:05 on."
    )
    await system.at("2025-08-04 11:16")
    first, second = await shows(minji), await shows(bora)
    assert digits(first) == digits(second)
    await bora.presses("⏹ Show no code any more")
    assert "No code is shown here any more" in second.words
    assert second.labels == []
    before = digits(first)
    await system.restarts("2025-08-04 11:20")
    assert digits(first) != before
    await system.at("2025-08-04 12:15")
    assert "No code is shown here any more" in first.words
    assert system.rows("SELECT * FROM attendance_screen") == []
    await minji.sends("/code")
    assert "none comes today" in minji.chat[-1].words


async def test_a_projector_with_a_wrong_clock_is_told_of(system: System) -> None:
    minji = await system.organizer()
    people = [await system.teacher(name) for name in ("Ann", "Bo", "Cy")]
    await system.at("2025-08-04 11:16")
    await shows(minji)
    card = await opens(minji)
    secret, then = system.value("SELECT secret FROM attendance"), system.clock.now() - timedelta(minutes=3)
    for one in people:
        assert "clock" not in card.words
        await one.sends(attendance_code.digits(secret, attendance_code.window(then)))
        assert OLD in one.chat[-1].words
    assert "⚠️ 3 people sent codes of about 3 min ago: is the clock of the projector's computer slow?" in card.words
    now = attendance_code.window(system.clock.now())
    await people[0].sends(attendance_code.digits(secret, now))
    assert "clock" not in card.words


@pytest.mark.parametrize(("language", "day"), [("en", "4 August"), ("tg", "4 август"), ("ko", "8월 4일")])
async def test_the_page_for_a_projector_holds_the_codes_of_its_session_alone(
    system: System, language: str, day: str
) -> None:
    minji = await system.organizer(language=language)
    await system.at("2025-08-04 11:16")
    await minji.sends("/code")
    await minji.presses("🖥")
    document = minji.chat[-1].document
    assert document is not None
    name, content = document
    assert name == "korea-story-2025-08-04.html"
    page = content.decode()
    secret, window = system.value("SELECT secret FROM attendance"), attendance_code.window(system.clock.now())
    assert f'"{attendance_code.digits(secret, window)}"' in page
    assert f'{{"2025-08-04":"{day}"}}' in page  # no browser has words for the months of Tajik
    assert page.count("https://") == 0
    assert secret.hex() not in page
    assert len(content) < 100_000


async def test_a_page_whose_process_is_stopped_can_be_asked_for_again(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minji = await system.organizer()
    await system.at("2025-08-04 11:16")
    screen = await shows(minji)
    with monkeypatch.context() as patched:
        stands_in(tmp_path, patched, "kill -9 $$")
        await minji.presses("🖥", on=screen)
    assert minji.chat[-1].words.startswith("I could not make the page just now.")
    await minji.presses("🖥", on=screen)
    assert minji.chat[-1].document is not None
