"""Bold, links, quotes and the like in what people write, and how they are written again: as HTML, escaped.

Offsets and lengths are in UTF-16 units, as Telegram counts. `Message.text_html` of the library leaves the address of a
link unescaped, so that another address arrives or Telegram refuses the message.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import NamedTuple


class Mark(NamedTuple):
    """One marked piece. `value` is the address of a link, the number of a person or an emoji, the language of code.

    For `date_time` it is the moment in Unix seconds, and its format after a colon where it has one.
    """

    kind: str
    offset: int
    length: int
    value: str = ""


_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_CLOSE = {"custom_emoji": "</tg-emoji>", "date_time": "</tg-time>", "expandable_blockquote": "</blockquote>"}
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
KINDS = frozenset(_TAGS) | _QUOTES | {"pre", "text_link", "text_mention", "custom_emoji", "date_time"}
_ANY_TAG = re.compile(r"<[^<>]*>")
# What encloses what, where two marks cover the same text: Telegram's own order.
_RANK = {"expandable_blockquote": 0, "blockquote": 0, "pre": 11, "code": 20, "date_time": 48, "text_link": 49}


def html(text: str, marks: Sequence[Mark], *, quoted: bool = False) -> str:
    """The text as Telegram's HTML, with its marks and everything else as it is. `quoted`: it stands in a quote."""
    if not marks:
        return escape(text, quote=False)
    places = _places(text)
    spans = [
        (start, end, mark)
        for mark in marks
        if mark.kind in KINDS
        and not (quoted and mark.kind in _QUOTES)  # a quote cannot hold another
        and (start := bisect_left(places, mark.offset)) < (end := bisect_left(places, mark.offset + mark.length))
    ]
    return _written(text, sorted(spans, key=_order))


def plain(markup: str) -> str:
    """What is read of a text that `html` has written."""
    return unescape(_ANY_TAG.sub("", markup))


def cut(text: str, marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The marks of the piece `text[start:end]`, counted from its beginning."""
    places = _places(text)
    first, last = places[start], places[end]
    part = []
    for mark in marks:
        begin, stop = max(first, mark.offset), min(last, mark.offset + mark.length)
        if begin < stop:
            part.append(mark._replace(offset=begin - first, length=stop - begin))
    return part


def moved(text: str, marks: Iterable[Mark], kept: Sequence[int]) -> list[Mark]:
    """The marks of what is left of the text when only the characters at the places `kept` stay."""
    before, left = _places(text), [0]
    for index in kept:
        left.append(left[-1] + (2 if ord(text[index]) > 0xFFFF else 1))
    starts = [before[index] for index in kept]

    def place(offset: int) -> int:
        return left[bisect_left(starts, offset)]

    places = [(mark, place(mark.offset), place(mark.offset + mark.length)) for mark in marks]
    return [mark._replace(offset=begin, length=end - begin) for mark, begin, end in places if begin < end]


def _places(text: str) -> list[int]:
    """Where each character begins, in UTF-16 units, and the end."""
    places, at = [0], 0
    for char in text:
        at += 2 if ord(char) > 0xFFFF else 1
        places.append(at)
    return places


def _order(span: tuple[int, int, Mark]) -> tuple[int, int, int]:
    start, end, mark = span
    return start, -end, _RANK.get(mark.kind, 90)


def _written(text: str, spans: Sequence[tuple[int, int, Mark]]) -> str:
    pieces: list[str] = []
    at = 0
    open_spans: list[tuple[int, Mark]] = []  # their ends, the innermost last

    def go_to(place: int) -> None:
        """Write up to a place; close what ends before or there."""
        nonlocal at
        while open_spans and open_spans[-1][0] <= place:
            end, mark = open_spans.pop()
            pieces.append(escape(text[at:end], quote=False) + _tags(mark)[1])
            at = end
        pieces.append(escape(text[at:place], quote=False))
        at = place

    waiting = list(reversed(spans))
    while waiting:
        start, end, mark = waiting.pop()
        go_to(start)
        if open_spans and open_spans[-1][0] < end:
            # It reaches over the end of what is around it: tags cannot, so it is written in two.
            edge = open_spans[-1][0]
            waiting.append((edge, end, mark))
            waiting.sort(key=_order, reverse=True)
            end = edge
        pieces.append(_tags(mark)[0])
        open_spans.append((end, mark))
    go_to(len(text))
    return "".join(pieces)


def _tags(mark: Mark) -> tuple[str, str]:
    if tag := _TAGS.get(mark.kind):
        return f"<{tag}>", f"</{tag}>"
    value = escape(mark.value)
    if mark.kind == "pre":
        return (f'<pre><code class="language-{value}">', "</code></pre>") if value else ("<pre>", "</pre>")
    unix, _, shape = value.partition(":")
    opening = {
        "text_mention": f'<a href="tg://user?id={value}">',
        "custom_emoji": f'<tg-emoji emoji-id="{value}">',
        "date_time": f'<tg-time unix="{unix}" format="{shape}">',
        "expandable_blockquote": "<blockquote expandable>",
    }
    return opening.get(mark.kind, f'<a href="{value}">'), _CLOSE.get(mark.kind, "</a>")
