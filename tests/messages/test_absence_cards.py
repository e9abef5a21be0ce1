"""How the cards of who is missing change: when something is true that they do not show, and seldom."""

import pytest

from rehearsal.telegram import Message
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.journal import AcceptedCall
from tests.clocks import eventually
from tests.kit import System

ALERTED = "2025-08-04 09:15"
HERE = "✅ I am here"


def edits(system: System, message: Message) -> list[str]:
    """From here on: the changes of this message."""
    found: list[str] = []

    def heard(call: AcceptedCall) -> None:
        if call.method == "editMessageText" and (call.chat_id, call.params.get("message_id")) == (
            message.chat_id,
            message.id,
        ):
            found.append(call.method)

    system.world.on_accept.append(heard)
    return found


async def test_many_answers_make_few_changes(system: System) -> None:
    organizer = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number:02d}") for number in range(1, 21)]
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    changed = edits(system, alert)
    async with system.without_waiting():
        for teacher in teachers:
            await teacher.presses(HERE)
    assert "✅ All 20 teachers have answered." in alert.words
    assert 1 <= len(changed) <= 5


async def test_an_answer_reaches_the_card_while_nothing_else_happens(system: System) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    async with system.without_waiting():
        system.passes("2025-08-04 09:16")
        await late.presses(HERE)
        await eventually(lambda: "✅ The 1 teacher has answered." in alert.words)


async def test_nothing_is_changed_while_nothing_happens(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher("Silent")
    await system.at(ALERTED)
    changed = edits(system, organizer.newest("Morning check-in"))
    await system.later(hours=3)
    await system.restarts()
    assert changed == []


async def test_whoever_blocks_the_bot_is_moved_among_those_it_cannot_reach(system: System) -> None:
    organizer, gone = await system.organizer(), await system.teacher("Gone")
    await system.teacher("Silent")
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    await gone.blocks()
    assert "🚫 1 blocked the bot and was not asked.\n\n1. Silent · Pamir\n2. Gone · Pamir 🚫" in alert.words
    assert alert.labels[1:4] == ["1 ✉️", "1 ✅", "2 ✅"]


@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.LOST_ANSWER])
async def test_a_change_that_failed_is_made_again(system: System, kind: FaultKind) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    async with system.without_waiting():
        system.world.faults.script([Fault(kind, method="editMessageText")] * 2)
        await late.presses(HERE)
    await system.later(seconds=10)
    assert "✅ The 1 teacher has answered." in alert.words


async def test_who_organizes_no_more_sees_no_more_answers(system: System) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    await system.write(
        lambda connection: connection.execute("UPDATE person SET role = 'teacher' WHERE id = 1") and None
    )
    await late.presses(HERE)
    assert "1 of 1 has not answered." in alert.words
    assert system.rows("SELECT * FROM live_card") == []


async def test_a_card_of_a_check_in_that_is_not_in_the_programme_any_more_is_left(system: System) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at(ALERTED)
    alert = organizer.newest("Morning check-in")
    assert system.rows("SELECT feature, subject FROM live_card") == [
        {"feature": "absence", "subject": "sejong-2025:2025-08-04:morning"}
    ]
    await system.write(
        lambda connection: connection.execute("UPDATE live_card SET subject = 'other:2025-08-04:morning'") and None
    )
    await late.presses(HERE)
    assert "1 of 1 has not answered." in alert.words
    assert system.rows("SELECT * FROM live_card") == []
