"""A day that begins earlier has its own hours; everything that reads hours follows them, and `check` warns without."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.languages import Localized
from bot.messages.registry import planners
from bot.programme import SeminarError, load
from bot.programme.checkin import Slot, window
from bot.programme.model import Hours, Seminar, Session
from bot.programme.outage import morning_after
from bot.programme.warnings import warnings
from tests.programme import small
from tests.views.samples import SEMINAR, at

DAY_1 = "    theme: {tg: Ном, ru: Имя, en: First, ko: 이름}\n"
OWN = "    hours:\n      agenda: 05:30\n      morning: 06:00\n      alert_after_minutes: 45\n"


def with_hours(folder: Path, hours: str = OWN) -> Seminar:
    return load(small.write(folder, **{"programme.yaml": small.PROGRAMME.replace(DAY_1, DAY_1 + hours)}))


def test_a_day_takes_what_it_does_not_say_from_the_usual_hours(tmp_path: Path) -> None:
    seminar = with_hours(tmp_path)
    assert seminar.hours_of(1) == Hours(
        time(5, 30), time(18, 30), time(6), time(20, 30), timedelta(minutes=30), timedelta(minutes=45)
    )
    assert seminar.hours_of(2) == seminar.hours_of(99) == seminar.hours


@pytest.mark.parametrize(
    ("hours", "line", "said"),
    [
        ("    hours:\n      mornin: 06:00\n", 5, "did you mean `morning`?"),
        ("    hours:\n      morning: 6:00\n", 5, "`morning: 6:00` is not a time"),
        ("    hours:\n      morning: 21:00\n", 5, "the evening check-in is before the morning one"),
        ("    hours:\n      nudge_after_minutes: 70\n", 5, "organizers are alerted before the person is asked again"),
        ("    hours: early\n", 4, "`hours`"),
    ],
)
def test_hours_of_a_day_are_checked_like_the_usual_ones(tmp_path: Path, hours: str, line: int, said: str) -> None:
    with pytest.raises(SeminarError) as caught:
        with_hours(tmp_path, hours)
    [problem] = caught.value.problems
    assert (Path(problem.file).name, problem.line) == ("programme.yaml", line)
    assert said in str(problem)


def test_check_ins_agenda_lesson_and_list_follow_the_day() -> None:
    early = Hours(time(5), time(17), time(6), time(19), timedelta(minutes=10), timedelta(minutes=20))
    seminar = replace(SEMINAR, days=(SEMINAR.days[0], SEMINAR.days[1], replace(SEMINAR.days[2], hours=early)))
    morning = window(seminar, 3, Slot.MORNING)
    assert morning is not None
    assert (morning.opens, morning.nudge, morning.alert) == tuple(
        at(f"2025-08-06 {clock}") for clock in ("06:00", "06:10", "06:20")
    )
    now = at("2025-08-05 12:00")
    due = {occurrence.key: occurrence.due_at for plan in planners(()) for occurrence in plan(seminar, now)}
    assert due["agenda:2025-08-06"] == at("2025-08-06 05:00")
    assert due["lesson:2025-08-06"] == at("2025-08-06 17:00")
    assert due["checkin:2025-08-06:morning"] == at("2025-08-06 06:00")
    assert due["missing:2025-08-06:morning"] == at("2025-08-06 06:20")
    assert morning_after(seminar, at("2025-08-05 23:30")) == at("2025-08-06 05:00")
    assert morning_after(seminar, at("2025-08-06 05:30")) == at("2025-08-07 07:00")


def test_an_evening_ends_when_the_next_days_own_morning_begins() -> None:
    early = replace(SEMINAR.hours, morning=time(5))
    seminar = replace(SEMINAR, days=(SEMINAR.days[0], replace(SEMINAR.days[1], hours=early), SEMINAR.days[2]))
    evening = window(seminar, 1, Slot.EVENING)
    assert evening is not None
    assert evening.ends == at("2025-08-05 05:00")


def starting(clock: str) -> Seminar:
    """The sample, whose first day begins at that hour: agenda 07:00, check-in 08:00, list 09:00."""
    first, *others = SEMINAR.days[0].sessions
    start = datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007 - an hour, no moment
    day = replace(SEMINAR.days[0], sessions=(replace(first, start=start), *others))
    return replace(SEMINAR, days=(day, SEMINAR.days[1]))


@pytest.mark.parametrize(
    ("clock", "late"),
    [
        ("08:30", "the list of who is missing at 09:00"),
        ("07:30", "the morning check-in at 08:00 and the list of who is missing at 09:00"),
        ("06:30", "the agenda at 07:00, the morning check-in at 08:00 and the list of who is missing at 09:00"),
    ],
)
def test_a_day_that_begins_before_its_check_in_or_list_is_named(clock: str, late: str) -> None:
    [line] = warnings(starting(clock))
    assert line.startswith(f"warning: day 1 (2025-08-04) begins at {clock} with `open`, before {late};")
    assert line.endswith("give the day earlier `hours` in programme.yaml")


def test_a_usual_day_and_what_is_cancelled_are_not_warned_of() -> None:
    assert warnings(starting("09:00")) == []
    early = starting("06:30")
    first, *others = early.days[0].sessions
    cancelled = replace(early.days[0], sessions=(replace(first, cancelled=True), *others))
    assert warnings(replace(early, days=(cancelled, early.days[1]))) == []


def test_a_departure_whose_reminder_would_wake_people_is_named() -> None:
    def leaving(clock: str) -> list[str]:
        usual = starting("09:00")
        first, *others = usual.days[0].sessions
        bus = replace(first, key="bus", start=time.fromisoformat(clock), end=time(23, 59), departure=True)
        seminar = replace(usual, days=(replace(usual.days[0], sessions=(*others, bus)), usual.days[1]))
        return [line for line in warnings(seminar) if "leaves at" in line]

    assert leaving("16:00") == []
    [line] = leaving("21:45")
    assert line == (
        "warning: `bus` of day 1 (2025-08-04) leaves at 21:45, so its reminder comes on 2025-08-04 at 20:30, before "
        "quiet hours; give the day other `hours` if that is not meant"
    )
    assert "comes on 2025-08-03 at 20:30, before quiet hours" in leaving("05:30")[-1]


def of_one_day(*sessions: Session) -> Seminar:
    """The sample with a first day of these sessions: list 09:00, evening 20:00."""
    return replace(SEMINAR, days=(replace(SEMINAR.days[0], sessions=sessions), SEMINAR.days[1]))


def lasting(key: str, start: str, end: str, *, departure: bool = False) -> Session:
    first = SEMINAR.days[0].sessions[0]
    return replace(first, key=key, start=time.fromisoformat(start), end=time.fromisoformat(end), departure=departure)


def test_a_departure_before_the_list_is_named_beside_the_breakfast_before_it() -> None:
    breakfast, lunch = lasting("breakfast", "08:00", "08:40"), lasting("lunch", "12:00", "13:00", departure=True)
    lines = warnings(of_one_day(breakfast, lasting("bus", "08:45", "10:00", departure=True), lunch))
    assert len(lines) == 2
    assert lines[1] == (
        "warning: the departure `bus` of day 1 (2025-08-04) at 08:45 comes before the list of who is missing at 09:00; "
        "give the day earlier `hours` in programme.yaml"
    )
    assert len(warnings(of_one_day(breakfast, lasting("walk", "08:45", "10:00")))) == 1


def test_attendance_in_quiet_hours_is_named() -> None:
    def listed(clock: str) -> list[str]:
        talk = replace(lasting("talk", clock, "23:30"), attendance=True)
        return [line for line in warnings(of_one_day(talk)) if "attendance" in line]

    assert listed("20:00") == []
    [line] = listed("22:15")
    assert line == (
        "warning: `talk` of day 1 (2025-08-04) at 22:15 has attendance and begins in quiet hours, so nobody is asked "
        "whether they are there; give the day other `hours`, or call the roll"
    )


def test_a_day_without_an_end_and_an_evening_question_before_it_are_named() -> None:
    assert warnings(of_one_day(lasting("party", "19:00", "23:59"))) == [
        "warning: day 1 (2025-08-04) has no end: `party` goes on until 23:59; write when people are free"
    ]
    [line] = warnings(of_one_day(lasting("party", "19:00", "20:30")))
    assert line == (
        "warning: the evening check-in of day 1 (2025-08-04) at 20:00 comes before `party` ends at 20:30; "
        "give the day a later `evening` under `hours` in programme.yaml"
    )
    assert warnings(of_one_day(lasting("party", "19:00", "20:00"))) == []
    assert warnings(of_one_day(replace(lasting("party", "19:00", "23:59"), cancelled=True))) == []


def test_a_lesson_without_sources_is_named() -> None:
    first, *others = SEMINAR.lessons
    [line] = warnings(replace(starting("09:00"), lessons=(replace(first, sources=()), *others)))
    assert line.startswith("warning: the lesson `passwords` of day 1 names no public source; add `sources`")


def test_check_prints_warnings_and_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.write(tmp_path, **{"programme.yaml": small.PROGRAMME.replace("start: 09:00", "start: 08:00")})
    assert main(["check", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert "warning: day 1 (2025-08-04) begins at 08:00 with `opening`" in printed.out
    assert printed.err == ""


def test_nobody_of_the_sample_is_asked_after_the_bus_has_left() -> None:
    sample = load(Path(__file__).parents[2] / "seminars" / "sejong-2025")
    assert warnings(sample) == []


def test_what_people_choose_from_and_cannot_tell_apart_is_named() -> None:
    seminar = starting("09:00")
    first, second, *others = seminar.groups
    forgot = Localized({**second.title.texts, "ru": first.title.texts["ru"]})
    [line] = warnings(replace(seminar, groups=(first, replace(second, title=forgot), *others)))
    assert line == (
        f"warning: the groups `{first.key}` and `{second.key}` are both called `{forgot.texts['ru']}` in Russian; "
        "rename one"
    )
    page = seminar.info[0]
    [line] = warnings(replace(seminar, info=(page, replace(page, key="more"))))
    assert line.startswith(f"warning: the pages `{page.key}` and `more` are both called ")
    assert line.endswith(" in every language; rename one")
