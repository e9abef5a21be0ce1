"""Data minimization: of an update only what handlers read is kept. The rest is mostly about other people.

In the Bot API a field's name tells its type, so one table of names serves the whole tree. A field that is not named
here is kept as it came; what is not made as Telegram makes it is left for `bot.intake.validation` to find.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.buttons.role import AcceptRole
from bot.store import certificate as certificate_store
from bot.store.invite import seal

# What somebody else wrote or is, what nobody reads, and whole messages inside of messages.
DROPPED: Final = frozenset({
    "quote", "external_reply", "reply_to_story", "via_bot", "sender_business_bot", "author_signature", "reply_markup",
    "new_chat_members", "left_chat_member", "new_chat_photo", "invite_link", "thumbnail",
})  # fmt: skip
# Of a message inside of another only which one it is; of a person and a chat what they are called and are.
OF_MESSAGE: Final = frozenset({"message_id", "date", "chat", "message_thread_id", "is_topic_message"})
OF_PERSON: Final = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code"})
OF_CHAT: Final = frozenset({"id", "type", "title", "is_forum"})
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("reply_to_message", "pinned_message"), OF_MESSAGE),
    **dict.fromkeys(("from", "user"), OF_PERSON),
    **dict.fromkeys(("chat", "sender_chat", "actor_chat", "voter_chat"), OF_CHAT),
}
_COMMAND: Final = re.compile(r"(/start(?:@\w*)?)(?![\w@])\s*(\S.*)", re.ASCII | re.IGNORECASE | re.DOTALL)
_CODE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ROLE_BUTTON: Final = f"{AcceptRole.CODE}:"


def minimized(update: dict[str, object]) -> dict[str, object]:
    """The update without what no handler reads, with invitation codes sealed. Raises RecursionError."""
    return _object(update, "update")


def _object(given: dict[str, object], name: str) -> dict[str, object]:
    if name == "forward_origin":  # that it was forwarded, and not from whom
        return {"type": "hidden_user", "date": given.get("date", 0), "sender_user_name": ""}
    if name == "contact":  # that it is one, and not whose
        return {"phone_number": "", "first_name": ""}
    only = _PARTS.get(name)
    made = {
        key: _value(value, key, name)
        for key, value in given.items()
        if key not in DROPPED and (only is None or key in only)
    }
    if name in {"message", "edited_message"}:
        _seal_command(made)
    return made


def _value(value: object, key: str, holder: str) -> object:
    if isinstance(value, dict):
        if holder == "callback_query" and key == "message":
            key = "reply_to_message"  # the message that a button is under: only which one it is
        return _object(value, key)
    if isinstance(value, list):
        return [_object(item, key) if isinstance(item, dict) else item for item in value]
    if holder == "callback_query" and key == "data" and isinstance(value, str):
        return _sealed_button(value)
    return value


def _seal_command(message: dict[str, object]) -> None:
    """`/start CODE` lets whoever reads it in; sealed it is of use to this bot alone."""
    text = message.get("text")
    if not isinstance(text, str) or (spoken := _COMMAND.fullmatch(text)) is None:
        return
    command, arguments = spoken[1], spoken[2].rstrip()
    written = _CODE.search(arguments)  # what people write around a code is no part of it
    code = written[0] if written else arguments
    message["text"] = f"{command} {certificate_store.sealed_start(code) or seal(code)}"
    entities = message.get("entities")
    if isinstance(entities, list):
        message["entities"] = entities[:1]  # the others point into the text that was


def _sealed_button(data: str) -> str:
    code = data.removeprefix(_ROLE_BUTTON)
    return f"{_ROLE_BUTTON}{seal(code)}" if code != data and code else data


Outlined = Mapping[str, "Outlined"] | list["Outlined"] | str | int | float | bool | None


def outline(value: object) -> Outlined:
    """How something is made, for whoever looks for a fault: each text as its length, each number as 0."""
    if isinstance(value, dict):
        return {key: outline(item) for key, item in value.items()}
    if isinstance(value, list):
        return [outline(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    return f"{len(value)} characters" if isinstance(value, str) else 0
