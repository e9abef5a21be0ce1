"""The rate limiter against a model: any history of asks, pauses, cancellations and 429s keeps the limits, and ends."""

import asyncio
import itertools
from collections import defaultdict

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.rate_limiter import RateLimiter
from tests.clocks import StandingClock

CHATS = st.integers(1, 60) | st.sampled_from([1, 2, -10])
SECOND = 1.0 - 1e-6
MOST = 29  # in any second, as Telegram counts


class RateLimiterMachine(RuleBasedStateMachine):
    """Plays a bot in a hurry and a Telegram that answers 429; the clock stands until time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = StandingClock()
        self.limiter = RateLimiter(self.clock)
        self.asked: list[asyncio.Task[None]] = []
        self.sent: list[tuple[float, int]] = []
        self.answered: list[float] = []
        self.answers: list[asyncio.Task[None]] = []
        self.pauses: list[tuple[int, float, float]] = []  # chat (0: all), from, to

    def teardown(self) -> None:
        try:
            waiting = sum(not task.done() for task in self.asked)
            self.pass_time(100.0 + 4.0 * waiting)  # the longest pause, and one group that gets twenty a minute
            assert all(task.done() for task in self.asked), "everyone has their turn"
            self.holds()
        finally:
            for task in self.asked:
                task.cancel()
            self.turn()
            self.loop.close()

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(chats=st.lists(CHATS, min_size=1, max_size=12), lane=st.sampled_from(["reply", "deliver", "deliver", "edit"]))
    def ask(self, chats: list[int], lane: str) -> None:
        asked = [self.loop.create_task(self.wait(lane, chat_id)) for chat_id in chats]
        self.asked += asked
        if lane == "reply":
            self.answers += asked
        self.turn()

    @rule(first=st.integers(100, 200), count=st.integers(10, 150), lane=st.sampled_from(["reply", "deliver"]))
    def many_ask(self, first: int, count: int, lane: str) -> None:
        self.ask(list(range(first, first + count)), lane)

    @rule(
        chat_id=st.sampled_from([1, 2, -10, -10]), count=st.integers(2, 25), lane=st.sampled_from(["reply", "deliver"])
    )
    def one_asks_often(self, chat_id: int, count: int, lane: str) -> None:
        self.ask([chat_id] * count, lane)

    async def wait(self, lane: str, chat_id: int) -> None:
        grant = await getattr(self.limiter, lane)(chat_id)
        if grant and grant % 3:
            self.limiter.answered(grant)  # the others' answers are lost
        now = self.clock.monotonic()
        assert not any(began < now < end - 1e-6 for chat, began, end in self.pauses if chat in {0, chat_id})
        if lane != "edit":
            self.sent.append((now, chat_id))
        if lane == "reply":
            self.answered.append(now)

    @rule(seconds=st.sampled_from([0.01, 0.1, 0.4, 1.0, 2.5, 70.0]))
    def pass_time(self, seconds: float) -> None:
        end = self.clock.monotonic() + seconds
        while (now := self.clock.monotonic()) < end:
            next_one = min((at for at, _, sleeper in self.clock._sleepers if not sleeper.done()), default=end)
            self.clock.advance(max(1e-6, min(next_one, end) - now))
            self.turn()

    @rule(chat_id=st.sampled_from([0, 1, 2, -10]), seconds=st.sampled_from([0.5, 3.0, 30.0]))
    def pause(self, chat_id: int, seconds: float) -> None:
        now = self.clock.monotonic()
        self.pauses.append((chat_id, now, now + seconds))
        self.limiter.pauses.pause(chat_id, seconds)
        assert chat_id == 0 or self.limiter.rate_limited_for(chat_id) >= seconds - 1e-6

    @rule(chat_id=CHATS, seconds=st.sampled_from([1.0, 5.0]))
    def telegram_says_429(self, chat_id: int, seconds: float) -> None:
        now = self.clock.monotonic()
        paused = self.limiter.pauses.throttled(chat_id, seconds)
        assert paused in {0, chat_id}
        self.pauses.append((paused, now, now + seconds))

    @rule()
    def something_gets_through(self) -> None:
        self.limiter.pauses.accepted()

    @precondition(lambda self: any(not task.done() for task in self.asked))
    @rule(data=st.data())
    def somebody_gives_up(self, data: st.DataObject) -> None:
        waiting = [task for task in self.asked if not task.done()]
        data.draw(st.sampled_from(waiting)).cancel()
        self.turn()

    @precondition(lambda self: not self.limiter.pauses.of_everything)
    @rule(chat_id=st.integers(1_000, 100_000))
    def an_answer_does_not_wait_behind_deliveries(self, chat_id: int) -> None:
        self.pass_time(3.0)
        answers = {at for at in self.answered if at > self.clock.monotonic() - 3.0}
        if self.limiter.pauses.of_everything or answers or self.waiting_answers():
            return
        before = len(self.sent)
        self.ask([chat_id], "reply")
        assert len(self.sent) == before + 1

    def waiting_answers(self) -> bool:
        return any(not task.done() for task in self.answers)

    def turn(self) -> None:
        """Let everyone go on as far as they can without time."""
        self.loop.run_until_complete(_turns(36))

    # --- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        for task in self.asked:
            if task.done() and not task.cancelled():
                task.result()
        moments = [at for at, _ in self.sent]
        assert all(a <= b for a, b in itertools.pairwise(moments))
        self.at_most(MOST, moments, SECOND)
        by_chat: dict[int, list[float]] = defaultdict(list)
        for at, chat_id in self.sent:
            by_chat[chat_id].append(at)
        for chat_id, its in by_chat.items():
            if chat_id < 0:
                self.at_most(20, its, 60.0 - 1e-6)
                self.at_most(1, its, SECOND)
            else:
                self.at_most(13, its, 10.0 - 1e-6)  # one a second, and a burst of four answers

    @staticmethod
    def at_most(most: int, moments: list[float], window: float) -> None:
        assert all(later - first >= window for first, later in zip(moments, moments[most:], strict=False))


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


TestPace = RateLimiterMachine.TestCase
TestPace.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
