"""The small HTML that lessons may use, and lengths as Telegram counts them."""

import html
import re
from typing import NamedTuple

_TAG = re.compile(r"</?(b|i|code)>|<a href=\"https?://[^\"<>\s]+\">|</a>")
_OWN_TAG = re.compile(r"</?s>|<blockquote expandable>|</blockquote>")  # that only the program itself writes
_ENTITY = re.compile(r"&(lt|gt|amp|quot);")
_SIGN = re.compile(r"[<>&]")
_ALLOWED = '<b>, <i>, <code>, <a href="https://...">'


class MarkupFault(NamedTuple):
    """What is broken in a text; `line` counts from 0 within it."""

    line: int
    what: str
    instead: str


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, in which Telegram measures: an emoji counts 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_text(markup: str) -> str:
    """What remains to read of a text that `find_fault` has nothing against."""
    return html.unescape(_TAG.sub("", markup))


def shown_text(markup: str) -> str:
    """What remains to read of a text that the program wrote, which marks more than lessons may."""
    return plain_text(_OWN_TAG.sub("", markup))


def shortened(text: str, limit: int) -> str:
    """The plain text in at most `limit` UTF-16 units, with an ellipsis where something was cut off."""
    if utf16_length(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * limit - 2].decode("utf-16-le", "ignore").rstrip() + "…"


def fits_message(markup: str) -> bool:
    """Whether Telegram takes the text as one message: 4,096 UTF-16 units of what is read, 100 marked pieces."""
    return utf16_length(shown_text(markup)) <= 4096 and markup.count("</") <= 100


def find_fault(markup: str) -> MarkupFault | None:
    """The first thing in the text that Telegram would refuse or show wrongly, or None."""
    opened: list[tuple[str, int]] = []
    position = 0
    while sign := _SIGN.search(markup, position):
        start = sign.start()
        line = markup.count("\n", 0, start)
        pattern = _ENTITY if sign.group() == "&" else _TAG
        match = pattern.match(markup, start)
        if match is None:
            return _unknown(markup, start, line)
        if pattern is _TAG:
            fault = _step(match.group(), opened, line)
            if fault is not None:
                return fault
        position = match.end()
    if opened:
        name, line = opened[-1]
        return MarkupFault(line, f"<{name}> is never closed", f"write </{name}> where it ends")
    return None


def _step(tag: str, opened: list[tuple[str, int]], line: int) -> MarkupFault | None:
    name = tag.strip("</>").split(" ")[0]
    if not tag.startswith("</"):
        if any(name == other for other, _ in opened):
            return MarkupFault(line, f"<{name}> stands inside another <{name}>", "close the first one before")
        opened.append((name, line))
        return None
    if not opened:
        return MarkupFault(line, f"{tag} closes nothing", f"write <{name}> where it begins, or remove it")
    last, _ = opened[-1]
    if last != name:
        return MarkupFault(line, f"{tag} closes <{last}>", f"write </{last}> first")
    opened.pop()
    return None


def _unknown(markup: str, start: int, line: int) -> MarkupFault:
    if markup[start] == "&":
        return MarkupFault(line, "a bare & is not allowed", "write &amp;")
    if markup[start] == ">":
        return MarkupFault(line, "a bare > is not allowed", "write &gt;")
    if re.match(r"</?[a-zA-Z]", markup[start:]):
        shown = re.split(r"[>\n]", markup[start : start + 30])[0]
        return MarkupFault(line, f"{shown}> is not a tag that can be shown", f"use {_ALLOWED} only")
    return MarkupFault(line, "a bare < is not allowed", "write &lt;")
