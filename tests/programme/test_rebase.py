"""Edits of one organizer on top of another's."""

from datetime import time

from bot.languages import Localized
from bot.programme.edits import Added, Cancelled, DepartureSet, Edit, HoursSet, Moved, Noted, Placed, Retimed, edited
from bot.programme.model import Seminar, Session, SessionKind
from bot.programme.rebase import rebased
from tests import loaded
from tests.kit import SEMINAR as FOLDER

BASE = loaded.seminar(FOLDER)
FIRST, SECOND = next(day for day in BASE.days if len(day.sessions) > 2).sessions[:2]
NOTE = Localized({"en": "Bring your badge"})
NEW = Session("new", 1, time(18), time(19), Localized({"en": "Tea"}), SessionKind.MEAL)


def changed(*edits: Edit) -> Seminar:
    seminar = BASE
    for one in edits:
        seminar = edited(seminar, one)
    return seminar


def session(seminar: Seminar, key: str) -> Session:
    one = seminar.session(key)
    assert one is not None
    return one


def test_both_changes_are_there() -> None:
    merged = rebased(BASE, changed(Moved(SECOND.key, 5)), changed(Cancelled(FIRST.key)))
    assert merged == changed(Moved(SECOND.key, 5), Cancelled(FIRST.key))


def test_of_one_session_each_part_is_mine_where_i_changed_it() -> None:
    merged = session(rebased(BASE, changed(Noted(FIRST.key, NOTE)), changed(Moved(FIRST.key, 15))), FIRST.key)
    assert (merged.note, merged.start) == (NOTE, session(changed(Moved(FIRST.key, 15)), FIRST.key).start)
    both = rebased(BASE, changed(Moved(FIRST.key, 5)), changed(Moved(FIRST.key, 15)))
    assert both == changed(Moved(FIRST.key, 5))


def test_half_of_two_times_is_no_time() -> None:
    mine = changed(Retimed(FIRST.key, FIRST.start, time(10, 30)))
    theirs = changed(Retimed(FIRST.key, time(20), time(21)))
    merged = session(rebased(BASE, mine, theirs), FIRST.key)
    assert merged.start < merged.end


def test_what_one_lets_leave_keeps_the_place_that_another_took_away() -> None:
    mine, theirs = changed(DepartureSet(FIRST.key, departure=True)), changed(Placed(FIRST.key, None))
    merged = session(rebased(BASE, mine, theirs), FIRST.key)
    assert merged.departure
    assert merged.place == FIRST.place is not None


def test_what_one_added_and_the_other_set_stays() -> None:
    hours = BASE.hours
    merged = rebased(BASE, changed(Added(NEW)), changed(HoursSet(1, hours)))
    assert session(merged, "new") == NEW
    assert merged.days[0].hours == hours
    assert rebased(BASE, BASE, changed(Added(NEW))) == changed(Added(NEW))


def test_nothing_of_mine_is_theirs_as_it_is() -> None:
    theirs = changed(Moved(FIRST.key, 5))
    assert rebased(BASE, BASE, theirs) == theirs
