"""The table of what follows while nobody takes an alert."""

from datetime import timedelta

import pytest

from bot.escalation import ESCALATIONS, AlertKind, Circle
from bot.store.help import HelpKind

SOS = {AlertKind.HELP, AlertKind.UNWELL, AlertKind.LOST}
NEVER_AGAIN = {AlertKind.UNREACHABLE, AlertKind.UNDELIVERED, AlertKind.UNHANDLED, AlertKind.BACKUP}


def after(kind: AlertKind) -> list[timedelta]:
    """How long after the alert each step is that tells somebody."""
    moments, total = [], timedelta()
    for step in ESCALATIONS[kind].steps:
        total += step.after
        if step.to is not Circle.NOBODY:
            moments.append(total)
    return moments


def test_every_kind_is_in_the_table_and_every_call_is_a_kind() -> None:
    assert set(ESCALATIONS) == set(AlertKind)
    assert {AlertKind(kind) for kind in HelpKind} == {kind for kind in AlertKind if kind.is_call}
    assert {AlertKind(kind) for kind in HelpKind if kind.urgent} == {kind for kind in AlertKind if kind.urgent} == SOS


@pytest.mark.parametrize("kind", sorted(set(AlertKind) - NEVER_AGAIN))
def test_who_is_in_danger_waits_three_minutes_and_others_fifteen(kind: AlertKind) -> None:
    minutes = 3 if kind in SOS else 15
    assert after(kind) == [timedelta(minutes=minutes), timedelta(minutes=2 * minutes)]


@pytest.mark.parametrize("kind", sorted(set(AlertKind) - NEVER_AGAIN))
def test_the_last_step_tells_everybody_whom_to_call_and_only_callers_read_that_nobody_answers(kind: AlertKind) -> None:
    steps = [step for step in ESCALATIONS[kind].steps if step.to is not Circle.NOBODY]
    assert [(step.to, step.phones) for step in steps] == [(Circle.DUTY, False), (Circle.ALL, True)]
    assert [step.caller for step in steps] == [kind.is_call, False]


@pytest.mark.parametrize("kind", sorted(NEVER_AGAIN))
def test_what_can_wait_does_not_come_again(kind: AlertKind) -> None:
    assert after(kind) == ([timedelta()] if kind is AlertKind.UNREACHABLE else [])
    assert ESCALATIONS[kind].due_after(1) is None
    assert ESCALATIONS[kind].loud is (kind is not AlertKind.UNREACHABLE)
