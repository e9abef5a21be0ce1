"""An answer that was awaited comes late: it goes to nobody until its writer says so."""

from bot.routing import AnswerRoute, UnansweredRoute
from handlers import ROUTES
from tests.kit import System


async def test_words_hours_after_write_to_go_to_nobody_until_their_writer_says_so(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    await system.at("2025-08-04 18:30")
    await minji.sends("buy water")
    assert not teacher.shows("buy water")
    assert "You wanted to write to Ann, but that was a while ago" in minji.chat[-1].words
    assert "Shall I pass this on to the organizers?" in minji.chat[-1].words
    await minji.sends("and bread")  # it is said once
    assert minji.chat[-1].words == "Shall I pass this on to the organizers?"
    await minji.presses("✉️ Send to Ann", on=minji.chat[-3])
    assert teacher.shows("Minji, organizer, writes to you:\nbuy water")
    assert not teacher.shows("and bread")
    # The same press again sends nothing again.
    await minji.taps_again()
    assert teacher.count("buy water") == 1


async def test_words_that_were_written_in_time_are_in_time_however_long_the_bot_was_off(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await minji.presses("Write back")
    async with system.without_bot():
        await teacher.sends("I am at exit 4")
        await minji.sends("I am coming")
        system.passes("2025-08-04 12:00")
        await teacher.sends("And now at exit 5")
    assert minji.shows("✉️ Ann writes:\nI am at exit 4\n🕓 06:00")
    assert teacher.shows("✉️ Minji, organizer, writes to you:\nI am coming\n🕓 06:00")
    assert minji.shows("✉️ Ann writes:\nAnd now at exit 5")


async def test_words_the_next_morning_are_no_part_of_an_old_call(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await system.at("2025-08-04 08:50")
    await teacher.sends("By the bridge")
    await system.at("2025-08-04 11:30")  # three hours count from the last words
    await teacher.sends("Still here")
    assert minji.shows("Still here")
    await system.at("2025-08-05 07:30")
    await teacher.sends("2")
    assert "does not go to the organizers by itself any more" in teacher.chat[-1].words
    assert not minji.shows("writes:\n2")
    await teacher.presses("Yes, pass it on")
    assert minji.shows("writes:\n2")


async def test_an_answer_that_comes_late_is_offered_to_whom_it_was_for(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("When is dinner?")
    await minji.presses("Write back")
    await minji.sends("At seven. Do you come?")
    await teacher.presses("Answer")
    await system.at("2025-08-04 20:00")
    await teacher.sends("I come")
    assert not minji.shows("I come")
    assert "You wanted to answer Minji" in teacher.chat[-1].words
    await teacher.presses("✉️ Send to Minji")
    assert minji.shows("Ann writes:\nI come")
    assert not bora.shows("I come")


async def test_a_question_a_name_and_a_draft_that_come_late(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I have a question")
    await system.at("2025-08-04 08:30")
    await teacher.sends("Where do we eat?")
    assert "You wanted to write to the organizers" in teacher.chat[-1].words
    assert "Shall I pass this on to the organizers?" in teacher.chat[-1].words
    await teacher.sends("/me")
    await teacher.presses("Name")
    await system.at("2025-08-04 12:00")
    await teacher.sends("Where is everybody")
    assert "it stays Ann." in teacher.chat[-1].words
    assert system.rows("SELECT 1 FROM person WHERE name = 'Ann'")

    await minji.sends("/broadcast")
    await minji.presses("Everyone (2)")
    await system.at("2025-08-04 18:00")
    await minji.sends("buy water")
    assert "I have not taken this as its text" in minji.chat[-1].words
    await minji.presses("Go on with the draft")
    await minji.sends("The bus leaves at nine")
    assert "exactly the message above" in minji.chat[-1].words


def test_each_answer_that_is_awaited_says_what_becomes_of_it_when_it_does_not_come() -> None:
    # Joining says so by itself: "Press /start to go on where we were." A number is nothing to keep. A programme's
    # or a roster's file that comes when nothing is awaited is offered by a button (`test_programme_file.py`). A part of
    # a name to look for changes nothing.
    by_itself = {"start.name", "start.button", "lesson.answer", "programme.file", "roster.file", "people.name"}
    awaited = {route.waits_for for route in ROUTES if isinstance(route, AnswerRoute)}
    told = {route.waits_for for route in ROUTES if isinstance(route, UnansweredRoute)}
    assert awaited - by_itself <= told


async def test_a_new_session_whose_title_comes_the_next_day_is_asked_for_again(system: System) -> None:
    organizer = await system.organizer()
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses("➕ One more session")
    await system.at("2025-08-05 09:00")
    await organizer.sends("Meeting at the bus")
    late = organizer.newest("Was that about a new session?")
    await organizer.presses("➕ One more session", on=late)
    assert organizer.shows("What is the new session on Monday, 4 August called?")
