"""How files look and who gets a certificate, from the folder; and who has met its rules: pure rules."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.programme import SeminarError, load
from bot.programme.certificate import Achievement, Judge, counted_sessions, judge_of
from bot.programme.certificate_model import CertificateRules, Share
from bot.programme.model import Seminar
from bot.programme.summary import summary
from bot.programme.warnings import warnings
from tests import loaded
from tests.programme import pictures, small

_ALL = "{tg: Ном, ru: Имя, en: Name, ko: 이름}"
_WHO = f"  issuer: {_ALL}\n  signatory: {{name: {_ALL}, post: {_ALL}}}\n"
_SEJONG = Path(__file__).parents[2] / "seminars/sejong-2025"
_LATER = datetime(2025, 8, 20, tzinfo=UTC)


def _folder(folder: Path, more: str) -> Path:
    small.write(folder, **{"seminar.yaml": small.SEMINAR + more})
    (folder / "logo.png").write_bytes(pictures.png(400, 400))
    return folder


def test_a_folder_says_how_files_look_and_what_a_certificate_takes(tmp_path: Path) -> None:
    rules_told = f"certificate:\n{_WHO}  attendance: 80 %\n  practice: 4h\n  lessons: all\n"
    told = f'look: {{logo: logo.png, color: "#0b6e4f"}}\n{rules_told}'
    seminar = load(_folder(tmp_path, told))
    assert (seminar.look.logo, seminar.look.color) == (tmp_path / "logo.png", "#0B6E4F")
    rules = seminar.certificate
    assert rules is not None
    assert (rules.attendance, rules.practice, rules.lessons) == (Share(percent=80), Share(minutes=240), "all")
    assert "80% of the hours of attendance, 4 h of the hours of workshops, all lessons, signed by" in summary(seminar)
    # nobody of this programme can be at workshops: there are none with attendance
    assert any("`practice` cannot be met for the group `red`" in one for one in warnings(seminar))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "look: {color: blue}",
            '28: `color: blue` is not a colour, write # and six digits 0-9 and A-F, like "#1F6FEB"',
        ),
        ("look: {logo: no.png}", "28: there is no picture no.png, put it into the seminar's folder"),
        ("look: {logo: ../logo.png}", "28: `logo: ../logo.png` is not a picture"),
        (f"certificate:\n{_WHO}", "28: `certificate` says nothing that must be done for one, add `attendance`"),
        (
            f"certificate:\n{_WHO}  attendance: most",
            "31: `attendance: most` is no share of hours, write it like 80% or",
        ),
        (f"certificate:\n{_WHO}  attendance: 101%", "31: `attendance: 101%` is no share of hours"),
        (f"certificate:\n{_WHO}  attendance:", "31: `attendance` of `certificate` is empty, write its value after the"),
        (
            f"certificate:\n{_WHO}  lessons: some",
            "31: `lessons: some` is no number of lessons, write a number, or `all`",
        ),
        (
            f"certificate:\n  lessons: 1\n  issuer: {_ALL}",
            "29: `certificate` has no `signatory`, add a line `signatory",
        ),
        (f"certificate:\n{_WHO}  lessons: 1\n  website: sje", "32: `website: sje` is not the address of a public page"),
        (f"certificate:\n{_WHO}  lesson: 1", "31: `certificate` has no `lesson`, did you mean `lessons`?"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, told: str, words: str) -> None:
    with pytest.raises(SeminarError) as refused:
        load(_folder(tmp_path, f"{told}\n"))
    assert f"seminar.yaml:{words}" in str(refused.value)


def _judge(seminar: Seminar, rules: CertificateRules, marked: frozenset[str], now: datetime = _LATER) -> Judge:
    return judge_of(seminar, rules, marked, now)


def test_hours_are_those_of_sessions_that_somebody_was_marked_at() -> None:
    seminar = loaded.seminar(_SEJONG)
    assert seminar.certificate is not None
    rules = replace(seminar.certificate, attendance=Share(percent=80), practice=Share(minutes=60), lessons=2)
    counted = counted_sessions(seminar, "pamir")
    every, first = frozenset(one.session.key for one in counted), counted[0].session.key
    lessons = frozenset(one.key for one in seminar.lessons[:2])
    whole = sum(one.minutes for one in counted)

    all_there = _judge(seminar, rules, every).standing(Achievement("pamir", every, lessons))
    assert (all_there.met, all_there.minutes) == (True, whole)
    assert [one.key for one in all_there.open_lessons] == [one.key for one in seminar.lessons[2:]]

    nobody = _judge(seminar, rules, every).standing(Achievement("pamir", frozenset(), frozenset()))
    assert nobody.attendance is not None
    assert (nobody.attendance.lacking, nobody.attendance.wanted) == (-(-whole * 80 // 100),) * 2
    assert (nobody.lacking_lessons, nobody.met) == (2, False)

    # nobody was marked at the first: it counts for nobody, and who was at all others has the whole
    rest = every - {first}
    without = _judge(seminar, rules, rest).standing(Achievement("pamir", rest, lessons))
    assert without.attendance is not None
    assert (without.attendance.has, without.attendance.lacking) == (whole - counted[0].minutes, 0)

    # before it begins, all is still to come; hours that are asked for stay what they are
    at_first = replace(rules, attendance=Share(minutes=40 * 60))
    before = _judge(seminar, at_first, frozenset(), datetime(2025, 8, 1, tzinfo=UTC))
    part = before.standing(Achievement("pamir", frozenset(), frozenset())).attendance
    assert part is not None
    assert (part.has, part.wanted, part.coming) == (0, 2400, whole)

    # each group is judged by its own sessions
    assert {one.session.key for one in counted_sessions(seminar, "vakhsh")} != every


def test_a_share_of_hours_is_rounded_up() -> None:
    assert [Share(percent=80).of(total) for total in (0, 1, 100, 101)] == [0, 1, 80, 81]
    assert Share(minutes=90).of(10) == 90
