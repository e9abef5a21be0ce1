"""The numbers of a day as lines on a phone."""

from dataclasses import replace

from bot.programme.checkin import Slot
from bot.programme.model import Group
from bot.store.stats import DayWords, Numbers, Said, SlotNumbers, Stats
from bot.views import stats as stats_view
from tests.views.samples import SEMINAR, data, labels, shown, text, units, words

_ = words()


def numbers(registered: int = 10) -> Numbers:
    slots = {Slot.MORNING: SlotNumbers(1, 0, 0), Slot.EVENING: SlotNumbers(9, 2, 1)}
    return Numbers(registered, registered - 1, slots, (1, 0, 0, 2, 6), 20)


def test_a_little_of_a_lot_is_still_a_bar() -> None:
    everyone = numbers(130_000)
    screen = stats_view.stats(_, SEMINAR, 1, Stats(everyone, {"a": everyone}, 7, 3), "09:30")
    assert "☀️ Morning: 1 of 130000\n▓░░░░░░░░░" in shown(screen)
    assert "👥 Teachers: 130000, 1 of them blocked the bot" in shown(screen)
    assert "📘 Done with the day's lesson, “About passwords”: 3" in shown(screen)
    assert "As of 09:30" in shown(screen)


def test_people_of_no_known_group_are_one_line() -> None:
    groups = {"a": numbers(), "": numbers(), "gone": numbers()}
    screen = stats_view.stats(_, SEMINAR, 2, Stats(numbers(30), groups, 0, 0), "09:30")
    assert "Pamir: 10 ·" in shown(screen)
    assert "no group: 20 ·" in shown(screen)
    assert "lesson, “" not in shown(screen)


def test_before_the_first_day_there_is_one_number() -> None:
    assert "The seminar begins on Monday, 4 August." in shown(stats_view.not_started(_, SEMINAR, numbers()))
    assert "No teacher has joined yet." in shown(stats_view.not_started(_, SEMINAR, Numbers()))


def test_many_groups_fit() -> None:
    many = replace(SEMINAR, groups=tuple(Group(f"g{n}", text("G" * 30)) for n in range(60)))
    groups = {f"g{n}": numbers() for n in range(60)}
    screen = stats_view.stats(_, many, 1, Stats(numbers(600), groups, 0, 0), "09:30")
    assert units(screen) <= 4096
    assert screen.text.count("</") <= 100


def test_decimals_follow_the_language() -> None:
    numbers_ = Stats(numbers(), {"a": numbers()}, 0, 0)
    assert "4,3" in shown(stats_view.stats(words("ru"), SEMINAR, 1, numbers_, "09:30"))
    assert "4.3" in shown(stats_view.stats(words("ko"), SEMINAR, 1, numbers_, "09:30"))


def test_only_check_ins_that_there_are_have_a_line() -> None:
    nothing = Stats(Numbers(10, 10), {"a": Numbers(10, 10)}, 0, 0)
    last, free = (shown(stats_view.stats(_, SEMINAR, day, nothing, "09:30")) for day in (3, 2))
    assert "☀️ Morning: 0 of 10" in last
    assert "🌙 Evening" not in last
    assert "💛 Mood" not in last
    assert "Pamir: 10 · ☀️ 0 · 🌙 – · 💛 –" in last
    assert "🌿 There are no check-ins on this day." in free


def test_answers_are_shown_also_where_a_check_in_has_gone_from_the_programme() -> None:
    asked_before = Stats(numbers(), {"a": numbers()}, 0, 0)
    assert "🌙 Evening: 9 of 10" in shown(stats_view.stats(_, SEMINAR, 3, asked_before, "09:30"))


def said(number: int, length: int = 10) -> Said:
    return Said(number, f"<{number}>", 3, f"{number} & <b>" + "щ" * length)


def turned(people: list[Said], first: int) -> DayWords:
    return DayWords(len(people), first, tuple(people[max(first - 8, 0) : first]), tuple(people[first : first + 8]))


def test_words_stand_with_faces_and_names_whatever_they_are_made_of() -> None:
    screen = stats_view.words(_, SEMINAR, 1, turned([said(1), said(2)], 0))
    assert screen.text.startswith("💬 <b>What teachers wrote</b> · Monday, 4 August\n\n😐 <b>&lt;1&gt;</b>\n<block")
    assert "1 &amp; &lt;b&gt;щ" in screen.text
    assert labels(screen) == ["✉️ <1>", "✉️ <2>", "‹ Back"]
    assert "Nobody has written" in shown(stats_view.words(_, SEMINAR, 1, turned([], 0)))


def test_long_words_are_turned_over_and_back_without_losing_anyone() -> None:
    people = [said(number, length) for number, length in enumerate((10, 1_500, 1_700, 4_000, 3_000, 20, 20, 3_400))]
    seen: list[str] = []
    first, back = 0, [0]
    while True:
        screen = stats_view.words(_, SEMINAR, 1, turned(people, first))
        assert units(screen) <= 4096
        seen += [label for label in labels(screen) if label.startswith("✉️")]
        if "Older ›" not in labels(screen):
            break
        first = int(data(screen, "Older ›").rsplit(":", 1)[1])
        back.append(first)
    assert seen == [f"✉️ <{number}>" for number in range(8)]
    assert back == [0, 3, 4, 7]
    assert data(screen, "‹ Newer").endswith(":4")
    assert "‹ Newer" not in labels(stats_view.words(_, SEMINAR, 1, turned(people, 0)))


def test_a_page_is_at_most_eight_people() -> None:
    people = [said(number) for number in range(20)]
    screen = stats_view.words(_, SEMINAR, 1, turned(people, 8))
    assert data(screen, "‹ Newer").endswith(":0")
    assert data(screen, "Older ›").endswith(":16")
