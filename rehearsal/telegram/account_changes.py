"""What a person does about messages that are there: edit, move, delete, answer, forward, react."""

from collections.abc import Sequence

from rehearsal.telegram.account_media import AccountMedia, span
from rehearsal.telegram.account_messages import command_entities, typed_entities
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.entities import Entity, utf16
from rehearsal.telegram.files import describe_photo
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.reactions import react
from rehearsal.telegram.texts import MAX_TEXT
from rehearsal.telegram.typed_marks import typed_marks

CHANGEABLE_SECONDS = (
    48 * 3600
)  # within which a person can edit what they wrote, and delete what the bot wrote in a group


class AccountChanges(AccountMedia):
    """The verbs raise LookupError for what no phone lets a person do."""

    async def edits(self, message: Message, text: str, *, entities: list[Entity] | None = None) -> Message:
        """Change one's own text, or the caption of what one sent, within 48 hours."""
        self._check_own(message)
        if self.world.now() - message.date > CHANGEABLE_SECONDS:
            raise LookupError("nobody can edit a message after 48 hours")
        if message.content:
            message.caption = text
        else:
            message.text = text
        message.entities = command_entities(text) if entities is None else entities
        return self._edited(message)

    async def types(self, text: str) -> Message:
        """Send a text as it is typed: a phone makes **bold**, __italic__, ||hidden|| and the like of such signs."""
        plain, marks = typed_marks(text)
        if not marks or utf16(plain) > MAX_TEXT:
            return await self.sends(text)
        taken = {at for one in marks for at in span(one)}
        typed = [one for one in typed_entities(plain) if not taken & set(span(one))]
        return self._deliver(None, text=plain, entities=sorted([*marks, *typed], key=lambda one: span(one).start))

    async def retypes(self, message: Message, text: str) -> Message:
        """Edit as `types` writes. Raises LookupError for an empty text."""
        plain, marks = typed_marks(text)
        if not plain and not message.content:
            raise LookupError("a message cannot become empty")
        return await self.edits(message, plain, entities=marks or None)

    async def edits_photo(self, message: Message, content: bytes) -> Message:
        """Put another picture in place of one's own."""
        self._check_own(message)
        file = self.world.files.add("photo", "photo.jpg", content)
        message.content, message.files = {"photo": describe_photo(file)}, [file]
        return self._edited(message)

    async def moves(self, message: Message, latitude: float, longitude: float, *, stops: bool = False) -> Message:
        """Move one's live location while its time runs, and perhaps stop sharing it."""
        self._check_own(message)
        period = (message.location or {}).get("live_period")
        if not isinstance(period, int) or self.world.now() > message.date + period:
            raise LookupError("this is no live location, or it has ended")
        live = {} if stops else {"live_period": period}
        message.content = {"location": {"latitude": latitude, "longitude": longitude, **live}}
        return self._edited(message)

    async def stops_sharing(self, message: Message) -> Message:
        """Stop one's live location where it is."""
        place = message.location or {}
        return await self.moves(message, float(str(place["latitude"])), float(str(place["longitude"])), stops=True)

    async def deletes(self, *messages: Message) -> None:
        """Delete messages for both sides: anything in the private chat, one's own in a group. The bot hears nothing."""
        for message in messages:
            chat = self._chat_of(message)
            if chat is not self:
                self._check_own(message)
            chat.remove(message)
            self.world.deleted.add((chat.id, message.id))
        self.world.changed.notify()

    async def replies(self, message: Message, text: str, *, quote: str = "") -> Message:
        """Swipe a message and answer it, in its chat and topic; `quote` is the part of it that was marked before."""
        with self.at(self._chat_of(message), message.thread_id, reply_to=message, quote=quote):
            return await self.sends(text)

    async def forwards_messages(self, *messages: Message, chat: Chat | None = None) -> list[Message]:
        """Forward messages that this phone shows to the bot, or into a group; albums stay albums."""
        for message in messages:
            if message.protected or message.self_destructing or message.is_service:
                raise LookupError("nobody can forward this message")
        albums: dict[object, str] = {}
        return [self._forward(message, chat, albums) for message in messages]

    async def reacts(self, message: Message, *emoji: str) -> None:
        """Put reactions in place of one's own on a message, or take them back; see `reactions.react`."""
        react(self.world, self._chat_of(message), message, self.user, list(emoji))

    def album_of(self, message: Message) -> Sequence[Message]:
        """All parts of the album that a message is of, or it alone."""
        album = message.extra.get("media_group_id")
        if album is None:
            return [message]
        return [one for one in self._chat_of(message).chat if one.extra.get("media_group_id") == album]

    def _forward(self, message: Message, chat: Chat | None, albums: dict[object, str]) -> Message:
        extra: Json = {"forward_origin": self.world.origin_of(message)}
        if (album := message.extra.get("media_group_id")) is not None:
            extra["media_group_id"] = albums.setdefault(album, str(message.id + 14_000_000_000))
        content = dict(message.content)
        if isinstance(place := content.get("location"), dict) and "venue" not in content:
            content["location"] = {name: place[name] for name in ("latitude", "longitude")}
        return self._deliver(
            chat, text=message.text, caption=message.caption, entities=list(message.entities), content=content,
            files=list(message.files), extra=extra,
        )  # fmt: skip

    def _chat_of(self, message: Message) -> Chat:
        chat = self.world.chats[message.chat_id]
        if message.id not in chat.messages or (chat is not self and chat not in self.groups):
            raise LookupError(f"message {message.id} is not on the phone of {self.name}")
        return chat

    def _check_own(self, message: Message) -> None:
        self._chat_of(message)
        if message.sender != self.user or "forward_origin" in message.extra:
            raise LookupError(f"message {message.id} is not one that {self.name} wrote")

    def _edited(self, message: Message) -> Message:
        chat = self.world.chats[message.chat_id]
        message.edited, message.edit_date = True, self.world.now()
        self.world.changed.notify()
        if chat.reaches_bot(message):
            self.last = self.world.push("edited_message", message.to_api(chat.to_api()))
        return message
