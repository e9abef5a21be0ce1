"""An error is told without what people wrote."""

import sqlite3

import pytest
from telegram.error import BadRequest

from bot.buttons.start import ChooseGroup
from bot.errors import described


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            BadRequest('Can\'t parse entities: unsupported start tag "sitora" at byte offset 3'),
            "unsupported start tag …",
        ),
        (sqlite3.OperationalError("database is locked"), "OperationalError: database is locked"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("Ситора"), "ValueError"),
    ],
)
def test_it_is_told_by_its_class_and_by_words_that_quote_nobody(error: Exception, told: str) -> None:
    said = described(error)
    assert said.startswith(type(error).__name__)
    assert told in said
    assert "itora" not in said
    assert "Ситора" not in said


def test_it_says_where_in_the_project_it_came_from() -> None:
    with pytest.raises(ValueError, match="over 64 bytes") as caught:
        ChooseGroup("Ситора" * 12).pack()
    assert described(caught.value).startswith("ValueError in bot/payload.py:")
