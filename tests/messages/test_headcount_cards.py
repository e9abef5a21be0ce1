"""How the cards of a headcount change: seldom, beside each other, and by what is true."""

import pytest

from rehearsal.telegram import Message
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.journal import AcceptedCall
from tests.kit import System, User

HERE = "🙋 I am here"


async def counts(organizer: User) -> Message:
    await organizer.sends("/headcount")
    await organizer.presses(organizer.chat[-1].labels[0])
    return organizer.chat[-1]


def edits(system: System, who: User) -> list[str]:
    """From here on: the messages of this person that are changed."""
    found: list[str] = []

    def heard(call: AcceptedCall) -> None:
        if call.method == "editMessageText" and call.chat_id == who.id:
            found.append(call.method)

    system.world.on_accept.append(heard)
    return found


async def test_many_taps_make_one_change(system: System) -> None:
    minji = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number:02d}") for number in range(1, 21)]
    card = await counts(minji)
    changed = edits(system, minji)
    async with system.without_waiting():
        for teacher in teachers:
            await teacher.presses(HERE)
    assert "20 of 20" in card.words
    assert 1 <= len(changed) <= 5


async def test_nothing_is_changed_where_nothing_has_changed(system: System) -> None:
    minji = await system.organizer()
    await system.teacher("Ann")
    await counts(minji)
    changed = edits(system, minji)
    await system.later(seconds=30)
    await system.restarts()
    assert changed == []


async def test_who_has_blocked_the_bot_delays_nobody(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await counts(minji)
    card = await counts(bora)
    await minji.blocks()
    await ann.presses(HERE)
    assert "1 of 1" in card.words
    await minji.unblocks()
    assert "1 of 1" in minji.newest("Headcount").words


@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.THROTTLED, FaultKind.LOST_ANSWER])
async def test_a_change_that_failed_is_made_again(system: System, kind: FaultKind) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    first, second = await counts(minji), await counts(bora)
    async with system.without_waiting():
        system.world.faults.script([Fault(kind, method="editMessageText")] * 2)
        await minji.presses("📋 Roll call", on=first)
    await system.later(seconds=10)
    assert first.labels == ["⬜ Ann", "⬅️ Who is missing"]
    await ann.presses(HERE)
    assert "1 of 1" in first.words
    assert "1 of 1" in second.words


async def test_a_name_that_changes_is_shown_soon(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    await ann.sends("/me")
    await ann.presses("✍️ Name")
    await ann.sends("Anna Karimova")
    assert "1. Anna Karimova" in card.words


async def test_who_organizes_no_more_sees_no_more_names(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    card = await counts(minji)
    await counts(bora)
    await system.write(
        lambda connection: connection.execute("UPDATE person SET role = 'teacher' WHERE id = 1") and None
    )
    await ann.presses(HERE)
    assert "0 of 1" in card.words
    assert len(system.rows("SELECT * FROM live_card")) == 1
