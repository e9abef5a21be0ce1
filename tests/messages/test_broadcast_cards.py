"""The card of a broadcast: it keeps up, survives a restart and failures, and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rehearsal.telegram import Message
from rehearsal.telegram.faults import Fault, FaultKind
from tests.kit import System, User


@asynccontextmanager
async def broadcast_held(system: System, organizer: User) -> AsyncIterator[Message]:
    """The card of a confirmed broadcast to four, of which nothing leaves inside of the block."""
    for number in range(1, 5):
        await system.teacher(f"Teacher {number}")
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers")
    card = await organizer.asks("Hello")
    async with system.sending_stopped():
        await organizer.presses("📣 Send to 4", on=card)
        await organizer.waits_for(lambda: "On its way" in card.words)
        yield card


async def test_the_card_ends_with_the_last_message(system: System) -> None:
    async with broadcast_held(system, await system.organizer()) as card:
        assert "░░░░░░░░░░ 0 of 4" in card.words
    assert card.words == "📣 Sent\nTeachers · Minji\n▓▓▓▓▓▓▓▓▓▓ 4 of 4\n✅ 4 sent"
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_who_left_meanwhile_is_not_waited_for(system: System) -> None:
    async with broadcast_held(system, await system.organizer()) as card:
        await system.write(lambda db: db.execute("UPDATE person SET state = 'left' WHERE name = 'Teacher 2'"))
    assert "✅ 3 sent" in card.words
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_a_card_that_was_deleted_does_not_keep_the_broadcast_open(system: System) -> None:
    organizer = await system.organizer()
    async with broadcast_held(system, organizer) as card:
        organizer.remove(card)
    assert system.value("SELECT state FROM broadcast") == "finished"
    assert [one.method for one in system.world.violations] == ["editMessageText"]
    system.world.violations.clear()


async def test_a_card_whose_organizer_has_left_is_not_written_to(system: System) -> None:
    async with broadcast_held(system, await system.organizer()) as card:
        before = card.words
        await system.write(lambda db: db.execute("UPDATE broadcast SET chat_id = 0, card_id = NULL, by_id = NULL"))
        await system.write(lambda db: db.execute("DELETE FROM live_card"))
    assert system.value("SELECT state FROM broadcast") == "finished"
    assert card.words == before


async def test_an_edit_that_fails_is_made_up_for(system: System) -> None:
    async with broadcast_held(system, await system.organizer()) as card:
        system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="editMessageText")] * 2)
    await system.later(seconds=10)
    assert "✅ 4 sent" in card.words
    assert system.value("SELECT state FROM broadcast") == "finished"
