"""A bus that is moved, over real HTTP: its reminder moves along, and the calendar's event with it."""

from datetime import UTC, timedelta

import icalendar

from bot.programme.edits import Moved
from rehearsal.telegram.model import Message
from tests.kit import System, User
from tests.programme.versions import publishes

BUS = "bus-schools"


def event(message: Message) -> icalendar.Component:
    [file] = message.files
    events = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    return next(one for one in events if str(one["UID"]).startswith(f"{BUS}."))


def reminders(user: User) -> list[str]:
    return [message.words.splitlines()[0] for message in user.chat if message.words.startswith("🔔 Departure")]


async def test_a_bus_that_is_moved_is_reminded_of_once_and_moves_in_the_calendar(http_system: System) -> None:
    teachers = [await http_system.teacher(f"Teacher {number}") for number in range(1, 6)]
    await teachers[0].sends("/calendar")
    before = event(teachers[0].chat[-1])
    await http_system.at("2025-08-06 08:00")
    await publishes(http_system, Moved(BUS, 60))
    await http_system.at("2025-08-06 09:15")
    assert [reminders(teacher) for teacher in teachers] == [["🔔 Departure at 09:45"]] * 5
    await teachers[0].sends("/calendar")
    after = event(teachers[0].chat[-1])
    assert before["UID"] == after["UID"]
    assert (int(str(before["SEQUENCE"])), int(str(after["SEQUENCE"]))) == (1, 2)
    moved = after.decoded("DTSTART").astimezone(UTC) - before.decoded("DTSTART").astimezone(UTC)
    assert moved == timedelta(hours=1)
    rows = http_system.rows("SELECT state, count(*) AS n FROM outbox WHERE kind = 'reminder.departure' GROUP BY state")
    assert [(row["state"], row["n"]) for row in rows] == [("sent", 6)]  # the organizer hears of it, too
