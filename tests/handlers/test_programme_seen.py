"""What Seen counts for: what was read, no more and no less; and who could not be told is named."""

from tests.handlers.test_programme import moves, notices
from tests.kit import System, User

OPENING, WALK = "10:00 Opening ceremony", "17:00 A walk around the lake"
SEEN = "👀 Seen"


async def list_of(organizer: User, version: int) -> str:
    """Who has not seen a version, by its page in the history."""
    await organizer.sends("/programme")
    await organizer.presses("🕘 Versions")
    await organizer.presses(str(version))
    await organizer.presses("👀 Who has seen it")
    return organizer.chat[-1].words


async def test_seen_of_a_newer_notice_says_nothing_of_another_session(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await moves(organizer, WALK, "+60")
    await moves(organizer, OPENING, "+15")
    await teacher.presses(SEEN, on=notices(teacher)[1])
    assert "Told: 1 · seen: 1" in await list_of(organizer, 3)
    assert "1 has not seen it:\n1. Sitora" in await list_of(organizer, 2)
    await system.at("2025-08-04 16:01")  # the walk began at 17:00 until it was moved
    assert teacher.count("Please look") == 1
    reminder = teacher.chat[-1]
    assert "A walk around the lake" in reminder.words
    assert "Opening ceremony" not in reminder.words
    await teacher.presses(SEEN, on=reminder)
    assert "Told: 1 · seen: 1" in await list_of(organizer, 2)


async def test_seen_of_a_notice_that_tells_of_several_versions_counts_for_each(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await teacher.blocks()
    await moves(organizer, WALK, "+60")
    await moves(organizer, OPENING, "+15")
    await teacher.unblocks()
    [notice] = notices(teacher)
    assert "A walk around the lake" in notice.words
    assert "Opening ceremony" in notice.words
    await teacher.presses(SEEN, on=notice)
    await teacher.taps_again()
    assert [row["version"] for row in system.rows("SELECT version FROM programme_seen ORDER BY version")] == [2, 3]
    await system.at("2025-08-04 16:01")
    assert teacher.count("Please look") == 0


async def test_seen_of_where_a_session_is_now_counts_for_where_it_was_before(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await moves(organizer, OPENING, "+15")
    await moves(organizer, "10:15 Opening ceremony", "+15")
    await teacher.presses(SEEN, on=notices(teacher)[1])
    assert "Told: 1 · seen: 1" in await list_of(organizer, 2)


async def test_seen_of_the_older_notice_says_nothing_of_the_newer(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await moves(organizer, OPENING, "+15")
    await moves(organizer, "10:15 Opening ceremony", "+15")
    await teacher.presses(SEEN, on=notices(teacher)[0])
    assert "1 has not seen it:\n1. Sitora" in await list_of(organizer, 3)


async def test_a_button_of_a_version_that_there_is_not_keeps_nothing(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await moves(organizer, OPENING, "+15")
    for forged in ("seen2:99:1:1::", "seen2:2:2:1::", "seen2:2:-5:1::", "seen2:2:0:1::"):
        await teacher.presses_payload(forged, notices(teacher)[0])
        assert teacher.toast == ("There is no such version of the programme here.", True)
    assert system.value("SELECT count(*) FROM programme_seen") == 0


async def test_who_could_not_be_told_is_named_with_a_link(system: System) -> None:
    organizer = await system.organizer()
    told, blocked = await system.teacher("Sitora"), await system.teacher("Farrukh")
    await system.teacher("Zafar")
    await blocked.blocks()
    await system.at("2025-08-04 07:30")  # the agenda has met the block
    await moves(organizer, OPENING, "+60")
    await told.presses(SEEN)
    await organizer.presses("👀 Who has seen it")
    shown = organizer.chat[-1]
    assert "Told: 2 · seen: 1\n\n1 has not seen it:\n1. Zafar · Pamir" in shown.words
    assert "🚫 1 could not be told, and has blocked the bot. Tell them yourself:\n2. Farrukh · Pamir" in shown.words
    assert f"tg://user?id={blocked.id}" in shown.html
    await blocked.unblocks()
    await organizer.presses("🔄 Refresh")
    assert "could not be told" not in organizer.chat[-1].words
    assert "2 have not seen it:\n1. Farrukh" in organizer.chat[-1].words


async def test_who_blocked_after_reading_is_not_taken_for_untold_and_who_joined_later_is_not_named(
    system: System,
) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Sitora")
    await moves(organizer, OPENING, "+60")
    await system.later(minutes=1)
    later = await system.teacher("Farrukh")
    for one in (teacher, later):
        await one.blocks()
    await system.at("2025-08-05 07:30")
    words = await list_of(organizer, 2)
    assert "1 has not seen it:\n1. Sitora · Pamir 🚫" in words
    assert "could not be told" not in words
