"""Who could not be reached when the programme was changed hears of it once they are back."""

from tests.handlers.test_programme import moves, notices
from tests.handlers.test_programme_collision import moves_meanwhile
from tests.kit import System

OPENING = "10:00 Opening ceremony"


async def test_who_was_unreachable_is_told_on_return_of_everything_in_one(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 07:30")
    await teacher.blocks()
    await moves(organizer, OPENING, "+15")
    await moves(organizer, "10:15 Opening ceremony", "+15")
    assert notices(teacher) == []
    assert "Nobody can be told now: 1 person whose day it changes has blocked the bot" in organizer.chat[-1].words
    await teacher.unblocks()
    [notice] = notices(teacher)
    assert "10:30–11:30 (06:30–07:30) (it was 10:00–11:00)" in notice.words
    await teacher.blocks()
    await teacher.unblocks()
    assert len(notices(teacher)) == 1
    published = organizer.newest_with("👀 Who has seen it")
    await organizer.presses("👀 Who has seen it", on=published)
    assert "1. Ситора" in published.words
    await teacher.presses("👀 Seen")
    await organizer.presses("🔄 Refresh", on=published)
    assert "✅ Everybody who was told has seen it." in published.words


async def test_who_missed_the_second_change_is_compared_with_the_first(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await moves(organizer, OPENING, "+15")
    await teacher.blocks()
    await moves(organizer, "10:15 Opening ceremony", "+15")
    await teacher.unblocks()
    assert "10:30–11:30 (06:30–07:30) (it was 10:15–11:15)" in notices(teacher)[-1].words
    assert len(notices(teacher)) == 2


async def test_a_notice_that_met_a_block_is_made_again_and_the_next_is_compared_with_it(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    async with system.sending_stopped():
        await moves_meanwhile(organizer, OPENING, "+15", 2)
        await teacher.blocks()
    await teacher.unblocks()
    [notice] = notices(teacher)
    assert "10:15–11:15 (06:15–07:15) (it was 10:00–11:00)" in notice.words
    assert system.rows("SELECT key FROM outbox WHERE kind = 'programme.change' AND state = 'sent'") == [
        {"key": f"programme:{system.seminar.key}:2:1:person-2:again-1"}
    ]
    await moves(organizer, "10:15 Opening ceremony", "+15")
    assert "(it was 10:15–11:15)" in notices(teacher)[-1].words


async def test_who_joined_after_a_change_and_comes_back_is_told_nothing_old(system: System) -> None:
    organizer = await system.organizer()
    await moves(organizer, OPENING, "+15")
    await system.later(minutes=1)
    teacher = await system.teacher()
    await teacher.blocks()
    await teacher.unblocks()
    assert notices(teacher) == []
