"""The inbox against a model: whatever arrives, floods, fails or is killed, each is handled, in its sender's order."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.intake.queues import Queues
from bot.store import inbox
from bot.store.inbox import Handled, Incoming, Stored
from tests.clocks import START
from tests.connections import connect


class InboxMachine(RuleBasedStateMachine):
    """Plays Telegram, the worker's memory and kills; the file is real."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "hamroh.db"
        self.connection = connect(self.path)
        self.queues = Queues()
        self.running: dict[int, Stored] = {}  # by sender
        self.unmarked: list[Stored] = []
        self.sent: dict[int, int] = {}  # update -> sender
        self.handled: dict[int, list[int]] = defaultdict(list)  # sender -> updates, repeats after a kill included
        self.next_id = 1

    def teardown(self) -> None:
        try:
            self.kill()
            while True:
                self.load(50)
                if not self.begin(50):
                    break
                for sender in list(self.running):
                    self.end(sender)
            self.mark()
            assert inbox.waiting(self.connection) == 0
            assert {one for each in self.handled.values() for one in each} == set(self.sent)
        finally:
            self.connection.close()
            self.folder.cleanup()

    @rule(senders=st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=1, max_size=30), again=st.booleans())
    def arrive(self, senders: list[int], again: bool) -> None:
        batch = []
        for sender in senders:
            batch.append(Incoming(self.next_id, sender, b"{}"))
            self.sent[self.next_id] = sender
            self.next_id += 1
        assert inbox.store(self.connection, batch, START) == len(batch)
        if again:
            assert inbox.store(self.connection, batch, START) == 0

    @rule(limit=st.sampled_from([1, 7, 50]))
    def load(self, limit: int) -> None:
        for sender, after, upto, most in self.queues.short():
            self.queues.refill(sender, inbox.of_sender(self.connection, sender, after, upto, most), most)
        self.queues.add(inbox.page(self.connection, self.queues.cursor, limit))

    @rule(count=st.integers(1, 4))
    def start(self, count: int) -> None:
        self.begin(count)

    def begin(self, count: int) -> int:
        started = 0
        while started < count and (update := self.queues.next()) is not None:
            assert update.sender_id not in self.running, "one at a time for each sender"
            self.running[update.sender_id] = update
            started += 1
        return started

    @precondition(lambda self: self.running)
    @rule(data=st.data(), again=st.booleans())
    def finish(self, data: st.DataObject, again: bool) -> None:
        sender = data.draw(st.sampled_from(sorted(self.running)))
        if again:
            del self.running[sender]
            self.queues.again(sender)
        else:
            self.end(sender)

    def end(self, sender: int) -> None:
        update = self.running.pop(sender)
        self.handled[sender].append(update.update_id)
        self.unmarked.append(update)
        self.queues.done(sender)

    @rule()
    def mark(self) -> None:
        inbox.end(self.connection, [Handled(one.id, "done", 1) for one in self.unmarked], START)
        self.unmarked.clear()

    @rule()
    def kill(self) -> None:
        for one in self.unmarked:
            self.handled[one.sender_id].remove(one.update_id)  # its effect is keyed: to do it again changes nothing
        self.unmarked.clear()
        self.running.clear()
        self.queues = Queues()
        self.connection.close()
        self.connection = connect(self.path)

    @invariant()
    def each_once_and_in_order(self) -> None:
        for updates in self.handled.values():
            assert updates == sorted(set(updates))
        assert self.queues.waiting <= 3 * 9 + 3 * 8


TestInbox = InboxMachine.TestCase
TestInbox.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
