"""The card of a broadcast: it keeps up, survives a restart and trouble, and ends."""

from rehearsal.telegram import Account, Message
from rehearsal.telegram.faults import Fault, FaultKind
from tests.kit import System

HELD = "the test holds everything back"


async def begun(system: System, organizer: Account, teachers: int = 4) -> Message:
    """A confirmed broadcast of which nothing can leave yet; returns its card."""
    for number in range(1, teachers + 1):
        await system.teacher(f"Teacher {number}")
    for say in ("/broadcast", None, "Hello"):
        await (organizer.sends(say) if say else organizer.presses("Teachers"))
        await system.wait_idle()
    system.app.dispatcher.halt(HELD)
    card = organizer.chat[-1]
    await organizer.presses(f"📣 Send to {teachers}", on=card)
    await organizer.waits_for(lambda: "On its way" in card.words)
    return card


async def test_the_card_ends_with_the_last_message(system: System) -> None:
    card = await begun(system, await system.organizer())
    assert "░░░░░░░░░░ 0 of 4" in card.words
    system.app.dispatcher.resume(HELD)
    await system.wait_idle()
    assert card.words == "📣 Sent\n▓▓▓▓▓▓▓▓▓▓ 4 of 4\n✅ 4 sent"
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_who_left_meanwhile_is_not_waited_for(system: System) -> None:
    card = await begun(system, await system.organizer())
    await system.app.runtime.db.write(
        lambda db: db.execute("UPDATE person SET state = 'left' WHERE name = 'Teacher 2'")
    )
    system.app.dispatcher.resume(HELD)
    await system.wait_idle()
    assert "✅ 3 sent" in card.words
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_a_card_that_was_deleted_does_not_keep_the_broadcast_open(system: System) -> None:
    organizer = await system.organizer()
    card = await begun(system, organizer)
    organizer.remove(card)
    system.app.dispatcher.resume(HELD)
    await system.wait_idle()
    assert system.value("SELECT state FROM broadcast") == "finished"
    assert [one.method for one in system.world.violations] == ["editMessageText"]
    system.world.violations.clear()


async def test_a_card_whose_organizer_has_left_is_not_written_to(system: System) -> None:
    card = await begun(system, await system.organizer())
    before = card.words
    await system.app.runtime.db.write(
        lambda db: db.execute("UPDATE broadcast SET chat_id = 0, card_id = NULL, by_id = NULL")
    )
    system.app.dispatcher.resume(HELD)
    await system.wait_idle()
    assert system.value("SELECT state FROM broadcast") == "finished"
    assert card.words == before


async def test_an_edit_that_fails_is_made_up_for(system: System) -> None:
    card = await begun(system, await system.organizer())
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="editMessageText")] * 2)
    system.app.dispatcher.resume(HELD)
    await system.wait_idle()
    await system.later(seconds=10)
    assert "✅ 4 sent" in card.words
    assert system.value("SELECT state FROM broadcast") == "finished"
