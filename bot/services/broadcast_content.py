"""The content of a draft to many: what was written or sent, changed, and said to be in which language."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from bot.services import broadcast as broadcast_service
from bot.services.broadcast import TEXT, DraftText
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import conversation
from bot.store.broadcast import Broadcast
from bot.store.broadcast_version import ContentKind, Part, Version

ALL: Final = ""


class Content(NamedTuple):
    """What somebody has sent: its kind, its words as HTML, and the messages that it is in."""

    kind: ContentKind
    text: str
    parts: Sequence[Part]


def put(
    connection: sqlite3.Connection,
    about: DraftText,
    by_id: int,
    content: Content,
    *,
    chat_id: int,
    now: datetime,
) -> Broadcast | None:
    """Set the content of a draft in the language that was asked for, and return the draft; None where it is none.

    Its last card sends nothing any more: it stood under another content.
    """
    number = about.broadcast
    draft = broadcast_store.own_draft(connection, number, by_id)
    if draft is None or draft.audience is None:
        return None
    language = about.language
    broadcast_version_store.put(connection, number, language, content.kind, content.text, parts=content.parts, now=now)
    broadcast_store.set_card(connection, number, by_id, None)
    broadcast = broadcast_store.own_draft(connection, number, by_id)
    assert broadcast is not None
    broadcast_service.await_content(connection, broadcast, chat_id=chat_id, now=now)
    return broadcast


def add_picture(connection: sqlite3.Connection, about: DraftText, by_id: int, content: Content) -> Broadcast | None:
    """One more part of the album that a draft holds; None where the draft holds another content by now."""
    draft = broadcast_store.own_draft(connection, about.broadcast, by_id)
    version = version_in(draft, about.language) if draft is not None else None
    part = content.parts[0]
    if version is None or version.kind is not ContentKind.ALBUM or version.parts[0].album != part.album:
        return None
    broadcast_version_store.add_part(connection, about.broadcast, about.language, part, content.text)
    return broadcast_store.own_draft(connection, about.broadcast, by_id)


def change(
    connection: sqlite3.Connection, number: int, language: str, by_id: int, *, content: Content, now: datetime
) -> Broadcast | None:
    """The message that a draft was written in says something else; return the draft, None where it is none."""
    draft = broadcast_store.own_draft(connection, number, by_id)
    version = version_in(draft, language) if draft is not None else None
    if version is None:
        return None
    parts = _with_newer(version.parts, content.parts)
    kind = version.kind if version.kind is ContentKind.ALBUM else content.kind
    broadcast_version_store.put(connection, number, language, kind, content.text, parts=parts, now=now)
    return broadcast_store.own_draft(connection, number, by_id)


def refuse(connection: sqlite3.Connection, about: DraftText, by_id: int, *, chat_id: int) -> int | None:
    """The text goes on in another message: keep none. Return the message that has said so already, if one has."""
    forget(connection, about.broadcast, about.language, by_id)
    awaited = TEXT.of(conversation.get(connection, chat_id))
    return awaited.said if awaited is not None else None


def forget(connection: sqlite3.Connection, number: int, language: str, by_id: int) -> None:
    """Keep no content in this language of a draft of this person's."""
    if broadcast_store.own_draft(connection, number, by_id) is not None:
        broadcast_version_store.remove(connection, number, language)
        broadcast_store.set_card(connection, number, by_id, None)


def name_language(connection: sqlite3.Connection, number: int, by_id: int, *, was: str, to: str) -> Broadcast | None:
    """The content of a draft that was for all is in this language, or is for all again."""
    draft = broadcast_store.own_draft(connection, number, by_id)
    if draft is not None and (to or len(draft.versions) == 1):
        broadcast_version_store.name_language(connection, number, was, to)
        broadcast_store.set_fallback(connection, number, by_id, [])
    return broadcast_store.own_draft(connection, number, by_id)


def version_in(draft: Broadcast, language: str) -> Version | None:
    """The version of a draft that is in this language itself, or None."""
    return next((one for one in draft.versions if one.language == language), None)


def _with_newer(parts: Sequence[Part], newer: Sequence[Part]) -> list[Part]:
    by_message = {one.message_id: one for one in newer}
    return [by_message.get(one.message_id, one) for one in parts]
