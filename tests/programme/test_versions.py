"""Programmes that are edited, written down as documents, and compared."""

from dataclasses import fields, replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import Localized
from bot.programme import document
from bot.programme.differences import HoursChange, SessionChange, differences
from bot.programme.edits import (
    Added,
    AttendanceSet,
    Cancelled,
    EditError,
    HoursSet,
    Lengthened,
    Moved,
    Noted,
    Placed,
    Refusal,
    Retimed,
    SpeakerSet,
    edited,
)
from bot.programme.model import Day, Hours, Seminar, Session, SessionKind
from tests import loaded
from tests.kit import SEMINAR as FOLDER

SEMINAR = loaded.seminar(FOLDER)
DAY = next(day for day in SEMINAR.days if len(day.sessions) > 2)
FIRST, SECOND = DAY.sessions[:2]
SMALLEST = 5


def session(seminar: Seminar, key: str) -> Session:
    one = seminar.session(key)
    assert one is not None
    return one


def test_a_document_gives_the_same_days() -> None:
    written = document.write(SEMINAR.days)
    assert document.read(written) == SEMINAR.days
    assert document.with_days(SEMINAR, written) == SEMINAR
    assert document.write(document.read(written)) == written


def test_a_document_holds_all_that_a_day_and_a_session_are() -> None:
    """A field that is missing there would be lost with the first change from the chat."""
    assert [one.name for one in fields(document._Session)] == [one.name for one in fields(Session) if one.name != "day"]
    assert {one.name for one in fields(document._Day)} == {one.name for one in fields(Day)}
    assert [one.name for one in fields(document._Hours)] == [one.name for one in fields(Hours)]


def test_a_document_is_fitted_to_the_folder_of_today() -> None:
    written = document.write(edited(SEMINAR, Placed(FIRST.key, next(iter(SEMINAR.places)))).days)
    smaller = replace(SEMINAR, places={}, groups=())
    fitted = document.with_days(smaller, written)
    assert session(fitted, FIRST.key).place is None
    assert all(one.groups == () for day in fitted.days for one in day.sessions)
    shorter = replace(SEMINAR, days=SEMINAR.days[:3])
    assert document.with_days(shorter, written).days_count == 3


def test_days_that_only_the_folder_has_repeat_no_session() -> None:
    last = SEMINAR.days[-1]
    moved = edited(SEMINAR, Retimed(last.sessions[0].key, time(22), time(23), day=1))
    fitted = document.with_days(SEMINAR, document.write(moved.days[:-1]))
    assert fitted == moved


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="validation error"):
        document.read('[{"number": 1}]')


@given(st.integers(-2000, 2000))
def test_a_moved_session_is_as_long_as_before_or_stays(minutes: int) -> None:
    begins = FIRST.start.hour * 60 + FIRST.start.minute
    ends = FIRST.end.hour * 60 + FIRST.end.minute
    if begins + minutes < 0 or ends + minutes >= 24 * 60:
        with pytest.raises(EditError) as refused:
            edited(SEMINAR, Moved(FIRST.key, minutes))
        assert refused.value.refusal is Refusal.OUTSIDE_DAY
        return
    moved = session(edited(SEMINAR, Moved(FIRST.key, minutes)), FIRST.key)
    assert moved.start.hour * 60 + moved.start.minute == begins + minutes
    assert moved.end.hour * 60 + moved.end.minute == ends + minutes


def test_a_day_stays_in_order_of_its_hours() -> None:
    later = edited(SEMINAR, Retimed(FIRST.key, time(22), time(23)))
    day = later.day(DAY.number)
    assert day is not None
    assert day.sessions[-1].key == FIRST.key
    assert [one.start for one in day.sessions] == sorted(one.start for one in day.sessions)


def test_a_session_goes_to_another_day() -> None:
    other = next(day.number for day in SEMINAR.days if day.number != DAY.number)
    changed = edited(SEMINAR, Retimed(FIRST.key, time(9), time(10), day=other))
    assert session(changed, FIRST.key).day == other
    [change] = differences(SEMINAR, changed)
    assert isinstance(change, SessionChange)
    assert change.days == {DAY.number, other}


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (Moved("no-such-session", 5), Refusal.GONE),
        (Lengthened(FIRST.key, -24 * 60), Refusal.OUTSIDE_DAY),
        (Retimed(FIRST.key, time(9), time(9, 4)), Refusal.TOO_SHORT),
        (Retimed(FIRST.key, time(10), time(9)), Refusal.TOO_SHORT),
        (Retimed(FIRST.key, time(9), time(10), day=99), Refusal.GONE),
        (Placed(FIRST.key, "no-such-place"), Refusal.UNKNOWN_PLACE),
        (Added(FIRST), Refusal.KEY_TAKEN),
        (Added(replace(FIRST, key="new", place="no-such-place")), Refusal.UNKNOWN_PLACE),
        (HoursSet(99, None), Refusal.GONE),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(edit: object, refusal: Refusal) -> None:
    with pytest.raises(EditError) as refused:
        edited(SEMINAR, edit)  # type: ignore[arg-type]
    assert refused.value.refusal is refusal


def test_every_kind_of_change_is_told_apart() -> None:
    text = Localized({"en": "Bring your passport"})
    new = Session("extra", DAY.number, time(21), time(21, 30), text, SessionKind.CULTURE)
    changed = SEMINAR
    for edit in (
        Lengthened(FIRST.key, SMALLEST),
        AttendanceSet(FIRST.key, not FIRST.attendance),
        Noted(FIRST.key, text),
        SpeakerSet(FIRST.key, None),
        Cancelled(SECOND.key),
        Added(new),
        HoursSet(DAY.number, replace(SEMINAR.hours, agenda=time(5))),
    ):
        changed = edited(changed, edit)
    first, second, extra, hours = differences(SEMINAR, changed)
    assert isinstance(first, SessionChange)
    assert (first.is_told, first.is_cancelled) == (True, False)
    assert isinstance(second, SessionChange)
    assert second.is_cancelled
    assert isinstance(extra, SessionChange)
    assert extra.is_new
    assert isinstance(hours, HoursChange)
    assert (hours.before.agenda, hours.after.agenda) == (SEMINAR.hours.agenda, time(5))
    restored = [one for one in differences(changed, SEMINAR) if isinstance(one, SessionChange) and one.is_restored]
    assert [one.key for one in restored] == [SECOND.key]
    assert differences(changed, changed) == ()


def test_whose_day_changes() -> None:
    group = SEMINAR.groups[0].key
    everyone = SessionChange(FIRST, replace(FIRST, groups=(group,)))
    assert everyone.groups is None, "who sees it no more is meant, too"
    one = replace(FIRST, groups=(group,))
    assert SessionChange(one, replace(one, cancelled=True)).groups == frozenset({group})
