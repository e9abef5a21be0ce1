"""Whether an update is made as Telegram makes them. python-telegram-bot reads almost anything and fails much later.

In the Bot API a field's name tells its type, with few exceptions; so one table of names serves the whole tree.
"""

from collections.abc import Mapping
from typing import Any, Final

_WHOLE: Final = frozenset({
    "update_id", "message_id", "date", "edit_date", "offset", "length", "message_thread_id", "user_id", "chat_id",
    "request_id", "until_date", "width", "height", "duration", "file_size", "migrate_to_chat_id",
    "migrate_from_chat_id", "live_period",
})  # fmt: skip
_TEXT: Final = frozenset({
    "text", "caption", "data", "first_name", "last_name", "username", "language_code", "title", "status", "type",
    "file_id", "file_unique_id", "file_name", "mime_type", "chat_instance", "media_group_id", "phone_number",
    "emoji", "url", "poll_id",
})  # fmt: skip
_MOST_DEGREES: Final[Mapping[str, int]] = {"latitude": 90, "longitude": 180}
_OBJECT: Final = frozenset({
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction", "poll_answer",
    "from", "chat", "user", "sender_chat", "via_bot", "reply_to_message", "pinned_message", "old_chat_member",
    "new_chat_member",
    "document", "sticker", "voice", "video", "video_note", "audio", "animation", "location", "venue", "contact", "poll",
    "chat_shared", "forward_origin", "external_reply", "quote", "reply_markup",
    "checklist", "giveaway", "giveaway_winners", "invoice", "story", "game",
})  # fmt: skip
_OBJECTS: Final = frozenset(
    {"entities", "caption_entities", "photo", "new_chat_members", "old_reaction", "new_reaction"}
)
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "message": ("message_id", "date", "chat"),
    "edited_message": ("message_id", "date", "chat"),
    "reply_to_message": ("message_id", "date", "chat"),
    "pinned_message": ("message_id", "date", "chat"),
    "callback_query": ("id", "from"),
    "my_chat_member": ("chat", "from", "date", "old_chat_member", "new_chat_member"),
    "chat_member": ("chat", "from", "date", "old_chat_member", "new_chat_member"),
    "message_reaction": ("chat", "message_id", "date", "old_reaction", "new_reaction"),
    "old_reaction": ("type",),
    "new_reaction": ("type",),
    "old_chat_member": ("status", "user"),
    "new_chat_member": ("status", "user"),
    "from": ("id", "first_name"),
    "user": ("id", "first_name"),
    "chat": ("id", "type"),
    "entities": ("type", "offset", "length"),
    "caption_entities": ("type", "offset", "length"),
    "location": ("latitude", "longitude"),
    "photo": ("file_id", "file_unique_id", "width", "height"),
    **dict.fromkeys(("document", "sticker", "voice", "video", "video_note", "audio"), ("file_id", "file_unique_id")),
}
_NUMBERED: Final = frozenset({"from", "user", "chat", "sender_chat", "via_bot"})  # their `id` is a number
_LARGEST: Final = 2**52  # Telegram's own promise for its numbers
_DEEPEST: Final = 16
_LONGEST_TEXT: Final = 16_384  # characters; a message has 4,096. What is handled character by character takes time
_MOST_OBJECTS: Final = 1_000


def first_error(update: object) -> str:
    """The first thing in it that Telegram does not send, for a log ("message.chat.id is no number"), or ""."""
    return _object(update, "update", 0) or _anonymous(update)


def _anonymous(update: Any) -> str:
    """In a private chat somebody speaks; in groups and channels it may be the chat itself."""
    message = update.get("message") or update.get("edited_message")
    private = message is not None and message["chat"]["type"] == "private"
    return "message has no from" if private and "from" not in message else ""


def _object(value: object, name: str, depth: int) -> str:
    if not isinstance(value, dict):
        return f"{name} is no object"
    if depth > _DEEPEST:
        return "it is nested too deep"
    for needed in _NEEDED.get(name, ()):
        if needed not in value:
            return f"{name} has no {needed}"
    for key, field in value.items():
        if what := _field(field, key, name, depth):
            return what
    return ""


def _field(value: object, key: str, holder: str, depth: int) -> str:
    if key in _WHOLE or (key == "id" and holder in _NUMBERED):
        return "" if _is_whole(value) else f"{holder}.{key} is no number"
    if key in _TEXT or (key == "id" and holder == "callback_query"):
        return _text(value, f"{holder}.{key}")
    if key in _MOST_DEGREES:
        return "" if _is_within(value, _MOST_DEGREES[key]) else f"{holder}.{key} is no place on earth"
    if key in _OBJECT:
        return _object(value, key, depth + 1)
    if key in _OBJECTS:
        return _objects(value, key, holder, depth)
    return ""


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        return f"{name} is no text"
    return "" if len(value) <= _LONGEST_TEXT else f"{name} is too long"


def _objects(value: object, key: str, holder: str, depth: int) -> str:
    if not isinstance(value, list):
        return f"{holder}.{key} is no list"
    if len(value) > _MOST_OBJECTS:
        return f"{holder}.{key} is too long"
    return next((what for item in value if (what := _object(item, key, depth + 1))), "")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _is_within(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most
