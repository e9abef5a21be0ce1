import pytest

from rehearsal.telegram import Account, GroupChat, World
from tests.rehearsal.telegram.callers import Caller, keyboard


async def test_a_message_is_seen_on_the_phone_with_its_buttons(bot: Caller, sitora: Account) -> None:
    message = await bot(
        "sendMessage",
        chat_id=sitora.id,
        text="  <b>Салом</b>, 🏟 &lt;дӯст&gt; ",
        parse_mode="HTML",
        reply_markup=keyboard("Ҳа", "Не"),
        disable_notification=True,
    )
    shown = sitora.chat[-1]
    assert shown.id == message["message_id"]
    assert shown.text == message["text"] == "Салом, 🏟 <дӯст>"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert shown.labels == ["Ҳа", "Не"]
    assert shown.silent
    assert sitora.shows("🏟 <дӯст>")
    assert not sitora.shows("<b>")


async def test_parameters_come_as_strings_too(bot: Caller, sitora: Account) -> None:
    markup = '{"inline_keyboard":[[{"text":"Ҳа","callback_data":"y"}]]}'
    await bot(
        "sendMessage", chat_id=str(sitora.id), text="x", protect_content="true", reply_markup=markup, parse_mode=None
    )
    assert sitora.chat[-1].labels == ["Ҳа"]
    assert sitora.chat[-1].protected


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({}, "400 Bad Request: message text is empty"),
        ({"text": " \n "}, "400 Bad Request: message text is empty"),
        ({"text": "ҳ" * 4097}, "400 Bad Request: message is too long"),
        ({"text": "🏟" * 2049}, "400 Bad Request: message is too long"),
        (
            {"text": "<b>", "parse_mode": "HTML"},
            "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "RTF"}, "400 Bad Request: unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "400 Bad Request: parse_mode MarkdownV2 is not played by this rehearsal; use HTML or entities",
        ),
        (
            {"text": "<i>x</i>" * 101, "parse_mode": "HTML"},
            "400 Bad Request: more than 100 entities in a text (Telegram would drop the rest)",
        ),
        ({"text": "x", "colour": "red"}, '400 Bad Request: unknown parameter "colour" of sendMessage'),
        (
            {"text": "x", "protect_content": "perhaps"},
            '400 Bad Request: field "protect_content" must be of type Boolean',
        ),
        (
            {"text": "x", "message_thread_id": "three"},
            '400 Bad Request: field "message_thread_id" must be of type Number',
        ),
        ({"text": {"a": 1}}, '400 Bad Request: field "text" must be of type String'),
        ({"text": "\ud83d"}, "400 Bad Request: strings must be encoded in UTF-8"),
        ({"text": "x", "reply_markup": "{"}, "400 Bad Request: can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "400 Bad Request: object expected as reply keyboard markup"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "400 Bad Request: message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, "400 Bad Request: message thread not found"),
        (
            {"text": "x", "link_preview_options": {"hidden": True}},
            '400 Bad Request: unknown field "hidden" of LinkPreviewOptions in "link_preview_options"',
        ),
        (
            {"text": "x", "business_connection_id": "b"},
            "400 Bad Request: sendMessage with these parameters is not played by this rehearsal",
        ),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused_and_recorded(
    params: dict[str, object], refusal: str, bot: Caller, sitora: Account, world: World
) -> None:
    assert await bot.refused("sendMessage", chat_id=sitora.id, **params) == refusal
    assert [f"400 {violation.description}" for violation in world.violations] == [refusal]
    assert world.violations[0].method == "sendMessage"
    assert len(sitora.chat) == 1, "nothing but /start is there"


async def test_the_longest_message_fits_when_tags_are_not_counted(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text=f"<b>{'ҳ' * 4094}</b>&lt;&gt;", parse_mode="HTML")
    assert len(sitora.chat[-1].text) == 4096


async def test_an_answer_quotes_one_message_and_not_what_that_answered(bot: Caller, sitora: Account) -> None:
    first = await bot("sendMessage", chat_id=sitora.id, text="one")
    second = await bot(
        "sendMessage", chat_id=sitora.id, text="two", reply_parameters={"message_id": first["message_id"]}
    )
    third = await bot(
        "sendMessage", chat_id=sitora.id, text="three", reply_parameters={"message_id": second["message_id"]}
    )
    assert second["reply_to_message"]["text"] == "one"
    assert third["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in third["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot("sendMessage", chat_id=sitora.id, text="x", reply_parameters=lenient)


async def test_mentions_name_people_whom_the_bot_has_met(bot: Caller, sitora: Account) -> None:
    text = f'<a href="tg://user?id={sitora.id}">a</a> <a href="tg://user?id=5">b</a>'
    message = await bot("sendMessage", chat_id=sitora.id, text=text, parse_mode="HTML")
    assert [entity["user"]["first_name"] for entity in message["entities"]] == ["Ситора"]


async def test_entities_can_be_given_and_move_with_the_trimmed_text(bot: Caller, sitora: Account) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 0, "length": 2}]
    message = await bot("sendMessage", chat_id=sitora.id, text="  ab  ", entities=entities)
    assert message["text"] == "ab"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]


