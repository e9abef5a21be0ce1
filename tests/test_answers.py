"""Only JSON with `ok` speaks for Telegram; what a portal, a proxy or a broken server says ends nothing."""

from datetime import timedelta

import orjson
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.answers import NotSent, Unclear, accepted, message_id_of, refusal, seconds_of, token_refused


def refused(status: int, **answer: object) -> TelegramError:
    """What a refusal by Telegram itself stands for."""
    return refusal(status, orjson.dumps({"ok": False, "error_code": status, **answer}))


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (413, BadRequest),
        (418, Unclear),
        (429, RetryAfter),
        (500, Unclear),
        (502, Unclear),
    ],
)
def test_telegram_means_what_its_status_says(status: int, meaning: type[TelegramError]) -> None:
    assert type(refused(status, description="x")) is meaning
    assert type(refused(status)) is meaning


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"null", b'{"error": "x"}', b'{"ok": true}', b"\xff"])
@pytest.mark.parametrize(
    ("status", "meaning"),
    [(302, NotSent), (400, NotSent), (401, NotSent), (403, NotSent), (404, NotSent), (407, NotSent), (409, NotSent),
     (413, BadRequest), (429, NotSent), (500, Unclear), (502, Unclear), (600, Unclear), (101, Unclear)],
)  # fmt: skip
def test_a_page_in_between_says_nothing_about_token_chat_or_text(
    status: int, body: bytes, meaning: type[TelegramError]
) -> None:
    assert type(refusal(status, body)) is meaning


@pytest.mark.parametrize("parameters", [[1], "x", 5, None, {"migrate_to_chat_id": "x"}, {"migrate_to_chat_id": True}])
def test_parameters_that_are_none_are_none(parameters: object) -> None:
    assert type(refused(400, description="y", parameters=parameters)) is BadRequest
    assert seconds_of(throttled(parameters)) == 5.0


@pytest.mark.parametrize("description", [5, None, [1], {}, "", " "])
def test_a_description_that_is_no_text_is_replaced(description: object) -> None:
    error = refused(400, description=description)
    assert type(error) is BadRequest
    assert error.message == "Bad Request"


def test_a_description_is_cut() -> None:
    assert len(refused(400, description="x" * 10**6).message) == 500


def test_a_group_that_moved_says_where_it_is() -> None:
    error = refused(400, description="y", parameters={"migrate_to_chat_id": -100})
    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == -100


def throttled(parameters: object) -> RetryAfter:
    error = refused(429, description="Too Many Requests", parameters=parameters)
    assert isinstance(error, RetryAfter)
    return error


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [(1, 1.0), (2.5, 2.5), (300, 300.0), (3_000, 300.0), (86_400, 300.0), (86_401, 5.0), (10**15, 5.0), (0, 5.0),
     (-5, 5.0), ("soon", 5.0), ("1", 5.0), ([1], 5.0), ({}, 5.0), (None, 5.0), (True, 5.0)],
)  # fmt: skip
def test_a_wait_is_bounded(wait: object, seconds: float) -> None:
    assert seconds_of(throttled({"retry_after": wait})) == seconds


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"NaN", b"9" * 400])
def test_a_wait_beyond_all_numbers_is_none(number: bytes) -> None:
    error = refusal(429, b'{"ok": false, "parameters": {"retry_after": %b}}' % number)
    assert isinstance(error, RetryAfter)
    assert seconds_of(error) == 5.0


def test_a_wait_of_the_library_is_bounded_too() -> None:
    assert seconds_of(RetryAfter(-3)) == 0.0
    assert seconds_of(RetryAfter(10**8)) == 300.0
    assert seconds_of(RetryAfter(timedelta(seconds=2))) == 2.0


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{}", b"[1, 2]", b'{"ok": true}', b'{"ok": false, "result": []}', b'{"result": []}', b"\xff\xfe",
     b'{"ok":true,"result":' + b"[" * 5_000 + b"]" * 5_000 + b"}"],
)  # fmt: skip
def test_a_success_has_a_result(body: bytes) -> None:
    with pytest.raises(TimedOut):
        accepted(body)


def test_half_an_emoji_spoils_no_answer() -> None:
    assert accepted(b'{"ok":true,"result":["\\ud83d"]}')["result"] == ["\ud83d"]


def test_an_unknown_method_is_no_refused_token() -> None:
    assert token_refused(refused(401, description="Unauthorized"))
    assert not token_refused(refused(404, description="Not Found"))
    assert not token_refused(refused(400, description="x"))


@pytest.mark.parametrize(
    "result", [True, None, 5, "x", [], {}, *({"message_id": one} for one in ("x", True, 0, 2**63))]
)
def test_a_result_without_a_number_names_no_message(result: object) -> None:
    assert message_id_of(result) is None
    assert message_id_of({"message_id": 7}) == 7
