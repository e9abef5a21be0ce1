"""The card of the day where something comes in between: people who block the bot, 429s, early agendas, moved days."""

from dataclasses import replace
from datetime import time

from bot.messages import today_cards as today_cards_messages
from bot.programme.edits import Cancelled, HoursSet
from rehearsal.telegram.faults import Fault, FaultKind
from tests.handlers.test_today_card import card_of
from tests.kit import System

PINS = "SELECT pin FROM today_card ORDER BY message_id"


async def test_what_was_pinned_before_somebody_blocked_the_bot_is_taken_off_when_they_are_back(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    monday = card_of(teacher)
    await teacher.blocks()
    await system.at("2025-08-06 08:30")
    assert teacher.pinned == [monday]
    assert system.rows(PINS) == [{"pin": "away"}]
    await teacher.unblocks()
    await teacher.asks("/today")
    assert card_of(teacher).words.startswith("☀️ Wednesday, 6 August")
    assert system.rows(PINS) == [{"pin": "pinned"}]


async def test_who_is_back_on_the_same_day_has_a_card_that_is_true(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    await teacher.blocks()
    await system.at("2025-08-04 10:30")
    assert "▶️" not in card_of(teacher).words
    await teacher.unblocks()
    assert "▶️ 10:00–11:00 · now" in card_of(teacher).words


async def test_another_agenda_while_the_first_is_being_pinned_leaves_one_pin(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 07:00")
    # Killed between the pin and its note, and not started again until the next agenda is due.
    await system.write(lambda connection: connection.execute("UPDATE today_card SET pin = 'wanted'"))
    async with system.without_bot():
        system.passes("2025-08-05 07:00")
    await system.wait_idle()
    assert card_of(teacher).words.startswith("☀️ Good morning! Tuesday")


async def test_a_chat_that_telegram_slows_down_holds_up_nobody(system: System) -> None:
    slow, other = await system.teacher("Ann"), await system.teacher("Bora")
    await system.at("2025-08-04 08:30")
    system.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=60, method="editMessageText")])
    await system.at("2025-08-04 10:00")
    assert ["▶️" in card_of(one).words for one in (slow, other)] == [False, True]
    answer = await slow.asks("/info")
    assert answer.words.startswith("ℹ️"), "what somebody waits for is not put aside with the card"
    await system.at("2025-08-04 10:02")
    assert "▶️ 10:00–11:00 · now" in card_of(slow).words


async def test_a_pin_that_telegram_puts_off_comes_later_and_once(system: System) -> None:
    slow, other = await system.teacher("Ann"), await system.teacher("Bora")
    system.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=30, method="pinChatMessage")])
    await system.at("2025-08-04 07:00")
    assert [len(one.pinned) for one in (slow, other)] == [0, 1]
    await system.at("2025-08-04 07:01")
    assert [len(one.pinned) for one in (slow, other)] == [1, 1]


async def test_several_429s_in_a_row_rest_the_cards_and_nothing_else(system: System) -> None:
    teachers = [await system.teacher(name) for name in ("Ann", "Bora", "Caro", "Dilya")]
    await system.at("2025-08-04 08:30")
    fault = Fault(FaultKind.THROTTLED, retry_after=60, method="editMessageText")
    system.world.faults.script([fault] * today_cards_messages._TOO_FAST)
    await system.at("2025-08-04 10:00")
    assert (await teachers[0].asks("/tomorrow")).words
    await system.at("2025-08-04 10:02")
    assert ["▶️ 10:00–11:00 · now" in card_of(one).words for one in teachers] == [True] * 4


async def test_an_agenda_that_was_sent_early_is_true_before_its_hour_too(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 06:00")
    listed = await organizer.asks("/upcoming")
    await organizer.presses("1", on=listed)
    await organizer.presses("🚀 Send now", on=listed)
    await system.later(seconds=15)
    card = card_of(teacher)
    await system.publishes(organizer, Cancelled("lake-walk"))
    await system.wait_idle()
    assert "❌ 17:00–18:00 A walk around the lake · cancelled" in card.words


async def test_yesterdays_card_stays_until_the_hour_that_the_day_has_of_its_own(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 07:00")
    monday = card_of(teacher)
    await system.publishes(organizer, HoursSet(2, replace(system.seminar.hours, agenda=time(8, 0))))
    await system.at("2025-08-05 07:59")
    assert card_of(teacher) is monday
    await system.at("2025-08-05 08:00")
    assert "Tuesday, 5 August" in card_of(teacher).words


async def test_a_card_that_was_deleted_by_hand_is_replaced_by_the_next_that_is_asked_for(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:30")
    card = card_of(teacher)
    system.world.chats[teacher.id].messages.pop(card.id)
    system.world.chats[teacher.id].pinned_ids.remove(card.id)
    await system.at("2025-08-04 10:30")
    system.world.violations.clear()  # the card that is gone
    answer = await teacher.asks("/today")
    assert card_of(teacher) is answer
    await system.at("2025-08-04 11:00")
    assert "✓ 10:00–11:00" in answer.words


async def test_what_is_pinned_is_of_a_day_of_the_seminar(system: System) -> None:
    await system.jumps_to("2025-08-18 12:00")
    late = system.stranger("Ann")
    await late.joins(await system.invitation())
    assert late.count("It ended on") >= 1
    assert late.pinned == []
