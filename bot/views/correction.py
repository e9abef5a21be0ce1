"""What people changed after they wrote it, places that move with them, and what Telegram did not bring."""

from datetime import datetime

from bot.buttons.relay import AnswerStaff, WriteTo
from bot.i18n import Html, Locale
from bot.quoted import before, fits_caption, in_pieces, quote
from bot.screen import Screen
from bot.store.help_message import HelpMessage

_SPOKEN = {"voice", "videonote"}  # what a reader's settings may refuse
_SHORTEST_LIVE, _LONGEST_LIVE, _LIVE_FOR_EVER = 60, 86_400, 0x7FFF_FFFF  # seconds, Telegram's own


def pin(message: HelpMessage, now: datetime) -> Screen | None:
    """A place that moves with its writer, or where they were last."""
    place = message.pin
    if place is None:
        return None
    seconds = int((place.until - now).total_seconds())
    if seconds > _LONGEST_LIVE:
        seconds = _LIVE_FOR_EVER
    moves = seconds if seconds >= _SHORTEST_LIVE else 0
    return Screen("", silent=True, pin=(place.latitude, place.longitude, moves))


def corrected(_: Locale, message: HelpMessage, part: int) -> Screen | None:
    """To who has read it before: the writer has changed it, from what to what."""
    pieces = in_pieces(message)
    if part >= len(pieces):
        return None
    lines: list[str] = [_("✏️ <b>{name}</b> has corrected this:", name=message.author)]
    if part == 0:
        lines += before(message)
    if message.author_id == message.person_id:
        button = WriteTo(message.person_id).button(_.plain("✍️ Write back"))
    else:
        button = AnswerStaff(message.id).button(_.plain("✍️ Answer"))
    return Screen("\n".join([*lines, quote(pieces[part])]), [[button]], silent=part > 0)


def correction_passed(_: Locale) -> Screen:
    """To who changed a message that others have read."""
    return Screen(_("✓ The correction has been passed on."))


def not_copied(_: Locale, message: HelpMessage) -> Screen:
    """To who should have got it: something is missing here. The words that stood under it are there."""
    if message.kind in _SPOKEN:
        text = _(
            "⚠️ <b>{name}</b> has sent something that Telegram does not bring to you "
            "(your settings may refuse voice messages). Please ask them to write it.",
            name=message.author,
        )
    else:
        text = _(
            "⚠️ <b>{name}</b> has sent something that Telegram does not bring to you. Please ask them to write it.",
            name=message.author,
        )
    if fits_caption(message) and message.words:
        text = Html(f"{text}\n{quote(in_pieces(message)[0])}")
    if message.author_id == message.person_id:
        return Screen(text, [[WriteTo(message.person_id).button(_.plain("✍️ Write back"))]])
    return Screen(text, [[AnswerStaff(message.id).button(_.plain("✍️ Answer"))]])
