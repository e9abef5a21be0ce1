"""What is seen on a phone: messages and buttons."""

from dataclasses import dataclass, field

Json = dict[str, object]

COPIED = frozenset(
    {
        "photo",
        "document",
        "voice",
        "sticker",
        "video",
        "video_note",
        "animation",
        "audio",
        "dice",
        "location",
        "venue",
        "contact",
        "poll",
    }
)  # what people send, and bots can copy
FORWARDED = frozenset({"paid_media", "giveaway", "giveaway_winners", "invoice", "checklist"})  # what they cannot copy


@dataclass(frozen=True, slots=True)
class InlineButton:
    """One inline button; exactly one of `payload`, `url`, `copy_text` and `other` says what a press does."""

    text: str
    payload: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: str | None = None
    other: str | None = None


@dataclass(slots=True)
class File:
    """A file that the stand-in holds."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    content: bytes
    mime: str = "application/octet-stream"
    path: str = ""


@dataclass(slots=True)
class Message:
    """One message as it stands now.

    `text` is plain, `html` is what was sent under parse_mode HTML (else empty), `entities` are Bot API objects,
    `content` the media part of the Message object, `date` Unix seconds. `photo` and `document` hold the bytes.
    """

    id: int
    chat_id: int
    date: int
    from_bot: bool
    sender: Json | None
    text: str = ""
    html: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: list[list[InlineButton]] = field(default_factory=list)
    markup: Json | None = None  # the inline keyboard as the Bot API shows it
    caption: str = ""
    content: Json = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    extra: Json = field(default_factory=dict)  # reply_to_message, forward_origin, message_thread_id ...
    edited: bool = False
    edit_date: int = 0
    pinned: bool = False
    silent: bool = False
    protected: bool = False
    uneditable: bool = False  # it came with a keyboard in place of the phone's, or took one away
    self_destructing: bool = False  # it is deleted once it was viewed
    preview: Json | None = None
    reactions_by: dict[int, list[str]] = field(default_factory=dict)  # user id -> emoji

    @property
    def reactions(self) -> list[str]:
        """The emoji on it, whoever put them there."""
        return [emoji for emojis in self.reactions_by.values() for emoji in emojis]

    @property
    def photo(self) -> bytes | None:
        """The picture's bytes."""
        return self.files[0].content if "photo" in self.content else None

    @property
    def document(self) -> tuple[str, bytes] | None:
        """The file's name and bytes."""
        return (self.files[0].name, self.files[0].content) if "document" in self.content else None

    @property
    def venue(self) -> Json | None:
        """Title, address and location of a venue."""
        return _part(self.content, "venue")

    @property
    def location(self) -> Json | None:
        """Latitude and longitude, of a venue too."""
        return _part(self.content, "location")

    @property
    def poll(self) -> Json | None:
        """The Poll object."""
        return _part(self.content, "poll")

    @property
    def thread_id(self) -> int | None:
        """The forum topic that it stands in."""
        number = self.extra.get("message_thread_id")
        return number if isinstance(number, int) else None

    @property
    def is_service(self) -> bool:
        """Whether nobody wrote it: Telegram says what happened in the chat."""
        return not set(self.content) <= COPIED | FORWARDED

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons, in reading order."""
        return [button.text for row in self.keyboard for button in row]

    @property
    def words(self) -> str:
        """Everything that a person can read in it, buttons apart."""
        parts = [self.text, self.caption]
        if venue := self.venue:
            parts += [str(venue.get("title", "")), str(venue.get("address", ""))]
        if poll := self.poll:
            options = poll.get("options")
            parts.append(str(poll.get("question", "")))
            if isinstance(options, list):
                parts += [str(option["text"]) for option in options]
        if "document" in self.content:
            parts.append(self.files[0].name)
        return "\n".join(part for part in parts if part)

    def quoted(self, chat: Json) -> Json:
        """The Message object as the reply_to_message of another: without what it answers itself."""
        message = self.to_api(chat)
        message.pop("reply_to_message", None)
        return message

    def to_api(self, chat: Json) -> Json:
        """The Bot API's Message object."""
        message: Json = {"message_id": self.id}
        if self.sender is not None:
            message["from"] = self.sender
        message["chat"] = chat
        message["date"] = self.date
        message |= self.extra
        message |= self.content
        if self.edited:
            message["edit_date"] = self.edit_date
        if self.protected:
            message["has_protected_content"] = True
        if self.preview:
            message["link_preview_options"] = self.preview
        words = "text" if self.text else "caption"
        if self.text or self.caption:
            message[words] = self.text or self.caption
            if self.entities:
                message["entities" if self.text else "caption_entities"] = self.entities
        if self.markup is not None:
            message["reply_markup"] = self.markup
        return message


def _part(content: Json, name: str) -> Json | None:
    part = content.get(name)
    return part if isinstance(part, dict) else None
