"""Telegram's limits, in strict windows, with replies in front and pauses for all."""

import asyncio
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rate_limiter import Lane, RateLimiter
from tests.clocks import StandingClock

WINDOW = 1.0 - 1e-9
DELIVERED = {"deliver": Lane.DELIVERY, "alert": Lane.ALERT, "sos": Lane.SOS}


def most_in_a_second(moments: list[float], window: float = WINDOW) -> int:
    return max(sum(1 for other in moments if start <= other < start + window) for start in moments)


async def deliver(limiter: RateLimiter, clock: StandingClock, chat_id: int, sent: list[tuple[float, int]]) -> None:
    limiter.answered(await limiter.deliver(chat_id))
    sent.append((clock.monotonic(), chat_id))


async def reply(limiter: RateLimiter, clock: StandingClock, chat_id: int, sent: list[tuple[float, int]]) -> None:
    limiter.answered(await limiter.reply(chat_id))
    sent.append((clock.monotonic(), chat_id))


async def test_never_more_than_twenty_nine_in_a_strict_second_and_hardly_fewer() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, int]] = []
    await clock.play(*(deliver(limiter, clock, chat, sent) for chat in range(1, 301)))
    moments = [at for at, _ in sent]
    assert most_in_a_second(moments) <= 29
    assert moments[-1] <= 300 / 30 * 1.08


async def test_a_reply_does_not_wait_behind_deliveries() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    deliveries: list[tuple[float, int]] = []
    replies: list[tuple[float, int]] = []

    async def tap() -> float:
        await clock.sleep(2.0171)
        asked = clock.monotonic()
        await reply(limiter, clock, 7_777, replies)
        return clock.monotonic() - asked

    *_, waited = await clock.play(*(deliver(limiter, clock, chat, deliveries) for chat in range(1, 200)), tap())
    assert waited == 0.0


async def test_deliveries_to_one_person_are_a_second_apart_and_delay_nobody_else() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, int]] = []
    await clock.play(*(deliver(limiter, clock, 5, sent) for _ in range(4)), deliver(limiter, clock, 6, sent))
    assert [round(at) for at, chat in sent if chat == 5] == [0, 1, 2, 3]
    assert next(at for at, chat in sent if chat == 6) < 0.1


async def test_a_group_gets_twenty_in_a_strict_minute() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, int]] = []
    await clock.play(*(deliver(limiter, clock, -100, sent) for _ in range(45)))
    assert most_in_a_second([at for at, _ in sent], 60.0 - 1e-9) == 20


async def test_a_paused_chat_waits_and_the_others_do_not() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    limiter.pauses.pause(5, 30.0)
    assert limiter.rate_limited_for(5) == 30.0
    assert limiter.rate_limited_for(6) <= 0
    sent: list[tuple[float, int]] = []
    await clock.play(reply(limiter, clock, 5, sent), deliver(limiter, clock, 5, sent), deliver(limiter, clock, 6, sent))
    assert min(at for at, chat in sent if chat == 5) >= 30.0
    assert next(at for at, chat in sent if chat == 6) < 1.0


async def test_a_global_pause_stops_replies_deliveries_and_edits() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    limiter.pauses.pause(0, 12.0)
    sent: list[tuple[float, int]] = []

    async def edit() -> None:
        await limiter.edit(9)
        sent.append((clock.monotonic(), 9))

    assert limiter.pauses.of_everything == 12.0
    await clock.play(reply(limiter, clock, 5, sent), deliver(limiter, clock, 6, sent), edit())
    assert min(at for at, _ in sent) >= 12.0


async def test_a_pause_that_begins_while_someone_waits_for_a_token_holds_too() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock, rate=1.0)
    sent: list[tuple[float, int]] = []

    async def throttling() -> None:
        await clock.sleep(0.5)
        limiter.pauses.pause(2, 20.0)

    await clock.play(deliver(limiter, clock, 1, sent), deliver(limiter, clock, 2, sent), throttling())
    assert {chat: at for at, chat in sent}[2] >= 20.5


