"""What a session is, and whether it leaves at its start: both set from the chat, for new and for old ones."""

from bot.programme.model import SessionKind
from tests.handlers.test_programme import notices, opens, publishes
from tests.kit import System, User

OPENING = "10:00 Opening ceremony"


async def adds(organizer: User, title: str, hours: str) -> None:
    """Add a session to today."""
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses("➕ One more session")
    await organizer.sends(title)
    await organizer.sends(hours)


async def test_a_bus_that_is_added_is_reminded_of_and_counted(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await adds(organizer, "Bus to the lake", "18:15")
    assert "🏷 What kind of session is it?" in organizer.chat[-1].words
    assert "• Workshop" in organizer.chat[-1].labels
    await organizer.presses("🚌 Travel")
    await organizer.presses("🚏 Departure")
    assert organizer.toast == ("A departure needs a place where people meet.", True)
    await organizer.presses("📍 Sejong Education Office")
    await organizer.presses("🚏 Departure")
    await organizer.taps_again()
    assert "🚌 18:15–19:15" in organizer.chat[-1].words
    assert "🚏 departure: it waits for nobody" in organizer.chat[-1].words
    await publishes(organizer)
    assert "🚏 departure: it waits for nobody, and a reminder with a sound" in notices(teacher)[0].words
    await system.at("2025-08-04 17:46")
    assert "Departure at 18:15\nBus to the lake" in teacher.chat[-1].words
    assert not teacher.chat[-1].silent
    await system.at("2025-08-04 18:01")
    assert organizer.count("Bus to the lake") >= 1
    assert "▶️ Start the headcount" in organizer.chat[-1].labels


async def test_who_leaves_the_question_has_added_a_workshop(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await adds(organizer, "Tea", "18:15")
    await organizer.presses("‹ Back")
    assert "🛠 18:15–19:15" in organizer.chat[-1].words
    await publishes(organizer)
    assert "departure" not in notices(teacher)[0].words


async def test_a_session_becomes_a_departure_and_none_again_and_each_is_told(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "17:00 A walk around the lake")
    await organizer.presses("📍 Place")
    await organizer.presses("📍 Sejong Education Office")
    await publishes(organizer)
    await opens(organizer, "• 4 August •", "17:00 A walk around the lake")
    await organizer.presses("🚏 Departure")
    await publishes(organizer)
    assert "🚏 departure: it waits for nobody" in notices(teacher)[1].words
    await opens(organizer, "• 4 August •", "17:00 A walk around the lake")
    await organizer.presses("🚏 No departure")
    await publishes(organizer)
    assert "🚏 it is no departure any more" in notices(teacher)[2].words
    await system.at("2025-08-04 16:45")
    assert teacher.count("Departure at") == 0


async def test_another_kind_is_nobodys_news(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("🏷 Kind")
    await organizer.presses("🎓 Lecture")
    assert "🎓 10:00–11:00" in organizer.chat[-1].words
    await organizer.presses("📝 Draft: 1 change")
    assert "🎓 Lecture (it was Culture)" in organizer.chat[-1].words
    await organizer.presses("📣 Publish …")
    assert "Nobody has to be told" in organizer.chat[-1].words
    await organizer.presses("✅ Publish")
    opening = system.app.runtime.seminar.session("opening")
    assert opening is not None
    assert opening.kind is SessionKind.LECTURE
    assert notices(teacher) == []


async def test_a_kind_that_there_is_not_changes_nothing(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses_payload("pkind1:opening:party", organizer.chat[-1])
    assert organizer.toast is not None
    assert organizer.toast[1]
    await organizer.sends("/programme")
    assert not any("Draft" in label for label in organizer.chat[-1].labels)
