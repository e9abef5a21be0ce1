"""A hard day reaches the organizers, and a good one does not."""

from tests.kit import System


async def test_a_hard_day_reaches_every_organizer_at_once_and_once(system: System) -> None:
    owner, organizer, teacher = await system.owner(), await system.organizer(), await system.teacher("Ситора")
    await system.at("2025-08-04 20:30")
    await teacher.presses("😞")
    for staff in (owner, organizer):
        alert = staff.chat[-1]
        assert "Ситора had a hard day · Monday, 4 August" in alert.words
        assert "😞 1 of 5" in alert.words
        assert alert.labels == ["🙋 I'll take it", "✅ Settled", "✉️ Write to Ситора"]
    assert "The organizers know" in teacher.chat[-1].words
    await teacher.presses("🙁")
    await teacher.presses("😞")
    assert organizer.count("had a hard day") == 1


async def test_words_about_a_hard_day_follow_and_come_once(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Ситора")
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙁")
    await teacher.sends("My daughter is ill <3")
    assert "Ситора wrote about their day" in organizer.chat[-1].words
    assert "My daughter is ill <3" in organizer.chat[-1].words
    said = next(message for message in teacher.chat if message.text == "My daughter is ill <3")
    await teacher.taps_again(said)
    assert organizer.count("wrote about") == 1


async def test_a_good_day_is_nobodys_business(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Ситора")
    await system.at("2025-08-04 08:15")
    await teacher.presses("✅ I am here")
    await system.at("2025-08-04 20:30")
    await teacher.presses("😐")
    await teacher.sends("All fine")
    assert not organizer.shows("Ситора")
