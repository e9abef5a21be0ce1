"""When people are reminded, and when they sleep."""

from dataclasses import replace
from datetime import datetime, time

from bot.programme.edits import HoursSet, edited
from bot.programme.model import Seminar, Session
from bot.programme.quiet_hours import quiet_hours
from bot.programme.reminders import Remind, before_departure, before_session
from tests.views.samples import SEMINAR as SAMPLE
from tests.views.samples import at, session

SEMINAR = replace(SAMPLE, hours=replace(SAMPLE.hours, evening=time(20, 30)))
NOON = at("2025-08-03 12:00")


def hours(seminar: Seminar, moment: str) -> tuple[datetime, datetime] | None:
    return quiet_hours(seminar, at(moment))


def leaves(start: str, day: int = 2) -> Session:
    return replace(session("bus", day, f"{start}-23:59", kind="travel"), departure=True)


def test_quiet_hours_are_from_the_end_of_the_evening_to_the_agenda() -> None:
    night = (at("2025-08-04 21:30"), at("2025-08-05 07:00"))
    assert hours(SEMINAR, "2025-08-04 21:29") is None
    assert hours(SEMINAR, "2025-08-04 21:30") == hours(SEMINAR, "2025-08-05 00:30") == night
    assert hours(SEMINAR, "2025-08-05 06:59") == night
    assert hours(SEMINAR, "2025-08-05 07:00") is None


def test_the_nights_before_the_first_day_and_after_the_last_are_quiet_too() -> None:
    assert hours(SEMINAR, "2025-08-04 03:00") == (at("2025-08-03 21:30"), at("2025-08-04 07:00"))
    last = f"{SEMINAR.last} 23:00"
    assert hours(SEMINAR, last) is not None


def test_a_day_with_hours_of_its_own_has_nights_of_its_own() -> None:
    early = edited(SEMINAR, HoursSet(2, replace(SEMINAR.hours, agenda=time(5), evening=time(22))))
    assert hours(early, "2025-08-05 04:59") == (at("2025-08-04 21:30"), at("2025-08-05 05:00"))
    assert hours(early, "2025-08-05 05:00") is None
    assert hours(early, "2025-08-05 22:59") is None


def test_a_departure_is_announced_half_an_hour_before() -> None:
    assert before_departure(SEMINAR, leaves("08:45"), NOON) == Remind(at("2025-08-05 08:15"), at("2025-08-05 08:45"))


def test_nobody_is_woken_for_a_bus_that_leaves_early_but_told_the_evening_before() -> None:
    evening = Remind(at("2025-08-04 21:00"), at("2025-08-04 21:30"))
    assert before_departure(SEMINAR, leaves("05:30"), NOON) == evening
    assert before_departure(SEMINAR, leaves("07:20"), NOON) == evening
    assert before_departure(SEMINAR, leaves("07:30"), NOON) == Remind(at("2025-08-05 07:00"), at("2025-08-05 07:30"))


def test_a_bus_that_leaves_late_is_announced_before_the_quiet_hours() -> None:
    assert before_departure(SEMINAR, leaves("22:30"), NOON) == Remind(at("2025-08-05 21:00"), at("2025-08-05 21:30"))


def test_what_is_published_in_the_night_is_announced_when_that_ends_or_not_at_all() -> None:
    night = at("2025-08-04 23:00")
    assert before_departure(SEMINAR, leaves("07:20"), night) == Remind(at("2025-08-05 07:00"), at("2025-08-05 07:20"))
    assert before_departure(SEMINAR, leaves("05:30"), night) is None


def test_a_session_is_announced_as_long_before_as_someone_chose_and_never_in_quiet_hours() -> None:
    one = session("talk", 2, "09:00-10:00")
    assert before_session(SEMINAR, one, 10) == Remind(at("2025-08-05 08:50"), at("2025-08-05 09:00"))
    breakfast = session("breakfast", 2, "07:20-08:00")
    assert before_session(SEMINAR, breakfast, 30) == Remind(at("2025-08-05 07:00"), at("2025-08-05 07:20"))
    assert before_session(SEMINAR, session("sunrise", 2, "05:00-06:00"), 10) is None
