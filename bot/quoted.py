"""People's words as they stand in messages to other people: quoted, with what they corrected, in pieces that fit."""

from datetime import datetime, timedelta
from html import escape

from bot.i18n import Html, Locale
from bot.marks import cut, html
from bot.programme.model import Seminar
from bot.store.help_message import HelpMessage
from bot.text import around_change, cuts

# Telegram carries 4,096 units; the rest is for whose words they are, and for what they replace.
_PIECE = 2_900
_MARKS = 90  # in a piece; Telegram keeps a hundred, and some are ours
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
