"""A correction of a broadcast while it is written: what it should say instead, and whether that shall go."""

from bot.buttons.broadcast_card import BroadcastCorrectNot, BroadcastCorrectSure, BroadcastShow
from bot.i18n import Locale
from bot.languages import Language
from bot.screen import Screen
from bot.store.broadcast import Broadcast


def ask(_: Locale, broadcast: Broadcast, language: str) -> Screen:
    """What shall it say instead?"""
    text = (
        _("✏️ Write what it should say in {language}.", language=Language(language).own_name)
        if language
        else _("✏️ Write what it should say instead.")
    )
    more = _("What has arrived will be changed on every phone; what has not left yet goes with the new words.")
    cancel = BroadcastCorrectNot(broadcast.id).button(_.plain("✖️ Cancel"))
    return Screen(f"{text}\n{more}", [[cancel]])


def confirm(_: Locale, number: int, source: int, phones: int) -> Screen:
    """Under the new words: shall they take the place of the old ones?"""
    yes = BroadcastCorrectSure(number, source).button(
        str(_.plural("✏️ Change it on {n} phone", "✏️ Change it on {n} phones", phones))
    )
    text = _("⬆️ This is what it will say. To change it, just write it again.")
    return Screen(text, [[yes], [BroadcastCorrectNot(number).button(_.plain("✖️ Cancel"))]])


def not_correctable(_: Locale, number: int) -> Screen:
    """Telegram cannot change that message into what was sent."""
    text = _(
        "Telegram cannot change the message into this: a text can become another text, a picture or a file another "
        "one, and words under it can change. Anything else: take it back and send a new one."
    )
    return Screen(text, [[BroadcastCorrectNot(number).button(_.plain("✖️ Cancel"))]])


def left(_: Locale) -> Screen:
    """The organizer does not correct it after all."""
    return Screen(_("It stays as it was."))


def too_long(_: Locale, number: int, length: int, limit: int) -> Screen:
    """The new words do not fit."""
    text = _(
        "That is {length} characters, and one message holds {limit}. Please write it shorter.",
        length=length,
        limit=limit,
    )
    return Screen(text, [[BroadcastCorrectNot(number).button(_.plain("✖️ Cancel"))]])


def too_colourful(_: Locale, number: int, count: int, limit: int) -> Screen:
    """More marked pieces than Telegram keeps in one message."""
    text = _(
        "That has {count} marked pieces (bold, links ...), and one message keeps {limit}.", count=count, limit=limit
    )
    return Screen(text, [[BroadcastCorrectNot(number).button(_.plain("✖️ Cancel"))]])


def lapsed(_: Locale, number: int) -> Screen:
    """Words came long after a correction was started."""
    text = _("⌛ You began to correct a message to many, but that was a while ago, so nothing was changed.")
    return Screen(text, [[BroadcastShow(number, "correct", 0).button(_.plain("✏️ Correct"))]])
