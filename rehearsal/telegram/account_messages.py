"""What a person can send."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rehearsal.telegram.chats import Chat, PrivateChat
from rehearsal.telegram.entities import Entity, utf16
from rehearsal.telegram.files import describe, describe_photo
from rehearsal.telegram.model import File, Json, Message
from rehearsal.telegram.texts import MAX_TEXT
from rehearsal.telegram.updates import Update
from rehearsal.telegram.world import World

FIRST_USER = 7_100_000_001

Place = tuple[Chat | None, int | None, Message | None, str]  # chat, topic, what is answered, the marked part of it

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)")

_TYPED = {
    "url": re.compile(
        r"(?<![\w@/.])(?:https?://[^\s<>]+|(?:[a-z0-9-]+\.)+(?:com|org|net|me|tj|kr|ru)\b(?:/[^\s<>]*)?)"
    ),
    "email": re.compile(r"(?<![\w.])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}"),
    "mention": re.compile(r"(?<![\w@/.])@\w{4,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
}  # roughly as Telegram finds them


class BlockedError(RuntimeError, LookupError):
    """Somebody who has blocked the bot writes to it, which no phone lets them do."""


class AccountMessages(PrivateChat):
    """The messages of a person, in their private chat or in a group (`chat=`). `last` is the newest update."""

    def __init__(self, world: World, first_name: str, *, last_name: str, language_code: str, username: str) -> None:
        number = FIRST_USER + len(world.accounts)
        super().__init__(
            number,
            world.message_ids,
            first_name,
            last_name=last_name,
            language_code=language_code,
            username=username,
        )
        self.world = world
        self.phone_number = f"+992{number % 1_000_000_000:09d}"
        self.position = (38.5598, 68.7870)  # latitude and longitude of the phone
        self.last: Update = {}
        self._place: Place = (None, None, None, "")
        world.chats[number] = world.accounts[number] = self

    async def sends(
        self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None, thread_id: int | None = None
    ) -> Message:
        """Send a text; a long one goes in parts, as phones send it, and the last part is returned."""
        while utf16(text) > MAX_TEXT:
            part = text.encode("utf-16-le", "surrogatepass")[: 2 * MAX_TEXT].decode("utf-16-le", "ignore")
            self._deliver(chat, reply_to, thread_id, text=part, entities=typed_entities(part))
            text = text[len(part) :]
        return self._deliver(chat, reply_to, thread_id, text=text, entities=typed_entities(text))

    async def sends_photo(self, content: bytes, caption: str = "", *, chat: Chat | None = None) -> Message:
        """Send a picture (PNG, JPEG or GIF)."""
        file = self.world.files.add("photo", "photo.jpg", content)
        return self._deliver(chat, caption=caption, content={"photo": describe_photo(file)}, files=[file])

    async def sends_album(self, *contents: bytes, caption: str = "", chat: Chat | None = None) -> list[Message]:
        """Send several pictures at once: a message each, of which the first has the caption."""
        album: Json = {"media_group_id": str(self.next_id() + 13_000_000_000)}
        files = [self.world.files.add("photo", "photo.jpg", content) for content in contents]
        return [
            self._deliver(
                chat, caption="" if n else caption, content={"photo": describe_photo(file)}, files=[file], extra=album
            )
            for n, file in enumerate(files)
        ]

    async def sends_document(
        self, name: str, content: bytes, caption: str = "", *, chat: Chat | None = None, reply_to: Message | None = None
    ) -> Message:
        """Send a file, as a reply or not."""
        file = self.world.files.add("document", name, content)
        return self._deliver(chat, reply_to, caption=caption, content={"document": describe(file)}, files=[file])

    async def sends_sticker(self, emoji: str = "👍", *, chat: Chat | None = None) -> Message:
        """Send a sticker."""
        file = self.world.files.add("sticker", "sticker.webp", b"RIFF\0\0\0\0WEBP")
        kind: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._deliver(chat, content={"sticker": {**describe(file), **kind, "emoji": emoji}}, files=[file])

    async def sends_voice(self, content: bytes = b"OggS", duration: int = 2, *, chat: Chat | None = None) -> Message:
        """Send a voice message."""
        file = self.world.files.add("voice", "voice.oga", content)
        return self._deliver(
            chat,
            content={"voice": {**describe(file), "duration": duration, "mime_type": "audio/ogg"}},
            files=[file],
        )

    async def sends_location(self, latitude: float, longitude: float, *, chat: Chat | None = None) -> Message:
        """Send a location."""
        return self._deliver(chat, content={"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, name: str = "", phone: str = "", *, chat: Chat | None = None) -> Message:
        """Send a contact: one's own, or somebody else's name and number."""
        if name:
            return self._deliver(chat, content={"contact": {"phone_number": phone, "first_name": name}})
        contact: Json = {"phone_number": self.phone_number, "first_name": self.user["first_name"], "user_id": self.id}
        return self._deliver(chat, content={"contact": contact})

    async def shares_location(
        self, latitude: float, longitude: float, period: int = 900, *, chat: Chat | None = None
    ) -> Message:
        """Share a live location for `period` seconds; `moves` moves it."""
        place: Json = {"latitude": latitude, "longitude": longitude, "live_period": period}
        return self._deliver(chat, content={"location": place})

    @contextmanager
    def at(
        self, chat: Chat | None, thread_id: int | None = None, *, reply_to: Message | None = None, quote: str = ""
    ) -> Iterator[None]:
        """Whatever is sent inside of the block goes into this chat and topic, as an answer to `reply_to`."""
        before, self._place = self._place, (chat, thread_id, reply_to, quote)
        try:
            yield
        finally:
            self._place = before

    def _deliver(
        self,
        chat: Chat | None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        *,
        text: str = "",
        caption: str = "",
        entities: list[Entity] | None = None,
        content: Json | None = None,
        files: list[File] | None = None,
        extra: Json | None = None,
    ) -> Message:
        world = self.world
        usual_chat, usual_thread, usual_reply, quote = self._place
        if chat is None:
            chat, thread_id, reply_to = usual_chat, thread_id or usual_thread, reply_to or usual_reply
        place = chat or self
        place.check_person(self, thread_id)
        if place.id == self.id:
            if self.blocked:
                raise BlockedError(f"{self.user['first_name']} has blocked the bot; starts() or unblocks() first")
            self.started = True
        extra = dict(extra or {})
        answered = reply_to or place.messages.get(thread_id or 0)  # in a topic each message answers what opened it
        if answered is not None:
            extra["reply_to_message"] = answered.quoted(place.to_api())
        if reply_to is not None and quote:
            extra["quote"] = part_of(reply_to, quote)
        if thread_id is not None:
            extra |= {"message_thread_id": thread_id, "is_topic_message": True}
        message = Message(
            id=place.next_id(), chat_id=place.id, date=world.now(), from_bot=False, sender=self.user, text=text,
            caption=caption, entities=entities or [], content=content or {}, files=files or [], extra=extra,
        )  # fmt: skip
        place.messages[message.id] = message
        if place.reaches_bot(message):
            self.last = world.push("message", message.to_api(place.to_api()))
        return message


def part_of(message: Message, quote: str) -> Json:
    """A TextQuote of a message, as a person marks it. Raises LookupError for words that are not in it."""
    words = message.text or message.caption
    at = words.find(quote)
    if at < 0:
        raise LookupError(f"{quote!r} is not in message {message.id}")
    return {"text": quote, "position": utf16(words[:at]), "is_manual": True}


def command_entities(text: str) -> list[Entity]:
    """The bot_command entities that Telegram puts on a person's text."""
    if "/" not in text:
        return []
    return [
        {"type": "bot_command", "offset": utf16(text[: match.start()]), "length": match.end() - match.start()}
        for match in _COMMAND.finditer(text)
    ]


def typed_entities(text: str) -> list[Entity]:
    """What Telegram marks by itself in a person's text: commands, addresses, names and hashtags."""
    entities = command_entities(text)
    if "." in text or "@" in text or "#" in text:
        for kind, pattern in _TYPED.items():
            for match in pattern.finditer(text):
                entities.append({"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])})
    kept: list[Entity] = []
    end = 0
    for entity in sorted(entities, key=_position):
        offset, length = _position(entity)
        if offset >= end:
            kept.append(entity)
            end = offset - length
    return kept


def _position(entity: Entity) -> tuple[int, int]:
    """The offset and the negative length: of two that begin together the longer comes first."""
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, -length
