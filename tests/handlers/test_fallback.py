"""Everything that nobody expected gets one clear sentence, or silence in groups."""

import pytest

from tests.kit import System
from tests.rehearsal.telegram.callers import Caller


@pytest.mark.parametrize("command", ["/nonsense", "/constructor", "/" + "x" * 64, "/nonsense " + "y" * 4_000])
async def test_an_unknown_command_names_those_of_the_role(system: System, command: str) -> None:
    teacher, minji = await system.teacher(), await system.organizer()
    await teacher.sends(command)
    assert "I do not know that command." in teacher.chat[-1].words
    assert "/lesson –" in teacher.chat[-1].words
    assert "/invite" not in teacher.chat[-1].words
    await minji.sends(command)
    assert "/invite –" in minji.chat[-1].words


async def test_who_has_not_finished_joining_is_led_back(system: System) -> None:
    owner = system.owner_account
    await owner.starts()
    await owner.sends("/today")
    assert owner.shows("Press /start to go on where we were.")
    await owner.presses_payload("day2:2025-08-04", on=owner.chat[-1])
    assert owner.toast == ("Press /start to go on where we were.", True)
    await owner.sends("/nonsense")
    assert "I do not know that command." in owner.chat[-1].words


async def test_blocking_cancels_what_waits_and_unblocking_does_not_flood(system: System) -> None:
    teacher = await system.teacher()
    await teacher.blocks()
    assert system.value("SELECT reachable FROM person") == 0
    await system.at("2025-08-06 12:00")
    await teacher.unblocks()
    assert system.value("SELECT reachable FROM person") == 1
    assert len(teacher.chat) <= 1
    someone = system.stranger()
    await someone.blocks()
    assert system.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


@pytest.mark.parametrize("payload", ["", "gone1:5", "day9:1", "day2:x", "day2", "take1:" + "9" * 30, "lang1:tg:tg"])
async def test_an_old_button_says_so(system: System, payload: str) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses_payload(payload, on=teacher.chat[-1])
    assert teacher.toast is not None
    assert teacher.toast[1]
    assert teacher.waiting_taps == 0


@pytest.mark.parametrize("text", ["x" * 10_000, "\u202e\u200b", "😀" * 3_000, "a\u0000b"])
async def test_strange_words_are_survived(system: System, text: str) -> None:
    teacher = await system.teacher()
    await teacher.sends(text)
    assert system.rows("SELECT * FROM inbox WHERE state <> 'done'") == []


async def test_a_voice_where_words_are_awaited_is_asked_for_in_words(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses("Name")
    await teacher.sends_voice()
    assert "I can only read text here." in teacher.chat[-1].words
    await teacher.sends("Anna")
    assert system.value("SELECT name FROM person") == "Anna"


async def test_pins_are_no_answer_to_anything(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses("Name")
    asked = teacher.chat[-1]
    await teacher.pins(asked)
    await Caller(system.world)("pinChatMessage", chat_id=teacher.id, message_id=teacher.chat[-2].id)
    await system.wait_idle()
    lines = list(teacher.messages.values())[-2:]
    assert all("pinned_message" in line.content for line in lines), "both pins are told, and the bot answers neither"
    assert system.rows("SELECT * FROM inbox WHERE state <> 'done'") == []
    await teacher.sends("Anna")
    assert system.value("SELECT name FROM person") == "Anna"


async def test_a_press_that_names_no_chat_is_nobodys_wish(system: System) -> None:
    teacher = await system.teacher()
    for data in ("ask1", "lang1:ru", "here1:1"):
        query = {"id": system.world.queries.open(teacher), "from": teacher.user, "chat_instance": "7", "data": data}
        system.world.push("callback_query", {**query, "inline_message_id": "AAA"})
    await system.wait_idle()
    assert system.rows("SELECT * FROM admission") == []
    assert system.rows("SELECT * FROM inbox WHERE state = 'failed'") == []
