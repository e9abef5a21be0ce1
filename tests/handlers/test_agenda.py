"""Teachers ask what happens when and where."""

import pytest

from tests.kit import System


async def test_today_shows_what_runs_now_and_what_is_next(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 10:30")
    answer = await teacher.asks("/today")
    assert "Monday, 4 August\nDay 1 of 14 · 🏠 Dushanbe: −4 h\n" in answer.words
    assert "▶️ 10:00–11:00 · now · Opening ceremony" in answer.words
    assert "11:15–12:15 · next" in answer.words
    assert not answer.silent


async def test_tomorrow_and_the_days_around_are_one_message(system: System) -> None:
    teacher = await system.teacher()
    answer = await teacher.asks("/tomorrow")
    assert "Tuesday, 5 August" in answer.words
    await teacher.presses("6 August ›", on=answer)
    assert "Wednesday, 6 August" in answer.words
    await teacher.presses("‹ 5 August", on=answer)
    assert "Tuesday, 5 August" in answer.words
    await teacher.presses("📅 All days", on=answer)
    assert "1. Monday, 4 August · Opening and getting to know each other" in answer.words
    assert teacher.chat[-1] is answer


async def test_every_day_has_a_button(system: System) -> None:
    teacher = await system.teacher()
    answer = await teacher.asks("/agenda")
    for label in list(answer.labels):
        await system.later(seconds=2)  # nobody taps faster for long; the bot would slow them down
        await teacher.presses(label, on=answer)
        assert label.strip("• ") in answer.words
        await teacher.presses("📅 All days", on=answer)


async def test_a_tap_that_comes_again_changes_nothing(system: System) -> None:
    teacher = await system.teacher()
    answer = await teacher.asks("/agenda")
    await teacher.presses("5 August", on=answer)
    before = (answer.words, len(teacher.chat))
    await teacher.taps_again()
    assert (answer.words, len(teacher.chat)) == before


async def test_other_groups_are_shown_on_request(system: System) -> None:
    teacher = await system.teacher(group="vakhsh")
    await system.at("2025-08-06 06:30")
    answer = await teacher.asks("/today")
    assert "Middle school: language class" in answer.words
    assert "Primary school: mathematics" not in answer.words
    await teacher.presses("👥 All groups", on=answer)
    assert "Primary school: mathematics" in answer.words
    assert "👥 Pamir, Zarafshon" in answer.words
    await teacher.presses("👥 Only my group", on=answer)
    assert "Primary school: mathematics" not in answer.words


async def test_organizers_see_every_group(system: System) -> None:
    organizer = await system.organizer()
    await system.at("2025-08-06 06:30")
    answer = await organizer.asks("/today")
    assert "Middle school: language class" in answer.words
    assert "Primary school: mathematics" in answer.words


async def test_a_place_is_a_pin_an_address_to_copy_and_one_for_a_driver(system: System) -> None:
    teacher = await system.teacher()
    answer = await teacher.asks("/today")
    await teacher.presses("📍 Sejong Lake Park", on=answer)
    place = system.seminar.places["lake-park"]
    pin = teacher.chat[-1]
    assert pin.venue is not None
    assert pin.location is not None
    assert (pin.location["latitude"], pin.location["longitude"]) == pytest.approx((place.latitude, place.longitude))
    assert "Sejong Lake Park" in pin.words
    assert place.local_address is not None
    await teacher.presses("📋 Copy the local address", on=pin)
    assert teacher.copied == [place.local_address]
    await teacher.presses("🚕 Show to a driver", on=pin)
    assert place.local_address in teacher.chat[-1].words
    assert place.title.get("ko") in teacher.chat[-1].words


async def test_before_and_after_the_seminar(system: System) -> None:
    teacher = await system.teacher()
    await system.jumps_to("2025-08-18 09:00")
    assert "It ended on Sunday, 17 August." in (await teacher.asks("/today")).words


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("day2:2025-08-18", "That day is not in the programme any more."),
        ("day2:2025-08-03", "That day is not in the programme any more."),
        ("dayall2:1999-12-31", "That day is not in the programme any more."),
        ("place1:atlantis", "That place is not in the programme any more."),
        ("driver1:atlantis", "That place is not in the programme any more."),
    ],
)
async def test_old_and_forged_buttons_are_answered_clearly(system: System, payload: str, said: str) -> None:
    teacher = await system.teacher()
    answer = await teacher.asks("/today")
    before = (answer.words, len(teacher.chat))
    await teacher.presses_payload(payload, on=answer)
    assert teacher.toast == (said, False)
    assert (answer.words, len(teacher.chat)) == before


async def test_each_language_gets_its_own_dates_and_titles(system: System) -> None:
    opening = system.seminar.session("opening")
    assert opening is not None
    for language, day in (("tg", "душанбе, 4 август"), ("ru", "понедельник"), ("en", "Monday"), ("ko", "8월 4일")):
        teacher = await system.teacher(f"Teacher {language}", language=language)
        answer = await teacher.asks("/today")
        assert opening.title.get(language) in answer.words
        assert day in answer.words
