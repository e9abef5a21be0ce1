"""The inbox against a model: whatever arrives, floods, fails or is killed, each is handled, in its sender's order."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.access import Role
from bot.intake.sender_queues import SenderQueues
from bot.store import inbox, person
from bot.store.inbox import Handled, Incoming, Rank, Stored
from tests.clocks import START
from tests.connections import connect


def fresh() -> dict[Rank, SenderQueues]:
    return {rank: SenderQueues() for rank in Rank}


class InboxMachine(RuleBasedStateMachine):
    """Plays Telegram, the worker's memory and kills; the file is real."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "hamroh.db"
        self.connection = connect(self.path)
        self.queues = fresh()
        self.running: dict[tuple[int, Rank], Stored] = {}  # by sender and rank
        self.unmarked: list[Stored] = []
        self.sent: dict[int, int] = {}  # update -> sender
        # sender, and whether in trouble -> updates, repeats after a kill included
        self.handled: dict[tuple[int, bool], list[int]] = defaultdict(list)
        self.urgent: set[int] = set()
        self.members: set[int] = set()
        self.next_id = 1

    def teardown(self) -> None:
        try:
            self.kill()
            while True:
                self.load(50)
                if not self.begin(50):
                    break
                for one in list(self.running):
                    self.end(one)
            self.mark()
            assert inbox.waiting(self.connection) == 0
            assert {one for each in self.handled.values() for one in each} == set(self.sent)
        finally:
            self.connection.close()
            self.folder.cleanup()

    @rule(
        senders=st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=1, max_size=30),
        again=st.booleans(),
        urgent=st.sampled_from([0, 0, 3]),
    )
    def arrive(self, senders: list[int], again: bool, urgent: int) -> None:
        batch = []
        for sender in senders:
            help_wanted = bool(urgent) and self.next_id % urgent == 0
            batch.append(Incoming(self.next_id, sender, b"{}", urgent=help_wanted))
            self.sent[self.next_id] = sender
            if help_wanted and sender in self.members:
                self.urgent.add(self.next_id)
            self.next_id += 1
        assert inbox.store(self.connection, batch, START) == len(batch)
        if again:
            assert inbox.store(self.connection, batch, START) == 0

    @rule(sender=st.sampled_from([1, 2]))
    def joins(self, sender: int) -> None:
        """What was stored before keeps its place: the sender's order outlives that they came in."""
        person.add(self.connection, sender, username=None, language="en", role=Role.TEACHER, now=START)
        self.members.add(sender)

    @rule(limit=st.sampled_from([1, 7, 50]))
    def load(self, limit: int) -> None:
        for rank, queues in self.queues.items():
            for sender, after, upto, most in queues.running_low():
                rows = inbox.sender_page(self.connection, sender, rank, after=after, upto=upto, limit=most)
                queues.refill(sender, rows, most)
            queues.add(inbox.page(self.connection, rank, queues.cursor, limit))

    @rule(count=st.integers(1, 4))
    def start(self, count: int) -> None:
        self.begin(count)

    def begin(self, count: int) -> int:
        started = 0
        for rank, queues in self.queues.items():
            while started < count and (update := queues.next()) is not None:
                assert (update.sender_id, rank) not in self.running, "one at a time for each sender and rank"
                assert (update.update_id in self.urgent) == (rank is Rank.URGENT)
                self.running[update.sender_id, rank] = update
                started += 1
        return started

    @precondition(lambda self: self.running)
    @rule(data=st.data(), again=st.booleans())
    def finish(self, data: st.DataObject, again: bool) -> None:
        sender, rank = data.draw(st.sampled_from(sorted(self.running)))
        if again:
            del self.running[sender, rank]
            self.queues[rank].retry(sender)
        else:
            self.end((sender, rank))

    def end(self, one: tuple[int, Rank]) -> None:
        update, (sender, rank) = self.running.pop(one), one
        self.handled[sender, rank is Rank.URGENT].append(update.update_id)
        self.unmarked.append(update)
        self.queues[rank].done(sender)

    @rule()
    def mark(self) -> None:
        inbox.end(self.connection, [Handled(one.id, "done", 1) for one in self.unmarked], START)
        self.unmarked.clear()

    @rule()
    def kill(self) -> None:
        for one in self.unmarked:  # its effect is keyed: to do it again changes nothing
            self.handled[one.sender_id, one.update_id in self.urgent].remove(one.update_id)
        self.unmarked.clear()
        self.running.clear()
        self.queues = fresh()
        self.connection.close()
        self.connection = connect(self.path)

    @invariant()
    def each_once_and_in_order(self) -> None:
        for updates in self.handled.values():
            assert updates == sorted(set(updates))
        assert all(queues.waiting <= 3 * 9 + 3 * 8 for queues in self.queues.values())


TestInbox = InboxMachine.TestCase
TestInbox.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
