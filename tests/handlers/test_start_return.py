"""People who blocked the bot or left come back with /start."""

from bot.store import joining as joining_store
from tests.kit import System


async def test_start_brings_back_who_could_not_be_reached(system: System) -> None:
    teacher = await system.teacher()
    await teacher.blocks()
    assert system.value("SELECT reachable FROM person") == 0
    teacher.blocked = False
    await teacher.starts()
    assert system.value("SELECT reachable FROM person") == 1


async def test_who_comes_back_sees_today_at_once_and_nothing_old(system: System) -> None:
    teacher = await system.teacher()
    teacher.blocked = True  # Telegram says so only when the bot writes
    await system.at("2025-08-04 08:20")
    assert system.value("SELECT error FROM outbox") == "unreachable"
    teacher.blocked = False
    shown = len(teacher.chat)
    await teacher.starts()
    assert ["Day 1 of" in message.words for message in teacher.chat[shown + 1 :]] == [True]
    assert system.value("SELECT count(*) FROM outbox WHERE state <> 'cancelled'") == 0


async def test_who_left_can_come_in_again_and_decline_again(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.joins(await system.invitation())
    await system.write(lambda c: c.execute("UPDATE person SET state = 'left'") and None)
    await teacher.starts(await system.invitation())
    assert system.value("SELECT state FROM person") == "joining"
    await teacher.presses("English")
    person_id = system.value("SELECT id FROM person")
    await system.write(joining_store.set_step, person_id, joining_store.JoiningStep.CONSENT)
    await teacher.starts()
    await teacher.presses("Not now")
    assert system.value("SELECT state FROM person") == "left"
