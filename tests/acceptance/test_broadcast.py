"""A broadcast to thirty phones over real HTTP, one of them blocked."""

from tests.kit import System


async def test_a_broadcast_to_thirty_with_one_blocked_phone(http_system: System) -> None:
    organizer = await http_system.organizer()
    teachers = [await http_system.teacher(f"Teacher {number}") for number in range(1, 31)]
    teachers[7].blocked = True
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (30)")
    await organizer.sends("The bus leaves at 9:00 from gate 2")
    await organizer.presses("📣 Send to 30")
    card = organizer.newest("Teachers · Minji")  # beside it an alert tells whom the bot cannot reach
    await organizer.waits_for(lambda: "29 sent" in card.text, timeout=15)

    assert "1 person has blocked the bot" in card.text
    assert sum(teacher.shows("The bus leaves at 9:00 from gate 2") for teacher in teachers) == 29
    states = http_system.rows(
        "SELECT state, count(*) AS n FROM outbox WHERE kind = 'broadcast' GROUP BY state ORDER BY n"
    )
    assert [row["n"] for row in states] == [1, 29]
    assert http_system.value("SELECT reachable FROM person WHERE telegram_id = ?", teachers[7].id) == 0
