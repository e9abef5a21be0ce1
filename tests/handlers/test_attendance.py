"""Attendance: teachers tap when a session begins, organizers see it fill, call the roll, and correct what was said."""

import sqlite3
from datetime import date

from bot.store import excuse as excuse_store
from bot.store import person
from bot.store.excuse import ExcuseReason
from rehearsal.telegram import Message
from tests.kit import System, User

HERE = "🙋 I am here"
SESSION = "11:15 Korea's path"


async def opens(organizer: User, session: str = SESSION) -> Message:
    """Open the card of a session of today."""
    await organizer.sends("/attendance")
    await organizer.presses(f"📋 {session}")
    return organizer.chat[-1]


def question(who: User) -> Message:
    return who.newest_with(HERE)


def marks(system: System) -> list[tuple[object, ...]]:
    query = "SELECT p.name, m.state, m.how FROM mark AS m JOIN person AS p ON p.id = m.person_id ORDER BY m.id"
    return [tuple(row.values()) for row in system.rows(query)]


async def test_one_tap_while_the_session_runs(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:16")
    card = await opens(minji)
    asked = question(ann)
    assert asked.silent
    assert "11:15–12:15 · Korea's path" in asked.words
    await ann.presses(HERE)
    assert "You are marked as present: 11:16." in asked.words
    assert asked.labels == []
    assert "1 of 2 are there.\n🔍 missing: 1\n👆 own tap: 1\n\n🔍 Missing\n1. Bo · Pamir" in card.words
    await system.at("2025-08-04 11:26")
    await bo.presses(HERE)
    await bo.taps_again()
    assert "You are marked as late: 11:26." in bo.chat[-1].words
    assert "2 of 2 are there.\n🕘 late: 1\n" in card.words
    assert "📋 You are marked as present at 1 session." in (await bo.asks("/progress")).words
    assert marks(system) == [("Ann", "present", "tap"), ("Bo", "late", "tap")]


async def test_after_the_end_a_tap_is_refused_and_organizers_get_the_numbers(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:16")
    await ann.presses(HERE)
    await system.at("2025-08-04 12:15")
    await bo.presses(HERE)
    assert "is over; nothing can be marked here any more" in bo.chat[-1].words
    told = minji.newest("It is over")
    assert "📋 It is over: 11:15–12:15 Korea's path" in told.words
    assert "1 of 2 are there.\n🔍 missing: 1" in told.words
    assert told.silent
    await minji.presses("📋 Who was there")
    assert "1. Bo · Pamir" in told.words
    assert ann.count("It is over") == 0
    assert marks(system) == [("Ann", "present", "tap")]


async def test_a_roll_call_is_one_thumb_and_the_same_press_takes_it_back(system: System) -> None:
    minji, _ann, _bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:00")
    card = await opens(minji)
    assert "📋 Roll call" not in card.labels
    await system.at("2025-08-04 11:10")
    await minji.presses("📋 Roll call", on=card)
    await minji.presses("⬜ Ann")
    assert minji.toast == ("Ann: present", False)
    await minji.presses("⬜ Bo")
    await minji.presses("✅ Bo")
    assert "1 of 2 are there.\n🔍 missing: 1\n📋 roll call: 1" in card.words
    assert marks(system) == [
        ("Ann", "present", "roll call"),
        ("Bo", "present", "roll call"),
        ("Bo", "absent", "roll call"),
    ]


async def test_a_correction_keeps_what_was_said_before(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    await ann.presses(HERE)
    card = await opens(minji)
    await minji.presses("✅ Present: 1")
    await minji.presses("1", on=card)
    await minji.presses("❌ Absent")
    assert "Now: absent\n\n❌ absent · 4 August 11:16 · 📋 Minji\n✅ present · 4 August 11:16 · own tap" in card.words
    await system.at("2025-08-04 18:00")
    second = await opens(bora)
    await bora.presses("1", on=second)
    await bora.presses("📝 Excused …")
    await bora.presses("ill")
    await bora.taps_again()
    history = (
        "Now: excused\n\n📝 excused · ill · 4 August 18:00 · 📋 Bora\n❌ absent · 4 August 11:16 · 📋 Minji\n"
        "✅ present · 4 August 11:16 · own tap"
    )
    assert history in second.words
    assert history in card.words
    await bora.presses("⬅️ Who is missing", on=second)
    assert "0 of 1 are there.\n📝 excused: 1" in second.words
    assert len(marks(system)) == 3


async def test_a_tap_takes_back_no_organizers_word(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    card = await opens(minji)
    await minji.presses("1", on=card)
    await minji.presses("❌ Absent")
    await ann.presses(HERE)
    assert ann.toast == ("Minji has marked you as absent. If you are there, write the code on the screen.", True)
    assert marks(system) == [("Ann", "absent", "roll call")]


async def test_who_is_excused_for_the_day_is_not_asked_and_may_come(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    now, ill = system.clock.now(), ExcuseReason.ILL

    def excuse(connection: sqlite3.Connection) -> None:
        organizer, teacher = (person.by_telegram_id(connection, one.id) for one in (minji, ann))
        assert organizer is not None
        assert teacher is not None
        excuse_store.add(connection, "sejong-2025", date(2025, 8, 4), teacher.id, ill, by=organizer, now=now)

    await system.write(excuse)
    await system.at("2025-08-04 11:16")
    assert [message for message in ann.chat if HERE in message.labels and "11:15" in message.words] == []
    card = await opens(minji)
    assert "0 of 2 are there.\n📝 excused: 1 · 🔍 missing: 1\n\n🔍 Missing\n1. Bo" in card.words
    await minji.presses("📝 Excused: 1")
    assert "📝 Excused\n1. Ann · Pamir · ill" in card.words
    await minji.presses("📋 Roll call", on=card)
    await minji.presses("⬜ Ann")
    assert "1 of 2 are there." in card.words
    await minji.presses("✅ Ann")
    assert "0 of 2 are there.\n📝 excused: 1 · 🔍 missing: 1" in card.words
    await ann.presses_payload("atthere1:2025-08-04:korea-story", question(bo))
    assert "1 of 2 are there.\n🔍 missing: 1\n👆 own tap: 1" in card.words


async def test_what_becomes_of_a_session_that_is_moved_or_cancelled_while_it_runs(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:16")
    await ann.presses(HERE)
    card = await opens(minji)
    await minji.sends("/programme")
    await minji.presses("• 4 August •")
    await minji.presses(SESSION)
    await minji.presses("+60")
    await minji.presses("📝 Draft: 1 change")
    await minji.presses("📣 Publish …")
    await minji.presses("✅ Publish")
    earlier = question(bo)
    await bo.presses(HERE)
    assert bo.toast == ("It begins at 12:15. You can press this from 12:05 on.", True)
    await system.at("2025-08-04 12:16")
    assert minji.count("It is over") == 0
    assert question(bo).id != earlier.id
    await bo.presses(HERE, on=earlier)
    assert "You are marked as present: 12:16." in earlier.words
    await minji.sends("/programme")
    await minji.presses("• 4 August •")
    await minji.presses("12:15 Korea's path")
    await minji.presses("❌ Cancel it")
    await minji.presses("📝 Draft: 1 change")
    await minji.presses("📣 Publish …")
    await minji.presses("✅ Publish")
    assert "❌ It is cancelled, on another day, or without attendance now. What was marked stays." in card.words
    assert "2 of 2 are there." in card.words
    await system.at("2025-08-04 13:30")
    assert minji.count("It is over") == 0
    assert len(marks(system)) == 2


async def test_a_session_of_one_group_is_nothing_for_others(system: System) -> None:
    groups = [group.key for group in system.seminar.groups]
    day, visit = next(
        (day.number, one) for day in system.seminar.days for one in day.sessions if one.attendance and one.groups
    )
    mine = await system.teacher("Mine", group=visit.groups[0])
    other = await system.teacher("Other", group=next(key for key in groups if key not in visit.groups))
    on = system.seminar.date_of(day)
    await system.jumps_to(f"{on} {visit.start:%H:%M}")
    await system.later(minutes=1)
    asked = question(mine)
    await other.presses_payload(f"atthere1:{on}:{visit.key}", asked)
    assert other.toast == ("🌿 This session is for others than you: there is nothing for you to do.", True)
    await mine.presses(HERE, on=asked)
    assert marks(system) == [("Mine", "present", "tap")]


async def test_a_coordinator_reads_numbers_and_opens_nothing(system: System) -> None:
    farhod, _ann = await system.coordinator(), await system.teacher("Ann")
    await farhod.sends("/attendance")
    assert "11:15–12:15 Korea's path" in farhod.chat[-1].words
    assert "0 of 1 are there." in farhod.chat[-1].words
    assert farhod.chat[-1].labels == ["5 August ›"]
    await farhod.presses("5 August ›")
    await farhod.presses("‹ 4 August")
    assert "11:15–12:15 Korea's path" in farhod.chat[-1].words
