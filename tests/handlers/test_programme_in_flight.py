"""A version is published while the morning's agenda is on its way: no phone keeps what does not run any more."""

from bot.programme.edits import Moved
from rehearsal.telegram.faults import Fault
from tests.kit import System

SLOW = Fault(delay=2.0, method="sendMessage")


async def test_an_agenda_that_has_arrived_without_an_answer_is_made_true(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 06:59")
    system.world.faults.script([SLOW, SLOW])
    async with system.without_waiting():
        system.passes("2025-08-04 07:00")
        await teacher.waits_for("Good morning")
        assert "10:00–11:00 Opening ceremony" in teacher.chat[0].words
        await system.publishes(organizer, Moved("opening", 60))
        assert {row["state"] for row in system.rows("SELECT state FROM outbox")} == {"sending"}
    await system.later(minutes=1)
    assert "11:00–12:00 Opening ceremony" in teacher.chat[0].words
    assert "10:00" not in teacher.chat[0].words
