"""Every update that can be decoded is kept, whoever sent it and however odd it is."""

from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.intake.decoding import decode, last_number
from bot.intake.validation import first_error
from bot.transport import ReqwestRequest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("content", "sender"),
    [
        ({"message": {"from": {"id": 5}, "chat": {"id": -100}}}, 5),
        ({"callback_query": {"from": {"id": 6}}}, 6),
        ({"channel_post": {"chat": {"id": -100}}}, -100),
        ({"poll_answer": {"user": {"id": 7}}}, 7),
        ({"poll": {"id": "9"}}, 0),
        ({"message": {"from": {"id": True}, "chat": {"id": 2**70}}}, 0),
        ({"message": "?"}, 0),
        ({}, 0),
    ],
)
def test_an_update_keeps_the_order_of_its_person_or_chat(content: dict[str, Any], sender: int) -> None:
    (one,) = decode([{"update_id": 1, **content}])
    assert one.sender_id == sender


def test_what_has_no_number_is_left_out_and_the_others_are_kept() -> None:
    batch = [None, 5, {}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**80}, {"update_id": 3}]
    assert [one.update_id for one in decode(batch)] == [3]


def test_what_was_pinned_is_not_kept_and_is_confirmed() -> None:
    told = {"update_id": 9, "message": {"chat": {"id": 5}, "pinned_message": {"message_id": 1, "date": 0}}}
    odd = {"update_id": 8, "message": {"chat": {"id": 5}, "pinned_message": "x"}}
    assert [one.update_id for one in decode([odd, told])] == [8], "and what is odd is looked at by validation"
    assert last_number([odd, told]) == 9
    assert last_number([told]) == 9
    assert last_number([{"update_id": 2**80}, None, {}]) == 0


def test_half_an_emoji_is_replaced_and_whole_ones_are_kept() -> None:
    answer = ReqwestRequest.parse_json_payload(
        b'{"ok":true,"result":[{"update_id":1,"message":{"text":"a\\ud83d b\\ud83d\\ude00 c"}}]}'
    )
    (one,) = decode(answer["result"])
    assert orjson.loads(one.raw)["message"]["text"] == "a\ufffd b😀 c"


@settings(max_examples=200, deadline=None)
@example([{"update_id": 1, "message": {"a": float("inf"), "b": [float("nan")], "c": 2**64}}])
@given(st.lists(JSON | st.fixed_dictionaries({"update_id": st.integers(1, 2**40), "message": JSON}), max_size=5))
def test_nothing_at_all_breaks_decoding(batch: list[Any]) -> None:
    for one in decode(batch):
        assert isinstance(orjson.loads(one.raw), dict)
        assert -(2**63) < one.sender_id < 2**63
        one.raw.decode("utf-8")


def test_what_is_larger_than_telegram_makes_it_is_not_kept() -> None:
    (one,) = decode([{"update_id": 1, "message": {"from": {"id": 5}, "text": "я" * 10**6}}])
    assert one.raw == b"{}"
    assert one.error == "it is larger than any that Telegram makes"


@pytest.mark.parametrize(
    ("message", "what"),
    [
        ({"text": "я" * 16_384, "entities": []}, ""),
        ({"text": "я" * 16_385}, "message.text is too long"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 1}] * 1_001},
            "message.entities is too long",
        ),
    ],
)
def test_what_is_longer_than_telegram_makes_it_is_not_handled(message: dict[str, Any], what: str) -> None:
    whole = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "first_name": "x"}}
    assert first_error({"update_id": 1, "message": {**whole, **message}}) == what
