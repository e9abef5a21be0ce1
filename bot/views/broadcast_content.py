"""A message to many as its readers see it."""

from html import escape
from typing import Final

from bot.buttons.broadcast import BroadcastGotIt
from bot.i18n import Html, Locale
from bot.marks import plain
from bot.screen import Rows, Screen
from bot.store.broadcast import Broadcast
from bot.store.broadcast_version import ContentKind, Version
from bot.text import units

LIMIT: Final = 4_096  # UTF-16 units of what is read
CAPTION_LIMIT: Final = 1_024
ENTITIES: Final = 100  # marked pieces of one message


def message(_: Locale, broadcast: Broadcast, version: Version, author: str) -> Screen | None:
    """The message: text, or copies of what the organizer sent; None where that is not known any more.

    Its signature and its button stand in it, as far as its kind can hold them; the rest is `note`.
    """
    options = broadcast.options
    rows = [] if version.kind is ContentKind.ALBUM else _rows(_, broadcast)
    signed = version.text + _signature(broadcast, author)
    if version.kind is ContentKind.TEXT:
        return Screen(Html(signed), rows, silent=options.silent)
    if not version.parts:
        return None
    source = version.parts[0].chat_id
    if version.kind is ContentKind.ALBUM:
        album = (source, tuple(one.message_id for one in version.parts))
        return Screen("", silent=options.silent, copies_of=album)
    copied = (source, version.parts[0].message_id)
    if version.kind.has_caption:
        return Screen(Html(signed), rows, silent=options.silent, copy_of=copied)
    is_noted = bool(_signature(broadcast, author))
    return Screen("", [] if is_noted else rows, silent=options.silent, copy_of=copied)


def note(_: Locale, broadcast: Broadcast, version: Version, author: str) -> Screen | None:
    """What follows an album, a place or a sticker, which hold no signature or no button; None where nothing does."""
    if version.kind is ContentKind.TEXT or version.kind.has_caption:
        return None
    signature, rows = _signature(broadcast, author).strip(), _rows(_, broadcast)
    if not signature and (not rows or version.kind is not ContentKind.ALBUM):
        return None
    return Screen(Html(signature) if signature else _("⬆️ Have you seen this?"), rows, silent=True)


def signature_units(name: str) -> int:
    """How much room a signature takes, in UTF-16 units."""
    return units(f"\n\n— {name}")


def can_be_signed(broadcast: Broadcast, name: str) -> bool:
    """Whether there is room for a signature in every version that holds one."""
    room = signature_units(name)
    return all(
        room + units(plain(one.text)) <= (LIMIT if one.kind is ContentKind.TEXT else CAPTION_LIMIT)
        for one in broadcast.versions
        if one.kind is ContentKind.TEXT or one.kind.has_caption
    )


def _signature(broadcast: Broadcast, author: str) -> str:
    return f"\n\n<i>— {escape(author, quote=False)}</i>" if broadcast.options.signed and author else ""


def _rows(_: Locale, broadcast: Broadcast) -> Rows:
    return [[BroadcastGotIt(broadcast.id).button(_.plain("👍 Got it"))]] if broadcast.options.confirmable else []
