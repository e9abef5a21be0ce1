"""Two days at full speed: every invariant holds, the report says so, and a seed gives the same decisions."""

from pathlib import Path

import orjson
import pytest

from bot.messages.today_cards import TodayCards
from rehearsal import headless
from rehearsal.harness import CannotRehearse, read_seminar
from rehearsal.report import Report
from rehearsal.shutdown import run_until_stopped
from tests.rehearsal.sessions import SEMINAR


def simulate(seed: int, *, teachers: int = 5, days: int = 1) -> Report:
    seminar = read_seminar(SEMINAR, None)
    return run_until_stopped(headless.simulate(seminar, SEMINAR, teachers=teachers, days=days, seed=seed))


def test_two_days_hold_every_invariant_and_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.json"
    code = headless.run(seminar=SEMINAR, teachers=8, days=2, seed=3, report=file)
    printed = capsys.readouterr().out
    report = orjson.loads(file.read_bytes())
    assert code == 0, printed
    assert report["good"] is True
    assert [one["name"][0] for one in report["invariants"][:9]] == list("123456789")
    assert report["violations"] == report["floods"] == 0
    assert report["checkins"]["morning"] > 8
    assert report["checkins"]["sessions"] > 8
    assert report["lessons"]["done"] > 0
    assert set(report["messages"]) >= {"agenda", "lesson", "checkin.ask", "missing.alert", "broadcast"}
    assert report["alerts"]["missing_raised"] > 0
    assert report["alerts"]["admission_answered"] == 1
    assert report["programme"]["published"] == 4  # one a collision of two organizers, one brings an earlier one back
    assert report["programme"]["brought_back"] == 1
    assert report["programme"]["seen"] > 8
    assert report["programme"]["reminded"] > 0
    assert report["programme"]["decided"] == 4  # skipped, undone, postponed, sent at once
    assert "pass" in printed
    assert "FAIL" not in printed


def test_a_seed_gives_the_same_decisions() -> None:
    first, again, other = simulate(5), simulate(5), simulate(6)
    for name in ("messages", "states", "checkins", "lessons", "alerts", "programme"):
        assert getattr(first, name) == getattr(again, name)
    assert first.checkins != other.checkins or first.messages != other.messages


def test_agendas_that_nobody_changes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def edits_nothing(*_about: object) -> None:
        pass

    monkeypatch.setattr(TodayCards, "_edit", edits_nothing)
    report = simulate(5, teachers=2)
    broken = [result for result in report.results if not result.held]
    assert [result.name for result in broken] == ["11 what people read is what runs"]
    assert "ended as what did not run any more" in broken[0].detail


def test_bad_input_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRehearse, match="no such folder"):
        headless.run(seminar=tmp_path / "nowhere")
    with pytest.raises(CannotRehearse, match=r"report cannot be written to .*: there is no such file or folder"):
        headless.run(seminar=SEMINAR, teachers=1, days=1, report=tmp_path / "no" / "report.json")
