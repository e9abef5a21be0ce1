"""People's words as they stand in messages to other people: quoted, with what they corrected, in pieces that fit."""

from html import escape

from bot.i18n import Html
from bot.marks import cut, html
from bot.store.help_message import HelpMessage
from bot.text import around_change, cuts

# Telegram carries 4,096 units; the rest is for whose words they are, and for what they replace.
_PIECE = 2_900
_MARKS = 90  # in a piece; Telegram keeps a hundred, and some are ours
_EARLIER = 400  # characters of what a correction has replaced


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
