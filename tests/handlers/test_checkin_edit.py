"""Words about a day in several messages, and words that are changed afterwards."""

from rehearsal.telegram import Account
from tests.handlers.test_help import presses
from tests.handlers.test_parts import LONG, told
from tests.kit import House


async def hard_day(house: House) -> tuple[Account, Account]:
    """A teacher whose day was hard, and the organizer who hears of it."""
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await house.at("2025-08-04 20:40")
    await teacher.presses("😞")
    await house.wait_idle()
    return teacher, minji


async def test_words_that_are_corrected_are_read_corrected(house: House) -> None:
    teacher, minji = await hard_day(house)
    written = await teacher.sends("I lost my bag at exit 3")
    await house.wait_idle()
    assert minji.shows("I lost my bag at exit 3")
    await teacher.edits(written, "I lost my bag at exit 5")
    await house.wait_idle()
    assert house.value("SELECT words FROM checkin") == "I lost my bag at exit 5"
    assert minji.chat[-1].words.startswith(
        "✏️ Ann has corrected this:\nI lost my bag at exit 3\nI lost my bag at exit 5\n"
    )
    assert "Your words: I lost my bag at exit 5" in teacher.chat[-1].words
    shown = (len(minji.chat), len(teacher.chat))
    await teacher.edits(written, "I lost my bag at exit 5")
    await house.wait_idle()
    assert (len(minji.chat), len(teacher.chat)) == shown
    assert house.value("SELECT words FROM help_message") == "I lost my bag at exit 5"


async def test_words_in_parts_are_kept_together(house: House) -> None:
    teacher, minji = await hard_day(house)
    await teacher.sends(LONG)
    await house.wait_idle()
    words = house.value("SELECT words FROM checkin")
    assert (words.count("жук"), words.endswith("gate 3")) == (1_500, True)
    assert told(teacher, "Your words:") == 1
    assert told(minji, "wrote about their day") == 1
    await presses(house, teacher, "✏️ Change my words")
    await teacher.sends("Only tea")
    await house.wait_idle()
    assert house.value("SELECT words FROM checkin") == "Only tea"


async def test_a_question_in_parts_is_kept_whole_until_it_is_decided(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await house.at("2025-08-04 20:40")
    await presses(house, teacher, "🙂")
    await teacher.sends("When does the bus come? " + LONG)
    await house.wait_idle()
    assert house.value("SELECT words FROM checkin") is None
    offers = [one for one in teacher.chat if one.from_bot and any("about" in label.lower() for label in one.labels)]
    assert len(offers) == 1
    about = next(label for label in offers[0].labels if "about" in label.lower())
    await presses(house, teacher, about)
    assert house.value("SELECT words FROM checkin").endswith("gate 3")
    assert not minji.shows("When does the bus come?")
