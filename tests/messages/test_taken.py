"""What somebody writes whose call is taken goes to who took it, and to everybody when that one is gone."""

from bot.access import Role
from tests.handlers.arriving import link, opens, presses, says
from tests.kit import System
from tests.messages.test_promise import count, unblocks


async def test_new_words_go_to_everybody_when_who_has_taken_the_call_has_blocked_the_bot(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "I'll take it")
    await says(system, teacher, "At the gate")
    assert [count(minji, "At the gate"), count(bora, "At the gate")] == [1, 0]
    minji.blocked = True  # Telegram has not said so yet
    await says(system, teacher, "It is raining")
    await system.later(seconds=11)
    assert count(bora, "It is raining") == 1
    assert teacher.shows("✓ Passed on to the organizers.")
    assert count(bora, "At the gate") == 0, "somebody has that"
    await says(system, teacher, "I see a tower")
    assert count(bora, "I see a tower") == 1
    await unblocks(system, minji)
    assert [count(bora, "It is raining"), count(bora, "I see a tower")] == [1, 1]


async def test_new_words_go_to_everybody_when_who_has_taken_the_call_is_no_organizer_any_more(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "I'll take it")
    await says(system, teacher, "At the gate")
    await opens(system, minji, await link(system, Role.COORDINATOR))
    await presses(system, minji, "Accept")
    await says(system, teacher, "It is raining")
    assert [count(bora, "At the gate"), count(bora, "It is raining")] == [1, 1]
    assert count(minji, "It is raining") == 0
    assert not teacher.shows("🙋 Minji is on it.")
