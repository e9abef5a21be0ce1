import asyncio

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, GroupChat, World
from tests.rehearsal.telegram.callers import Caller, keyboard, later, png


async def test_start_with_a_code(bot: Caller, world: World) -> None:
    daler = Account(world, "Далер", language_code="ru", username="daler")
    await daler.starts("CODE-1")
    message = (await bot.updates())[0]["message"]
    assert message["text"] == "/start CODE-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": daler.id, "is_bot": False, "first_name": "Далер", "username": "daler", "language_code": "ru",
    }  # fmt: skip
    assert message["chat"] == {"id": daler.id, "first_name": "Далер", "username": "daler", "type": "private"}


async def test_a_tap_reaches_the_bot_and_its_answer_the_phone(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа", "Не"))
    await sitora.presses("Ҳа")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("Ҳа", sitora.id, "?")
    assert sitora.waiting_taps == 1
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Раҳмат", show_alert=True)
    assert sitora.toast == ("Раҳмат", True)
    assert sitora.waiting_taps == 0
    assert "query is too old" in await bot.refused("answerCallbackQuery", callback_query_id=query["id"]), "once"
    assert bot.world.violations == [], "a bot that was killed may have to answer twice"


async def test_an_answer_without_words_is_no_toast(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа"))
    query = (await sitora.presses("Ҳа"))["callback_query"]
    assert isinstance(query, dict)
    await bot("answerCallbackQuery", callback_query_id=query["id"])
    assert sitora.toast is None


async def test_a_callback_query_expires_after_150_seconds(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа"))
    await sitora.presses("Ҳа")
    query = (await bot.updates())[0]["callback_query"]
    long = await bot.refused("answerCallbackQuery", callback_query_id=query["id"], text="ҳ" * 201)
    assert long == "400 Bad Request: MESSAGE_TOO_LONG"
    later(clock, 151)
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await bot.refused("answerCallbackQuery", callback_query_id=query["id"]) == old
    assert await bot.refused("answerCallbackQuery", callback_query_id="77") == old


async def test_the_newest_button_is_pressed_and_an_exact_label_first(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="1", reply_markup=keyboard("Оянда"))
    first = sitora.chat[-1]
    await bot("sendMessage", chat_id=sitora.id, text="2", reply_markup=keyboard("Оянда ▶", "Қафо"))
    await sitora.presses("Оянда")
    await sitora.presses("янда")
    await sitora.presses("Оянда", on=first)
    taps = [update["callback_query"]["message"]["text"] for update in await bot.updates()]
    assert taps == ["1", "2", "1"]
    with pytest.raises(LookupError, match="Оянда ▶"):
        await sitora.presses("Нест")


async def test_old_and_forged_buttons(bot: Caller, sitora: Account) -> None:
    sent = await bot("sendMessage", chat_id=sitora.id, text="1", reply_markup=keyboard("a"))
    message = sitora.chat[-1]
    await sitora.presses_payload("forged", on=message)
    await bot("deleteMessage", chat_id=sitora.id, message_id=sent["message_id"])
    await sitora.presses_payload("a", on=message)
    forged, gone = (update["callback_query"] for update in await bot.updates())
    assert forged["data"] == "forged"
    assert gone["message"]["date"] == 0, "a message that can no longer be reached"
    assert "text" not in gone["message"]


async def test_a_reconnecting_phone_sends_again_under_new_ids(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="1", reply_markup=keyboard("a"))
    await sitora.presses("a")
    await sitora.taps_again()
    said = await sitora.sends("салом")
    await sitora.taps_again(said)
    tap, again, text, text_again = await bot.updates()
    assert tap["update_id"] != again["update_id"]
    assert tap["callback_query"]["id"] != again["callback_query"]["id"]
    assert tap["callback_query"]["data"] == again["callback_query"]["data"]
    assert text["update_id"] != text_again["update_id"]
    assert text["message"] == text_again["message"]


async def test_buttons_that_never_reach_the_bot(bot: Caller, sitora: Account) -> None:
    row = [
        {"text": "нишонӣ", "copy_text": {"text": "세종시"}},
        {"text": "харита", "url": "https://map.kakao.com"},
        {"text": "оғоз", "url": "https://t.me/HamrohRehearsalBot?start=INVITE"},
    ]
    await bot("sendMessage", chat_id=sitora.id, text="1", reply_markup={"inline_keyboard": [row]})
    assert await sitora.presses("нишонӣ") == {}
    assert await sitora.presses("харита") == {}
    await sitora.presses("оғоз")
    assert sitora.copied == ["세종시"]
    assert sitora.opened[0] == "https://map.kakao.com"
    assert [update["message"]["text"] for update in await bot.updates()] == ["/start INVITE"]


async def test_blocking_and_coming_back(bot: Caller, sitora: Account) -> None:
    await sitora.blocks()
    refusal = await bot.refused("sendMessage", chat_id=sitora.id, text="x")
    assert refusal == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(RuntimeError, match="blocked the bot"):
        await sitora.sends("x")
    await sitora.starts()
    await bot("sendMessage", chat_id=sitora.id, text="x")
    blocked, unblocked, start = await bot.updates()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"
    await sitora.deactivates()
    assert await bot.refused("sendMessage", chat_id=sitora.id, text="x") == "403 Forbidden: user is deactivated"


async def test_everything_a_person_can_send(bot: Caller, sitora: Account) -> None:
    said = await sitora.sends("яке")
    await sitora.edits(said, "дуюм")
    await sitora.sends_photo(png(), "акс")
    await sitora.sends_document("ҳисобот.xlsx", b"PK")
    await sitora.sends_sticker()
    await sitora.sends_voice()
    await sitora.sends_location(36.48, 127.28)
    await sitora.sends_contact()
    updates = await bot.updates()
    kinds = [set(update.get("message") or update["edited_message"]) for update in updates]
    wanted = ["text", "edit_date", "photo", "document", "sticker", "voice", "location", "contact"]
    assert all(part in kind for part, kind in zip(wanted, kinds, strict=True))
    assert updates[1]["edited_message"]["text"] == "дуюм"
    assert sitora.shows("дуюм")
    file = await bot("getFile", file_id=updates[3]["message"]["document"]["file_id"])
    assert file["file_size"] == 2


async def test_a_phone_sends_a_long_text_in_parts(bot: Caller, sitora: Account) -> None:
    last = await sitora.sends("ҳ" + "🏟" * 3000)
    assert [len(update["message"]["text"]) for update in await bot.updates()] == [2048, 953]
    assert last is sitora.chat[-1]


async def test_the_reply_keyboard_and_its_requests(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Ташкилкунандагон", [sitora])
    world.updates.take()
    rows = [
        [{"text": "Салом"}, {"text": "Рақам", "request_contact": True}],
        [{"text": "Ҷой", "request_location": True}],
        [{"text": "Гурӯҳ", "request_chat": {"request_id": 7, "chat_is_channel": False}}],
    ]
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup={"keyboard": rows})
    for label in ("Салом", "Рақам", "Ҷой", "Гурӯҳ"):
        await sitora.presses(label)
    text, contact, location, chat = (update["message"] for update in await bot.updates())
    assert text["text"] == "Салом"
    assert contact["contact"]["user_id"] == sitora.id
    assert "latitude" in location["location"]
    assert (chat["chat_shared"]["request_id"], chat["chat_shared"]["chat_id"]) == (7, group.id)
    await bot("sendMessage", chat_id=sitora.id, text="бас", reply_markup={"remove_keyboard": True})
    with pytest.raises(LookupError):
        await sitora.presses("Салом")
    empty = await bot.refused("sendMessage", chat_id=sitora.id, text="?", reply_markup={"keyboard": []})
    assert empty == "400 Bad Request: reply keyboard is empty"


async def test_waiting_ends_when_the_words_are_shown(bot: Caller, sitora: Account) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sitora.waits_for("Салом"))
        tasks.create_task(sitora.waits_for(lambda: len(sitora.chat) == 2))
        await asyncio.sleep(0)
        await bot("sendMessage", chat_id=sitora.id, text="Салом!")


async def test_waiting_in_vain_shows_the_chat(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="Хайр", reply_markup=keyboard("Ҳа"))
    with pytest.raises(AssertionError, match=r"Ситора Раҳимова waited 0.01 s for 'Салом'(?s:.*)Хайр(?s:.*)\[Ҳа\]"):
        await sitora.waits_for("Салом", timeout=0.01)


async def test_hostile_updates_are_queued_as_they_are(bot: Caller, world: World) -> None:
    world.raw_update({"message": {"text": "\ud83d"}})
    world.raw_update({"update_id": 500_000, "unheard_of": 1})
    hostile, unknown = await bot.updates()
    assert hostile["message"]["text"] == "\ud83d"
    assert unknown == {"update_id": 500_000, "unheard_of": 1}
    assert world.raw_update({})["update_id"] == 500_001
