"""A seminar that is over and a sample's phone numbers are seen before people come."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.cli import main
from bot.programme import load
from bot.programme.readiness import first_day_wanted, is_over, warnings
from tests.kit import ROOT, SEMINAR

LAST = date(2025, 8, 17)
REAL = "+82 44 300 1234"


def with_phone(phone: str) -> list[str]:
    seminar = load(SEMINAR)
    return warnings(replace(seminar, contacts=(replace(seminar.contacts[0], phone=phone),)), LAST)


def test_it_is_over_when_its_last_day_is() -> None:
    seminar = load(SEMINAR)
    assert not is_over(seminar, LAST)
    assert is_over(seminar, LAST + timedelta(days=1))


@pytest.mark.parametrize("today", [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)])
def test_the_first_day_that_it_asks_for_can_be_written_down_as_it_stands(today: date) -> None:
    said = first_day_wanted(load(SEMINAR), today)
    assert said.startswith("the seminar sejong-2025 ended on 17 August 2025; give it a first day")
    [example] = re.findall(r"HAMROH_STARTS_ON=(\S+)", said)
    assert not is_over(load(SEMINAR, starts_on=date.fromisoformat(example)), today)


@pytest.mark.parametrize("sample", ["sejong-2025", "tbilisi-2027"])
def test_every_invented_number_of_our_samples_is_known_as_one(sample: str) -> None:
    seminar = load(ROOT / "seminars" / sample)
    long = [one for one in seminar.contacts if len(re.sub(r"\D", "", one.phone)) > 6]
    assert len(warnings(seminar, seminar.first)) == len(long)


@pytest.mark.parametrize("phone", [REAL, "119", "112", "", "+992 44 600 00 00", "010 1234 5678", "+7 495 555 01 02"])
def test_numbers_that_may_be_somebodys_pass(phone: str) -> None:
    assert with_phone(phone) == []


@pytest.mark.parametrize("phone", ["+82 10 0000 0001", "010-0000-0002", "+1 202 555 0143", "+44 7700 900123"])
def test_numbers_that_can_be_nobodys_are_named(phone: str) -> None:
    [said] = with_phone(phone)
    assert said == (
        f"the phone number {phone} of the contact `duty` is a sample's: nobody answers it; "
        "write the real one in seminar.yaml, or leave `phone` out"
    )


def test_check_says_both_with_their_lines_and_is_content(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SEMINAR)]) == 0
    found = re.findall(r"seminar\.yaml:(\d+): warning: (the \w+)", capsys.readouterr().out)
    assert [what for _, what in found] == ["the seminar", "the phone", "the phone", "the phone"]
    lines = (SEMINAR / "seminar.yaml").read_text("utf-8").splitlines()
    shown = [lines[int(number) - 1].strip() for number, _ in found]
    assert shown[0].startswith("starts_on: 2025-08-04")
    assert shown[1] == 'phone: "+82 10 0000 0001"'
