"""Words about a day: kept, corrected, in several messages, passed on, or not taken as words about it."""

import pytest

from tests.kit import System, User
from tests.kit.buttons import payload_names
from tests.kit.media import LONG_TEXT


async def hard_day(system: System) -> tuple[User, User]:
    """A teacher whose day was hard, and the organizer who hears of it."""
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:40")
    await teacher.presses("😞")
    return teacher, minji


async def test_words_are_kept_and_the_chat_waits_for_nothing_after_them(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    answer = await teacher.asks("Tea <3 & colleagues")
    assert "Your words: Tea <3 & colleagues" in answer.words
    assert "✏️ Change my words" in answer.labels
    assert system.value("SELECT words FROM checkin") == "Tea <3 & colleagues"
    assert system.rows("SELECT * FROM conversation") == []
    await teacher.presses("✏️ Change my words", on=answer)
    await teacher.sends("Only tea")
    assert system.value("SELECT words FROM checkin") == "Only tea"


async def test_who_has_no_words_says_so(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    await teacher.presses("No, that is all")
    assert "✏️ Add a few words" in teacher.chat[-1].labels
    assert system.rows("SELECT * FROM conversation") == []
    await teacher.presses("✏️ Add a few words")
    assert system.value("SELECT waits_for FROM conversation") == "checkin.words"


async def test_a_message_of_the_next_morning_is_not_taken_for_words_about_yesterday(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    await system.at("2025-08-05 07:30")
    await teacher.sends("Where is the bus?")
    assert system.value("SELECT words FROM checkin") is None


async def test_a_sticker_is_no_words(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    await teacher.sends_sticker()
    assert system.value("SELECT words FROM checkin") is None
    assert system.value("SELECT waits_for FROM conversation") == "checkin.words"


async def test_a_question_after_a_mood_is_offered_to_the_organizers(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    offer = await teacher.asks("When is tomorrow's bus?")
    assert offer.words.startswith("❓ That looks like a question")
    assert system.value("SELECT words FROM checkin") is None
    await teacher.presses("Yes, pass it on", on=offer)
    assert minji.shows("When is tomorrow's bus?")
    assert system.value("SELECT words FROM checkin") is None


async def test_what_looked_like_a_question_may_be_about_the_day(system: System) -> None:
    teacher, hard, minji = await system.teacher("Ann"), await system.teacher("Bek"), await system.organizer()
    await system.at("2025-08-04 20:30")
    await teacher.presses("🙂")
    offer = await teacher.asks("Why is everything so far away")
    await teacher.presses("💬 It is about my day", on=offer)
    assert "Your words: Why is everything so far away" in offer.words
    assert system.value("SELECT words FROM checkin") == "Why is everything so far away"
    assert not minji.shows("Why is everything so far away")
    await hard.presses("🙁")
    answer = await hard.asks("Why am I so tired?")
    assert "✉️ Pass on to the organizers" not in answer.labels  # they have it
    assert minji.shows("Bek wrote about their day")  # whose day was hard is read in any case


@pytest.mark.parametrize("again", [False, True])
async def test_words_about_the_day_can_be_passed_on(system: System, again: bool) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:30")
    await teacher.presses("😄")
    answer = await teacher.asks("My phone stays in the blue bus")
    assert answer.labels[0] == "✉️ Pass on to the organizers"
    assert not minji.shows("blue bus")
    await teacher.presses("✉️ Pass on to the organizers", on=answer)
    if again:
        await teacher.taps_again()
    assert minji.count("blue bus") == 1
    assert "✉️ Pass on to the organizers" not in answer.labels
    assert "✓ Passed on to the organizers." in teacher.chat[-1].words


async def test_words_long_after_the_mood_are_not_about_the_day(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:30")
    await teacher.presses("😄")
    await system.at("2025-08-04 21:40")
    answer = await teacher.asks("The key is at the desk")
    assert answer.words.startswith("⌛ I do not take this as words about your day any more.")
    assert payload_names(answer) == ["pass", "pass"]
    assert system.value("SELECT words FROM checkin") is None


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
