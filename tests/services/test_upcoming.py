"""A decision about what is to come: made once, seen by the next, void when the programme has changed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.access import Role
from bot.delivery.planner import around, due
from bot.messages import catch_up as catch_up_messages
from bot.messages import upcoming as upcoming_messages
from bot.messages.registry import planners
from bot.messages.upcoming import Planned
from bot.programme.model import Seminar
from bot.services import upcoming as upcoming_service
from bot.services.upcoming import Decided
from bot.store import fanout, outbox
from bot.store.fanout import Occurrence
from bot.store.person import Person
from bot.store.upcoming import Decision, Stage, UpcomingItem
from tests.services.conftest import Join
from tests.views.samples import SEMINAR, at

AGENDA = "agenda:2025-08-04"
MORNING = at("2025-08-04 06:00")


def planned(now: datetime = MORNING, seminar: Seminar = SEMINAR) -> Planned:
    return upcoming_messages.planned(seminar, now, planners(()))


def decide(db: sqlite3.Connection, me: Person, decision: Decision, revision: int = 0, key: str = AGENDA) -> Decided:
    token = upcoming_messages.token(key)
    return upcoming_service.decide(db, planned(), token, decision, me, revision=revision, moment=in_an_hour)


def seen(db: sqlite3.Connection, key: str) -> UpcomingItem:
    found = upcoming_service.find(db, planned(), upcoming_messages.token(key))
    assert found is not None
    return found.item


def in_an_hour(occurrence: Occurrence, due_at: datetime) -> datetime:
    del occurrence, due_at
    return MORNING + timedelta(hours=2)


def sent(db: sqlite3.Connection, now: datetime, seminar: Seminar = SEMINAR) -> Sequence[Occurrence]:
    """What the fan-out would schedule at this moment."""
    return due(upcoming_messages.overridden(db, around(seminar, now, planners(()))), now).due


def keys(occurrences: Sequence[Occurrence]) -> set[str]:
    return {one.key for one in occurrences}


def test_a_press_that_is_handled_twice_decides_once(db: sqlite3.Connection, join: Join) -> None:
    me = join("Minji", Role.ORGANIZER)
    first = decide(db, me, Decision.POSTPONE)
    again = decide(db, me, Decision.POSTPONE)
    assert first == again == Decided(Stage.POSTPONED, "Minji")
    assert seen(db, AGENDA).revision == 1


def test_an_older_button_changes_nothing(db: sqlite3.Connection, join: Join) -> None:
    minji, bora = join("Minji", Role.ORGANIZER), join("Bora", Role.ORGANIZER)
    decide(db, minji, Decision.SKIP)
    late = decide(db, bora, Decision.POSTPONE)
    assert late == Decided(Stage.SKIPPED, "Minji", is_outdated=True)


def test_what_is_sent_now_is_fanned_out_once_also_after_a_kill_in_the_middle(
    db: sqlite3.Connection, join: Join
) -> None:
    for name in ("Ann", "Bob", "Cem"):
        join(name)
    decide(db, join("Minji", Role.ORGANIZER), Decision.NOW)
    soon = MORNING + timedelta(seconds=10)
    for now in (soon, soon, at("2025-08-04 07:00"), at("2025-08-04 07:01")):
        fanout.schedule(db, sent(db, now), now)
        fanout.fan_out(db, now, 2)  # and the process crashes
    while fanout.fan_out(db, at("2025-08-04 07:02"), 2):
        pass
    assert outbox.counts(db, AGENDA) == {"due": 4}


def test_a_decision_about_another_time_than_is_planned_now_is_void_but_a_skip_stays(
    db: sqlite3.Connection, join: Join
) -> None:
    me = join("Minji", Role.ORGANIZER)
    decide(db, me, Decision.POSTPONE)
    later = replace(SEMINAR, hours=replace(SEMINAR.hours, agenda=time(7, 30)))
    assert AGENDA not in keys(sent(db, at("2025-08-04 07:30")))
    assert AGENDA in keys(sent(db, at("2025-08-04 07:30"), later))
    decide(db, me, Decision.SKIP, revision=1)
    assert AGENDA not in keys(sent(db, at("2025-08-04 07:30"), later))


def test_a_moment_after_the_expiry_is_refused(db: sqlite3.Connection, join: Join) -> None:
    me, token = join("Minji", Role.ORGANIZER), upcoming_messages.token("missing:2025-08-04:morning")

    def refused(moment: datetime, revision: int) -> bool:
        decided = upcoming_service.decide(
            db, planned(), token, Decision.POSTPONE, me, revision=revision, moment=lambda _, __: moment
        )
        return decided.refused is not None

    assert not refused(at("2025-08-04 11:00"), 0)
    assert refused(at("2025-08-04 13:00"), 1)


@pytest.mark.parametrize("decision", [Decision.SKIP, Decision.POSTPONE])
def test_what_is_scheduled_already_is_skipped_or_moved_and_brought_back(
    db: sqlite3.Connection, join: Join, decision: Decision
) -> None:
    me = join("Minji", Role.ORGANIZER)
    card = catch_up_messages.card(at("2025-08-03 22:00"), at("2025-08-04 03:00"), morning=at("2025-08-04 07:00"))
    fanout.schedule(db, [card], MORNING)
    decide(db, me, decision, key=card.key)
    assert seen(db, card.key).planned_at == at("2025-08-04 07:00")
    assert fanout.fan_out(db, at("2025-08-04 07:00"), 50) is None
    back = decide(db, me, Decision.KEEP, revision=1, key=card.key)
    assert back.stage is Stage.PLANNED
    chunk = fanout.fan_out(db, at("2025-08-04 07:00"), 50)
    assert chunk is not None
    assert chunk.made == 1
