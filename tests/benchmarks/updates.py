"""The updates that the stand-in gives, made once: people who press a button, and people who write /today."""

import orjson

from tests.benchmarks.message import FIRST_TAPPER


def person(index: int) -> int:
    """The account, and the private chat, of the tapping person number `index`."""
    return FIRST_TAPPER + index


def today(update_id: int, account: int) -> bytes:
    """Somebody writes `/today`; the answer is a new message."""
    return _update(
        update_id,
        message={
            "message_id": update_id,
            "date": 1_754_265_600,
            "chat": _chat(account),
            "from": _user(account),
            "text": "/today",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
    )


def tap(update_id: int, account: int, data: str) -> bytes:
    """Somebody presses a button; the answer changes the message that it stands under."""
    return _update(
        update_id,
        callback_query={
            "id": str(update_id),
            "from": _user(account),
            "chat_instance": str(account),
            "data": data,
            "message": {
                "message_id": 1,
                "date": 1_754_265_600,
                "chat": _chat(account),
                "from": {"id": 123456789, "is_bot": True, "first_name": "Hamroh", "username": "hamroh_bench_bot"},
                "text": "Ман ҳозирам?",
                "reply_markup": {"inline_keyboard": [[{"text": "Ман ҳозирам", "callback_data": data}]]},
            },
        },
    )


def words(update_id: int, account: int, text: str) -> bytes:
    """Somebody writes `text`."""
    message = {"message_id": update_id, "date": 1_754_265_600, "chat": _chat(account), "from": _user(account)}
    return _update(update_id, message={**message, "text": text})


def _update(update_id: int, **content: object) -> bytes:
    return orjson.dumps({"update_id": update_id, **content})


def _chat(account: int) -> dict[str, object]:
    return {"id": account, "type": "private", "first_name": "Ситора"}


def _user(account: int) -> dict[str, object]:
    return {"id": account, "is_bot": False, "first_name": "Ситора", "language_code": "tg"}
