"""The numbers of a day as lines on a phone."""

from dataclasses import replace

from bot.programme.checkin import Slot
from bot.programme.model import Group
from bot.store.stats import Numbers, SlotNumbers, Stats
from bot.views import stats
from tests.views.samples import SEMINAR, shown, text, units, words

_ = words()


def numbers(registered: int = 10) -> Numbers:
    slots = {Slot.MORNING: SlotNumbers(1, 0, 0), Slot.EVENING: SlotNumbers(9, 2, 1)}
    return Numbers(registered, registered - 1, slots, (1, 0, 0, 2, 6), 20)


def test_a_little_of_a_lot_is_still_a_bar() -> None:
    everyone = numbers(130_000)
    screen = stats.stats(_, SEMINAR, 1, Stats(everyone, {"a": everyone}, 7, 3), "09:30")
    assert "☀️ Morning: 1 of 130000\n▓░░░░░░░░░" in shown(screen)
    assert "👥 Teachers: 130000, 1 of them blocked the bot" in shown(screen)
    assert "📘 Done with the day's lesson, “About passwords”: 3" in shown(screen)
    assert "As of 09:30" in shown(screen)


def test_people_of_no_known_group_are_one_line() -> None:
    groups = {"a": numbers(), "": numbers(), "gone": numbers()}
    screen = stats.stats(_, SEMINAR, 2, Stats(numbers(30), groups, 0, 0), "09:30")
    assert "Pamir: 10 ·" in shown(screen)
    assert "no group: 20 ·" in shown(screen)
    assert "lesson, “" not in shown(screen)


def test_before_the_first_day_there_is_one_number() -> None:
    assert "The seminar begins on Monday, 4 August." in shown(stats.not_begun(_, SEMINAR, numbers()))
    assert "No teacher has joined yet." in shown(stats.not_begun(_, SEMINAR, Numbers()))


def test_many_groups_fit() -> None:
    many = replace(SEMINAR, groups=tuple(Group(f"g{n}", text("G" * 30)) for n in range(60)))
    groups = {f"g{n}": numbers() for n in range(60)}
    screen = stats.stats(_, many, 1, Stats(numbers(600), groups, 0, 0), "09:30")
    assert units(screen) <= 4096
    assert screen.text.count("</") <= 100
