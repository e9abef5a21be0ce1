"""Who types while a check-in is open gets its buttons."""

from tests.kit import System
from tests.kit.buttons import payload_names

TYPED = {"tg": "Ман ҳозирам", "en": "I’m here!", "ru": "я здесь", "ko": "여기 있어요."}


async def test_i_am_here_at_an_open_check_in_brings_its_button_in_each_language(system: System) -> None:
    teachers = {language: await system.teacher(language, language=language) for language in TYPED}
    minji = await system.organizer()
    await system.at("2025-08-04 08:20")
    for language, teacher in teachers.items():
        answer = await teacher.asks(TYPED[language])
        assert payload_names(answer) == ["here", "help"]
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
        assert payload_names(answer) == ["here", "pass", "pass"]
    answer = await teacher.asks("When does the bus leave?")
    assert answer.words.startswith("Shall I pass this on to the organizers?")
    assert payload_names(answer) == ["pass", "pass", "here"]
    await teacher.presses("✅ I am here", on=answer)
    assert system.value("SELECT slot FROM checkin") == "morning"
    # Who has answered is asked nothing more.
    assert payload_names(await teacher.asks("Yes")) == ["pass", "pass"]
    assert payload_names(await minji.asks("I am here")) == ["pass", "pass"]


async def test_a_number_in_the_evening_brings_the_faces(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 20:40")
    answer = await teacher.asks("4 of 5")
    assert answer.labels == ["😞", "🙁", "😐", "🙂", "😄", "🆘 I need help"]
    await teacher.presses("🙂", on=answer)
    assert system.value("SELECT mood FROM checkin WHERE slot = 'evening'") == 4


async def test_i_am_here_after_a_question_is_for_the_check_in_and_after_a_call_for_the_organizers(
    system: System,
) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 08:20")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("Where is the hall?")
    assert payload_names(await teacher.asks("I'm here")) == ["here", "help"]
    await teacher.calls_for_help("I am lost")
    await teacher.sends("I'm here")
    assert minji.shows("writes:\nI'm here")
