"""The agenda that came this morning says what runs now."""

from tests.handlers.test_programme import moves, opens
from tests.kit import System

CHANGED = "✏️ Changed since this morning"


async def test_this_mornings_agenda_follows_in_place(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:00")
    [agenda] = [message for message in teacher.chat if "Good morning" in message.words]
    sounds = len(teacher.chat)
    await moves(organizer, "10:00 Opening ceremony", "+15")
    assert agenda.words.startswith(CHANGED)
    assert "10:15–11:15" in agenda.words
    assert "📍 Sejong Education Office" in agenda.labels
    assert len(teacher.chat) == sounds + 1  # the notice, and nothing else
    await moves(organizer, "10:15 Opening ceremony", "−15")
    assert "10:00–11:00" in agenda.words


async def test_another_day_leaves_it_as_it_is(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:00")
    await organizer.sends("/programme")
    await organizer.presses("5 August")
    await organizer.presses(next(label for label in organizer.chat[-1].labels if label[:2].isdigit()))
    await organizer.presses("+5")
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")
    assert teacher.count(CHANGED) == 0
    assert teacher.count("The programme has changed") == 1


async def test_a_press_from_while_the_bot_was_off_edits_it_after_the_start(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:00")
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("+15")
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    async with system.without_bot():
        await organizer.presses("✅ Publish")
    assert teacher.count(CHANGED) == 1
    assert teacher.count("The programme has changed") == 1
