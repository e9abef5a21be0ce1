"""Nobody silences others: priority lanes have shares, and people from outside come last."""

import random
from collections import defaultdict

import pytest

from bot.rate_limiter import Lane, RateLimiter
from tests.clocks import StandingClock
from tests.test_rate_limiter import most_in_a_second


async def waits_under_flood(clock: StandingClock, limiter: RateLimiter, lane: Lane, *, chats: int = 100) -> float:
    """How long one message of this lane waits while so many people ask for answers as fast as they can be had."""

    async def send_often(chat_id: int) -> None:
        while clock.monotonic() < 60.0:
            limiter.answered(await limiter.reply(chat_id))

    async def one() -> float:
        await clock.sleep(20.0)
        asked = clock.monotonic()
        await limiter.deliver(5, lane)
        return clock.monotonic() - asked

    *_, waited = await clock.play(*(send_often(1_000 + number) for number in range(chats)), one())
    return float(waited)


@pytest.mark.parametrize(("lane", "most"), [(Lane.SOS, 0.2), (Lane.ALERT, 0.5), (Lane.DELIVERY, 1.0)])
async def test_however_many_people_write_something_that_nobody_asked_for_has_its_turn(lane: Lane, most: float) -> None:
    clock = StandingClock()
    assert await waits_under_flood(clock, RateLimiter(clock), lane) <= most


async def test_everyone_who_waits_has_a_share() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    served: dict[Lane, int] = defaultdict(int)

    async def many(lane: Lane, first: int) -> None:
        for chat_id in range(first, first + 20):
            limiter.answered(await limiter.deliver(chat_id, lane))
            served[lane] += clock.monotonic() < 10.0

    await clock.play(*(many(lane, 1 + 20 * (int(lane) * 100 + number)) for lane in Lane for number in range(20)))
    assert served[Lane.SOS] > served[Lane.REPLY] > served[Lane.DELIVERY] > served[Lane.OUTSIDER] > 0
    assert abs(served[Lane.REPLY] - served[Lane.ALERT]) <= 2


async def test_messages_whose_latencies_differ_do_not_meet_in_one_second() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    arrived: list[float] = []

    async def send(chat_id: int, latency: float) -> None:
        grant = await limiter.reply(chat_id)
        await clock.sleep(latency)
        arrived.append(clock.monotonic())
        limiter.answered(grant)

    latencies = random.Random(5)
    await clock.play(*(send(number, latencies.uniform(0.02, 0.9)) for number in range(1, 300)))
    assert most_in_a_second(arrived) <= 29
    assert arrived[-1] < 300 / 29 * 2


async def test_a_long_way_to_telegram_costs_no_throughput() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)

    async def send(chat_id: int) -> None:
        grant = await limiter.deliver(chat_id)
        await clock.sleep(0.4)
        limiter.answered(grant)

    await clock.play(*(send(number) for number in range(1, 301)))
    assert clock.monotonic() < 300 / 28 + 1.5


async def test_a_start_sends_nothing_in_the_second_that_the_last_process_may_have_filled() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock, rested=False)
    await clock.play(limiter.deliver(1, Lane.SOS))
    assert clock.monotonic() == pytest.approx(1.0, abs=0.01)


async def test_someone_from_outside_is_answered_once_a_minute_and_six_times_an_hour() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    answered: list[float] = []

    async def writes(at: float) -> None:
        await clock.sleep(at)
        if await limiter.answer_outsider(5) is not None:
            answered.append(clock.monotonic())

    await clock.play(*(writes(20.0 * number) for number in range(181)))
    assert answered == [0.0, 60.0, 120.0, 180.0, 240.0, 300.0, 3_600.0]


async def test_many_people_from_outside_waits_last_and_not_without_end() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)
    grants = await clock.play(*(limiter.answer_outsider(number) for number in range(1, 201)))
    assert 50 < sum(grant is not None for grant in grants) < 100


async def test_in_a_busy_group_an_answer_is_left_out() -> None:
    clock = StandingClock()
    limiter = RateLimiter(clock)

    async def hint(at: float) -> bool:
        await clock.sleep(at)
        return await limiter.answer_group(-100) is not None

    sent = await clock.play(*(hint(number / 20) for number in range(600)), longest=100.0)
    assert 15 <= sum(sent) <= 21


def test_a_call_to_no_chat_is_paused_alone_and_no_pause_lasts_for_ever() -> None:
    limiter = RateLimiter(StandingClock())
    limiter.pauses.pause_method("setMyCommands", 30)
    assert limiter.pauses.of_method("setMyCommands") == 30
    assert limiter.pauses.of_method("answerCallbackQuery") == 0
    assert limiter.pauses.of_everything == 0
    limiter.pauses.pause(0, 1e15)
    assert limiter.pauses.of_everything == 300
