"""What people type is made fit to keep and to show."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean_name, clean_words, pieces, units


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ситора \n Раҳимова ", "Ситора Раҳимова"),
        ("김민지", "김민지"),
        ("A\u200b\u202eB\u0007", "AB"),
        ("\u3164\u115f", ""),
        ("🙂 --", ""),
        ("", ""),
        ("Jose\u0301", "José"),
        ("<b>&", "<b>&"),
        ("\ud83dA", "A"),
    ],
)
def test_names(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(st.text())
def test_names_are_one_visible_line_and_clean_twice_is_clean_once(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert "\n" not in name
    assert name == name.strip()


@given(st.text(st.characters()))
def test_words_can_be_kept_and_sent(text: str) -> None:
    words = clean_words(text)
    with sqlite3.connect(":memory:") as connection:
        assert connection.execute("SELECT ?", (words,)).fetchone()[0] == words
    connection.close()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bus \u202eetal si\u202c at 9", "Bus etal si at 9"),
        ("\u2067\u2066", ""),
        ("می\u200cروم", "می\u200cروم"),  # a Persian word is written with it
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("\u200eשלום\u200f!", "\u200eשלום\u200f!"),
    ],
)
def test_no_words_turn_the_line_that_they_are_put_into(typed: str, kept: str) -> None:
    assert clean_words(typed) == kept


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_pieces_fit_and_lose_no_letter(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert all(units(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_pieces_are_cut_at_spaces() -> None:
    assert pieces("one two three", 8) == ["one two", "three"]
    assert pieces("short", 8) == ["short"]
