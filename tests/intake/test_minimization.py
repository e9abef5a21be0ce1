"""Of an update only what handlers read is kept, and no invitation that works."""

import json
from typing import Any

import orjson
import pytest
from telegram import Bot, Update

from bot.intake import validation
from bot.intake.decoding import decode
from bot.intake.minimization import DROPPED, outline
from bot.store import invite as invite_store

ME = {"id": 5, "is_bot": False, "first_name": "Ситора", "last_name": "R", "username": "sitora", "language_code": "tg"}
OTHER = {"id": 777, "is_bot": False, "first_name": "Zebulon", "username": "zebra", "is_premium": True}
CHAT = {"id": 5, "type": "private", "first_name": "Ситора", "username": "sitora"}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1, "from": ME, "chat": CHAT, "text": "hi", **more}


def stored(**content: Any) -> dict[str, Any]:
    (one,) = decode([{"update_id": 3, **content}])
    assert one.error is None
    raw: dict[str, Any] = orjson.loads(one.raw)
    return raw


FOREIGN = message(**{"from": OTHER, "text": "Zebulon's words"})
CARRIERS: dict[str, Any] = {
    "reply_to_message": FOREIGN,
    "pinned_message": FOREIGN,
    "quote": {"text": "Zebulon's words", "position": 0},
    "external_reply": {"origin": {"type": "user", "sender_user": OTHER, "date": 1}},
    "forward_origin": {"type": "user", "sender_user": OTHER, "date": 1},
    "via_bot": OTHER,
    "author_signature": "Zebulon",
    "contact": {"phone_number": "+777", "first_name": "Zebulon", "user_id": 777, "vcard": "Zebulon"},
    "new_chat_members": [OTHER],
    "left_chat_member": OTHER,
    "reply_markup": {"inline_keyboard": [[{"text": "Zebulon", "callback_data": "x"}]]},
    "reply_to_story": {"chat": {**CHAT, "id": 777, "first_name": "Zebulon"}, "id": 1},
    "new_chat_photo": [],
}


@pytest.mark.parametrize("name", CARRIERS)
def test_nobody_else_is_kept_with_what_somebody_writes(name: str) -> None:
    # A message that tells of a pin is not kept at all (`test_decoding.py`).
    for kind in ("message", "edited_message") if name != "pinned_message" else ("edited_message",):
        raw = stored(**{kind: message(**{name: CARRIERS[name]})})
        said = json.dumps(raw)
        assert "Zebulon" not in said
        assert "777" not in said
        assert raw[kind]["text"] == "hi"
        assert validation.first_error(raw) == ""
        assert Update.de_json(raw, Bot("1:x")) is not None


def test_every_field_that_is_dropped_is_tried() -> None:
    assert DROPPED - CARRIERS.keys() == {"sender_business_bot", "invite_link", "thumbnail"}


def test_which_message_was_answered_forwarded_or_pressed_is_kept() -> None:
    raw = stored(
        message=message(reply_to_message={**FOREIGN, "message_thread_id": 4}, forward_origin=CARRIERS["quote"])
    )
    assert raw["message"]["reply_to_message"] == {
        "message_id": 9,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "message_thread_id": 4,
    }
    update = Update.de_json(raw, Bot("1:x"))
    assert update.message is not None
    assert update.message.forward_origin is not None
    pressed = {"id": "1", "from": ME, "chat_instance": "1", "data": "here1:3", "message": FOREIGN}
    assert stored(callback_query=pressed)["callback_query"] == {
        **pressed,
        "message": {"message_id": 9, "date": 1, "chat": {"id": 5, "type": "private"}},
    }


def test_who_writes_and_what_is_kept_whole() -> None:
    parts = {
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
        "caption": "a caption",
        "location": {"latitude": 1.5, "longitude": 2.5, "live_period": 60},
        "media_group_id": "12",
        "message_thread_id": 4,
        "is_topic_message": True,
        "edit_date": 5,
    }
    group = {"id": -100, "type": "supergroup", "title": "Staff", "is_forum": True}
    raw = stored(message=message(chat=group, **parts))["message"]
    assert {name: raw[name] for name in parts} == parts
    assert (raw["from"], raw["chat"], raw["text"]) == (ME, group, "hi")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/start CODE", "/start {}"),
        ("/START@Some_Bot CODE", "/START@Some_Bot {}"),
        ("/start\tCODE\n", "/start {}"),
        ("/start@bot\nCODE", "/start@bot {}"),
        ("/start: CODE.", "/start {}"),
        ("/start", "/start"),
        ("/start@bot", "/start@bot"),
        ("/START@bot ", "/START@bot "),
        ("/started CODE", "/started CODE"),
        ("the CODE", "the CODE"),
    ],
)
def test_a_code_is_sealed(text: str, kept: str) -> None:
    length = len(text.split(maxsplit=1)[0].rstrip(":"))
    entities = [{"type": "bot_command", "offset": 0, "length": length}]
    raw = stored(message=message(text=text, entities=[*entities, {"type": "bold", "offset": length, "length": 2}]))
    assert raw["message"]["text"] == kept.format(invite_store.seal("CODE"))
    if "{}" in kept:
        assert raw["message"]["entities"] == entities


def test_what_was_sealed_is_sealed_again() -> None:
    sealed = invite_store.seal("CODE")
    assert (
        stored(message=message(text=f"/start {sealed}"))["message"]["text"] == f"/start {invite_store.seal(sealed[1:])}"
    )


@pytest.mark.parametrize(
    ("data", "kept"), [("accept1:CODE", f"accept1:{invite_store.seal('CODE')}"), ("accept1:", "accept1:")]
)
def test_a_code_in_a_button_is_sealed(data: str, kept: str) -> None:
    raw = stored(callback_query={"id": "1", "from": ME, "chat_instance": "1", "data": data})
    assert raw["callback_query"]["data"] == kept


def test_an_outline_tells_no_words_and_no_numbers() -> None:
    found = outline({"a": ["Ситора", 5, 1.5, True, None], "b": {"c": "x"}})
    assert found == {"a": ["6 characters", 0, 0, True, None], "b": {"c": "1 characters"}}
