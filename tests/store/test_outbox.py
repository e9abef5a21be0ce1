"""The outbox against a model: any history of claims, answers, kills, opt-outs and time keeps the invariants."""

import sqlite3
import tempfile
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.access import Role
from bot.clock import to_text
from bot.delivery.retry import decide
from bot.delivery.send_errors import SendFailure, SendResult
from bot.priority import Priority
from bot.store import claims, outbox, person, recovery, side_effects
from bot.store.claims import Claim, Completion, Row
from bot.store.outbox import Draft
from tests.clocks import START
from tests.connections import connect
from tests.members import activate

AT_MOST_ONCE = {"nudge"}
LAST = {"sent", "unknown", "dead", "expired", "cancelled"}
PEOPLE = 4


def add_people(connection: sqlite3.Connection, count: int = PEOPLE) -> None:
    for number in range(1, count + 1):
        one = person.add(connection, number * 100, username=None, language="en", role=Role.TEACHER, now=START)
        activate(connection, one.id, START)


def draft(
    key: str, chat: int = 1, *, priority: int = 50, kind: str = "note", due: float = 0, life: float = 3600
) -> Draft:
    due_at = START + timedelta(seconds=due)
    return Draft(key, "event", kind, chat * 100, chat, priority, due_at, due_at + timedelta(seconds=life), "{}")


def free(_chat_id: int, _priority: int) -> float:
    return 0.0


def no_context(connection: sqlite3.Connection, row: Row) -> None:
    del connection, row


def lane(row: sqlite3.Row) -> tuple[int, bool]:
    """A chat's order is kept among its rows of members in trouble, and among the others."""
    return row["chat_id"], row["priority"] <= Priority.SOS


