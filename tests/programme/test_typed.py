"""Times and texts as organizers type them."""

from datetime import time

import pytest

from bot.languages import DEFAULT_LANGUAGES, Language
from bot.programme.typed import of_minutes, read_span, read_text


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("9:30", (time(9, 30), None)),
        ("09.30", (time(9, 30), None)),
        (" 09:30 - 11:00 ", (time(9, 30), time(11))),
        ("9:30–11:00", (time(9, 30), time(11))),
        ("9:30 to 11:00", (time(9, 30), time(11))),
        ("09:30~11:00", (time(9, 30), time(11))),
        ("9：30 ～ 11：00", (time(9, 30), time(11))),
        ("9시 30분부터 11시까지", (time(9, 30), time(11))),
        ("9:30에서 11:00까지", (time(9, 30), time(11))),
        ("14시", (time(14), None)),
        ("с 9:30 до 11:00", (time(9, 30), time(11))),
        ("аз 9:30 то 11:00", (time(9, 30), time(11))),
        ("from 9:30 to 11:00", (time(9, 30), time(11))),
        ("09:30−11:00", (time(9, 30), time(11))),
        ("٠٩:٣٠", (time(9, 30), None)),
        ("22:00-24:00", (time(22), time(23, 59))),
        ("22:00-00:00", (time(22), time(23, 59))),
        ("24:00", None),
        ("9:30 am", None),
        ("9-30", None),
        ("25시", None),
        ("9:60", None),
        ("9:30-25:00", None),
        ("half past nine", None),
        ("930", None),
        ("", None),
    ],
)
def test_times(typed: str, span: tuple[time, time | None] | None) -> None:
    assert read_span(typed) == span


def test_one_text_is_for_everybody() -> None:
    assert read_text("Ms Kim\nfrom the  office", DEFAULT_LANGUAGES).texts == {"en": "Ms Kim from the  office"}
    assert read_text("Ms Kim", (Language.RUSSIAN,)).get("ko") == "Ms Kim"


def test_a_line_for_each_language() -> None:
    texts = read_text("ru: Г-жа Ким\nen: Ms Kim", DEFAULT_LANGUAGES)
    assert texts.texts == {"ru": "Г-жа Ким", "en": "Ms Kim"}
    assert texts.get("tg") == "Г-жа Ким"  # the first that was typed


@pytest.mark.parametrize("typed", ["de: Frau Kim", "ru: Г-жа Ким\nMs Kim", "ru:", "at: 9"])
def test_what_only_looks_like_languages_is_a_text(typed: str) -> None:
    assert list(read_text(typed, DEFAULT_LANGUAGES).texts) == ["en"]


def test_minutes_of_a_day() -> None:
    assert (of_minutes(0), of_minutes(1439), of_minutes(1440), of_minutes(-1)) == (time(0), time(23, 59), None, None)
