"""Before a departure of the programme a headcount is offered to organizers, and starts once."""

from tests.kit import System

OFFER = "🔢 08:45 ·"
START = "▶️ Start the headcount"


async def test_it_is_offered_before_the_bus_leaves_and_starts_once(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    ann = await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:29")
    assert not minji.shows(OFFER)
    await system.at("2025-08-06 08:30")
    assert minji.count(OFFER) == bora.count(OFFER) == 1
    first, second = minji.newest(OFFER), bora.newest(OFFER)
    await minji.presses(START, on=first)
    assert "0 of 1 are here." in first.words
    assert "🚌 08:45 ·" in first.words
    assert first.words == second.words
    assert first.labels == second.labels
    assert "🚌 08:45 ·" in ann.newest("Are you on the bus").words
    await ann.presses("🙋 I am here")
    assert "1 of 1" in first.words
    assert "1 of 1" in second.words
    await bora.presses("🏁 Close", on=second)
    await minji.presses_payload("countbus1:2025-08-06:bus-schools", first)
    assert "🏁 Closed at 08:30: Bora" in first.words
    assert len(system.rows("SELECT * FROM headcount")) == 1


async def test_one_that_runs_already_is_joined(system: System) -> None:
    minji = await system.organizer()
    await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:20")
    await minji.sends("/headcount")
    await minji.presses("▶️ All teachers: 1")
    await system.at("2025-08-06 08:30")
    await minji.presses(START)
    assert [row["session_key"] for row in system.rows("SELECT session_key FROM headcount")] == ["bus-schools"]


async def test_an_offer_is_not_sent_once_it_has_started_or_left(system: System) -> None:
    minji = await system.organizer()
    await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:46")
    assert not minji.shows(OFFER)
    await system.jumps_to("2025-08-10 07:40")
    assert minji.count(START) == 0


async def test_teachers_and_coordinators_are_offered_nothing(system: System) -> None:
    teacher, coordinator, owner = await system.teacher(), await system.coordinator(), await system.owner()
    await system.jumps_to("2025-08-06 08:30")
    assert not teacher.shows(OFFER)
    assert not coordinator.shows(OFFER)
    assert owner.shows(OFFER)
