"""What people read is the newest published version of the programme, while the bot runs, over real HTTP."""

from datetime import time

from bot.clock import to_text
from bot.programme.edits import Cancelled, HoursSet, Retimed
from bot.programme.model import Hours
from tests.kit import System


async def test_a_published_version_is_what_people_read_without_a_restart(http_system: System) -> None:
    system = http_system
    minji, teacher = await system.organizer(), await system.teacher("Ситора")
    moved, later = system.seminar.days[0].sessions[0], system.seminar.days[1].sessions[0]
    await system.at("2025-08-04 06:00")
    assert f"{moved.start:%H:%M}–{moved.end:%H:%M}" in (await teacher.asks("/today")).words
    await system.publishes(minji, Retimed(moved.key, time(13, 7), time(13, 53)), Cancelled(later.key))
    today = await teacher.asks("/today")
    assert "13:07–13:53" in today.words
    assert f"{moved.start:%H:%M}–{moved.end:%H:%M}" not in today.words

    await system.at("2025-08-04 07:01")
    assert "13:07–13:53" in teacher.newest("day 1 of").words
    await system.at("2025-08-05 07:01")
    assert f"❌ {later.start:%H:%M}–{later.end:%H:%M}" in teacher.newest("day 2 of").words
    assert system.rows("SELECT number, source FROM programme_version ORDER BY number") == [
        {"number": 1, "source": "folder"},
        {"number": 2, "source": "chat"},
    ]


async def test_the_hours_of_a_day_move_what_was_not_said_yet_and_repeat_nothing(http_system: System) -> None:
    system = http_system
    minji, teacher = await system.organizer(), await system.teacher("Ситора")
    usual = system.seminar.hours
    await system.at("2025-08-04 07:30")
    assert teacher.count("day 1 of") == 1
    hours = Hours(time(9), usual.lesson, time(10), usual.evening, usual.nudge_after, usual.alert_after)
    await system.publishes(minji, HoursSet(1, hours))
    await system.at("2025-08-04 09:59")
    assert teacher.count("day 1 of") == 1
    assert not teacher.shows("are you here this morning?")
    await system.at("2025-08-04 10:01")
    assert teacher.count("are you here this morning?") == 1
    due = system.seminar.moment(1, time(10))
    assert system.value("SELECT due_at FROM fanout WHERE event = 'checkin:2025-08-04:morning'") == to_text(due)
