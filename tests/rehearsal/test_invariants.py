"""The judge is not asleep: each invariant, broken once in the evidence, is named as broken."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.evidence import Accepted, Evidence, lateness
from rehearsal.habits import Habit, Teacher
from rehearsal.invariants import judge
from rehearsal.ledger import Kept, Row
from rehearsal.report import Played, build
from rehearsal.telegram import Account, World

DUE = datetime(2025, 8, 4, 7, 0, tzinfo=UTC)
DAY = DUE.date()
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def row(number: int, chat: int, *, kind: str = "agenda", priority: int = 20, state: str = "sent") -> Row:
    event = f"{kind}:2025-08-04"
    key = f"{event}:person-{chat}"
    message = 100 + number if state == "sent" else None
    return Row(number, key, event, kind, chat, priority, DUE, DUE + HOUR, state, 1, message)


def accepted(number: int, chat: int, after: float, digest: int | None = None) -> Accepted:
    return Accepted(number, DUE + SECOND * after, chat, 100 + number, digest or number)


@pytest.fixture
def evidence() -> Evidence:
    """Two people, each with an agenda, a nudge and an answered check-in; nothing wrong."""
    world = World(RehearsalClock(DUE, speed=0))
    people = [Teacher(Account(world, "Ситора"), Habit.PROMPT, 1, number, None) for number in range(2)]
    one, two = (teacher.account.id for teacher in people)
    for teacher in people:
        teacher.here.add(DAY)
    rows = [
        row(1, one),
        row(2, two),
        row(3, one, kind="checkin.nudge", priority=40),
        row(4, two, kind="checkin.nudge", priority=40),
    ]
    return Evidence(
        now=DUE + 2 * HOUR,
        accepted=[accepted(1, one, 1), accepted(2, two, 1), accepted(3, one, 2), accepted(4, two, 2)],
        rows=rows,
        at_most_once=frozenset({"checkin.nudge"}),
        kept=Kept(
            mornings={(one, DAY), (two, DAY)},
            moods={},
            answers={},
            late=0,
            lessons={"begun": 0, "done": 0, "score": 0, "questions": 0},
            handled={},
            by_language=[("agenda", "tg", 2)],
            trespasses=[],
            inbox={},
        ),
        people=list(people),
        mistakes=[],
        refused=0,
        blocks=0,
        floods=0,
        pauses=[],
        changed=[],
        planned_again=0,
        resent=0,
        forged=0,
    )


def set_row(evidence: Evidence, number: int, **changes: object) -> None:
    old = evidence.rows[number]
    values = {name: getattr(old, name) for name in Row.__slots__} | changes
    evidence.rows[number] = Row(**values)


def hear(evidence: Evidence, *more: Accepted) -> None:
    evidence.accepted += more
    evidence.__post_init__()


def later(evidence: Evidence, number: int, after: float) -> None:
    old = evidence.accepted[number]
    evidence.accepted[number] = Accepted(old.seq, DUE + SECOND * after, old.chat_id, old.message_id, old.digest)
    evidence.__post_init__()


def swapped(evidence: Evidence) -> None:
    set_row(evidence, 0, message_id=103)
    set_row(evidence, 2, message_id=101)


def overtaken(evidence: Evidence) -> None:
    later(evidence, 0, 100)
    set_row(evidence, 3, key="other", kind="broadcast", priority=50)
    later(evidence, 3, 60)


BREAKS: dict[str, list[Callable[[Evidence], object]]] = {
    "1 what is due arrives": [
        lambda evidence: set_row(evidence, 0, state="due", message_id=None),
        lambda evidence: set_row(evidence, 0, state="expired", message_id=None),
        lambda evidence: set_row(evidence, 0, message_id=999),
        lambda evidence: evidence.rows.pop(0),
    ],
    "2 no copies": [
        lambda evidence: hear(evidence, accepted(9, evidence.rows[0].chat_id, 5, digest=1)),
        lambda evidence: set_row(evidence, 0, attempts=4),
        lambda evidence: set_row(evidence, 2, message_id=101),
    ],
    "3 a reminder is said once": [
        lambda evidence: set_row(evidence, 2, attempts=2),
        lambda evidence: hear(evidence, accepted(9, evidence.rows[2].chat_id, 5, digest=3)),
    ],
    "4 in order, the urgent first": [
        swapped,
        overtaken,
    ],
    "5 in its time, and not after a block": [
        lambda evidence: later(evidence, 0, -5),
        lambda evidence: later(evidence, 0, 3_600),
        lambda evidence: setattr(evidence, "refused", 1),
    ],
    "6 planning again changes nothing": [
        lambda evidence: setattr(evidence, "planned_again", 1),
        lambda evidence: evidence.changed.append("row 1 was 'sent' and is 'due'"),
    ],
    "7 one effect for one tap": [
        lambda evidence: evidence.kept.mornings.clear(),
        lambda evidence: evidence.kept.moods.update({(1, DAY): 3}),
        lambda evidence: evidence.kept.answers.update({(1, "passwords"): 2}),
        lambda evidence: evidence.kept.inbox.update({"failed": 1}),
    ],
    "8 silence during a 429 pause": [
        lambda evidence: evidence.pauses.append((0, DUE, DUE + 10 * SECOND)),
        lambda evidence: evidence.pauses.append((evidence.rows[0].chat_id, DUE, DUE + 10 * SECOND)),
    ],
    "9 nobody oversteps their role": [lambda evidence: evidence.kept.trespasses.append("broadcast 1")],
    "as strict as Telegram": [
        lambda evidence: evidence.mistakes.append("sendMessage: Bad Request: message is too long"),
        lambda evidence: setattr(evidence, "floods", 1),
    ],
}


def test_what_is_right_passes(evidence: Evidence) -> None:
    assert [verdict.name for verdict in judge(evidence) if not verdict.held] == []
    assert lateness(evidence) == [1.0, 1.0, 2.0, 2.0]


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, breaks in BREAKS.items() for number in range(len(breaks))]
)
def test_each_invariant_can_fail_and_is_named(evidence: Evidence, name: str, number: int) -> None:
    BREAKS[name][number](evidence)
    broken = [verdict for verdict in judge(evidence) if not verdict.held]
    assert name in [verdict.name for verdict in broken]
    assert all(verdict.detail for verdict in broken)


def test_every_invariant_is_broken_here_once(evidence: Evidence) -> None:
    assert set(BREAKS) == {verdict.name for verdict in judge(evidence)}


def test_a_report_with_a_broken_invariant_is_not_good(evidence: Evidence) -> None:
    evidence.kept.handled.update(dict.fromkeys(("missing_raised", "accounted_for"), 0))
    evidence.floods = 1
    report = build(evidence, Played("sejong-2025", 2, 1, 7, 1.0, 10))
    assert report.good is False
    assert report.as_json()["good"] is False
    assert report.late == {"p50": 2.0, "p99": 2.0, "max": 2.0}
