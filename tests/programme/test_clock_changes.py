"""Times that clocks skip are refused and times that come twice are warned of, also after another first day."""

from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.programme import SeminarError, load
from bot.programme.folder_warnings import folder_warnings
from tests.programme import small

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # day 1; the clocks of Berlin change at 02:00 and at 03:00
NIGHT = small.PROGRAMME.replace("start: 09:00", "start: 02:30").replace("end: 10:30", "end: 03:15")


def berlin(folder: Path, starts_on: date = SPRING, zone: str = "Europe/Berlin", **changed: str) -> Path:
    """The small seminar in another place, from another day on; keys of `changed` without their `.yaml`."""
    top = changed.pop("seminar", small.SEMINAR)
    top = top.replace("zone: Asia/Seoul", f"zone: {zone}", 1).replace("2025-08-04", starts_on.isoformat())
    return small.write(folder, **{"seminar.yaml": top}, **{f"{name}.yaml": text for name, text in changed.items()})


def problems(folder: Path, starts_on: date | None = None) -> list[str]:
    with pytest.raises(SeminarError) as caught:
        load(folder, starts_on=starts_on)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_session_in_the_hour_that_is_skipped_is_refused(tmp_path: Path) -> None:
    [problem] = problems(berlin(tmp_path, programme=NIGHT))
    assert problem == (
        "programme.yaml:6: `start: 02:30` of session `opening` of day 1 (2027-03-28) does not exist: the clocks of "
        "Europe/Berlin go from 02:00 to 03:00, write 03:00 or later, or 01:59 or earlier"
    )


@pytest.mark.parametrize(("start", "end", "line"), [("01:00", "02:00", 7), ("02:59", "03:30", 6)])
def test_the_first_and_the_last_minute_are_in_it(tmp_path: Path, start: str, end: str, line: int) -> None:
    programme = small.PROGRAMME.replace("start: 09:00", f"start: {start}").replace("end: 10:30", f"end: {end}")
    [problem] = problems(berlin(tmp_path, programme=programme))
    assert problem.startswith(f"programme.yaml:{line}: ")


@pytest.mark.parametrize(("start", "end"), [("01:00", "01:59"), ("03:00", "04:00"), ("01:30", "03:30")])
def test_what_lies_around_it_is_let_through(tmp_path: Path, start: str, end: str) -> None:
    programme = small.PROGRAMME.replace("start: 09:00", f"start: {start}").replace("end: 10:30", f"end: {end}")
    load(berlin(tmp_path, programme=programme))


def test_what_is_cancelled_may_be_at_any_time(tmp_path: Path) -> None:
    load(berlin(tmp_path, programme=NIGHT.replace("kind: lecture", "kind: lecture\n        cancelled: true")))


def test_another_first_day_is_looked_at_instead_of_the_folders_own(tmp_path: Path) -> None:
    folder = berlin(tmp_path, programme=NIGHT)
    load(folder, starts_on=date(2027, 3, 29))
    folder = berlin(tmp_path, date(2027, 4, 1), programme=NIGHT)
    load(folder)
    assert problems(folder, SPRING)[0].startswith("programme.yaml:6: `start: 02:30`")


def test_each_day_of_the_seminar_is_looked_at(tmp_path: Path) -> None:
    third = "  - day: 3\n    sessions: []\n"
    night = small.PROGRAMME.replace(
        third,
        "  - day: 3\n    sessions:\n      - key: bus\n        start: 02:15\n        end: 02:45\n"
        "        kind: travel\n        title: {tg: Ном, ru: Имя, en: Bus, ko: 이름}\n",
    )
    said = problems(berlin(tmp_path, date(2027, 3, 26), programme=night))
    assert [line.split(" of ")[0] for line in said] == [
        "programme.yaml:30: `start: 02:15`",
        "programme.yaml:31: `end: 02:45`",
    ]


