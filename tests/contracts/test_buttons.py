"""Buttons: one code a payload, short enough for Telegram, and nothing forged gets through."""

from dataclasses import fields
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import buttons
from bot.buttons.lesson import LessonAnswer
from bot.buttons.start import SetLanguage
from bot.payload import Payload, unpack

MODULES = [import_module(f"bot.buttons.{one.name}") for one in iter_modules(buttons.__path__)]
KINDS = [kind for one in MODULES for kind in vars(one).values() if isinstance(kind, type) and issubclass(kind, Payload)]
PAYLOADS = [kind for kind in KINDS if kind is not Payload]


def sample(kind: type[Payload]) -> Payload:
    values: dict[object, int | date | str] = {int: 7, date: date(2025, 8, 4), str: "abc"}
    return kind(*(values[field.type] for field in fields(kind)))


def test_codes_are_unique_and_versioned() -> None:
    codes = [kind.CODE for kind in PAYLOADS]
    assert len(set(codes)) == len(codes) > 30
    assert all(code[-1].isdigit() for code in codes)


def test_a_code_cannot_be_claimed_twice() -> None:
    with pytest.raises(ValueError, match="lang1"):
        type("Rival", (Payload,), {}, code="lang1")


@pytest.mark.parametrize("kind", PAYLOADS, ids=lambda kind: kind.__name__)
def test_every_payload_comes_back_as_it_was_packed(kind: type[Payload]) -> None:
    assert unpack(sample(kind).pack()) == sample(kind)


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "lang1", "lang1:tg:ru", "card1:x:y", "nosuch1:1", "card1:passwords:1.5", "here1:" + "9" * 20),
        *(
            "here2:1",
            "here2:2025-8-4",
            "here2:20250804",
            "here2:2025-W32-1",
            "here2:2025-02-30",
            "found1:1:morning:1:0",
        ),
    ],
)
def test_old_and_forged_data_is_not_misread(data: str) -> None:
    assert unpack(data) is None


@given(st.text())
def test_no_text_makes_unpacking_fail(data: str) -> None:
    found = unpack(data)
    assert found is None or isinstance(found, Payload)


def test_a_payload_that_telegram_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="over 64 bytes"):
        SetLanguage("ӯ" * 40).pack()


def test_a_button_carries_its_payload() -> None:
    button = LessonAnswer("sejong-2025", "passwords", 1, 2, "a-_Z09").button("B")
    assert (button.text, button.callback_data) == ("B", "answer3:sejong-2025:passwords:1:2:a-_Z09")
