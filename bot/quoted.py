"""People's words as they stand in messages to other people: quoted, with what they corrected, in pieces that fit."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape, unescape

from bot.i18n import Html, Locale
from bot.marks import cut, html
from bot.programme.model import Seminar
from bot.store.help_message import HelpMessage
from bot.text import around_change, cuts, units

# Telegram carries 4,096 units; the rest is for whose words they are, and for what they replace.
_PIECE = 2_900
_MARKS = 90  # in a piece; Telegram keeps a hundred, and some are ours
_CAPTION = 1_024  # UTF-16 units that Telegram takes under a picture or a file
_CAPTION_WORDS = 600  # of them somebody's own words; the rest is as above
_WITH_CAPTION = {"photo", "video", "animation", "audio", "document", "voice"}
_FIRST_WORDS = 60  # characters
_TAG = re.compile(r"<[^>]*>")
_EARLIER = 400  # characters of what a correction has replaced
# What is older when it is read, or read again, says of when it is: it may have waited for a reader for hours.
_FRESH = timedelta(minutes=10)


def in_pieces(message: HelpMessage) -> list[Html]:
    """The words as they were written, in pieces that each fit into one message; one, perhaps empty, at least."""
    words, marks = message.words, message.marks
    return [
        Html(html(words[begin:end], cut(words, marks, begin, end)[:_MARKS], quoted=True))
        for begin, end in cuts(words, _PIECE)
    ]


def fits_caption(message: HelpMessage) -> bool:
    """Whether the words, with whose they are, go into the caption of what came with them."""
    return message.kind in _WITH_CAPTION and units(message.words) <= _CAPTION_WORDS


def shortened(message: HelpMessage) -> HelpMessage:
    """The message with as many of its words as a caption holds beside whose they are."""
    if units(message.words) <= _CAPTION_WORDS:
        return message
    begin, end = cuts(message.words, _CAPTION_WORDS - 2)[0]
    marks = tuple(cut(message.words, message.marks, begin, end))
    return replace(message, words=f"{message.words[begin:end]} …", marks=marks)


def is_caption(text: str) -> bool:
    """Whether Telegram takes a text (HTML) as a caption."""
    return units(unescape(_TAG.sub("", text))) <= _CAPTION


def first_words(text: str) -> str:
    """How a text (HTML) begins, on one line and without marks, to tell which one it is."""
    plain = " ".join(unescape(_TAG.sub("", text)).split())
    return plain if len(plain) <= _FIRST_WORDS else f"{plain[: _FIRST_WORDS - 1].rstrip()}…"


def caption(message: HelpMessage) -> Html:
    """The words under a picture or a file, after they were changed; a bot's caption may be shorter than a person's."""
    if units(message.words) <= _CAPTION:
        return Html(html(message.words, message.marks))
    begin, end = cuts(message.words, _CAPTION - 2)[0]
    return Html(html(message.words[begin:end], cut(message.words, message.marks, begin, end)) + " …")


def quote(words: Html) -> Html:
    """The words as a quote; nothing for none."""
    return Html(f"<blockquote>{words}</blockquote>" if words else "")


def before(message: HelpMessage) -> list[Html]:
    """What it said before a correction, if that was read by then."""
    return replaced(message.earlier, message.words)


def replaced(earlier: str | None, words: str) -> list[Html]:
    """What stood where `words` say something else now; nothing for None."""
    if earlier is None or earlier == words:
        return []
    return [Html(f"<s>{escape(around_change(earlier, words, _EARLIER), quote=False)}</s>")]


def is_continuation(message: HelpMessage, part: int) -> bool:
    """Whether it is not the first message of its thing: one sound is enough."""
    return message.part_of is not None or part > 0


def written_when(_: Locale, seminar: Seminar, moment: datetime | None, now: datetime) -> list[Html]:
    """When something was written, on a line of its own, where that is not just now."""
    if moment is None or now - moment < _FRESH:
        return []
    day, time = moment.astimezone(seminar.zone).date(), _.time(moment, seminar.zone)
    if day == now.astimezone(seminar.zone).date():
        return [Html(f"🕓 {time}")]
    when = _("{day}, {time}", day=_.short_day(day), time=time)
    return [Html(f"🕓 {when}")]
