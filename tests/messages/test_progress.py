"""The card of a broadcast: it keeps up, survives a restart and trouble, and ends."""

from rehearsal.telegram import Account, Bubble
from rehearsal.telegram.faults import Fault, Kind
from tests.kit import House

HELD = "the test holds everything back"


async def begun(house: House, organizer: Account, teachers: int = 4) -> Bubble:
    """A confirmed broadcast of which nothing can leave yet; returns its card."""
    for number in range(1, teachers + 1):
        await house.teacher(f"Teacher {number}")
    for say in ("/broadcast", None, "Hello"):
        await (organizer.sends(say) if say else organizer.presses("Teachers"))
        await house.wait_idle()
    house.app.dispatcher.halt(HELD)
    card = organizer.chat[-1]
    await organizer.presses(f"📣 Send to {teachers}", on=card)
    await organizer.waits_for(lambda: "On its way" in card.words)
    return card


async def test_the_card_ends_with_the_last_message(house: House) -> None:
    card = await begun(house, await house.organizer())
    assert "░░░░░░░░░░ 0 of 4" in card.words
    house.app.dispatcher.resume(HELD)
    await house.wait_idle()
    assert card.words == "📣 Sent\n▓▓▓▓▓▓▓▓▓▓ 4 of 4\n✅ 4 sent"
    assert house.value("SELECT state FROM broadcast") == "finished"


async def test_who_left_meanwhile_is_not_waited_for(house: House) -> None:
    card = await begun(house, await house.organizer())
    await house.app.services.db.write(
        lambda db: db.execute("UPDATE person SET state = 'left' WHERE name = 'Teacher 2'")
    )
    house.app.dispatcher.resume(HELD)
    await house.wait_idle()
    assert "✅ 3 sent" in card.words
    assert house.value("SELECT state FROM broadcast") == "finished"


async def test_a_card_that_was_deleted_does_not_keep_the_broadcast_open(house: House) -> None:
    organizer = await house.organizer()
    card = await begun(house, organizer)
    organizer.remove(card)
    house.app.dispatcher.resume(HELD)
    await house.wait_idle()
    assert house.value("SELECT state FROM broadcast") == "finished"
    assert [one.method for one in house.world.violations] == ["editMessageText"]
    house.world.violations.clear()


async def test_a_card_whose_organizer_has_left_is_not_written_to(house: House) -> None:
    card = await begun(house, await house.organizer())
    before = card.words
    await house.app.services.db.write(
        lambda db: db.execute("UPDATE broadcast SET chat_id = 0, card_id = NULL, by_id = NULL")
    )
    house.app.dispatcher.resume(HELD)
    await house.wait_idle()
    assert house.value("SELECT state FROM broadcast") == "finished"
    assert card.words == before


async def test_an_edit_that_fails_is_made_up_for(house: House) -> None:
    card = await begun(house, await house.organizer())
    house.world.faults.script([Fault(Kind.ERROR_BEFORE, method="editMessageText")] * 2)
    house.app.dispatcher.resume(HELD)
    await house.wait_idle()
    await house.later(seconds=10)
    assert "✅ 4 sent" in card.words
    assert house.value("SELECT state FROM broadcast") == "finished"
