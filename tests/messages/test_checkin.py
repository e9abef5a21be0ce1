"""Which check-ins, nudges and alerts are planned, and how their rows are rendered."""

from datetime import timedelta

from bot import arguments as codec
from bot.delivery.planner import plan
from bot.messages import absence as absence_messages
from bot.messages import checkin as checkin_messages
from bot.messages.absence import AbsenceOf
from bot.messages.registry import MESSAGE_TYPES, planners
from tests.views.samples import SEMINAR, at


def due(moment: str) -> list[str]:
    planned = plan(SEMINAR, at(moment), planners([7])).due
    return [one.key for one in planned if one.kind.startswith(("checkin", "missing"))]


def test_each_occurrence_has_its_hour_and_its_end() -> None:
    assert due("2025-08-04 07:59") == []
    assert due("2025-08-04 08:00") == ["checkin:2025-08-04:morning"]
    assert due("2025-08-04 08:30") == ["checkin:2025-08-04:morning", "nudge:2025-08-04:morning"]
    assert due("2025-08-04 09:00") == ["missing:2025-08-04:morning"]
    assert due("2025-08-04 12:00") == []
    assert due("2025-08-04 21:00") == ["missing:2025-08-04:evening"]


def test_a_free_day_plans_nothing() -> None:
    assert due("2025-08-05 08:00") == []
    assert due("2025-08-05 09:00") == []


def test_planning_again_gives_the_same_occurrences() -> None:
    for planner in planners([7]):
        moment = at("2025-08-04 08:10")
        assert list(planner(SEMINAR, moment)) == list(planner(SEMINAR, moment))


def test_owners_are_told_with_the_organizers() -> None:
    alerts = list(absence_messages.planner([9, 7])(SEMINAR, at("2025-08-04 08:10")))
    assert {alert.audience for alert in alerts} == {"staff"}
    assert all(codec.read(AbsenceOf, alert.data).owners == (7, 9) for alert in alerts)


def test_a_nudge_may_not_be_said_twice() -> None:
    assert MESSAGE_TYPES["checkin.nudge"].at_most_once
    assert not MESSAGE_TYPES["checkin.ask"].at_most_once


def test_a_nudge_is_worth_nothing_once_organizers_are_told() -> None:
    for one in checkin_messages.plan(SEMINAR, at("2025-08-04 08:10")):
        assert one.expires_at - one.due_at <= timedelta(hours=1)
