"""Moments that organizers type for a message to many."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.programme.broadcast_times import read_moment

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("text", ["2025-08-05 09:00", " 2025-8-5  9:00 ", "2025-08-05T09:00"])
def test_a_moment_is_read_however_its_numbers_are_padded(text: str) -> None:
    assert read_moment(text, SEOUL) == datetime(2025, 8, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18:30",
        "05.08.2025 09:00",
        "2025-02-30 09:00",
        "2025-08-05 25:00",
        "завтра в 9",
        "пагоҳ соати 9",
        "내일 9시",
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    assert read_moment(text, SEOUL) is None


def test_an_hour_that_the_clocks_leave_out_is_none_and_one_that_comes_twice_is_the_first() -> None:
    assert read_moment("2026-03-29 02:30", BERLIN) is None
    assert read_moment("2026-10-25 02:30", BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
