"""Planner and fan-out against a model: whatever is skipped, repeated, killed or set back, everyone is meant once."""

import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.access import Role
from bot.clock import to_text
from bot.delivery.planner import plan
from bot.messages.registry import planners
from bot.priority import Priority
from bot.store import fanout, outbox, person
from bot.store.fanout import Occurrence
from bot.store.outbox import Draft
from tests.connections import connect
from tests.delivery.conftest import sample
from tests.members import activate

ZONES = sorted(available_timezones())
EVERYBODY = 7
PLANNERS = planners(())
BROADCAST = "broadcast"


class PlannerMachine(RuleBasedStateMachine):
    """Plays time, people and kills; the seminar is the sample's, in any zone of the world, the file is real."""

    @initialize(zone=st.sampled_from(ZONES), first=st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    def begin(self, zone: str, first: date) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "hamroh.db"
        self.connection = connect(self.path)
        self.seminar = replace(sample(), zone=ZoneInfo(zone), starts_on=first)
        self.now = self.seminar.moment(1, self.seminar.hours.agenda) - timedelta(hours=3)
        self.broadcasts = 0
        self.scheduled: dict[str, Occurrence] = {}
        self.made: dict[str, set[int]] = defaultdict(set)  # event -> people who have a row
        self.always = set(range(1, EVERYBODY + 1))  # who was a member, and could be reached, all the time
        self.out: set[int] = set()
        for number in self.always:
            role = Role.ORGANIZER if number == EVERYBODY else Role.TEACHER
            one = person.add(self.connection, number * 100, username=None, language="en", role=role, now=self.now)
            activate(self.connection, one.id, self.now)

    def teardown(self) -> None:
        try:
            self.look()
            while self.fan_out(3):
                self.holds()
            self.holds()
            self.nobody_was_left_out()
        finally:
            self.connection.close()
            self.folder.cleanup()

    def nobody_was_left_out(self) -> None:
        for key, event in self.scheduled.items():
            row = self.connection.execute("SELECT * FROM fanout WHERE event = ?", (key,)).fetchone()
            assert row["done_at"] or event.due_at > self.now, "what is due is fanned out to its end"
            if (
                row["done_at"]
                and event.audience == "all"
                and row["done_at"] < row["expires_at"]
                and not row["cancelled"]
            ):
                meant = {
                    one for one in self.always if (Role.ORGANIZER if one == EVERYBODY else Role.TEACHER) in event.roles
                }
                assert meant <= self.made[key], f"{key} left somebody out"

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule()
    def look(self) -> None:
        """What the loop does each minute: it plans, and schedules what is new. Twice is as good as once."""
        planned = plan(self.seminar, self.now, PLANNERS)
        assert plan(self.seminar, self.now, PLANNERS) == planned
        assert planned.next_at is None or planned.next_at > self.now
        new = [event for event in planned.due if event.key not in self.scheduled]
        assert fanout.schedule(self.connection, planned.due, self.now) == len(new)
        assert fanout.schedule(self.connection, planned.due, self.now) == 0
        for event in new:
            assert event.due_at <= self.now < event.expires_at
            self.scheduled[event.key] = event

    @rule(size=st.integers(1, EVERYBODY))
    def some_are_meant(self, size: int) -> None:
        self.look()
        self.fan_out(size)

    def fan_out(self, size: int) -> bool:
        """Make the rows for a few people of the most urgent event; False when no event is open."""
        before = self.keys()
        self.connection.execute("BEGIN IMMEDIATE")
        chunk = fanout.fan_out(self.connection, self.now, size)
        self.connection.execute("COMMIT")
        new = self.keys() - before
        assert len(new) == (chunk.made if chunk else 0)
        assert len({event for event, _ in new}) <= 1, "one event at a time"
        for event, one in new:
            assert one not in self.made[event], "nobody is meant twice"
            assert one not in self.out, "nobody gets a row who has left or cannot be reached"
            assert to_text(self.now) < to_text(self.scheduled[event].expires_at)
            self.made[event].add(one)
        return chunk is not None

    @rule(minutes=st.sampled_from([1, 5, 30, 30, 60, 240, 600, 1_440, 4_000]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([1, 45, 180, 1_500]))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    @rule(size=st.integers(1, 3))
    def it_crashes_before_the_commit(self, size: int) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        fanout.schedule(self.connection, plan(self.seminar, self.now, PLANNERS).due, self.now)
        fanout.fan_out(self.connection, self.now, size)
        self.connection.close()
        self.connection = connect(self.path)

    @rule(number=st.integers(1, EVERYBODY), how=st.sampled_from(["state = 'left'", "reachable = 0"]))
    def goes(self, number: int, how: str) -> None:
        self.connection.execute(f"UPDATE person SET {how} WHERE id = ?", (number,))
        self.out.add(number)
        self.always.discard(number)

    @rule(number=st.integers(1, EVERYBODY))
    def comes_back(self, number: int) -> None:
        self.connection.execute("UPDATE person SET state = 'active', reachable = 1 WHERE id = ?", (number,))
        self.out.discard(number)

    @precondition(lambda self: self.scheduled)
    @rule(data=st.data())
    def it_is_called_off(self, data: st.DataObject) -> None:
        outbox.cancel(self.connection, now=self.now, event=data.draw(st.sampled_from(sorted(self.scheduled))))

    @rule(number=st.integers(1, EVERYBODY))
    def a_broadcast_waits(self, number: int) -> None:
        self.broadcasts += 1
        event, until = f"{BROADCAST}:{self.broadcasts}", self.now + timedelta(days=30)
        key = f"{event}:person-{number}"
        draft = Draft(key, event, BROADCAST, number * 100, number, Priority.BROADCAST, self.now, until, "{}")
        assert outbox.enqueue(self.connection, [draft], self.now) == 1

    @rule(share=st.integers(2, 4))
    def some_are_sent(self, share: int) -> None:
        values = {"now": to_text(self.now), "share": share}
        self.connection.execute(
            "UPDATE outbox SET state = 'sent', done_at = :now WHERE state = 'due' AND id % :share = 0", values
        )

    # --- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        rows = self.connection.execute("SELECT * FROM outbox ORDER BY id").fetchall()
        assert len({row["key"] for row in rows}) == len(rows)
        urgent: dict[int, int] = {}
        for row in rows:
            assert row["key"] == f"{row['event']}:person-{row['person_id']}"
            if row["kind"] != BROADCAST:
                assert row["due_at"] == to_text(self.scheduled[row["event"]].due_at)
            if row["state"] == "due":
                # Within a chat the order is that of the rows: what waits in front is as urgent as what is behind it.
                assert row["priority"] >= urgent.get(row["chat_id"], 0)
                urgent[row["chat_id"]] = row["priority"]
        days = [(event.kind, event.data) for event in self.scheduled.values()]
        assert len(set(days)) == len(days), "whatever the clock does, a day's event has one key"

    def keys(self) -> set[tuple[str, int]]:
        """Whose row is made for which event."""
        return {
            (row["event"], row["person_id"])
            for row in self.connection.execute("SELECT event, person_id FROM outbox WHERE kind <> 'broadcast'")
        }


TestPlanner = PlannerMachine.TestCase
TestPlanner.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
