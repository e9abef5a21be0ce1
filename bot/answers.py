"""What came back from the address of Telegram: its own answer, or that of something in between.

A hotel's sign-in page, a proxy or a gateway answers with any status and any body. Only JSON with `ok` speaks for
Telegram; whatever else comes says nothing about the token, the chat or the message.
"""

import json
import math
import os
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import orjson
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

# PTB asks to be told that the waits of a 429 are wanted as timedelta; until then it warns about each of them.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_LONGEST_WAIT_SECONDS: Final = 300.0  # after which it is tried again, however long a 429 asks to wait
_LONGEST_MEANT: Final = 86_400.0  # seconds; a larger number in a 429 is none of Telegram's
_DEFAULT_WAIT_SECONDS: Final = 5.0  # where a 429 names no wait that can be meant
_LONGEST_WORDS: Final = 500  # characters of an error's text that are worth keeping
_LARGEST_ID: Final = 2**52  # Telegram's own promise for its numbers


class NotSent(NetworkError):  # noqa: N818 - says what happened to the request
    """The request never reached Telegram: refused, no such host, no free connection. Safe to send again."""


class Unclear(TimedOut):
    """The request may have been carried out: its answer was lost. Sending again may make a copy."""

    def __init__(self, what: str) -> None:
        super().__init__(what)


def accepted(payload: bytes) -> dict[str, Any]:
    """The body of a 2xx as Telegram's answer, which has a `result`. Raises Unclear for anything else."""
    answer = _parsed(payload)
    if not isinstance(answer, dict) or answer.get("ok") is not True or "result" not in answer:
        raise Unclear("Unclear: the answer is none of Telegram's")
    return answer


def refusal(status: int, payload: bytes) -> TelegramError:
    """The error that an answer with another status than 2xx stands for."""
    answer = _parsed(payload)
    if not isinstance(answer, dict) or answer.get("ok") is not False:
        return _from_in_between(status)
    parameters = answer.get("parameters")
    told: dict[str, object] = parameters if isinstance(parameters, dict) else {}
    if (moved := _chat_id(told.get("migrate_to_chat_id"))) is not None:
        return ChatMigrated(moved)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryAfter(timedelta(seconds=_wait(told.get("retry_after"))))
    return _of_status(status, _words(answer.get("description"), status))


def message_id_of(result: object) -> int | None:
    """The id of the message that a method has sent; None where its result tells none that can be meant.

    Of several messages that one request has made, it is the first.
    """
    if isinstance(result, list) and result:
        result = result[0]
    told = result.get("message_id") if isinstance(result, dict) else None
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= _LARGEST_ID else None


def message_ids_of(result: object) -> tuple[int, ...]:
    """The ids of the messages that a method has sent: several for an album; none where its result tells none."""
    told = result if isinstance(result, list) else [result]
    return tuple(number for one in told if (number := message_id_of(one)) is not None)


def document_id_of(result: object) -> str | None:
    """Telegram's id of the document that a method has sent, by which it can be sent again; None where none is told."""
    document = result.get("document") if isinstance(result, dict) else None
    told = document.get("file_id") if isinstance(document, dict) else None
    return told if isinstance(told, str) and told else None


def photo_id_of(result: object) -> str | None:
    """Telegram's id of the photo that a method has sent, in its largest size; None where none is told."""
    sizes = result.get("photo") if isinstance(result, dict) else None
    largest = sizes[-1] if isinstance(sizes, list) and sizes else None
    told = largest.get("file_id") if isinstance(largest, dict) else None
    return told if isinstance(told, str) and told else None


def seconds_of(error: RetryAfter) -> float:
    """The wait that a 429 asks for: never negative, and at most five minutes. PTB passes a number or a timedelta."""
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS) if math.isfinite(seconds) else _DEFAULT_WAIT_SECONDS


def token_refused(error: TelegramError) -> bool:
    """Whether a method that exists was refused because of the token: PTB calls an unknown method InvalidToken too."""
    return isinstance(error, InvalidToken) and "not found" not in error.message.lower()


def _parsed(payload: bytes) -> object:
    """The body read as JSON, or None.

    Half an emoji cut by a client (a lone surrogate) would make one update spoil its whole batch: such answers are
    read by the lenient parser of the standard library.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _of_status(status: int, text: str) -> TelegramError:
    match status:
        case 400:
            return BadRequest(text)
        case 401 | 404:
            return InvalidToken(text)
        case 403:
            return Forbidden(text)
        case 409:
            return Conflict(text)
        case 413:
            return _too_large()
        case _:
            return Unclear(text)


def _from_in_between(status: int) -> TelegramError:
    """A page instead of an answer: it was sent by what stands before Telegram, so 3xx and 4xx went no further."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _too_large()
    if 300 <= status < 500:
        return NotSent(f"Not sent: something else than Telegram answered ({status})")
    return Unclear(f"Unclear: something else than Telegram answered ({status})")


def _too_large() -> BadRequest:
    return BadRequest("Request Entity Too Large")


def _words(description: object, status: int) -> str:
    if isinstance(description, str) and description.strip():
        return description[:_LONGEST_WORDS]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP status {status}"


def _wait(told: object) -> float:
    if isinstance(told, (int, float)) and not isinstance(told, bool) and 0 < told <= _LONGEST_MEANT:
        return min(float(told), _LONGEST_WAIT_SECONDS)
    return _DEFAULT_WAIT_SECONDS


def _chat_id(told: object) -> int | None:
    if isinstance(told, int) and not isinstance(told, bool) and 0 < abs(told) <= _LARGEST_ID:
        return told
    return None
