"""The log keeps the token to itself."""

import io
import logging
import sys
from pathlib import Path

import pytest

from bot.operations.log import Redacting, keep_secret
from tests.kit import settings


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


def test_what_looks_like_a_token_is_taken_out_wherever_it_is() -> None:
    token = "123456789:AAsecretSECRETsecretSECRETsecret-_0"
    for told in (token, f"bot{token}", f"/{token.replace(':', '%3A')}/getMe", f"'{token}'", token.split(":")[1]):
        assert log_line("it says %s.", told).endswith("<token>." if told[0] not in "/'" else told[-1] + ".")
        assert "secret" not in log_line("it says %s", told)
    harmless = "2026-02-02 12:30:45 agenda:2025-08-04:person-17 https://t.me/x?start=lM8qkzz4irDlSZmKHcUqmA"
    assert log_line("%s", harmless).endswith(harmless)


def log_line(message: str, *values: object, error: BaseException | None = None) -> str:
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, values, raised)
    return Redacting("").format(record)


def test_nobody_forges_a_line() -> None:
    said = log_line("from %s", "a\n2026-01-01 00:00:00,000 ERROR bot: forged\x1b[2J\u2028x")
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_a_traceback_says_where_and_not_what_people_wrote() -> None:
    words, name = " ".join(["her", "own", "words"]), "".join(["Сит", "ора"])
    try:
        try:
            int(words)
        except ValueError as error:
            raise KeyError(name) from error
    except KeyError as error:
        said = log_line("failed", error=error)
    assert "her own words" not in said
    assert "Ситора" not in said
    assert said.index("ValueError") < said.index("KeyError")
    assert "test_log.py" in said


def test_the_libraries_do_not_log_what_is_sent(tmp_path: Path) -> None:
    root = logging.getLogger()
    chatty = [logging.getLogger(name) for name in ("telegram", "aiosqlite")]
    before = root.handlers[:], root.level, [one.level for one in chatty]
    try:
        keep_secret(settings(tmp_path, log_level="DEBUG"))
        assert [one.getChild("ext").getEffectiveLevel() for one in chatty] == [logging.INFO, logging.INFO]
        assert logging.getLogger("bot.app").getEffectiveLevel() == logging.DEBUG
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        for one, level in zip(chatty, before[2], strict=True):
            one.setLevel(level)
