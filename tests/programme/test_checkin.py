"""When a check-in is open, late, over."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.programme.checkin import Slot, last_opened, next_after, open_now, window, windows, windows_around
from tests.views.samples import SEMINAR, at


def test_a_window_follows_the_seminars_hours_and_delays() -> None:
    found = window(SEMINAR, 1, Slot.MORNING)
    assert found is not None
    assert (found.on, found.opens, found.nudge, found.alert, found.closes, found.ends) == (
        date(2025, 8, 4),
        at("2025-08-04 08:00"),
        at("2025-08-04 08:30"),
        at("2025-08-04 09:00"),
        at("2025-08-05 00:00"),
        at("2025-08-05 00:00"),
    )
    assert not found.is_late(at("2025-08-04 08:59"))
    assert found.is_late(at("2025-08-04 09:00"))


def test_the_evening_may_be_answered_until_the_next_morning() -> None:
    found = window(SEMINAR, 1, Slot.EVENING)
    assert found is not None
    assert found.closes == at("2025-08-05 00:00")
    assert found.ends == at("2025-08-05 08:00")


def test_free_days_and_days_outside_have_none() -> None:
    assert [window(SEMINAR, day, Slot.MORNING) for day in (0, 2, 4)] == [None, None, None]


def test_the_last_day_has_a_morning_and_no_evening() -> None:
    assert window(SEMINAR, 3, Slot.MORNING) is not None
    assert window(SEMINAR, 3, Slot.EVENING) is None
    assert [(found.day, found.slot) for found in windows(SEMINAR)] == [
        (1, Slot.MORNING),
        (1, Slot.EVENING),
        (3, Slot.MORNING),
    ]
    assert [found.day for found in windows_around(SEMINAR, at("2025-08-05 12:00"))] == [1, 1, 3]


def test_open_is_what_opened_last_and_has_not_ended() -> None:
    def opened(moment: str) -> tuple[int, str] | None:
        found = open_now(SEMINAR, at(moment))
        return (found.day, found.slot) if found else None

    assert opened("2025-08-04 07:59") is None
    assert opened("2025-08-04 08:00") == (1, "morning")
    assert opened("2025-08-04 19:59") == (1, "morning")
    assert opened("2025-08-04 20:00") == (1, "evening")
    assert opened("2025-08-05 07:59") == (1, "evening")
    assert opened("2025-08-05 08:00") is None
    assert opened("2025-08-06 08:00") == (3, "morning")


def test_before_between_and_after() -> None:
    first = next_after(SEMINAR, at("2025-07-01 00:00"))
    later = next_after(SEMINAR, at("2025-08-04 20:00"))
    assert first is not None
    assert later is not None
    assert (first.day, first.slot, later.day, later.slot) == (1, "morning", 3, "morning")
    assert next_after(SEMINAR, at("2025-08-06 20:00")) is None
    assert last_opened(SEMINAR, at("2025-08-04 07:00")) is None
    last = last_opened(SEMINAR, at("2025-09-01 07:00"))
    assert last is not None
    assert (last.day, last.slot) == (3, "morning")


def test_another_first_day_moves_every_window() -> None:
    found = window(SEMINAR.moved(date(2026, 8, 3)), 1, Slot.MORNING)
    assert found is not None
    assert found.opens == at("2026-08-03 08:00")


def test_an_alert_after_midnight_still_leaves_time_to_answer() -> None:
    late = replace(SEMINAR.hours, evening=time(23, 30), alert_after=timedelta(hours=1))
    found = window(replace(SEMINAR, hours=late), 1, Slot.EVENING)
    assert found is not None
    assert found.closes < found.alert < found.ends
