"""From what Telegram sent to rows of the inbox: nothing is believed, nothing raises."""

import json
import math
from collections.abc import Iterable
from typing import Final

import orjson

from bot.errors import described
from bot.intake.minimization import minimized
from bot.store.inbox import Incoming

_LARGEST: Final = 2**63 - 1
_LARGEST_UPDATE: Final = 1024 * 1024  # bytes; a hundred links in a message and in what it answers take the half


class _TooLargeError(Exception):
    """Telegram does not send such updates."""


def decode(updates: Iterable[object], urgent: frozenset[str] = frozenset()) -> list[Incoming]:
    """The updates of one batch that are to be kept, in their order; what has no number cannot be kept or confirmed.

    That something was pinned is for nobody: of each card that the bot pins, Telegram tells it. `urgent` is what buttons
    carry that only members in trouble press.
    """
    decoded = (_decoded(update, urgent) for update in updates)
    return [update for update in decoded if update is not None]


def last_number(updates: Iterable[object]) -> int:
    """The greatest number of a batch, whether the updates are to be kept or not; 0 where none has one."""
    numbers = (_number(update.get("update_id")) for update in updates if isinstance(update, dict))
    return max((number for number in numbers if 0 < number <= _LARGEST), default=0)


def _decoded(update: object, urgent: frozenset[str]) -> Incoming | None:
    if not isinstance(update, dict):
        return None
    update_id = _number(update.get("update_id"))
    if not 0 < update_id <= _LARGEST or _tells_of_a_pin(update):
        return None
    try:
        return Incoming(update_id, _sender(update), _encoded(minimized(update)), urgent=_pressed(update) in urgent)
    except _TooLargeError:
        return Incoming(update_id, 0, b"{}", "it is larger than any that Telegram makes")
    except (ValueError, RecursionError) as error:
        return Incoming(update_id, 0, b"{}", described(error))


def _tells_of_a_pin(update: dict[str, object]) -> bool:
    message = update.get("message")
    return isinstance(message, dict) and isinstance(message.get("pinned_message"), dict)


def _encoded(update: dict[str, object]) -> bytes:
    try:
        raw = orjson.dumps(update)
    except TypeError:  # half an emoji (a lone surrogate), or a number beyond 64 bits
        raw = json.dumps(_scrubbed(update)).encode()
    if len(raw) > _LARGEST_UPDATE:
        raise _TooLargeError
    return raw


def _scrubbed(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, float) and not math.isfinite(value):
        return None  # json would write Infinity, which is no JSON; orjson writes null too
    if isinstance(value, list):
        return [_scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {str(_scrubbed(key)): _scrubbed(item) for key, item in value.items()}
    return value


def _sender(update: dict[str, object]) -> int:
    """Whose order the update keeps: the person's, else the chat's, else that of all that have neither (0)."""
    for name, content in update.items():
        if name == "update_id" or not isinstance(content, dict):
            continue
        for who in ("from", "user", "chat", "sender_chat", "actor_chat", "voter_chat"):
            part = content.get(who)
            if isinstance(part, dict) and -_LARGEST <= (number := _number(part.get("id"))) <= _LARGEST and number:
                return number
    return 0


def _pressed(update: dict[str, object]) -> object:
    """What the button carries that was pressed; None for everything else."""
    query = update.get("callback_query")
    data = query.get("data") if isinstance(query, dict) else None
    return data if isinstance(data, str) else None


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
