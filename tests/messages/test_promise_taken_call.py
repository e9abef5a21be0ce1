"""What somebody writes whose call is taken goes to who took it, and to everybody when that one is gone."""

from bot.access import Role
from tests.kit import System


async def test_new_words_go_to_everybody_when_who_has_taken_the_call_has_blocked_the_bot(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await teacher.sends("At the gate")
    assert [minji.count("At the gate"), bora.count("At the gate")] == [1, 0]
    minji.blocked = True  # Telegram has not said so yet
    await teacher.sends("It is raining")
    await system.later(seconds=11)
    assert bora.count("It is raining") == 1
    assert teacher.shows("✓ Passed on to the organizers.")
    assert bora.count("At the gate") == 1, "nobody has the call any more"
    await teacher.sends("I see a tower")
    assert bora.count("I see a tower") == 1
    await minji.unblocks()
    assert [bora.count("It is raining"), bora.count("I see a tower")] == [1, 1]


async def test_new_words_go_to_everybody_when_who_has_taken_the_call_is_no_organizer_any_more(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await teacher.sends("At the gate")
    await minji.starts(await system.invitation(Role.COORDINATOR))
    await minji.presses("Accept")
    await teacher.sends("It is raining")
    assert [bora.count("At the gate"), bora.count("It is raining")] == [1, 1]
    assert minji.count("It is raining") == 0
    assert not teacher.shows("🙋 Minji is on it.")
