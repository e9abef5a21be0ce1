"""What else a person can send: marked text, forwards, videos, dice, quizzes, and what Telegram lets nobody copy."""

import struct
import zlib

from rehearsal.telegram.account_messages import AccountMessages, typed_entities
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.dice import HIGHEST_DICE_VALUES
from rehearsal.telegram.files import describe
from rehearsal.telegram.html import parse_html
from rehearsal.telegram.model import Json, Message


def picture(shade: int = 128, *, width: int = 4, height: int = 3) -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes([shade % 256]) * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class AccountMedia(AccountMessages):
    """The rarer messages of a person."""

    async def sends_marked(self, html: str, *, chat: Chat | None = None) -> Message:
        """Send bold, linked, quoted text, given as HTML."""
        text, entities = parse_html(html)
        taken = {at for one in entities for at in span(one)}
        typed = [one for one in typed_entities(text) if not taken & set(span(one))]
        return self._deliver(chat, text=text, entities=sorted([*entities, *typed], key=_offset))

    async def sends_video(self, caption: str = "", *, seconds: int = 5, chat: Chat | None = None) -> Message:
        """Send a video."""
        file = self.world.files.add("video", "video.mp4", b"\0\0\0\x18ftypmp42")
        about: Json = {"width": 640, "height": 360, "duration": seconds, "mime_type": "video/mp4"}
        return self._deliver(chat, caption=caption, content={"video": {**describe(file), **about}}, files=[file])

    async def sends_video_note(self, *, seconds: int = 5, chat: Chat | None = None) -> Message:
        """Send a round video."""
        file = self.world.files.add("video_note", "note.mp4", b"\0\0\0\x18ftypmp42")
        video_note: Json = {**describe(file), "length": 240, "duration": seconds}
        return self._deliver(chat, content={"video_note": video_note}, files=[file])

    async def sends_dice(self, emoji: str = "🎲", *, chat: Chat | None = None) -> Message:
        """Send a dice emoji, thrown at random."""
        value = self.world.random.randint(1, HIGHEST_DICE_VALUES[emoji])
        return self._deliver(chat, content={"dice": {"emoji": emoji, "value": value}})

    async def forwards(self, text: str, *, origin: str = "hidden_user", chat: Chat | None = None) -> Message:
        """Forward a text of a `hidden_user`, or of a `channel`, to the bot."""
        source: Json = {"type": origin, "date": self.world.now() - 3600}
        if origin == "channel":
            channel: Json = {"id": -1_001_500_000_001, "title": "Education", "type": "channel", "username": "education"}
            source |= {"chat": channel, "message_id": 17}
        else:
            source["sender_user_name"] = "Mum"
        return self._deliver(chat, text=text, entities=typed_entities(text), extra={"forward_origin": source})

    async def sends_quiz(self, *, known: bool = False, chat: Chat | None = None) -> Message:
        """Send a quiz; the right answer of a forwarded one is not `known` to the bot."""
        self.world.polls += 1
        options = [{"persistent_id": str(n), "text": f"{n}", "voter_count": 0} for n in range(2)]
        poll: Json = {
            "id": str(5_000_000_000_000_000_000 + self.world.polls), "question": "2 × 2?", "options": options,
            "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "quiz",
            "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        }  # fmt: skip
        if known:
            poll["correct_option_ids"] = [1]
        return self._deliver(chat, content={"poll": poll})

    async def sends_poll(self, question: str, *options: str, chat: Chat | None = None) -> Message:
        """Send a poll, in which votes are not anonymous."""
        self.world.polls += 1
        choices = [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(options)]
        poll: Json = {
            "id": str(5_000_000_000_000_000_000 + self.world.polls), "question": question, "options": choices,
            "total_voter_count": 0, "is_closed": False, "is_anonymous": False, "type": "regular",
            "allows_multiple_answers": False, "allows_revoting": True, "members_only": False,
        }  # fmt: skip
        return self._deliver(chat, content={"poll": poll})

    async def sends_uncopyable(self, kind: str, *, chat: Chat | None = None) -> Message:
        """Send `paid_media`, a `giveaway` (forwarded), a `checklist` or a `self_destructing` photo."""
        if kind == "self_destructing":
            message = await self.sends_photo(picture(), chat=chat)
            message.self_destructing = True
            return message
        preview: Json = {"type": "preview", "width": 5, "height": 5, "duration": 3}
        channel: Json = {"id": -1_001_500_000_001, "title": "Education", "type": "channel"}
        contents: dict[str, Json] = {
            "paid_media": {"star_count": 5, "paid_media": [preview]},
            "giveaway": {"chats": [channel], "winners_selection_date": self.world.now() + 86_400, "winner_count": 1},
            "checklist": {"title": "To do", "tasks": [{"id": 1, "text": "Buy chalk"}]},
        }
        return self._deliver(chat, content={kind: contents[kind]})


def span(entity: Json) -> range:
    """The UTF-16 units that an entity marks."""
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return range(offset, offset + length)


def _offset(entity: Json) -> int:
    return span(entity).start
