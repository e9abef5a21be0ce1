"""Which messages are one thing, and what a message says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Chat, Message, Update

from bot import inbound
from bot.store.multipart import Multipart

NOW = datetime(2025, 8, 4, 9, tzinfo=UTC)
CHAT = Chat(1, "private")


def message(number: int, *, seconds: int = 0, **fields: Any) -> Message:
    return Message(number, NOW + timedelta(seconds=seconds), CHAT, **fields)


def multipart(first: Message, *others: Message) -> Multipart:
    made = inbound.new_multipart(first, "", "{}")
    for other in others:
        made = inbound.with_part(other, made)
    return made


@pytest.mark.parametrize(
    ("earlier", "later", "continues"),
    [
        ("x" * 4_096, message(9, text="end"), True),
        ("x" * 4_090, message(9, text="longer than that"), True),
        ("x" * 4_090, message(9, text="six"), False),
        ("😀" * 2_048, message(9, text="end"), True),
        ("x" * 4_096, message(9, text="end", seconds=10), True),
        ("x" * 4_096, message(9, text="end", seconds=11), False),
        ("x" * 4_096, message(9, text="end", seconds=-1), False),
        ("x" * 4_096, message(9, media_group_id="5"), False),
        ("x" * 4_096, message(4, text="x" * 4_096), False),
        ("x" * 2_000, message(9, text="x" * 4_000), False),
    ],
)
def test_a_text_that_was_cut(earlier: str, later: Message, continues: bool) -> None:
    assert inbound.continues(later, multipart(message(5, text=earlier))) is continues


def test_an_album_is_one_thing_whatever_comes_between_and_another_is_another() -> None:
    album = multipart(message(5, media_group_id="7"), message(6, media_group_id="7"))
    assert (album.first_id, album.last_id) == (5, 6)
    assert inbound.continues(message(9, media_group_id="7", seconds=50), album)
    assert inbound.continues(message(6, media_group_id="7"), album)
    assert not inbound.continues(message(9, media_group_id="8"), album)
    assert not inbound.continues(message(9, text="and this"), album)
    assert inbound.is_first_part(message(5, media_group_id="7"), album)


def test_messages_of_another_bot_with_the_same_numbers_are_others() -> None:
    cut = multipart(message(5, text="x" * 4_096), message(9, text="end"))
    assert not inbound.continues(message(7, text="hello", seconds=86_400), cut)
    assert not inbound.is_first_part(message(5, text="hello", seconds=86_400), cut)


def test_only_what_may_have_parts_is_written_down() -> None:
    assert inbound.may_go_on(message(5, media_group_id="7"))
    assert inbound.may_go_on(message(5, text="x" * 4_096))
    assert not inbound.may_go_on(message(5, text="x" * 2_999))
    assert not inbound.may_go_on(message(5, caption="x" * 1_024))


def test_what_telegram_says_by_itself_is_no_incoming_message_and_what_is_not_known_is() -> None:
    base = {"message_id": 5, "date": 1_754_298_000, "chat": {"id": 1, "type": "private", "first_name": "Ann"}}
    found = []
    contents: tuple[dict[str, Any], ...] = (
        {"new_chat_title": "a", "x": 1},
        {"group_chat_created": True},
        {"hologram": {}},
        {},
    )
    for content in contents:
        update = Update.de_json({"update_id": 1, "message": {**base, **content}}, None)
        assert update.message is not None
        found.append(inbound.incoming_message(update.message))
    assert found[:2] == [None, None]
    assert found[2] is not None
    assert not found[2].copyable
    assert found[3] is None
