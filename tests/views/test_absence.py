"""The roll call as organizers see it, at its longest too."""

from dataclasses import replace

from bot.programme.checkin import Slot, Window, window
from bot.store.absence import Absentee, RollCall
from bot.views import absence as absence_view
from tests.views.samples import SEMINAR, data, labels, shown, units, words

_ = words()
LONG = "<&" * 32


def the(slot: Slot) -> Window:
    checkin = window(SEMINAR, 1, slot)
    assert checkin is not None
    return checkin


def roll(people: int, **changes: int) -> RollCall:
    absentees = tuple(Absentee(n, n, LONG, "a", reachable=n % 2 == 0, accounted_by=None) for n in range(people))
    numbers = {"expected": 130_000, "absent": 129_000, "unreachable": 500, "accounted": 500, "page": 0, **changes}
    return RollCall(**numbers, people=absentees)


def test_a_page_of_the_roll_call_fits_with_the_longest_names() -> None:
    screen = absence_view.roll_call(_, SEMINAR, the(Slot.MORNING), roll(8))
    assert units(screen) <= 4096
    assert screen.text.count("</") <= 100
    assert sum(map(len, screen.rows)) <= 100
    assert labels(screen)[-1] == "2 of 16250 ›"
    assert data(screen, "2 of 16250 ›") == "missing2:2025-08-04:morning:1"
    assert "129000 of 130000 have not answered." in shown(screen)


def test_the_roll_call_says_so_when_there_is_nobody_to_list() -> None:
    nobody = absence_view.roll_call(
        _, SEMINAR, the(Slot.EVENING), roll(0, expected=0, absent=0, unreachable=0, accounted=0)
    )
    assert "No teacher had joined when it opened." in shown(nobody)
    all_there = absence_view.roll_call(_, SEMINAR, the(Slot.EVENING), roll(0, absent=0, unreachable=0, accounted=0))
    assert "✅ All 130000 teachers have answered." in shown(all_there)


def test_people_without_a_group_and_with_an_unnamed_helper_are_listed() -> None:
    people = (
        Absentee(1, 1, "Ann", None, reachable=True, accounted_by=""),
        Absentee(2, 22, "Bo <3", "gone", reachable=False, accounted_by=None),
    )
    screen = absence_view.roll_call(_, SEMINAR, the(Slot.MORNING), replace(roll(0), people=people))
    assert "1. Ann ✅\n2. Bo <3 🚫" in shown(screen)
    assert '<a href="tg://user?id=22">Bo &lt;3</a>' in screen.text
