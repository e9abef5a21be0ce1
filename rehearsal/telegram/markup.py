"""Keyboards: validated as Telegram validates them, and turned into buttons."""

import re

from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.links import mentioned_user, web_address
from rehearsal.telegram.model import InlineButton, Json

MAX_BUTTONS = 100
MAX_PAYLOAD = 64  # bytes
MAX_COPY_TEXT = 256
STYLES = frozenset({"danger", "success", "primary"})
_ACTIONS = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip
_KEYBOARD_ACTIONS = (
    "request_users", "request_chat", "request_managed_bot", "request_contact", "request_location",
    "request_poll", "web_app",
)  # fmt: skip
_PRIVATE_ONLY = {
    "request_contact": "Phone number",
    "request_location": "Location",
    "request_poll": "Poll",
    "request_users": "Users",
    "request_chat": "Chats",
}
_LOGIN = re.compile(r"https://\S+\Z")

Keyboard = list[list[InlineButton]]


def inline_keyboard(markup: Json) -> tuple[Keyboard, Json | None]:
    """The buttons, and the markup as the Message shows it (None when it is empty). Raises a 400."""
    rows = markup.get("inline_keyboard")
    assert isinstance(rows, list)
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard, {"inline_keyboard": [row for row in rows if row]} if keyboard else None


def reply_keyboard(markup: Json) -> Json:
    """A valid ReplyKeyboardMarkup. Raises a 400."""
    rows = markup["keyboard"]
    assert isinstance(rows, list)
    if not any(rows):
        raise bad_request("reply keyboard is empty")
    for row in rows:
        for button in row:
            if not button["text"]:
                raise bad_request("reply keyboard button text is empty")
            if sum(button.get(action) not in (None, False) for action in _KEYBOARD_ACTIONS) > 1:
                raise bad_request("can't parse keyboard button: more than one action")
            if isinstance(request := button.get("request_chat"), dict):
                _check_chat_request(request)
            _style(button)
    placeholder = markup.get("input_field_placeholder")
    if isinstance(placeholder, str) and not 1 <= len(placeholder) <= 64:
        raise bad_request("input field placeholder must be 1 to 64 characters")
    return markup


def check_requests(markup: Json) -> None:
    """Raise a 400 for a button that only a private chat can have."""
    rows = markup["keyboard"]
    assert isinstance(rows, list)
    for button in (button for row in rows for button in row):
        for action, what in _PRIVATE_ONLY.items():
            if button.get(action) not in (None, False):
                raise bad_request(f"{what} can be requested in private chats only")


def _check_chat_request(request: Json) -> None:
    """What the bot wants to be allowed, the person who picks the chat has to be allowed as well."""
    mine, theirs = request.get("bot_administrator_rights"), request.get("user_administrator_rights")
    if (
        isinstance(mine, dict)
        and isinstance(theirs, dict)
        and any(on and not theirs.get(name) for name, on in mine.items())
    ):
        raise bad_request("can't parse keyboard button: bot administrator rights must be a subset of the user's")


def _button(button: Json) -> InlineButton:
    text = str(button["text"])
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: the text is empty")
    actions = [action for action in _ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are not allowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: both {actions[0]} and {actions[1]} are given")
    style = _style(button)
    value = button[actions[0]]
    match actions[0]:
        case "callback_data":
            return InlineButton(text, payload=_payload(str(value)), style=style)
        case "url":
            return InlineButton(text, url=_url(str(value)), style=style)
        case "copy_text":
            assert isinstance(value, dict)
            return InlineButton(text, copy_text=_copy_text(str(value["text"])), style=style)
        case "web_app" | "login_url":
            assert isinstance(value, dict)
            if not _LOGIN.match(str(value["url"])):
                raise bad_request(
                    f"inline keyboard button {actions[0]} URL '{value['url']}' is invalid: Only HTTPS links are allowed"
                )
            return InlineButton(text, url=str(value["url"]), style=style, other=actions[0])
        case "switch_inline_query" | "switch_inline_query_current_chat" | "switch_inline_query_chosen_chat":
            return InlineButton(text, style=style, other=actions[0])
        case other:
            raise bad_request(f"a button with {other} is not played by this rehearsal")


def _style(button: Json) -> str | None:
    style = button.get("style")
    if style is not None and style not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    return str(style) if style is not None else None


def _payload(payload: str) -> str:
    if not 1 <= len(payload.encode()) <= MAX_PAYLOAD:
        raise bad_request("BUTTON_DATA_INVALID")
    return payload


def _copy_text(text: str) -> str:
    if not 1 <= len(text) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def _url(url: str) -> str:
    if mentioned_user(url) is None and not web_address(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
