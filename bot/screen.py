"""What a view makes and a chat shows: one message, not yet addressed to anyone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.i18n import Locale
from bot.payload import Payload

Rows = Sequence[Sequence[InlineKeyboardButton]]


def in_rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """The buttons, so many in each row and the rest in the last."""
    return [list(buttons[first : first + width]) for first in range(0, len(buttons), width)]


def page_row(
    _: Locale, page: int, pages: int, to: Callable[[int], Payload], *, between: Sequence[InlineKeyboardButton] = ()
) -> list[InlineKeyboardButton]:
    """Back and forth among pages that count from 0, where there are such pages; `to` opens one of them."""
    row = [*between]
    if page > 0:
        row.insert(0, to(page - 1).button(_.plain("‹ {page} of {pages}", page=page, pages=pages)))
    if page + 1 < pages:
        row.append(to(page + 1).button(_.plain("{page} of {pages} ›", page=page + 2, pages=pages)))
    return row


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a forum, which a message goes to. `subject` is what it is about: the same one is never made twice.

    `thread_id` None: there is none yet, and `name` is what it will be called. A `closed` one is opened again first.
    """

    subject: str
    name: str
    thread_id: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: HTML text of at most 4,096 UTF-16 units after parsing, and rows of buttons under it.

    `silent` makes no sound on the phone. A screen with `venue` is a map pin (latitude, longitude, title, address) with
    buttons and no text; one with `copy_of` is a copy of another message (chat, message id), whatever that holds, with
    `text` as its caption, where there is one. One with `copies_of` is copies of several messages of a chat (chat,
    message ids), which has no buttons. One with `pin` (latitude, longitude, and the seconds in which it may
    move, 0: it stays) is a place without words. One with `album` is several files that Telegram has (kind, file id,
    caption); it has no buttons. `reply_to` is the message of the chat that it answers, where that is still there.
    `keyboard` is a button in place of the phone's letters, for one use; `removes_keyboard` takes such a one away. They
    need a screen without rows, which nobody can edit afterwards. `topic` is where it goes in a forum; elsewhere None.
    """

    text: str
    rows: Rows = ()
    silent: bool = False
    venue: tuple[float, float, str, str] | None = None
    copy_of: tuple[int, int] | None = None
    pin: tuple[float, float, int] | None = None
    copies_of: tuple[int, tuple[int, ...]] | None = None
    album: Sequence[tuple[str, str, str]] = ()
    reply_to: int | None = None
    keyboard: KeyboardButton | None = None
    removes_keyboard: bool = False
    topic: Topic | None = None

    @property
    def method(self) -> str:
        """The Bot API method that sends it."""
        if self.copies_of:
            return "copyMessages"
        if self.copy_of:
            return "copyMessage"
        if self.album:
            return "sendMediaGroup"
        if self.pin:
            return "sendLocation"
        return "sendVenue" if self.venue else "sendMessage"

    def params(self) -> dict[str, object]:
        """The parameters of `method`, without the chat."""
        params = self._content_params()
        if self.rows:
            params["reply_markup"] = self.markup()
        elif self.keyboard is not None:
            keyboard = ReplyKeyboardMarkup([[self.keyboard]], resize_keyboard=True, one_time_keyboard=True)
            params["reply_markup"] = keyboard.to_dict()
        elif self.removes_keyboard:
            params["reply_markup"] = ReplyKeyboardRemove().to_dict()
        if self.silent:
            params["disable_notification"] = True
        if self.topic is not None and self.topic.thread_id is not None:
            params["message_thread_id"] = self.topic.thread_id
        if self.reply_to is not None:
            params["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return params

    def _content_params(self) -> dict[str, object]:
        """Those that say what it is, without buttons and how it comes."""
        if self.copies_of:
            return {"from_chat_id": self.copies_of[0], "message_ids": list(self.copies_of[1])}
        if self.copy_of:
            return {"from_chat_id": self.copy_of[0], "message_id": self.copy_of[1], **_caption(self.text)}
        if self.album:
            return {"media": [{"type": kind, "media": file, **_caption(text)} for kind, file, text in self.album]}
        if self.pin:
            latitude, longitude, seconds = self.pin
            return {"latitude": latitude, "longitude": longitude, **({"live_period": seconds} if seconds else {})}
        if self.venue:
            latitude, longitude, title, address = self.venue
            return {"latitude": latitude, "longitude": longitude, "title": title, "address": address}
        params = self.edit_params()
        del params["reply_markup"]
        return params

    def edit_params(self) -> dict[str, object]:
        """The parameters of editMessageText, without the chat and the message."""
        return {
            "text": str(self.text),  # not a subclass, which encoders may treat otherwise
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": self.markup(),
        }

    def markup(self) -> dict[str, object]:
        """The buttons as the Bot API takes them; no rows remove the buttons of an edited message."""
        return {"inline_keyboard": [], **InlineKeyboardMarkup(self.rows).to_dict()}


def _caption(text: str) -> dict[str, object]:
    return {"caption": str(text), "parse_mode": "HTML"} if text else {}


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a message that is in a chat already: a Bot API method, and its parameters but chat and message.

    A change may be made twice with the effect of one, which is not so of a message.
    """

    method: str
    params: Mapping[str, object]

    @classmethod
    def text(cls, screen: Screen) -> "Change":
        """The message says what this screen says, with its buttons."""
        return cls("editMessageText", screen.edit_params())

    @classmethod
    def caption(cls, screen: Screen) -> "Change":
        """What is written under a picture or a file is the screen's text, with its buttons."""
        caption = {"caption": str(screen.text), "parse_mode": "HTML", "reply_markup": screen.markup()}
        return cls("editMessageCaption", caption)

    @classmethod
    def media(cls, kind: str, file_id: str, screen: Screen) -> "Change":
        """Another picture or file, of a kind that Telegram can put in (`photo`), and the screen's text under it."""
        media = {"type": kind, "media": file_id, "caption": str(screen.text), "parse_mode": "HTML"}
        return cls("editMessageMedia", {"media": media, "reply_markup": screen.markup()})

    @classmethod
    def buttons(cls, rows: Rows) -> "Change":
        """Other buttons under the message; no rows: none."""
        return cls("editMessageReplyMarkup", {"reply_markup": Screen("", rows).markup()})

    @classmethod
    def deletion(cls) -> "Change":
        """The message is taken away, which Telegram allows for 48 hours."""
        return cls("deleteMessage", {})


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A document that many people get alike, as `filename`.

    `name` is what it is, and `edition` is another one when it says something else; `make` gives its bytes, in a thread.
    """

    name: str
    edition: str
    filename: str
    make: Callable[[], bytes]
