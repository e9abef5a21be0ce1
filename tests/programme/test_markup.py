"""The small HTML of lessons, and lengths as Telegram counts them."""

import pytest

from bot.programme.markup import find_fault, plain_text, utf16_length


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("ҳамроҳ", 6), ("한국", 2), ("😀", 2), ("a😀b", 4), ("👨‍👩‍👧", 8)]
)
def test_lengths_are_utf16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<b>a</b> <i>b</i> <code>c</code>", "a b c"),
        ('<a href="https://example.org/x?a=1&amp;b=2">here</a>', "here"),
        ("1 &lt; 2 &amp; 3 &gt; 2 &quot;", '1 < 2 & 3 > 2 "'),
        ("<b>a <i>b</i></b>", "a b"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_good_markup_shows_its_words(markup: str, shown: str) -> None:
    assert find_fault(markup) is None
    assert plain_text(markup) == shown


def test_a_fault_says_the_line_within_the_text() -> None:
    fault = find_fault("one\n<b>two</b>\nthree & four")
    assert fault is not None
    assert (fault.line, fault.instead) == (2, "write &amp;")
