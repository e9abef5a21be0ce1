"""Everything that nobody expected gets one clear sentence, or silence in groups."""

import pytest

from rehearsal.telegram import Account
from tests.kit import House


async def says(house: House, who: Account, text: str) -> None:
    await who.sends(text)
    await house.wait_idle()


@pytest.mark.parametrize("command", ["/nonsense", "/constructor", "/" + "x" * 64, "/nonsense " + "y" * 4_000])
async def test_an_unknown_command_names_those_of_the_role(house: House, command: str) -> None:
    teacher, minji = await house.teacher(), await house.organizer()
    await says(house, teacher, command)
    assert "I do not know that command." in teacher.chat[-1].words
    assert "/lesson –" in teacher.chat[-1].words
    assert "/invite" not in teacher.chat[-1].words
    await says(house, minji, command)
    assert "/invite –" in minji.chat[-1].words


async def test_strangers_hear_the_same_kind_refusal_whatever_they_say(house: House) -> None:
    someone = house.stranger()
    for words in ("/nonsense", "/today", "/me", "hello", "/help"):
        await says(house, someone, words)
        assert len(someone.chat[-1].words.split("\n\n")) == 4
        await house.later(minutes=1)
    await someone.sends_sticker()
    await house.wait_idle()
    assert len(someone.chat[-1].words.split("\n\n")) == 4
    assert house.rows("SELECT * FROM person") == []
    assert house.rows("SELECT * FROM help_message") == []


async def test_a_stranger_who_says_something_hears_that_nobody_has_read_it(house: House) -> None:
    someone = house.stranger("Daler")
    for words in ("I am Daler from Khujand, teacher of physics", "Where is it?"):
        await says(house, someone, words)
        assert someone.chat[-1].words.startswith("✉️ I do not know you yet, so nobody has read this.")
        assert someone.chat[-1].labels == ["🙋 Ask an organizer"]
        await house.later(minutes=1)


async def test_a_stranger_who_writes_on_and_on_is_answered_once_a_minute(house: House) -> None:
    someone = house.stranger()
    for number in range(10):
        await says(house, someone, f"hello {number}")
    assert len([message for message in someone.chat if message.from_bot]) == 1
    await house.later(minutes=1)
    await says(house, someone, "hello?")
    assert someone.chat[-1].from_bot


async def test_who_has_not_finished_joining_is_led_back(house: House) -> None:
    owner = house.world.accounts[7_100_000_001]
    await owner.starts()
    await house.wait_idle()
    await says(house, owner, "/today")
    assert owner.shows("Press /start to go on where we were.")
    await owner.presses_payload("day2:2025-08-04", on=owner.chat[-1])
    await house.wait_idle()
    assert owner.toast == ("Press /start to go on where we were.", True)
    await says(house, owner, "/nonsense")
    assert "I do not know that command." in owner.chat[-1].words


async def test_commands_in_groups_lead_to_the_private_chat_and_chatter_is_ignored(house: House) -> None:
    teacher, someone = await house.teacher(), house.stranger()
    group = house.world.group("Bus", [teacher, someone])
    await house.wait_idle()
    before = len(group.chat)
    for words in ("hello all", "/nonsense", "/today@another_bot", "/start@another_bot"):
        await teacher.sends(words, chat=group)
    await someone.sends_sticker(chat=group)
    await house.wait_idle()
    assert len(group.chat) == before + 5
    for who, words in ((teacher, "/today"), (someone, f"/start@{house.world.me['username']}")):
        await who.sends(words, chat=group)
        await house.wait_idle()
        assert group.chat[-1].words == "I speak with each of you in private."
    assert teacher.chat == []
    await someone.presses("Open our chat", chat=group)
    assert someone.opened


async def test_coming_to_a_group_is_announced_and_leaving_is_not(house: House) -> None:
    teacher = await house.teacher()
    group = house.world.group("Bus", [teacher])
    group.bot_joins()
    await house.wait_idle()
    spoken = [one for one in group.chat if one.from_bot]
    group.removes_bot()
    await house.wait_idle()
    assert [one for one in group.chat if one.from_bot] == spoken
    assert house.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


async def test_blocking_cancels_what_waits_and_unblocking_does_not_flood(house: House) -> None:
    teacher = await house.teacher()
    teacher.blocks()
    await house.wait_idle()
    assert house.value("SELECT reachable FROM person") == 0
    await house.at("2025-08-06 12:00")
    teacher.unblocks()
    await house.wait_idle()
    assert house.value("SELECT reachable FROM person") == 1
    assert len(teacher.chat) <= 1
    someone = house.stranger()
    someone.blocks()
    await house.wait_idle()
    assert house.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


@pytest.mark.parametrize("payload", ["", "gone1:5", "day9:1", "day2:x", "day2", "take1:" + "9" * 30, "lang1:tg:tg"])
async def test_an_old_button_says_so(house: House, payload: str) -> None:
    teacher = await house.teacher()
    await says(house, teacher, "/me")
    await teacher.presses_payload(payload, on=teacher.chat[-1])
    await house.wait_idle()
    assert teacher.toast is not None
    assert teacher.toast[1]
    assert teacher.waiting_taps == 0


@pytest.mark.parametrize("text", ["x" * 10_000, "\u202e\u200b", "😀" * 3_000, "a\u0000b"])
async def test_strange_words_are_survived(house: House, text: str) -> None:
    teacher = await house.teacher()
    await says(house, teacher, text)
    assert house.rows("SELECT * FROM inbox WHERE state <> 'done'") == []


async def test_a_voice_where_words_are_awaited_is_asked_for_in_words(house: House) -> None:
    teacher = await house.teacher()
    await says(house, teacher, "/me")
    await teacher.presses("Name")
    await house.wait_idle()
    await teacher.sends_voice()
    await house.wait_idle()
    assert "I can only read text here." in teacher.chat[-1].words
    await says(house, teacher, "Anna")
    assert house.value("SELECT name FROM person") == "Anna"


async def test_a_press_that_names_no_chat_is_nobodys_wish(house: House) -> None:
    teacher = await house.teacher()
    for data in ("ask1", "lang1:ru", "here1:1"):
        query = {"id": house.world.queries.open(teacher), "from": teacher.user, "chat_instance": "7", "data": data}
        house.world.push("callback_query", {**query, "inline_message_id": "AAA"})
    await house.wait_idle()
    assert house.rows("SELECT * FROM admission") == []
    assert house.rows("SELECT * FROM inbox WHERE state = 'failed'") == []
