"""What is written with signs that have no width of their own is not taken for a mistake."""

import pytest

from bot.programme.signs import find_sign


@pytest.mark.parametrize(
    "text",
    [
        "👩‍🏫 Муаллим",  # a woman, a joiner, a school
        "🏳️‍🌈",  # a flag, its shape, a joiner, a rainbow
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "❤️",
        "می‌خواهم",  # Persian is written with a non-joiner
        "क्‍ष",  # Hindi with a joiner
        "Й і ӣ ӯ",  # letters with marks, also apart from them: й
        "გთხოვთ, აქ მიმიყვანოთ:",
        "🫩🪏",  # younger than this Python
        "…",
        "세종시 한누리대로 1",
        "a b",  # a space that keeps words together
        "",
    ],
)
def test_it_is_let_through(text: str) -> None:
    assert find_sign(text) is None


@pytest.mark.parametrize("text", ["\u200b", "a\u200d", "\u200db", "👩 \u200d🏫", "Ҳам\u200cроҳ", "x\U000e0067"])
def test_a_joiner_that_joins_nothing_is_named(text: str) -> None:
    found = find_sign(text)
    assert found is not None
    assert found.what.startswith("has U+")


def test_the_line_is_that_of_the_sign() -> None:
    found = find_sign("one\ntwo\nth\u202eree\nfour")
    assert found is not None
    assert (found.line, found.instead) == (2, "delete `three` and type it again")
