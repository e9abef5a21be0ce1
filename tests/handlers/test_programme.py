"""/programme: an organizer with one phone moves a session, and those whose day it is hear of it."""

from rehearsal.telegram import Message
from tests.kit import System, User

NOTICE = "The programme has changed"


async def opens(organizer: User, day: str, session: str) -> None:
    """Open a session in /programme."""
    await organizer.sends("/programme")
    await organizer.presses(day)
    await organizer.presses(session)


async def publishes(organizer: User, changes: str = "1 change", reason: str = "") -> None:
    """Publish the draft."""
    await organizer.presses(f"📝 Draft: {changes}")
    await organizer.presses("📣 Publish …")
    if reason:
        await organizer.sends(reason)
    await organizer.presses("✅ Publish")


async def moves(organizer: User, session: str, step: str) -> None:
    """Move a session of today and publish that."""
    await opens(organizer, "• 4 August •", session)
    await organizer.presses(step)
    await publishes(organizer)


def notices(who: User) -> list[Message]:
    return [message for message in who.chat if NOTICE in message.words]


async def test_a_moved_session_is_told_to_those_whose_day_it_is(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("+60")
    assert notices(teacher) == []
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    assert "👥 1 person is told" in organizer.chat[-1].words
    await organizer.sends("The bus is late")
    await organizer.presses("✅ Publish")
    [notice] = notices(teacher)
    assert "• Opening ceremony\n  🕘 11:00–12:00 (07:00–08:00) (it was 10:00–11:00)" in notice.words
    assert "💬 The bus is late" in notice.words
    assert notice.labels == ["👀 Seen", "📍 Sejong Education Office", "📅 4 August"]
    assert notices(organizer) == []
    assert "11:00–12:00" in (await teacher.asks("/today")).words
    assert system.value("SELECT reason FROM programme_version WHERE number = 2") == '{"en":"The bus is late"}'


async def test_seen_takes_the_person_off_the_list(system: System) -> None:
    organizer, first = await system.organizer(), await system.teacher("Sitora")
    await system.teacher("Farrukh")
    await moves(organizer, "10:00 Opening ceremony", "+60")
    await organizer.presses("👀 Who has seen it")
    assert "Told: 2 · seen: 0" in organizer.chat[-1].words
    await first.presses("👀 Seen")
    await first.taps_again()
    assert notices(first)[0].labels == ["📍 Sejong Education Office", "📅 4 August"]
    await organizer.presses("🔄 Refresh")
    assert "Told: 2 · seen: 1\n\n1 has not seen it:\n1. Farrukh · Pamir" in organizer.chat[-1].words


async def test_one_tap_reminds_who_has_not_seen_it_once(system: System) -> None:
    organizer, seen, unseen = await system.organizer(), await system.teacher("Sitora"), await system.teacher("Farrukh")
    await moves(organizer, "10:00 Opening ceremony", "+60")
    await seen.presses("👀 Seen")
    await organizer.presses("👀 Who has seen it")
    await organizer.presses("🔔 Remind them")
    await organizer.taps_again()
    assert unseen.count("Please look") == 1
    assert seen.count("Please look") == 0
    assert "Reminded 1 time." in organizer.chat[-1].words


async def test_an_hour_before_it_begins_who_has_not_seen_it_is_reminded(system: System) -> None:
    organizer, seen, unseen = await system.organizer(), await system.teacher("Sitora"), await system.teacher("Farrukh")
    await moves(organizer, "17:00 A walk around the lake", "+60")
    await seen.presses("👀 Seen")
    await system.at("2025-08-04 15:59")
    assert unseen.count("Please look") == 0
    await system.at("2025-08-04 16:01")  # it began at 17:00 until it was moved
    assert (unseen.count("Please look"), seen.count("Please look")) == (1, 0)
    await system.at("2025-08-04 19:30")
    assert unseen.count("Please look") == 1


async def test_a_session_for_one_group_is_no_news_for_another(system: System) -> None:
    organizer = await system.organizer()
    groups = [group.key for group in system.seminar.groups]
    day, session = next((day, one) for day in system.seminar.days for one in day.sessions if one.groups == (groups[0],))
    mine, other = await system.teacher("Mine", group=groups[0]), await system.teacher("Other", group=groups[1])
    await organizer.sends("/programme")
    await organizer.presses(f"{4 + day.number - 1} August")
    await organizer.presses(next(label for label in organizer.chat[-1].labels if f"{session.start:%H:%M}" in label))
    await organizer.presses("❌ Cancel it")
    await publishes(organizer)
    assert "❌ cancelled" in notices(mine)[0].words
    assert notices(other) == []


async def test_attendance_is_switched_on_and_off_and_is_nobodys_news(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("📋 Attendance")
    await organizer.taps_again()
    assert "📋 Attendance is taken." in organizer.chat[-1].words
    await organizer.presses("📝 Draft: 1 change")
    assert "• Opening ceremony\n  📋 attendance is taken" in organizer.chat[-1].words
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")
    opening = system.app.runtime.seminar.session("opening")
    assert opening is not None
    assert opening.attendance
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("📋 No attendance")
    assert "Attendance" not in organizer.chat[-1].words
    assert notices(teacher) == []


async def test_a_tap_that_comes_twice_moves_it_once(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("+15")
    await organizer.taps_again()
    assert "10:15–11:15" in organizer.chat[-1].words


async def test_a_time_is_typed(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("⌨️ Time")
    assert "That is no time" in (await organizer.asks("soon")).words
    assert "09:30–10:30" in (await organizer.asks("9:30")).words
    await organizer.presses("⌨️ Time")
    assert "09:45–12:00" in (await organizer.asks("09:45-12:00")).words
    await organizer.presses("⌨️ Time")
    assert "at least 5 minutes" in (await organizer.asks("12:00-09:00")).words


async def test_a_speaker_is_typed_in_one_language_or_in_several(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("👤 Speaker")
    assert "👤 Ms Kim" in (await organizer.asks("Ms Kim")).words
    await organizer.presses("👤 Speaker")
    assert "👤 Ms Lee" in (await organizer.asks("ru: Г-жа Ли\nen: Ms Lee")).words
    await organizer.presses("👤 Speaker")
    await organizer.presses("Nobody in particular")
    assert "👤" not in organizer.chat[-1].words


async def test_place_and_note_and_bringing_back(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("📍 Place")
    place = next(label for label in organizer.chat[-1].labels if label.startswith("📍"))
    await organizer.presses(place)
    await organizer.presses("📝 Note")
    await organizer.sends("Bring your badge")
    await organizer.presses("❌ Cancel it")
    assert "cancelled" in organizer.chat[-1].words
    await organizer.presses("↩️ It takes place after all")
    await publishes(organizer)
    [notice] = notices(teacher)
    assert f"{place} (it was Sejong Education Office)" in notice.words
    assert "📝 Bring your badge" in notice.words


async def test_a_session_is_added(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses("➕ One more session")
    await organizer.sends("Meeting at the bus")
    await organizer.sends("18:15")
    assert "18:15–19:15" in organizer.chat[-1].words
    await publishes(organizer)
    assert "• Meeting at the bus\n  🆕 new: 18:15–19:15" in notices(teacher)[0].words


async def test_the_bot_writes_at_another_hour_on_one_day(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/programme")
    await organizer.presses("5 August")
    await organizer.presses("⏰ When the bot writes")
    await organizer.presses("−30")
    assert "This day has its own hours." in organizer.chat[-1].words
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    assert "Nobody has to be told" in organizer.chat[-1].words
    await organizer.presses("✅ Publish")
    assert notices(teacher) == []
    assert system.seminar.hours_of(2).agenda < system.seminar.hours_of(3).agenda


async def test_a_draft_is_thrown_away_unseen(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("+60")
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("🗑 Throw mine away")
    assert "Nothing is changed" in organizer.chat[-1].words
    assert "10:00–11:00" in (await teacher.asks("/today")).words


async def test_a_draft_outlives_a_restart(system: System) -> None:
    organizer = await system.organizer()
    await opens(organizer, "• 4 August •", "10:00 Opening ceremony")
    await organizer.presses("+60")
    await system.restarts()
    await organizer.sends("/programme")
    await organizer.presses("📝 Draft: 1 change")
    assert "11:00–12:00" in organizer.chat[-1].words