def test_one_throttled_chat_is_its_own_affair_and_three_in_a_row_are_everyones() -> None:
    limiter = RateLimiter(StandingClock())
    assert limiter.pauses.throttled(1, 5) == 1
    limiter.pauses.accepted()
    assert limiter.pauses.throttled(2, 5) == 2
    assert limiter.pauses.throttled(2, 5) == 2
    assert limiter.pauses.throttled(3, 7) == 3
    assert limiter.pauses.of_everything == 0
    assert limiter.pauses.throttled(4, 5) == 0
    assert limiter.pauses.of_everything == 7


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    limiter = RateLimiter(StandingClock())
    limiter.pauses.pause(0, 50)
    limiter.pauses.pause(0, 5)
    assert limiter.pauses.of_everything == 50


async def test_chats_are_forgotten_when_their_second_is_over() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock, rate=100.0)
    sent: list[tuple[float, int]] = []
    await clock.play(*(deliver(limiter, clock, chat, sent) for chat in range(1, 500)))
    assert len(limiter._chats._private) <= 110


async def test_groups_are_forgotten_when_their_minute_is_over() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, int]] = []
    await clock.play(*(deliver(limiter, clock, -chat, sent) for chat in range(1, 65)))
    await clock.play(clock.sleep(61))
    await clock.play(deliver(limiter, clock, -65, sent))
    assert list(limiter._chats._groups) == [-65]


async def test_a_waiter_that_is_cancelled_takes_nothing_with_it() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock, rate=1.0)
    await limiter.deliver(1)
    waiting = asyncio.ensure_future(limiter.deliver(2))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    sent: list[tuple[float, int]] = []
    await clock.play(deliver(limiter, clock, 3, sent))
    assert sent[0][0] <= 1.01


async def test_a_rest_does_not_save_up_a_flood() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, int]] = []
    await clock.play(deliver(limiter, clock, 1, sent))
    await clock.play(clock.sleep(60))
    await clock.play(*(reply(limiter, clock, chat, sent) for chat in range(2, 100)))
    assert most_in_a_second([at for at, _ in sent]) <= 29


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.5, 4.0, 4.01]) | st.floats(0, 8),
            st.sampled_from(["reply", "deliver", "sos", "alert"]),
            st.integers(1, 400) | st.sampled_from([1, 2, 3, -10]),
        ),
        min_size=1,
        max_size=150,
    ),
    st.lists(st.tuples(st.floats(0, 8), st.sampled_from([0, 1, -10]), st.floats(0.5, 10)), max_size=3),
)
async def test_any_history_keeps_every_limit(
    history: list[tuple[float, str, int]], pauses: list[tuple[float, int, float]]
) -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    sent: list[tuple[float, str, int]] = []

    async def act(at: float, lane: str, chat_id: int) -> None:
        await clock.sleep(at)
        await (limiter.reply(chat_id) if lane == "reply" else limiter.deliver(chat_id, DELIVERED[lane]))
        sent.append((clock.monotonic(), lane, chat_id))

    async def stop(at: float, chat_id: int, seconds: float) -> None:
        await clock.sleep(at)
        limiter.pauses.pause(chat_id, seconds)

    await clock.play(*(stop(*pause) for pause in pauses), *(act(*one) for one in history))
    assert len(sent) == len(history)
    assert most_in_a_second([at for at, _, _ in sent]) <= 29
    by_chat: dict[int, list[float]] = defaultdict(list)
    for at, _, chat_id in sent:
        by_chat[chat_id].append(at)
        for began, paused, seconds in pauses:
            assert not (paused in {0, chat_id} and began < at < began + seconds - 1e-6)
    for chat_id, moments in by_chat.items():
        if chat_id < 0:
            assert most_in_a_second(moments, 60.0 - 1e-6) <= 20
        else:
            assert most_in_a_second(moments, 10.0 - 1e-6) <= 14  # one a second and a burst of four
