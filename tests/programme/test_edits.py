"""Edits of a programme: what each makes of it, and why some cannot be."""

from dataclasses import replace
from datetime import time

import pytest

from bot.languages import Localized
from bot.programme.edits import (
    Added,
    Cancelled,
    DepartureSet,
    Edit,
    EditError,
    HoursSet,
    Lengthened,
    Moved,
    Placed,
    Refusal,
    Retimed,
    edited,
)
from bot.programme.model import Session, SessionKind
from tests import loaded
from tests.kit import SEMINAR as FOLDER

SEMINAR = loaded.seminar(FOLDER)
FIRST = SEMINAR.days[0].sessions[0]
PLACELESS = next(one for day in SEMINAR.days for one in day.sessions if one.place is None)
LAST_MINUTE = 23 * 60 + 59
NEW = Session("new", 1, time(18), time(19), Localized({"en": "Tea"}), SessionKind.MEAL)


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (Moved("nothing", 5), Refusal.GONE),
        (Moved(FIRST.key, LAST_MINUTE), Refusal.OUTSIDE_DAY),
        (Moved(FIRST.key, -LAST_MINUTE), Refusal.OUTSIDE_DAY),
        (Lengthened(FIRST.key, -60), Refusal.TOO_SHORT),
        (Retimed(FIRST.key, time(11), time(10)), Refusal.TOO_SHORT),
        (Placed(FIRST.key, "nowhere"), Refusal.UNKNOWN_PLACE),
        (DepartureSet(PLACELESS.key, departure=True), Refusal.NO_MEETING_POINT),
        (Added(replace(NEW, key=FIRST.key)), Refusal.KEY_TAKEN),
        (Added(replace(NEW, day=99)), Refusal.GONE),
        (HoursSet(1, replace(SEMINAR.hours, evening=SEMINAR.hours.morning)), Refusal.EVENING_FIRST),
    ],
)
def test_what_cannot_be(edit: Edit, refusal: Refusal) -> None:
    with pytest.raises(EditError) as caught:
        edited(SEMINAR, edit)
    assert caught.value.refusal is refusal


def test_a_moved_session_stands_where_its_time_is() -> None:
    after = edited(SEMINAR, Moved(FIRST.key, 7 * 60))
    assert after.days[0].sessions[-1].key == FIRST.key
    assert edited(after, Moved(FIRST.key, -7 * 60)) == SEMINAR


def test_cancelled_and_back_is_as_before() -> None:
    after = edited(SEMINAR, Cancelled(FIRST.key))
    assert after.days[0].sessions[0].cancelled
    assert edited(after, Cancelled(FIRST.key, False)) == SEMINAR
