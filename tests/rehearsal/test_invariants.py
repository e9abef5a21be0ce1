"""Every invariant is really checked: broken on purpose in a recording, it is reported as broken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.behaviours import Behaviour
from rehearsal.clock import RehearsalClock
from rehearsal.invariants import check_invariants
from rehearsal.queries import OutboxRow, PublishedSession, PublishedVersion, ReaderOfProgramme, StoredState
from rehearsal.recorder import AcceptedMessage, ProgrammeRecord, Recording, Shown, lateness
from rehearsal.report import RunInfo, build
from rehearsal.teacher import Teacher
from rehearsal.telegram import Account, World
from tests.rehearsal.broken_recordings import broadcast_decided, waited

DUE = datetime(2025, 8, 4, 7, 0, tzinfo=UTC)
DAY = DUE.date()
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


PUBLISHED = DUE + timedelta(minutes=30)


def row(number: int, chat: int, *, kind: str = "agenda", priority: int = 20, state: str = "sent") -> OutboxRow:
    event = f"{kind}:2025-08-04"
    key = f"{event}:person-{chat}"
    message = 100 + number if state == "sent" else None
    return OutboxRow(number, key, event, kind, chat, priority, DUE, DUE + HOUR, state, 1, message)


def notice(number: int, chat: int) -> OutboxRow:
    event = "programme:sejong-2025:2:1"
    return OutboxRow(
        number, f"{event}:person-{chat}", event, "programme.change", chat, 20, PUBLISHED, PUBLISHED + HOUR,
        "sent", 1, 100 + number,
    )  # fmt: skip


def session(start: str, end: str) -> PublishedSession:
    return PublishedSession("rules", start, end, {"tg": "Қоидаҳо"}, frozenset(), cancelled=False, told=f"{start} {end}")


def programme(*chats: int) -> ProgrammeRecord:
    """A session is moved by a quarter of an hour: each agenda follows, and each reader is told and asks for /today."""
    old, new = "🛠 14:00–15:30\nҚоидаҳо", "🛠 14:15–15:45\nҚоидаҳо"
    shown = []
    for number, chat in enumerate(chats, 1):
        shown += [
            Shown(DUE + SECOND, chat, 100 + number, old),
            Shown(PUBLISHED + SECOND, chat, 104 + number, "• Қоидаҳо\n  🕘 14:15–15:45 (буд 14:00–15:30)"),
            Shown(PUBLISHED + 2 * SECOND, chat, 100 + number, new),
            Shown(PUBLISHED + 11 * SECOND, chat, 110 + number, f"Имрӯз\n{new}"),
        ]
    return ProgrammeRecord(
        first=DAY,
        zone=UTC,
        versions=[
            PublishedVersion(1, DUE - HOUR, {1: [session("14:00", "15:30")]}),
            PublishedVersion(2, PUBLISHED, {1: [session("14:15", "15:45")]}),
        ],
        readers={chat: ReaderOfProgramme("tg", None) for chat in chats},
        shown=sorted(shown, key=lambda one: one.at),
        asked=[(chat, PUBLISHED + 10 * SECOND, "/today") for chat in chats],
    )


def accepted(number: int, chat: int, after: float, digest: int | None = None) -> AcceptedMessage:
    return AcceptedMessage(number, DUE + SECOND * after, chat, 100 + number, digest or number)


@pytest.fixture
def recording() -> Recording:
    """Two people, each with an agenda, a nudge, an answered check-in and a notice of a change; nothing wrong."""
    world = World(RehearsalClock(DUE, speed=0))
    teachers = [Teacher(Account(world, "Ситора"), Behaviour.PROMPT, 1, number, None) for number in range(2)]
    one, two = (teacher.account.id for teacher in teachers)
    for teacher in teachers:
        teacher.here.add(DAY)
    rows = [
        row(1, one),
        row(2, two),
        row(3, one, kind="checkin.nudge", priority=40),
        row(4, two, kind="checkin.nudge", priority=40),
        notice(5, one),
        notice(6, two),
    ]
    return Recording(
        now=DUE + 2 * HOUR,
        accepted=[
            *(accepted(1, one, 1), accepted(2, two, 1), accepted(3, one, 2), accepted(4, two, 2)),
            *(accepted(5, one, 1_801), accepted(6, two, 1_801)),
        ],
        rows=rows,
        at_most_once=frozenset({"checkin.nudge"}),
        repeatable=frozenset({"agenda", "checkin.nudge"}),
        stored=StoredState(
            mornings={(one, DAY), (two, DAY)},
            moods={},
            answers={},
            late=0,
            lessons={"started": 0, "done": 0, "score": 0, "questions": 0},
            alert_counts={},
            by_language=[("agenda", "tg", 2)],
            role_violations=[],
            inbox={},
        ),
        users=list(teachers),
        violations=[],
        refused=0,
        blocks=0,
        floods=0,
        pauses=[],
        changed_final_rows=[],
        rows_planned_again=0,
        resent=0,
        forged=0,
        programme=programme(one, two),
    )


def set_row(recording: Recording, number: int, **changes: object) -> None:
    old = recording.rows[number]
    values = {name: getattr(old, name) for name in OutboxRow.__slots__} | changes
    recording.rows[number] = OutboxRow(**values)


def accept(recording: Recording, *more: AcceptedMessage) -> None:
    recording.accepted += more
    recording.__post_init__()


def later(recording: Recording, number: int, after: float) -> None:
    old = recording.accepted[number]
    recording.accepted[number] = AcceptedMessage(old.seq, DUE + SECOND * after, old.chat_id, old.message_id, old.digest)
    recording.__post_init__()


def change_shown(recording: Recording, change: Callable[[Shown], Shown | None]) -> None:
    """Let phones have shown something else; None for nothing."""
    shown = [one for each in recording.programme.shown if (one := change(each)) is not None]
    recording.programme = replace(recording.programme, shown=shown)


def without_edits(one: Shown) -> Shown | None:
    return None if one.at == PUBLISHED + 2 * SECOND else one


def neither_edited_nor_told(recording: Recording) -> None:
    change_shown(recording, without_edits)
    del recording.rows[4:]


def told_of(recording: Recording, version: int) -> None:
    set_row(recording, 4, event=f"programme:sejong-2025:{version}:1")


def swapped(recording: Recording) -> None:
    set_row(recording, 0, message_id=103)
    set_row(recording, 2, message_id=101)


def overtaken(recording: Recording) -> None:
    later(recording, 0, 100)
    set_row(recording, 3, key="other", kind="broadcast", priority=50)
    later(recording, 3, 60)


def with_text(old: str, new: str) -> Callable[[Recording], None]:
    return lambda recording: change_shown(recording, lambda one: replace(one, text=one.text.replace(old, new)))


def answered_as_before(recording: Recording) -> None:
    old = "14:00–15:30\nҚоидаҳо"
    change_shown(recording, lambda one: replace(one, text=old) if one.text.startswith("Имрӯз") else one)


PROGRAMME_BREAKS: list[tuple[Callable[[Recording], None], str]] = [
    (neither_edited_nor_told, "did not reach"),
    (lambda recording: told_of(recording, 3), "tells of what was not published"),
    (lambda recording: change_shown(recording, without_edits), "ended as what did not run any more"),
    (with_text("14:00–15:30\n", "14:05–15:35\n"), "said at 07:00:01 what was not published"),
    (with_text("🛠", "❌ "), "said at 07:00:01 what was not published"),
    (with_text("• Қоидаҳо", "•"), "names nothing that has changed"),
    (answered_as_before, "was not answered with what runs"),
]
BREAKS: dict[str, list[Callable[[Recording], object]]] = {
    "1 what is due arrives": [
        lambda recording: set_row(recording, 0, state="due", message_id=None),
        lambda recording: set_row(recording, 0, state="expired", message_id=None),
        lambda recording: set_row(recording, 0, message_id=999),
        lambda recording: recording.rows.pop(0),
    ],
    "2 no copies": [
        lambda recording: accept(recording, accepted(9, recording.rows[0].chat_id, 5, digest=1)),
        lambda recording: set_row(recording, 0, attempts=4),
        lambda recording: set_row(recording, 2, message_id=101),
    ],
    "3 a reminder is said once": [
        lambda recording: set_row(recording, 2, attempts=2),
        lambda recording: accept(recording, accepted(9, recording.rows[2].chat_id, 5, digest=3)),
    ],
    "4 in order, the urgent first": [
        swapped,
        overtaken,
    ],
    "5 in its time, and not after a block": [
        lambda recording: later(recording, 0, -5),
        lambda recording: later(recording, 0, 3_600),
        lambda recording: setattr(recording, "refused", 1),
    ],
    "6 planning again changes nothing": [
        lambda recording: setattr(recording, "rows_planned_again", 1),
        lambda recording: recording.changed_final_rows.append("row 1 was 'sent' and is 'due'"),
    ],
    "7 one effect for one tap": [
        lambda recording: recording.stored.mornings.clear(),
        lambda recording: recording.stored.moods.update({(1, DAY): 3}),
        lambda recording: recording.stored.answers.update({(1, "passwords"): 2}),
        lambda recording: recording.stored.inbox.update({"failed": 1}),
        lambda recording: recording.stored.seen.add((1, 2)),
        lambda recording: recording.stored.attended.update({(1, DAY, "rules"): 1}),
    ],
    "8 silence during a 429 pause": [
        lambda recording: recording.pauses.append((0, DUE, DUE + 10 * SECOND)),
        lambda recording: recording.pauses.append((recording.rows[0].chat_id, DUE, DUE + 10 * SECOND)),
    ],
    "9 nobody oversteps their role": [lambda recording: recording.stored.role_violations.append("broadcast 1")],
    "11 what people read is what runs": [one for one, _ in PROGRAMME_BREAKS],
    "12 broadcasts say what was decided": [
        lambda it: broadcast_decided(it, corrected=True),
        lambda it: broadcast_decided(it, corrected=False),
        lambda it: it.stored.confirmed.add((1, 1)),
    ],
    "13 what nobody takes comes again": [
        lambda it: waited(it, 5),
        lambda it: waited(it, 1, 3),
        lambda it: waited(it, 7, 3, 9),
    ],
    "as strict as Telegram": [
        lambda recording: recording.violations.append("sendMessage: Bad Request: message is too long"),
        lambda recording: setattr(recording, "floods", 1),
    ],
}


def test_what_is_right_passes(recording: Recording) -> None:
    assert [result.name for result in check_invariants(recording) if not result.held] == []
    assert lateness(recording) == [1.0, 1.0, 1.0, 1.0, 2.0, 2.0]


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, breaks in BREAKS.items() for number in range(len(breaks))]
)
def test_each_invariant_can_fail_and_is_named(recording: Recording, name: str, number: int) -> None:
    BREAKS[name][number](recording)
    broken = [result for result in check_invariants(recording) if not result.held]
    assert name in [result.name for result in broken]
    assert all(result.detail for result in broken)


@pytest.mark.parametrize(("broken", "words"), PROGRAMME_BREAKS)
def test_what_is_wrong_with_the_programme_is_named(
    recording: Recording, broken: Callable[[Recording], None], words: str
) -> None:
    broken(recording)
    details = [one.detail for one in check_invariants(recording) if one.name == "11 what people read is what runs"]
    assert words in details[0]


def test_an_alert_that_came_again_as_promised_is_all_right(recording: Recording) -> None:
    waited(recording, 8, 3, 6)
    assert all(result.held for result in check_invariants(recording))


def test_every_invariant_is_broken_here_once(recording: Recording) -> None:
    assert set(BREAKS) == {result.name for result in check_invariants(recording)}


def test_a_report_with_a_broken_invariant_is_not_good(recording: Recording) -> None:
    recording.stored.alert_counts.update(dict.fromkeys(("missing_raised", "accounted_for"), 0))
    recording.floods = 1
    report = build(recording, RunInfo("sejong-2025", 2, 1, 7, 1.0, 10))
    assert report.good is False
    assert report.as_json()["good"] is False
    assert report.late == {"p50": 1.0, "p99": 2.0, "max": 2.0}
