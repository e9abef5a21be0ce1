"""What an organizer in a hurry is warned of before publishing: two sessions at once, one in the past, one too early."""

from tests.handlers.test_programme import opens
from tests.kit import System, User

OPENING = "10:00 Opening ceremony"


async def confirms(organizer: User) -> str:
    """Go on to the confirmation, and read it."""
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    return organizer.chat[-1].words


async def test_two_sessions_at_once(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("+60")
    assert "⚠️ At the same time: 11:00–12:00 Opening ceremony and 11:15–12:15 Korea's path" in await confirms(organizer)


async def test_what_ends_as_another_begins_is_not_at_once(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("+15")
    assert "⚠️" not in await confirms(organizer)


async def test_sessions_of_two_groups_are_not_at_once(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "6 August", "09:30 Primary school")
    await organizer.presses("+5")
    assert "⚠️" not in await confirms(organizer)


async def test_a_session_that_would_be_over(system: System) -> None:
    organizer = await system.organizer()
    await system.at("2025-08-04 16:30")
    await opens(organizer, "• 4 August •", "17:00 A walk around the lake")
    await organizer.presses("⌨️ Time")
    await organizer.sends("15:30-16:15")
    assert "⚠️ Over already: 15:30–16:15 A walk around the lake." in await confirms(organizer)


async def test_a_bus_that_leaves_before_it_is_known_who_is_missing(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "6 August", "08:45 By bus to the schools")
    await organizer.presses("−60")
    assert "⚠️ Before it is known who is missing: 07:45–08:15 By bus to the schools." in await confirms(organizer)


async def test_a_departure_keeps_a_meeting_point(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "4 August", "17:00 A walk around the lake")
    await organizer.presses("📍 Place")
    assert "No place" in organizer.chat[-1].labels
    await opens(organizer, "6 August", "08:45 By bus to the schools")
    await organizer.presses("📍 Place")
    places = organizer.chat[-1]
    assert "No place" not in places.labels
    # The button of a message from before it was a departure:
    await organizer.presses_payload("pplace1:bus-schools:", places)
    assert organizer.toast == ("A departure needs a place where people meet.", True)
