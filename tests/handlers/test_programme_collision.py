"""Two organizers at once, versions one after the other, and what people are told of several."""

from tests.handlers.test_programme import moves, notices, opens, publishes
from tests.kit import System, User

OPENING = "10:00 Opening ceremony"


async def moves_meanwhile(organizer: User, session: str, step: str, version: int) -> None:
    """Move a session and publish that while the bot is not waited for."""
    await organizer.sends("/programme")
    for label in ("• 4 August •", session, step, "📝 Draft: 1 change", "📣 Publish …", "✅ Publish"):
        await organizer.waits_for(lambda label=label: label in organizer.chat[-1].labels)  # type: ignore[misc]
        await organizer.presses(label)
    await organizer.waits_for(f"Version {version} is published")


async def test_the_second_sees_what_the_first_published_and_decides(system: System) -> None:
    minji, yusuf, teacher = await system.organizer(), await system.organizer("Yusuf"), await system.teacher()
    await opens(yusuf, "• 4 August •", OPENING)
    await yusuf.presses("📝 Note")
    await yusuf.sends("Bring your badge")
    await moves(minji, OPENING, "+60")
    await yusuf.presses("📝 Draft: 1 change")
    stale = yusuf.newest("Minji has published since you began")
    assert "11:00–12:00 (07:00–08:00) (it was 10:00–11:00)" in stale.words
    await yusuf.presses("⤴️ Put mine on top")
    assert "📝 Bring your badge" in stale.words
    await yusuf.presses("📣 Publish …")
    await yusuf.presses("✅ Publish")
    today = (await teacher.asks("/today")).words
    assert "11:00–12:00" in today
    assert "Bring your badge" in today
    assert [version["number"] for version in system.rows("SELECT number FROM programme_version ORDER BY number")] == [
        1, 2, 3,
    ]  # fmt: skip


async def test_who_confirmed_first_wins_and_nothing_is_overwritten_unseen(system: System) -> None:
    minji, yusuf, teacher = await system.organizer(), await system.organizer("Yusuf"), await system.teacher()
    for who, step in ((minji, "+60"), (yusuf, "+15")):
        await opens(who, "• 4 August •", OPENING)
        await who.presses(step)
        await who.presses("📝 Draft: 1 change")
        await who.presses("📣 Publish …")
    async with system.without_waiting():
        await minji.presses("✅ Publish")
        await yusuf.presses("✅ Publish")
    assert len(notices(teacher)) == 1
    assert system.value("SELECT count(*) FROM programme_version") == 2
    loser = yusuf if yusuf.count("has published since") else minji
    await loser.presses("🗑 Throw mine away")
    assert system.value("SELECT count(*) FROM programme_draft") == 0


async def test_a_version_is_brought_back(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await moves(organizer, OPENING, "+60")
    await organizer.sends("/programme")
    await organizer.presses("🕘 Versions")
    await organizer.presses("1")
    assert "Bringing it back changes 1 thing" in organizer.chat[-1].words
    await organizer.presses("↩️ Bring it back")
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")
    assert "10:00–11:00 (06:00–07:00) (it was 11:00–12:00)" in notices(teacher)[-1].words
    assert system.rows("SELECT number, restores FROM programme_version ORDER BY number DESC LIMIT 1") == [
        {"number": 3, "restores": 1}
    ]
    await organizer.sends("/programme")
    await organizer.presses("🕘 Versions")
    assert "↩️ brings back version 1" in organizer.chat[-1].words


async def test_who_was_not_told_of_one_version_is_told_of_both_in_one(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    async with system.sending_stopped():
        await moves_meanwhile(organizer, OPENING, "+15", 2)
        await moves_meanwhile(organizer, "10:15 Opening ceremony", "+15", 3)
    [notice] = notices(teacher)
    assert "10:30–11:30 (06:30–07:30) (it was 10:00–11:00)" in notice.words


async def test_what_was_undone_before_it_was_told_is_no_news(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    async with system.sending_stopped():
        await moves_meanwhile(organizer, OPENING, "+15", 2)
        await moves_meanwhile(organizer, "10:15 Opening ceremony", "−15", 3)
    assert notices(teacher) == []


async def test_an_old_publish_button_publishes_nothing_new(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("+60")
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    old = await organizer.asks("Rain")
    await opens(organizer, "• 4 August •", "11:00 Opening ceremony")
    await organizer.presses("+5")
    await organizer.presses("✅ Publish", on=old)
    assert organizer.toast == ("Your draft is another by now. Here it is.", True)
    assert notices(teacher) == []


async def test_publish_pressed_twice_publishes_once(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("+60")
    await publishes(organizer)
    await organizer.taps_again()
    assert "Version 2 is published" in organizer.chat[-1].words
    assert len(notices(teacher)) == 1
