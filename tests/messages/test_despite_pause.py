"""A pause holds back whatever nobody has written to this person; each message type is on one side or the other."""

from datetime import UTC, datetime
from pathlib import Path

from bot.access import Role
from bot.messages import help as help_messages
from bot.messages.registry import MESSAGE_TYPES
from bot.store import claims, outbox, person
from bot.store.outbox import Draft
from tests.connections import connect
from tests.members import activate

NOW = datetime(2025, 8, 4, 1, tzinfo=UTC)
# What teachers are sent unasked. What only the staff gets is never held, so it needs no line.
HELD = {
    *("agenda", "attendance.ask", "attendance.over", "broadcast", "missed", "checkin.ask", "checkin.nudge"),
    *("headcount.ask", "headcount.told", "lesson", "programme.change", "programme.reminder", "reminder.departure"),
    *("reminder.session", "newcomer.agenda", "newcomer.first_day"),
}
ANSWERS = {
    *("help.taken", "help.closed", "help.corrected", "help.words", "help.written", "help.copy", "help.pin"),
    *("help.not_copied", "help.not_passed", "help.album", "people.told"),
    "sos.own_ended",
}


def test_answers_come_despite_a_pause_and_nothing_that_is_sent_unasked_does() -> None:
    assert MESSAGE_TYPES.despite_pause >= ANSWERS
    assert not HELD & MESSAGE_TYPES.despite_pause
    assert set(MESSAGE_TYPES) >= HELD


def test_rows_that_are_due_when_a_pause_is_committed_do_not_leave_and_the_staff_is_never_held(
    tmp_path: Path,
) -> None:
    db = connect(tmp_path / "pause.db")
    people = [
        person.add(db, account, username=None, language="en", role=role, now=NOW)
        for account, role in ((1, Role.TEACHER), (2, Role.TEACHER), (3, Role.ORGANIZER))
    ]
    for one in people:
        activate(db, one.id, NOW)
        for kind in ("agenda", help_messages.TAKEN.name):
            outbox.enqueue(db, [draft(kind, one.telegram_id, one.id)], NOW)
    assert [person.set_paused(db, one.id, NOW) for one in people] == [True, True, False]
    assert not person.set_paused(db, people[0].id, NOW)
    assert person.set_paused(db, people[1].id, None)
    db.execute("UPDATE person SET paused_at = ? WHERE id = ?", ("2025-08-04T00:00:00.000Z", people[2].id))
    for _turn in range(2):
        taken = claims.claim(
            db,
            9,
            NOW,
            rate_limited=lambda _chat, _priority: 0.0,
            load_context=lambda _db, _row: None,
            despite_pause=MESSAGE_TYPES.despite_pause,
        )
        claims.complete(db, [claims.Completion(one.row.id, "sent") for one in taken.claims], NOW)
    states = db.execute("SELECT person_id, kind, state, error FROM outbox ORDER BY id").fetchall()
    held = [(row["person_id"], row["kind"], row["error"]) for row in states if row["state"] == "cancelled"]
    assert held == [(people[0].id, "agenda", "paused")]
    assert [row["state"] for row in states].count("sent") == 5


def draft(kind: str, chat_id: int, person_id: int) -> Draft:
    key = f"{kind}:{person_id}"
    return Draft(key, key, kind, chat_id, person_id, 20, NOW, NOW.replace(day=5), "{}")