class OutboxMachine(RuleBasedStateMachine):
    """Plays Telegram, the dispatcher's memory and time; the file is real and survives the kills."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "hamroh.db"
        self.connection = connect(self.path)
        add_people(self.connection)
        self.now = START
        self.in_flight: dict[int, Claim] = {}
        self.accepted: list[tuple[int, int, datetime]] = []  # row, chat, moment
        self.out: set[int] = set()
        self.ended: dict[int, str] = {}
        self.number = 0
        self.random = Random(1)
        self.unclear: Counter[int] = Counter()

    def teardown(self) -> None:
        try:
            self.drain()
            self.holds()
        finally:
            self.connection.close()
            self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.connection.execute("PRAGMA wal_autocheckpoint = 1000")

    @rule(
        chat=st.integers(1, PEOPLE),
        priority=st.sampled_from([Priority.SOS, 10, 20, 40, 50]),
        kind=st.sampled_from(["note", "note", "nudge"]),
        due=st.integers(-60, 120),
        life=st.sampled_from([30, 600, 86_400]),
    )
    def enqueue(self, chat: int, priority: int, kind: str, due: int, life: int) -> None:
        self.number += 1
        due_at = self.now + timedelta(seconds=due)
        one = Draft(
            f"k{self.number}", "event", kind, chat * 100, chat, priority, due_at, due_at + timedelta(seconds=life), "{}"
        )
        assert outbox.enqueue(self.connection, [one, one], self.now) == 1
        assert outbox.enqueue(self.connection, [one], self.now) == 0

    @rule(want=st.integers(0, 6), urgent=st.sampled_from([0, 0, 1, 3]))
    def claim(self, want: int, urgent: int) -> None:
        now = self.now
        self.connection.execute("BEGIN IMMEDIATE")
        found = claims.claim(self.connection, want, now, urgent=urgent, rate_limited=free, load_context=no_context)
        self.connection.execute("COMMIT")
        assert sum(one.row.priority > Priority.SOS for one in found.claims) <= want
        assert len(found.claims) <= want + urgent
        urgency = [self.row(one.row.id)["priority"] for one in found.claims]
        assert urgency == sorted(urgency)
        for one in found.claims:
            row = self.row(one.row.id)
            assert row["due_at"] <= to_text(now) < row["expires_at"]
            assert row["person_id"] not in self.out
            self.in_flight[one.row.id] = one

    @precondition(lambda self: self.in_flight)
    @rule(
        data=st.data(),
        end=st.sampled_from(["accepted"] * 2 + ["lost"] * 4 + ["not sent", "throttled", "refused", "blocked"]),
    )
    def answer(self, data: st.DataObject, end: str) -> None:
        row_id = data.draw(st.sampled_from(sorted(self.in_flight)))
        self.finish(row_id, end)

    def finish(self, row_id: int, end: str) -> None:
        row = self.in_flight.pop(row_id).row
        if end in {"accepted", "lost"}:
            self.accepted.append((row.id, row.chat_id, self.now))
        results = {
            "lost": SendResult.UNCLEAR,
            "not sent": SendResult.NOT_SENT,
            "throttled": SendResult.THROTTLED,
            "refused": SendResult.REFUSED,
            "blocked": SendResult.UNREACHABLE,
        }
        if end == "accepted":
            completion = Completion(row.id, "sent", message_id=1)
        else:
            failure = SendFailure(results[end], "words", wait=5)
            completion = decide(row, failure, at_most_once=row.kind in AT_MOST_ONCE, now=self.now, random=self.random)
        self.connection.execute("BEGIN IMMEDIATE")
        claims.complete(self.connection, [completion], self.now)
        if end == "blocked":
            assert row.person_id is not None
            side_effects.unreachable(self.connection, row.person_id, self.now)
            self.out.add(row.person_id)
        self.connection.execute("COMMIT")

    @rule(arrivals=st.lists(st.booleans(), min_size=8, max_size=8))
    def kill(self, arrivals: list[bool]) -> None:
        for arrived, row_id in zip(arrivals, sorted(self.in_flight), strict=False):
            if arrived:
                row = self.in_flight[row_id].row
                self.accepted.append((row.id, row.chat_id, self.now))
        self.in_flight.clear()
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("UPDATE outbox SET state = 'sent'")  # whatever was not committed is gone
        self.connection.close()
        self.connection = connect(self.path)
        recovery.recover(self.connection, AT_MOST_ONCE, self.now)

    @rule(seconds=st.sampled_from([1, 10, 61, 700]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(chat=st.integers(1, PEOPLE))
    def leaves(self, chat: int) -> None:
        self.connection.execute("UPDATE person SET state = 'left' WHERE id = ?", (chat,))
        self.out.add(chat)

    @rule(chat=st.integers(1, PEOPLE))
    def comes_back(self, chat: int) -> None:
        self.connection.execute("UPDATE person SET state = 'active', reachable = 1 WHERE id = ?", (chat,))
        self.out.discard(chat)

    @invariant()
    def holds(self) -> None:
        rows = {row["id"]: row for row in self.connection.execute("SELECT * FROM outbox")}
        copies = Counter(row_id for row_id, _, _ in self.accepted)
        sending = Counter(lane(row) for row in rows.values() if row["state"] == "sending")
        assert all(count == 1 for count in sending.values())
        assert {row_id for row_id, row in rows.items() if row["state"] == "sending"} == set(self.in_flight)
        for row_id, row in rows.items():
            assert copies[row_id] <= 3
            if row["kind"] in AT_MOST_ONCE:
                assert copies[row_id] <= 1
            if row["state"] == "sent":
                assert copies[row_id] >= 1
            if row_id in self.ended:
                assert row["state"] == self.ended[row_id], "an end is an end"
            elif row["state"] in LAST:
                self.ended[row_id] = row["state"]
                assert row["done_at"]

    def drain(self) -> None:
        """Telegram works again: everything that can be said is said, in the order of each chat's rows."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("COMMIT")
        for row_id in sorted(self.in_flight):
            self.finish(row_id, "accepted")
        began = len(self.accepted)
        due = [dict(row) for row in self.connection.execute("SELECT * FROM outbox WHERE state = 'due' ORDER BY id")]
        for _ in range(400):
            found = claims.claim(self.connection, 3, self.now, rate_limited=free, load_context=no_context)
            for one in found.claims:
                self.in_flight[one.row.id] = one
                self.finish(one.row.id, "lost" if self.random.random() < 0.4 else "accepted")
            if not found.claims and not found.more:
                if found.next_at is None:
                    break
                self.now = found.next_at
        assert not self.connection.execute("SELECT 1 FROM outbox WHERE state IN ('due', 'sending')").fetchone()
        said = defaultdict(list)
        for row_id, _, _ in self.accepted[began:]:
            said[lane(self.row(row_id))].append(row_id)
        first = {row["id"]: row["due_at"] for row in due}
        for sent in said.values():
            row_ids = list(dict.fromkeys(sent))
            # A second try comes at its row's place: only earlier rows, which were not due before, come in between.
            for i, tried in enumerate(sent):
                since = max((j for j in range(i) if sent[j] == tried), default=i)
                assert all(other <= tried for other in sent[since:i])
            # Rows that were due together keep their order; one that was not due yet is overtaken.
            assert all(a < b or first[a] < first[b] for i, b in enumerate(row_ids) for a in row_ids[:i] if b in first)
        for row in due:
            end = self.row(row["id"])["state"]
            assert end in {"sent", "unknown", "expired", "cancelled"}
            assert (end == "cancelled") == (row["person_id"] in self.out) or end == "expired"

    def row(self, row_id: int) -> sqlite3.Row:
        found: sqlite3.Row = self.connection.execute("SELECT * FROM outbox WHERE id = ?", (row_id,)).fetchone()
        return found


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
