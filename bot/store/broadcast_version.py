"""The content of a broadcast: its version for all or for each language, and the messages that those were written in."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.clock import from_text, to_text


class ContentKind(StrEnum):
    """What a version is made of. All but `text` are copies of what the organizer sent."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"
    ALBUM = "album"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    VENUE = "venue"  # before what it holds, too
    LOCATION = "location"
    CONTACT = "contact"

    @property
    def has_caption(self) -> bool:
        """Whether words can stand under it, in the same message."""
        return self in _WITH_CAPTION


_WITH_CAPTION = frozenset(
    {
        ContentKind.PHOTO,
        ContentKind.VIDEO,
        ContentKind.ANIMATION,
        ContentKind.DOCUMENT,
        ContentKind.AUDIO,
        ContentKind.VOICE,
    }
)


# Which languages the readers of one would rather read, where their own is missing.
_READING_ORDER: Final = {
    "tg": ("ru", "en", "ko"),
    "ru": ("tg", "en", "ko"),
    "en": ("ru", "ko", "tg"),
    "ko": ("en", "ru", "tg"),
}


def reading_order(language: str) -> tuple[str, ...]:
    """The other languages, by how well readers of this one read them."""
    return _READING_ORDER.get(language, ())


@dataclass(frozen=True, slots=True)
class Part:
    """A message of the organizer's that is copied. `file` is Telegram's name of its file, `album` that of its album."""

    chat_id: int
    message_id: int
    file: str = ""
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What readers of `language` get ("": everybody). `text` is HTML, of a medium its caption.

    `edition` grows with each change of the content: a version with a smaller one than another has not followed a
    change of that one yet. `preview_id` is the message that shows it to its organizer.
    """

    broadcast: int
    language: str
    edition: int
    kind: ContentKind
    text: str
    preview_id: int | None
    edited_at: datetime
    parts: tuple[Part, ...] = ()


_OF = "SELECT * FROM broadcast_version WHERE broadcast_id = ? ORDER BY language"
_PARTS = "SELECT * FROM broadcast_part WHERE broadcast_id = ? AND language = ? ORDER BY position"
_NEWEST = "SELECT coalesce(max(edition), 1) FROM broadcast_version WHERE broadcast_id = ?"
_EDITION = "SELECT edition, kind, text FROM broadcast_version WHERE broadcast_id = ? AND language = ?"
# Another message than before has not been shown yet.
_PUT = """
INSERT INTO broadcast_version (broadcast_id, language, edition, kind, text, edited_at)
VALUES (:broadcast, :language, :edition, :kind, :text, :now)
ON CONFLICT (broadcast_id, language) DO UPDATE SET
    edition = excluded.edition, kind = excluded.kind, text = excluded.text, edited_at = excluded.edited_at,
    preview_id = CASE WHEN :same_source THEN preview_id END
