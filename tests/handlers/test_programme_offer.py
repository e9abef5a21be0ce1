"""The folder was changed on the computer after organizers had published from the chat: they decide in /programme."""

from bot.programme.edits import Moved, edited
from bot.services import programme as programme_service
from tests.handlers.test_programme import moves, notices
from tests.kit import System, User

OFFER = "📁 What the folder holds"


async def folder_changes(system: System) -> None:
    """A start finds another folder."""
    folder = system.app.runtime.current.folder
    other = edited(folder, Moved(folder.days[1].sessions[0].key, 5))
    await system.write(programme_service.adopt_folder, other, system.clock.now())


async def looks(organizer: User) -> None:
    await organizer.sends("/programme")
    await organizer.presses(OFFER)


async def test_what_the_folder_holds_becomes_a_draft_and_is_published(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await moves(organizer, "10:00 Opening ceremony", "+60")
    await folder_changes(system)
    await looks(organizer)
    assert "10:00–11:00 (06:00–07:00) (it was 11:00–12:00)" in organizer.chat[-1].words
    await organizer.presses("📝 Make it a draft")
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")
    assert "10:00–11:00 (06:00–07:00) (it was 11:00–12:00)" in notices(teacher)[-1].words
    assert system.value("SELECT source FROM programme_version WHERE number = 3") == "folder"
    await organizer.sends("/programme")
    assert OFFER not in organizer.chat[-1].labels


async def test_what_was_left_is_offered_no_more(system: System) -> None:
    organizer = await system.organizer()
    await moves(organizer, "10:00 Opening ceremony", "+60")
    await folder_changes(system)
    await looks(organizer)
    old = organizer.chat[-1]
    await organizer.presses("Leave it")
    assert OFFER not in organizer.chat[-1].labels
    await organizer.presses_payload("poffer1", old)
    assert organizer.toast == ("The folder offers nothing else any more.", True)


async def test_a_draft_comes_first(system: System) -> None:
    organizer = await system.organizer()
    await moves(organizer, "10:00 Opening ceremony", "+60")
    await folder_changes(system)
    await organizer.sends("/programme")
    await organizer.presses("5 August")
    await organizer.presses(next(label for label in organizer.chat[-1].labels if label[:2].isdigit()))
    await organizer.presses("+15")
    await looks(organizer)
    await organizer.presses("📝 Make it a draft")
    assert organizer.toast == ("You have a draft. Publish it or throw it away first.", True)
