"""A session goes to another day, from a phone: people of both days hear of it, and both agendas say it."""

from tests.handlers.test_programme import notices, opens, publishes
from tests.kit import System

WALK = "17:00 A walk around the lake"


async def test_a_session_goes_to_tomorrow_at_its_hours(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", WALK)
    await organizer.presses("📅 Day")
    assert organizer.chat[-1].labels[:2] == ["• 4 August •", "5 August"]
    await organizer.presses("5 August")
    await organizer.taps_again()
    assert "Tuesday, 5 August" in organizer.chat[-1].words
    await publishes(organizer)
    [notice] = notices(teacher)
    assert "17:00–18:00 (13:00–14:00) (it was 4 August, 17:00–18:00)" in notice.words
    assert "A walk around the lake" not in (await teacher.asks("/today")).words
    await system.at("2025-08-05 07:01")
    assert "A walk around the lake" in teacher.newest("Tuesday, 5 August").words


async def test_days_that_are_over_are_not_offered(system: System) -> None:
    organizer = await system.organizer()
    await system.at("2025-08-06 12:00")
    await opens(organizer, "• 6 August •", "14:30 What did we see")
    await organizer.presses("📅 Day")
    assert organizer.chat[-1].labels[0] == "• 6 August •"
