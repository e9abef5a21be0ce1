"""The log keeps the token to itself."""

import io
import logging
import sys

import pytest

from bot.operations.log import Redacting


def written(secret: str) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting(secret))
    try:
        raise ConnectionError("https://api.telegram.org/bot5:secret/getMe is not there")
    except ConnectionError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "for %s", ("5:secret",), sys.exc_info())
    handler.emit(record)
    return stream.getvalue()


def test_the_token_is_neither_in_lines_nor_in_tracebacks() -> None:
    said = written("5:secret")
    assert "5:secret" not in said
    assert "ERROR bot: for <token>" in said
    assert "/bot<token>/getMe is not there" in said


@pytest.mark.parametrize("secret", ["", "other"])
def test_nothing_else_is_taken_out(secret: str) -> None:
    assert "for 5:secret" in written(secret)
