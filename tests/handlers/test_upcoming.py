"""Organizers see what the bot will send until tomorrow night, and skip it, send it now or at another time."""

import pytest

from rehearsal.telegram import Message
from tests.kit import System, User

TODAY = (
    "📬 What I will send on Monday, 4 August\n"
    "1. 07:00 · Agenda · 3 people\n2. 08:15 · Check-in · 2 people\n"
    "3. 08:45 · Reminder to the silent · 2 people\n4. 09:15 · Alert about the missing · 1 person\n"
    "5. 11:15 · Attendance: Korea's path: from the blackboard to the digital textbook · 2 people\n"
    "6. 12:15 · Numbers of a session: Korea's path: from the blackboard to the digital textbook · 1 person\n"
    "7. 18:30 · Lesson · 2 people\n"
    "8. 19:30 · Self-rating · 2 people\n"
    "9. 20:30 · Check-in · 2 people\n10. 21:00 · Reminder to the silent · 2 people\n"
    "Tap a number to see the message, to skip it, or to send it at another time."
)
ANN = "WHERE name = 'Ann'"
AGENDA, CHECKIN, NUDGE, LIST = "1", "2", "3", "4"


async def opened(who: User, number: str) -> Message:
    """The message of that number in a new /upcoming."""
    card = await who.asks("/upcoming")
    await who.presses(number, on=card)
    return card


async def test_it_lists_what_goes_out_today_and_tomorrow(system: System) -> None:
    minji = await system.organizer()
    await system.teacher("Ann"), await system.teacher("Bob")
    card = await minji.asks("/upcoming")
    assert card.words == TODAY
    assert card.labels == [*"123456789", "10", "2 of 2 ›", "Tomorrow ›", "🕒 Hours of this day"]
    await minji.presses("Tomorrow ›", on=card)
    assert card.words.startswith("📬 What I will send on Tuesday, 5 August\n1. 07:00 · Agenda · 3 people")
    await system.at("2025-08-04 08:20")
    await minji.presses("‹ Today", on=card)
    assert "Agenda" not in card.words
    assert "1. 08:45 · Reminder to the silent · 2 people" in card.words


async def test_what_is_skipped_is_not_sent_and_undone_it_is(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, AGENDA)
    await minji.presses("⏭ Skip", on=card)
    assert "⏭ Minji skipped it: it is not sent." in card.words
    assert card.labels == ["👁 English", "👁 Тоҷикӣ", "👁 Русский", "👁 한국어", "↩️ Undo", "‹ All messages of the day"]
    await minji.presses("‹ All messages of the day", on=card)
    assert "1. ⏭ 07:00 · Agenda · skipped by Minji" in card.words
    await system.at("2025-08-04 07:10")
    assert not ann.shows("Good morning")
    await minji.presses("1", on=card)
    await minji.presses("↩️ Undo", on=card)
    assert ann.count("☀️ Good morning") == 1
    await minji.presses("‹ All messages of the day", on=card)
    assert "Agenda" not in card.words


async def test_what_is_sent_now_is_not_sent_at_its_hour(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, AGENDA)
    await minji.presses("🚀 Send now", on=card)
    assert "🚀 Minji sends it: it leaves within ten seconds, and not again at 07:00." in card.words
    assert not ann.shows("Good morning")
    await system.later(seconds=10)
    assert ann.count("☀️ Good morning!") == 1
    await system.at("2025-08-04 12:00")
    assert ann.count("Day 1 of 14") == 1
    await minji.presses("↩️ Undo", on=card)
    assert minji.toast == ("It has been sent already, or it is not planned any more.", True)
    assert "✅ It has been sent." in card.words
    assert ann.count("Day 1 of 14") == 1


async def test_sending_now_can_be_undone_for_ten_seconds(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, AGENDA)
    await minji.presses("🚀 Send now", on=card)
    await minji.presses("↩️ Undo", on=card)
    assert "↩️ Minji undid the change: it goes as planned." in card.words
    await system.at("2025-08-04 06:59")
    assert not ann.shows("Good morning")
    await system.at("2025-08-04 07:00")
    assert ann.count("☀️ Good morning") == 1