"""
_FORGET_PARTS = "DELETE FROM broadcast_part WHERE broadcast_id = ? AND language = ?"
_ADD_PART = "INSERT INTO broadcast_part VALUES (?, ?, ?, ?, ?, ?, ?)"
_SET_PREVIEW = "UPDATE broadcast_version SET preview_id = ? WHERE broadcast_id = ? AND language = ?"
_REVISE = "UPDATE broadcast SET revision = revision + 1 WHERE id = ?"
_NEXT_POSITION = "SELECT coalesce(max(position), -1) + 1 FROM broadcast_part WHERE broadcast_id = ? AND language = ?"
_CAPTION = "UPDATE broadcast_version SET text = ? WHERE broadcast_id = ? AND language = ? AND text = ''"
_IS_IN = "UPDATE broadcast_version SET language = :to WHERE broadcast_id = :broadcast AND language = :language"
_REMOVE = "DELETE FROM broadcast_version WHERE broadcast_id = ? AND language = ?"
_LEVEL = """
UPDATE broadcast_version SET edition = (SELECT max(edition) FROM broadcast_version WHERE broadcast_id = :broadcast)
WHERE broadcast_id = :broadcast
"""
_WRITTEN_IN = """
SELECT p.broadcast_id, p.language FROM broadcast_part AS p JOIN broadcast AS b ON b.id = p.broadcast_id
WHERE p.chat_id = ? AND p.message_id = ? AND b.by_id = ? ORDER BY p.broadcast_id DESC LIMIT 1
"""


def of(connection: sqlite3.Connection, broadcast: int) -> tuple[Version, ...]:
    """The versions of a broadcast, by their languages."""
    return tuple(_of_row(connection, row) for row in connection.execute(_OF, (broadcast,)).fetchall())


def put(
    connection: sqlite3.Connection,
    broadcast: int,
    language: str,
    kind: ContentKind,
    text: str,
    *,
    parts: Sequence[Part],
    now: datetime,
) -> None:
    """Set what readers of a language get. Changes of one that was as new as any make the others older than it."""
    newest: int = connection.execute(_NEWEST, (broadcast,)).fetchone()[0]
    known = connection.execute(_EDITION, (broadcast, language)).fetchone()
    edition = newest + 1 if known is not None and known["edition"] == newest else newest
    known_parts = _parts(connection, broadcast, language)
    if known is not None and (known["kind"], known["text"], known_parts) == (kind.value, text, tuple(parts)):
        return  # the same update, handled again after a crash
    before = [(one.chat_id, one.message_id) for one in known_parts]
    values = {
        "broadcast": broadcast,
        "language": language,
        "edition": edition,
        "kind": kind.value,
        "text": text,
        "now": to_text(now),
        "same_source": before == [(one.chat_id, one.message_id) for one in parts],
    }
    connection.execute(_PUT, values)
    connection.execute(_FORGET_PARTS, (broadcast, language))
    connection.executemany(
        _ADD_PART,
        [
            (broadcast, language, position, one.chat_id, one.message_id, one.file, one.album)
            for position, one in enumerate(parts)
        ],
    )
    connection.execute(_REVISE, (broadcast,))


def add_part(connection: sqlite3.Connection, broadcast: int, language: str, part: Part, caption: str) -> None:
    """One more picture of an album has come; the album's words are those of the first that has some."""
    if any(one.message_id == part.message_id for one in _parts(connection, broadcast, language)):
        return
    position: int = connection.execute(_NEXT_POSITION, (broadcast, language)).fetchone()[0]
    values = (broadcast, language, position, part.chat_id, part.message_id, part.file, part.album)
    connection.execute(_ADD_PART, values)
    connection.execute(_CAPTION, (caption, broadcast, language))
    connection.execute(_REVISE, (broadcast,))


def name_language(connection: sqlite3.Connection, broadcast: int, language: str, to: str) -> None:
    """What readers of a language get is what those of another get instead: the one for all is Russian, or back."""
    versions = of(connection, broadcast)
    moved = next((one for one in versions if one.language == language), None)
    if moved is None or any(one.language == to for one in versions):
        return
    # Its parts follow it: they are of the key that it has.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    values = {"broadcast": broadcast, "language": language, "to": to}
    connection.execute(_IS_IN, values)
    connection.execute(_IS_IN.replace("broadcast_version", "broadcast_part"), values)
    connection.execute(_REVISE, (broadcast,))


def remove(connection: sqlite3.Connection, broadcast: int, language: str) -> None:
    """Forget what readers of a language would get."""
    connection.execute(_REMOVE, (broadcast, language))
    connection.execute(_REVISE, (broadcast,))


def set_preview(connection: sqlite3.Connection, broadcast: int, language: str, preview_id: int) -> None:
    """The version is shown to its organizer in this message."""
    connection.execute(_SET_PREVIEW, (preview_id, broadcast, language))


def keep_all(connection: sqlite3.Connection, broadcast: int) -> None:
    """Its versions say the same, whichever was changed last."""
    connection.execute(_LEVEL, {"broadcast": broadcast})


def written_in(connection: sqlite3.Connection, by_id: int, chat_id: int, message_id: int) -> tuple[int, str] | None:
    """The number of the broadcast, and the language, that this organizer wrote in this message; None for none."""
    row = connection.execute(_WRITTEN_IN, (chat_id, message_id, by_id)).fetchone()
    return (row["broadcast_id"], row["language"]) if row else None


def _of_row(connection: sqlite3.Connection, row: sqlite3.Row) -> Version:
    return Version(
        row["broadcast_id"],
        row["language"],
        row["edition"],
        ContentKind(row["kind"]),
        row["text"],
        row["preview_id"],
        from_text(row["edited_at"]),
        _parts(connection, row["broadcast_id"], row["language"]),
    )


def _parts(connection: sqlite3.Connection, broadcast: int, language: str) -> tuple[Part, ...]:
    rows = connection.execute(_PARTS, (broadcast, language)).fetchall()
    return tuple(Part(row["chat_id"], row["message_id"], row["file"], row["album"]) for row in rows)