def test_the_bots_own_hours_are_looked_at_each_day(tmp_path: Path) -> None:
    early = small.SEMINAR.replace("agenda: 07:00", "agenda: 02:10")
    [problem] = problems(berlin(tmp_path, date(2027, 3, 27), seminar=early))
    assert problem.startswith("seminar.yaml:10: `agenda: 02:10` of day 2 (2027-03-28) does not exist")
    assert problem.endswith("or give day 2 `hours` of its own in programme.yaml")
    own = small.PROGRAMME.replace("  - day: 2\n", "  - day: 2\n    hours:\n      agenda: 06:00\n")
    load(berlin(tmp_path, date(2027, 3, 27), seminar=early, programme=own))
    own = own.replace("agenda: 06:00", "agenda: 02:20")
    [problem] = problems(berlin(tmp_path, date(2027, 3, 27), seminar=early, programme=own))
    assert problem.startswith("programme.yaml:27: `agenda: 02:20` of day 2 (2027-03-28) does not exist")


@pytest.mark.parametrize(
    ("zone", "day", "said"),
    [
        ("Asia/Seoul", SPRING, None),
        ("America/New_York", date(2027, 3, 14), "go from 02:00 to 03:00, write 03:00 or later, or 01:59 or earlier"),
        ("Australia/Lord_Howe", date(2027, 10, 3), "go from 02:00 to 02:30, write 02:30 or later, or 01:59"),
    ],
)
def test_each_zone_has_its_own_change(tmp_path: Path, zone: str, day: date, said: str | None) -> None:
    programme = small.PROGRAMME.replace("start: 09:00", "start: 02:15").replace("end: 10:30", "end: 03:15")
    folder = berlin(tmp_path, day, zone, programme=programme)
    if said is None:
        load(folder)
    else:
        assert said in problems(folder)[0]


def test_a_midnight_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    programme = small.PROGRAMME.replace("start: 09:00", "start: 00:00")
    [problem] = problems(berlin(tmp_path, date(2027, 4, 30), "Africa/Cairo", programme=programme))
    assert "go from 00:00 to 01:00, write 01:00 or later, or 23:59 or earlier" in problem


def test_a_time_that_comes_twice_is_warned_of_with_the_one_that_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = berlin(tmp_path, AUTUMN, programme=NIGHT)
    assert main(["check", str(folder)]) == 0
    assert (
        f"{folder / 'programme.yaml'}:6: warning: `start: 02:30` of session `opening` of day 1 (2027-10-31) comes "
        "twice: the clocks of Europe/Berlin are put back, the bot takes the first (UTC+02:00); write another time "
        "if the second is meant"
    ) in capsys.readouterr().out.splitlines()
    session = load(folder).session("opening")
    assert session is not None
    assert load(folder).moment(1, session.start).isoformat() == "2027-10-31T00:30:00+00:00"


def test_on_other_days_nothing_is_said(tmp_path: Path) -> None:
    assert folder_warnings(berlin(tmp_path, date(2027, 10, 30), programme=NIGHT)) == []
    assert len(folder_warnings(tmp_path, AUTUMN)) == 1


def test_it_is_said_beside_what_else_is_wrong(tmp_path: Path) -> None:
    broken = NIGHT.replace("place: hall", "place: moon")
    said = problems(berlin(tmp_path, programme=broken, places=small.PLACES.replace("36.48", "north"), info="pages: ["))
    assert [line.split(":")[0] for line in said] == ["info.yaml", "places.yaml", "programme.yaml", "programme.yaml"]
    assert any("does not exist" in line for line in said)


@pytest.mark.parametrize("zone", ["zone: Europe/Berlim", "zone: [Europe/Berlin]", "zone:"])
def test_without_a_clock_nothing_is_said_of_times(tmp_path: Path, zone: str) -> None:
    folder = berlin(tmp_path, programme=NIGHT)
    top = (folder / "seminar.yaml").read_text("utf-8").replace("zone: Europe/Berlin", zone, 1)
    (folder / "seminar.yaml").write_text(top, "utf-8")
    assert not any("does not exist" in line for line in problems(folder))
