"""Words about a day in several messages, and words that are changed afterwards."""

from tests.kit import System, User
from tests.kit.media import LONG_TEXT


async def hard_day(system: System) -> tuple[User, User]:
    """A teacher whose day was hard, and the organizer who hears of it."""
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:40")
    await teacher.presses("😞")
    return teacher, minji


async def test_words_that_are_corrected_are_read_corrected(system: System) -> None:
    teacher, minji = await hard_day(system)
    written = await teacher.sends("I lost my bag at exit 3")
    assert minji.shows("I lost my bag at exit 3")
    await teacher.edits(written, "I lost my bag at exit 5")
    assert system.value("SELECT words FROM checkin") == "I lost my bag at exit 5"
    assert minji.chat[-1].words.startswith(
        "✏️ Ann has corrected this:\nI lost my bag at exit 3\nI lost my bag at exit 5\n"
    )
    assert "Your words: I lost my bag at exit 5" in teacher.chat[-1].words
    shown = (len(minji.chat), len(teacher.chat))
    await teacher.edits(written, "I lost my bag at exit 5")
    assert (len(minji.chat), len(teacher.chat)) == shown
    assert system.value("SELECT words FROM help_message") == "I lost my bag at exit 5"


async def test_words_in_parts_are_kept_together(system: System) -> None:
    teacher, minji = await hard_day(system)
    await teacher.sends(LONG_TEXT)
    words = system.value("SELECT words FROM checkin")
    assert (words.count("жук"), words.endswith("gate 3")) == (1_500, True)
    assert teacher.count("Your words:") == 1
    assert minji.count("wrote about their day") == 1
    await teacher.presses("✏️ Change my words")
    await teacher.sends("Only tea")
    assert system.value("SELECT words FROM checkin") == "Only tea"


async def test_a_question_in_parts_is_kept_whole_until_it_is_decided(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:40")
    await teacher.presses("🙂")
    await teacher.sends("When does the bus come? " + LONG_TEXT)
    assert system.value("SELECT words FROM checkin") is None
    offers = [one for one in teacher.chat if one.from_bot and any("about" in label.lower() for label in one.labels)]
    assert len(offers) == 1
    about = next(label for label in offers[0].labels if "about" in label.lower())
    await teacher.presses(about)
    assert system.value("SELECT words FROM checkin").endswith("gate 3")
    assert not minji.shows("When does the bus come?")