async def test_postponed_by_minutes_or_to_a_time_and_undone(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, AGENDA)
    await minji.presses("⏰ +15 min", on=card)
    assert "⏰ Minji moved it from 07:00 to 07:15." in card.words
    await minji.presses("⏰ +60 min", on=card)
    assert "⏰ Minji moved it from 07:00 to 08:15." in card.words
    await minji.presses("🕒 Another time", on=card)
    assert (await minji.asks("soon")).words == "That is no time. Please write hours and minutes, like 09:05."
    answer = await minji.asks("7:40")
    assert "⏰ Minji moved it from 07:00 to 07:40." in answer.words
    await system.at("2025-08-04 07:39")
    assert not ann.shows("Good morning")
    await system.at("2025-08-04 07:40")
    assert ann.count("☀️ Good morning!") == 1, "and it is not called late"
    await minji.presses("↩️ Undo", on=answer)
    await system.at("2025-08-04 12:00")
    assert ann.count("Day 1 of 14") == 1


async def test_undoing_a_postponement_brings_the_planned_hour_back(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, AGENDA)
    await minji.presses("⏰ +60 min", on=card)
    await minji.presses("↩️ Undo", on=card)
    await system.at("2025-08-04 07:00")
    assert ann.count("☀️ Good morning") == 1


async def test_who_skips_a_check_in_reads_what_follows_and_nobody_is_called_missing(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, CHECKIN)
    assert "If you skip it, nobody is reminded either, and no list of who is missing comes." in card.words
    await minji.presses("⏭ Skip", on=card)
    assert "Nobody is asked, so nobody is reminded, and no list of who is missing comes." in card.words
    await minji.presses("‹ All messages of the day", on=card)
    assert "3. ⏭ 08:45 · Reminder to the silent · is not sent" in card.words
    assert "4. ⏭ 09:15 · Alert about the missing · is not sent" in card.words
    await minji.presses("4", on=card)
    assert "⏭ It is not sent: it belongs to the check-in, which Minji skipped." in card.words
    await system.at("2025-08-04 12:00")
    assert not ann.shows("are you here this morning")
    assert not ann.shows("we have not heard from you")
    assert not minji.shows("has not answered")
    await system.at("2025-08-04 20:30")
    assert ann.shows("How was your day"), "the evening is another check-in"


async def test_a_check_in_that_is_brought_back_late_is_asked_without_a_reminder_at_once(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, CHECKIN)
    await minji.presses("⏭ Skip", on=card)
    await system.at("2025-08-04 08:50")
    await minji.presses("↩️ Undo", on=card)
    assert ann.count("are you here this morning") == 1
    await system.at("2025-08-04 09:15")
    assert not ann.shows("we have not heard from you")
    assert minji.shows("1 of 1 has not answered")


@pytest.mark.parametrize(
    ("number", "label", "why"),
    [
        (CHECKIN, "🚀 Send now", "The check-in opens at 08:15; nobody can answer before."),
        (CHECKIN, "⏰ +60 min", "Too late: at 08:45 the reminder goes to those who have not answered."),
        (NUDGE, "🚀 Send now", "Nobody is asked before 08:15, so nobody has failed to answer."),
        (NUDGE, "⏰ +60 min", "Too late: from 09:15 on nobody needs it any more."),
    ],
)
async def test_nothing_is_sent_when_it_is_of_no_use(system: System, number: str, label: str, why: str) -> None:
    minji = await system.organizer()
    await system.teacher("Ann")
    card = await opened(minji, number)
    before = card.words
    await minji.presses(label, on=card)
    assert minji.toast == (f"{why} Nothing was changed.", True)
    assert card.words == before
    assert system.rows("SELECT * FROM upcoming_override") == []


async def test_tomorrows_agenda_is_not_sent_today_and_a_time_that_is_over_is_none(system: System) -> None:
    minji = await system.organizer()
    card = await minji.asks("/upcoming")
    await minji.presses("🕒 Hours of this day", on=card)
    await minji.presses("‹ All messages of the day", on=card)
    await minji.presses("Tomorrow ›", on=card)
    await minji.presses("1", on=card)
    await minji.presses("🚀 Send now", on=card)
    assert minji.toast == ("It says “today”, so it can only be sent on its own day. Nothing was changed.", True)
    today = await opened(minji, AGENDA)
    await minji.presses("🕒 Another time", on=today)
    assert (await minji.asks("05:30")).words == "That time is over already. Nothing was changed."
    assert "moved it from 07:00 to 06:30" in (await minji.asks("06:30")).words


