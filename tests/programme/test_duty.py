"""When shifts begin and end: past midnight, on some days only, in whole days, and hours that nobody covers."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from bot.programme import Seminar, load
from bot.programme import duty as duty_rules
from bot.programme.duty import WHOLE_DAY
from bot.programme.model import DutyShift
from bot.programme.warnings import warnings
from tests.programme import small
from tests.views.samples import SEMINAR, at, text

DAY = DutyShift("day", text("Day"), time(7), time(22))
NIGHT = DutyShift("night", text("Night"), time(22), time(7))
SHIFTS = replace(SEMINAR, duty=(DAY, NIGHT))


def current(seminar: Seminar, moment: str) -> list[tuple[str, str]]:
    return [one.key for one in duty_rules.current(seminar, at(moment))]


def test_a_night_belongs_to_the_date_on_which_it_begins() -> None:
    assert current(SHIFTS, "2025-08-05 06:59") == [("2025-08-04", "night")]
    assert current(SHIFTS, "2025-08-05 07:00") == [("2025-08-05", "day")]
    assert current(SHIFTS, "2025-07-01 23:00") == [("2025-07-01", "night")]  # people may be on duty before, too
    [day, *_] = duty_rules.upcoming(SHIFTS, at("2025-08-04 23:00"), 1)
    assert (day.key, day.starts, day.ends) == (("2025-08-05", "day"), at("2025-08-05 07:00"), at("2025-08-05 22:00"))
    assert duty_rules.period(SHIFTS, date(2025, 8, 5), "noon") is None


def test_without_shifts_there_are_whole_days_from_agenda_to_agenda() -> None:
    assert current(SEMINAR, "2025-08-05 06:59") == [("2025-08-04", WHOLE_DAY)]
    assert current(SEMINAR, "2025-08-05 07:00") == [("2025-08-05", WHOLE_DAY)]
    assert duty_rules.gaps(SEMINAR, date(2025, 8, 5)) == []
    assert not [line for line in warnings(SEMINAR) if "duty" in line]


def test_every_day_is_from_the_eve_of_the_seminar_to_the_day_after() -> None:
    dates = [one.on.isoformat() for one in duty_rules.until_the_end(SHIFTS, "night", date(2025, 7, 1))]
    assert dates == ["2025-08-03", "2025-08-04", "2025-08-05", "2025-08-06", "2025-08-07"]
    assert [one.on.day for one in duty_rules.until_the_end(SHIFTS, "night", date(2025, 8, 6))] == [6, 7]
    assert [one.on.day for one in duty_rules.until_the_end(SHIFTS, "night", date(2025, 8, 20))] == [20]


def test_hours_without_a_shift_are_warned_of() -> None:
    late = replace(SEMINAR, duty=(DAY, replace(NIGHT, start=time(23), days=(2,))))
    assert current(late, "2025-08-05 22:30") == []
    assert [one.key[1] for one in duty_rules.periods(late, date(2025, 8, 4), date(2025, 8, 6))] == [
        "day",
        "day",
        "night",
        "day",
    ]
    [line] = [line for line in warnings(late) if "duty" in line]
    assert line == (
        "warning: no shift of `duty` covers 00:00-07:00 and 22:00-00:00 of day 1 (2025-08-04), nor some hours of "
        "2 more days; alerts ring for every organizer then"
    )


def test_the_shifts_of_a_folder_are_read(tmp_path: Path) -> None:
    duty = "duty:\n  - {key: night, title: {tg: Ш, ru: Н, en: Night, ko: 밤}, from: 22:00, to: 07:00, days: [3, 1]}\n"
    [night] = load(small.write(tmp_path, **{"seminar.yaml": small.SEMINAR + duty})).duty
    assert (night.key, night.start, night.end, night.days) == ("night", time(22), time(7), (1, 3))
    assert night.passes_midnight