async def test_places_and_contacts(bot: Caller, sitora: Account) -> None:
    venue = {"latitude": 36.48, "longitude": 127.289, "title": "Мактаб", "address": "세종시 한누리대로"}
    message = await bot("sendVenue", chat_id=sitora.id, **venue)
    assert message["venue"]["address"] == "세종시 한누리대로"
    assert message["location"] == {"latitude": 36.48, "longitude": 127.289}
    assert sitora.shows("한누리대로")
    await bot("sendLocation", chat_id=sitora.id, latitude="36.5", longitude=127)
    assert sitora.chat[-1].location == {"latitude": 36.5, "longitude": 127.0}
    contact = await bot("sendContact", chat_id=sitora.id, phone_number="+992900", first_name="Далер")
    assert contact["contact"] == {"phone_number": "+992900", "first_name": "Далер"}
    assert "wrong latitude" in await bot.refused("sendLocation", chat_id=sitora.id, latitude=91, longitude=0)
    assert "title must be" in await bot.refused("sendVenue", chat_id=sitora.id, **{**venue, "title": " "})


async def test_typing_shows_until_the_next_message(bot: Caller, sitora: Account) -> None:
    await bot("sendChatAction", chat_id=sitora.id, action="typing")
    assert sitora.action == "typing"
    await bot("sendMessage", chat_id=sitora.id, text="x")
    assert sitora.action is None
    assert "wrong parameter action" in await bot.refused("sendChatAction", chat_id=sitora.id, action="dancing")


async def test_methods_that_do_not_exist_or_are_not_supported(bot: Caller, sitora: Account, world: World) -> None:
    assert await bot.refused("sendTelepathy", chat_id=sitora.id) == "404 Not Found"
    assert "not played" in await bot.refused("sendDice", chat_id=sitora.id)
    assert [violation.method for violation in world.violations] == ["sendTelepathy", "sendDice"]
    assert (await bot("GETME"))["username"] == "HamrohRehearsalBot", "Telegram does not mind the case"


async def test_who_cannot_be_written_to(bot: Caller, sitora: Account, world: World) -> None:
    stranger, member = Account(world, "Бегона"), Account(world, "Аъзо")
    GroupChat(world, "Гурӯҳ", [sitora, member])
    assert await bot.refused("sendMessage", chat_id=stranger.id, text="x") == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", chat_id="@nobody", text="x") == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", text="x") == "400 Bad Request: chat_id is empty"
    refusal = await bot.refused("sendMessage", chat_id=member.id, text="x")
    assert refusal == "403 Forbidden: bot can't initiate conversation with a user"
    assert len(world.violations) == 3, "a 403 is no violation"
    assert world.refusals == {"sendMessage": 1}


async def test_a_link_in_the_answer_to_a_tap(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа"))
    await sitora.presses("Ҳа")
    query = (await bot.updates())[0]["callback_query"]["id"]
    foreign = {"callback_query_id": query, "url": "https://a.tj"}
    assert await bot.refused("answerCallbackQuery", **foreign) == "400 Bad Request: URL_INVALID"
    await bot("answerCallbackQuery", callback_query_id=query, url="https://t.me/HamrohRehearsalBot?start=X")
    assert sitora.opened == ["https://t.me/HamrohRehearsalBot?start=X"]


async def test_numbers_may_stand_for_texts_and_not_the_other_way_round(bot: Caller, sitora: Account) -> None:
    await bot("sendMessage", chat_id=sitora.id, text=5, protect_content="no")
    assert (sitora.chat[-1].text, sitora.chat[-1].protected) == ("5", False)
    place = {"chat_id": sitora.id, "longitude": 1}
    for latitude in ("north", None, [1]):
        assert "400 Bad Request" in await bot.refused("sendLocation", latitude=latitude, **place)
    assert "Number" in await bot.refused("deleteMessage", chat_id=sitora.id, message_id=True)
    contact = {"chat_id": sitora.id, "phone_number": "", "first_name": "a"}
    assert "phone number is empty" in await bot.refused("sendContact", **contact)
    nameless = {"chat_id": sitora.id, "phone_number": "1", "first_name": ""}
    assert "first name is empty" in await bot.refused("sendContact", **nameless)
    venue = {"chat_id": sitora.id, "latitude": 1, "longitude": 1, "title": "a", "address": " "}
    assert "address must be" in await bot.refused("sendVenue", **venue)
    assert "LIVE_PERIOD_INVALID" in await bot.refused("sendLocation", latitude=1, live_period=59, **place)
