"""The numbers that a coordinator sees after a day."""

from tests.kit import System


async def test_a_coordinator_asks_for_the_numbers(http_system: System) -> None:
    coordinator = await http_system.coordinator()
    teachers = [await http_system.teacher(f"Teacher {number}") for number in range(1, 6)]
    await http_system.at("2025-08-04 08:16")
    for teacher in teachers[:3]:
        await teacher.presses("✅ I am here")
    await http_system.at("2025-08-04 20:31")
    for teacher, face in zip(teachers, ("😄", "🙂", "😄", "🙂", "😄"), strict=True):
        await teacher.presses(face)
    await coordinator.sends("/stats")
    said = coordinator.chat[-1].text
    assert "Teachers: 5" in said
    assert "Morning: 3 of 5" in said
    assert "Evening: 5 of 5" in said
    assert "Mood: 4.6 of 5" in said
