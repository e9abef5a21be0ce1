import pytest

from rehearsal.telegram import Account
from tests.rehearsal.telegram.callers import Caller, keyboard


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are not allowed in the inline keyboard"),
        ({"callback_data": "x"}, "can't parse inline keyboard: Can't find field \"text\""),
        ({"text": "", "callback_data": "x"}, "can't parse inline keyboard button: the text is empty"),
        ({"text": "x", "callback_data": "ҳ" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": "a", "url": "https://a.tj"},
            "can't parse inline keyboard button: both callback_data and url are given",
        ),
        ({"text": "x", "url": "nope"}, "inline keyboard button URL 'nope' is invalid: Wrong HTTP URL"),
        ({"text": "x", "copy_text": {"text": "я" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "callback_data": "a", "style": "pink"},
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            {"text": "x", "web_app": {"url": "http://a.tj"}},
            "inline keyboard button web_app URL 'http://a.tj' is invalid: Only HTTPS links are allowed",
        ),
        ({"text": "x", "pay": True}, "a button with pay is not played by this rehearsal"),
    ],
)  # fmt: skip
async def test_a_wrong_button_is_refused(button: dict[str, object], refusal: str, bot: Caller, sitora: Account) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert (
        await bot.refused("sendMessage", chat_id=sitora.id, text="x", reply_markup=markup)
        == f"400 Bad Request: {refusal}"
    )


async def test_every_good_button_is_shown(bot: Caller, sitora: Account) -> None:
    rows = [
        [{"text": "a", "callback_data": "ҳ" * 32, "style": "danger"}, {"text": "b", "url": "tg://user?id=5"}],
        [{"text": "c", "copy_text": {"text": "세종시"}}, {"text": "d", "switch_inline_query": ""}],
        [{"text": "e", "web_app": {"url": "https://a.tj"}}],
    ]
    message = await bot("sendMessage", chat_id=sitora.id, text="x", reply_markup={"inline_keyboard": rows})
    assert message["reply_markup"] == {"inline_keyboard": rows}
    shown = [button for row in sitora.chat[-1].keyboard for button in row]
    assert [button.text for button in shown] == ["a", "b", "c", "d", "e"]
    assert shown[0].payload == "ҳ" * 32
    assert shown[0].style == "danger"
    assert shown[2].copy_text == "세종시"


async def test_a_hundred_and_one_buttons_are_too_many(bot: Caller, sitora: Account) -> None:
    markup = {"inline_keyboard": [keyboard("x")["inline_keyboard"][0]] * 101}  # type: ignore[index]
    refusal = await bot.refused("sendMessage", chat_id=sitora.id, text="x", reply_markup=markup)
    assert refusal == "400 Bad Request: reply markup is too long"


@pytest.mark.parametrize(
    ("keyboard_", "refusal"),
    [
        ({"keyboard": [[{"text": ""}]]}, "reply keyboard button text is empty"),
        (
            {"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]},
            "can't parse keyboard button: more than one action",
        ),
        (
            {"keyboard": [[{"text": "x"}]], "input_field_placeholder": "x" * 65},
            "input field placeholder must be 1 to 64 characters",
        ),
        ({"keyboard": "x"}, "can't parse keyboard JSON object"),
        ({"keyboard": [{"text": "x"}]}, "expected an Array of keyboard"),
        ({"buttons": []}, "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_wrong_reply_keyboards(keyboard_: dict[str, object], refusal: str, bot: Caller, sitora: Account) -> None:
    refused = await bot.refused("sendMessage", chat_id=sitora.id, text="x", reply_markup=keyboard_)
    assert refused == f"400 Bad Request: {refusal}"


async def test_an_empty_markup_is_none(bot: Caller, sitora: Account) -> None:
    markups: list[dict[str, object]] = [{}, {"inline_keyboard": []}, {"inline_keyboard": [[]]}]
    for markup in markups:
        assert "reply_markup" not in await bot("sendMessage", chat_id=sitora.id, text="x", reply_markup=markup)
