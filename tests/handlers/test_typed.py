"""People type where a button waits for them, or where something else was asked for."""

import pytest

from rehearsal.telegram import Message
from tests.kit import System

TYPED = {"tg": "Ман ҳозирам", "en": "I’m here!", "ru": "я здесь", "ko": "여기 있어요."}


def payloads(message: Message) -> list[str]:
    """The codes of the buttons, without their numbers."""
    return [(button.payload or "").split(":")[0].rstrip("0123456789") for row in message.keyboard for button in row]


async def test_i_am_here_at_an_open_check_in_brings_its_button_in_each_language(system: System) -> None:
    teachers = {language: await system.teacher(language, language=language) for language in TYPED}
    minji = await system.organizer()
    await system.at("2025-08-04 08:20")
    for language, teacher in teachers.items():
        answer = await teacher.asks(TYPED[language])
        assert payloads(answer) == ["here", "help"]
        await teacher.presses(answer.labels[0], on=answer)
    assert system.value("SELECT count(*) FROM checkin") == len(teachers)
    assert not minji.shows("writes")
    assert system.rows("SELECT * FROM help_message") == []


async def test_what_may_mean_both_gets_both(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 08:20")
    for typed in ("5", "Yes", "👍", "I'm here, in the lobby"):
        answer = await teacher.asks(typed)
        assert "Just one tap more" in answer.words
        assert "Shall I pass this on to the organizers?" in answer.words
        assert payloads(answer) == ["here", "pass", "pass"]
    answer = await teacher.asks("When does the bus leave?")
    assert answer.words.startswith("Shall I pass this on to the organizers?")
    assert payloads(answer) == ["pass", "pass", "here"]
    await teacher.presses("✅ I am here", on=answer)
    assert system.value("SELECT slot FROM checkin") == "morning"
    # Who has answered is asked nothing more.
    assert payloads(await teacher.asks("Yes")) == ["pass", "pass"]
    assert payloads(await minji.asks("I am here")) == ["pass", "pass"]


async def test_a_number_in_the_evening_brings_the_faces(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:40")
    answer = await teacher.asks("4 of 5")
    assert answer.labels == ["😞", "🙁", "😐", "🙂", "😄", "🆘 I need help"]
    await teacher.presses("🙂", on=answer)
    assert system.value("SELECT mood FROM checkin WHERE slot = 'evening'") == 4


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
    assert payloads(answer) == ["pass", "pass"]
    assert system.value("SELECT words FROM checkin") is None


async def test_an_answer_to_the_reminder_leaves_no_live_button_behind(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:50")
    first, reminder = [one for one in teacher.chat if "✅ I am here" in one.labels]
    await teacher.presses("✅ I am here", on=reminder)
    for card in (first, reminder):
        assert card.words.startswith("✅ You are here")
        assert card.labels == ["🆘 I need help"]
    await system.at("2025-08-04 21:10")
    evening = [one for one in teacher.chat if "😄" in one.labels]
    assert len(evening) == 2
    await teacher.presses("😄", on=evening[0])
    assert [one.words.startswith("🌙 Your day: 😄 5 of 5") for one in evening] == [True, True]


async def test_a_poll_is_passed_on_as_what_it_asks(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    message = await teacher.sends_quiz()
    assert message.poll
    poll = {**message.poll, "type": "regular", "question": "Dinner at six or at seven?"}
    await teacher.sends_content({"poll": poll})
    await teacher.presses("Yes, pass it on")
    assert minji.shows("Ann (Pamir) writes:\n📊 Dinner at six or at seven?\n▫️ 0\n▫️ 1")


async def test_i_am_here_after_a_question_is_for_the_check_in_and_after_a_call_for_the_organizers(
    system: System,
) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 08:20")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("Where is the hall?")
    assert payloads(await teacher.asks("I'm here")) == ["here", "help"]
    await teacher.calls_for_help("I am lost")
    await teacher.sends("I'm here")
    assert minji.shows("writes:\nI'm here")


async def test_the_present_language_is_marked(system: System) -> None:
    teacher = await system.teacher(language="ru")
    answer = await teacher.asks("/language")
    assert [label for label in answer.labels if label.startswith("✓")] == ["✓ Русский"]
    await teacher.presses("한국어", on=answer)
    assert "✓ 한국어" in (await teacher.asks("/language")).labels


async def test_a_cry_for_help_brings_the_buttons_that_are_quickest(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    answer = await teacher.asks("Помогите, я потерялась!")
    assert payloads(answer) == ["help", "help", "pass", "pass"]
    await teacher.presses("🧭 I am lost", on=answer)
    assert minji.shows("is lost")