async def test_the_second_organizer_sees_what_the_first_did(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    first, second = await opened(minji, AGENDA), await opened(bora, AGENDA)
    await minji.presses("⏭ Skip", on=first)
    await bora.presses("🚀 Send now", on=second)
    assert bora.toast == ("Nothing was changed: Minji was here first. This is how it stands now.", True)
    assert "⏭ Minji skipped it: it is not sent." in second.words
    await bora.presses("↩️ Undo", on=second)
    await minji.presses("↩️ Undo", on=first)
    assert "↩️ Bora undid the change: it goes as planned." in first.words
    await system.at("2025-08-04 07:00")
    assert ann.count("Good morning") == 1


async def test_two_taps_are_one_decision(system: System) -> None:
    minji = await system.organizer()
    card = await opened(minji, AGENDA)
    async with system.without_waiting():
        await minji.presses("⏰ +15 min", on=card)
        await minji.presses("⏰ +15 min", on=card)
    assert "moved it from 07:00 to 07:15" in card.words
    assert system.value("SELECT revision FROM upcoming_override") == 1


async def test_decisions_outlive_the_process(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await minji.presses("⏭ Skip", on=await opened(minji, AGENDA))
    evening = await opened(minji, "7")
    await minji.presses("⏰ +15 min", on=evening)
    await system.restarts("2025-08-04 07:00")
    await system.at("2025-08-04 18:44")
    assert not ann.shows("Good morning!")
    assert not ann.shows("Today's lesson")
    await system.restarts("2025-08-04 18:45")
    assert ann.count("Today's lesson") == 1


async def test_a_skipped_agenda_is_nothing_that_people_missed(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await minji.presses("⏭ Skip", on=await opened(minji, AGENDA))
    await system.restarts("2025-08-04 20:00")
    assert not ann.shows("agenda")


async def test_the_preview_is_what_arrives(system: System) -> None:
    minji = await system.organizer()
    ann = await system.teacher("Ann", language="ru", group="vakhsh")
    card = await opened(minji, AGENDA)
    await minji.presses("👁 Русский", on=card)
    assert card.labels == ["Pamir", "Zarafshon", "Vakhsh", "Someone without a group", "‹ Back"]
    await minji.presses("Vakhsh", on=card)
    agenda = minji.chat[-1]
    question_card = await opened(minji, CHECKIN)
    await minji.presses("👁 Русский", on=question_card)
    question = minji.chat[-1]
    await system.at("2025-08-04 08:15")
    arrived = [message for message in ann.chat if message.from_bot][-2:]
    assert [as_sent(one) for one in arrived] == [as_sent(agenda), as_sent(question)]


def as_sent(message: Message) -> object:
    return (message.text, message.entities, message.markup)


async def test_the_list_of_the_missing_is_shown_as_if_nobody_answered_any_more(system: System) -> None:
    minji = await system.organizer()
    await system.teacher("Ann")
    card = await opened(minji, LIST)
    await minji.presses("👁 English", on=card)
    assert "1 of 1 has not answered.\n\n1. Ann · Pamir" in minji.chat[-1].words


async def test_without_readers_there_is_nothing_to_show(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await opened(minji, CHECKIN)
    await ann.blocks()
    await minji.presses("👁 English", on=card)
    assert minji.toast == ("Nobody would get it right now.", True)


async def test_the_hours_of_a_day(system: System) -> None:
    minji = await system.organizer()
    await system.jumps_to("2025-08-05 23:00")
    card = await minji.asks("/upcoming")
    assert "Wednesday, 6 August" in card.words, "today has nothing more"
    await minji.presses("🕒 Hours of this day", on=card)
    assert card.words == (
        "🕒 Hours of Wednesday, 6 August\n07:00 · agenda\n"
        "07:30 · morning check-in (reminder 08:00, list of who is missing 08:30)\n18:30 · lesson\n"
        "20:30 · evening check-in (reminder 21:00, list of who is missing 21:30)\nThese are this day's own hours.\n"
        "To change them, send /programme and choose the day."
    )


async def test_reminders_that_nobody_has_chosen_are_not_listed_and_others_name_their_session(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    assert "Reminder" not in (await minji.asks("/upcoming")).words.replace("Reminder to the silent", "")
    await system.write(
        lambda connection: connection.execute("UPDATE person SET reminder_minutes = 10 WHERE name = 'Ann'")
    )
    card = await minji.asks("/upcoming")
    assert "5. 09:50 · Reminder of a session: Opening ceremony · 1 person" in card.words
    await minji.presses("5", on=card)
    await minji.presses("👁 English", on=card)
    shown = minji.chat[-1]
    await system.at("2025-08-04 09:51")
    assert as_sent(ann.chat[-1]) == as_sent(shown)


async def test_long_before_the_seminar_nothing_is_planned_and_old_buttons_say_so(system: System) -> None:
    minji = await system.organizer()
    card = await opened(minji, AGENDA)
    await system.jumps_to("2025-08-25 10:00")
    await minji.presses("⏭ Skip", on=card)
    assert minji.toast == ("It has been sent already, or it is not planned any more.", True)
    assert "Nothing more is planned for that day." in (await minji.asks("/upcoming")).words
