"""The card of who is missing as organizers see it, at its longest too."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from bot.programme.checkin import Slot, Window, window
from bot.store.absence import AbsenceList, AbsenceMark, Absentee, RollCall
from bot.store.excuse import Excuse, ExcuseReason
from bot.views import absence as absence_view
from tests.views.samples import SEMINAR, data, labels, shown, units, words

_ = words()
card = partial(absence_view.card, asked=True)
LONG = "<&" * 32
NOON = datetime(2025, 8, 4, 3, tzinfo=UTC)


def the(slot: Slot) -> Window:
    checkin = window(SEMINAR, 1, slot)
    assert checkin is not None
    return checkin


def roll(people: int, listed: AbsenceList = AbsenceList.MISSING) -> RollCall:
    absentees = tuple(
        Absentee(n, n, LONG, "a", n % 2 == 0, None, ExcuseReason.TRAVELLING, LONG, NOON) for n in range(people)
    )
    return RollCall(130_000, 129_000, 500, 500, 20, listed, 0, absentees, AbsenceMark(1, LONG, NOON, is_excuse=True))


def nobody(expected: int) -> RollCall:
    return RollCall(expected, 0, 0, 0, 0, AbsenceList.MISSING, 0, ())


def test_ten_people_take_four_rows_of_numbers() -> None:
    screen = card(_, SEMINAR, the(Slot.MORNING), roll(10))
    rows = [[button.text for button in row] for row in screen.rows]
    assert rows[0] == ["1 ✉️", "3 ✉️", "5 ✉️"]  # the others have blocked the bot
    assert rows[1] == [f"{number} ✅" for number in range(1, 6)]
    assert rows[3] == [f"{number} ✅" for number in range(6, 11)]
    assert len(rows) == 8
    assert rows[-1] == ["2 of 13000 ›"]


def test_every_list_fits_with_the_longest_names() -> None:
    for listed in AbsenceList:
        screen = card(_, SEMINAR, the(Slot.MORNING), roll(10, listed))
        assert units(screen) <= 4096
        assert screen.text.count("</") <= 100
        assert sum(map(len, screen.rows)) <= 100
    first = card(_, SEMINAR, the(Slot.MORNING), roll(10))
    assert data(first, "2 of 13000 ›") == "missing3:2025-08-04:morning:missing:1"
    assert "129000 of 130000 have not answered." in shown(first)
    assert "📝 20 are excused for the day." in shown(first)


def test_it_says_so_when_there_is_nobody_to_list() -> None:
    assert "No teacher had joined when it opened." in shown(card(_, SEMINAR, the(Slot.EVENING), nobody(0)))
    all_there = card(_, SEMINAR, the(Slot.EVENING), nobody(130_000))
    assert "✅ All 130000 teachers have answered." in shown(all_there)
    assert labels(all_there) == []
    others = card(_, SEMINAR, the(Slot.EVENING), replace(nobody(3), excused=1))
    assert "✅ All others have answered.\n📝 1 is excused for the day." in shown(others)
    assert labels(others) == ["📝 Excused: 1"]


def test_people_without_a_group_and_with_an_unnamed_helper_are_listed() -> None:
    people = (
        Absentee(1, 1, "Ann", None, reachable=True, accounted_by=""),
        Absentee(2, 22, "Bo <3", "gone", reachable=False, accounted_by=None),
    )
    screen = card(_, SEMINAR, the(Slot.MORNING), replace(roll(0), people=people))
    assert "1. Ann ✅\n2. Bo <3 🚫" in shown(screen)
    assert '<a href="tg://user?id=22">Bo &lt;3</a>' in screen.text


def test_an_excuse_says_why_when_and_by_whom_unless_they_have_gone() -> None:
    ill = Absentee(1, 1, "Ann", None, True, None, ExcuseReason.ILL, "Minji <3", NOON)
    gone = Absentee(2, 2, "Bo", None, True, None, ExcuseReason.FAMILY, "", NOON)
    screen = card(_, SEMINAR, the(Slot.MORNING), replace(roll(0, AbsenceList.EXCUSED), people=(ill, gone)))
    assert "1. Ann\n🤒 ill · 12:00 · Minji <3\n2. Bo\n👪 with family · 12:00" in shown(screen)
    assert labels(screen)[:2] == ["1 ↩️", "2 ↩️"]


def test_a_press_on_who_has_left_excuses_nobody() -> None:
    assert "no teacher" in absence_view.excused(_, date(2025, 8, 27), "", None, answered=False)
    said = absence_view.excused(
        _, date(2025, 8, 27), "Ann", Excuse(1, ExcuseReason.TRAVELLING, "", NOON), answered=False
    )
    assert said == "📝 Ann is excused on 27 August: ✈️ travelling"


def test_numbers_are_shorter_than_their_buttons_however_many_people_there_are() -> None:
    """As measured on a phone of 360 px, which cuts what is longer."""
    widths = {AbsenceList.MISSING: [5, 5, 4, 3], AbsenceList.EXCUSE: [6, 3, 3, 3], AbsenceList.EXCUSED: [5, 5, 4, 3]}
    for shown_list, expected in widths.items():
        for page, width in zip((1, 10, 1_000, 10_000), expected, strict=True):
            screen = card(_, SEMINAR, the(Slot.MORNING), replace(roll(10, shown_list), page=page))
            assert len(screen.rows[1]) == width, (shown_list, page)


def test_where_nobody_was_asked_nobody_is_missing_and_some_may_be_excused() -> None:
    screen = absence_view.card(_, SEMINAR, the(Slot.MORNING), roll(10), asked=False)
    assert "it is not known who is missing" in shown(screen)
    assert "1." not in shown(screen)
    assert labels(screen)[1:] == ["📝 Excuse …", "📝 Excused: 20"]
