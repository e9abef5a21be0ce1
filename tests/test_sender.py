"""What is said to people when Telegram throttles, is not there, or does not answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.rate_limiter import RateLimiter
from bot.sender import Sender
from bot.store import pause
from bot.store.database import Database
from bot.transport import NotSent, ReqwestRequest, Unclear
from rehearsal.telegram import Account, BotApi, Fault, FaultKind, TelegramServer, World
from tests.clocks import START, StandingClock


class UnpluggedRequest(ReqwestRequest):
    """A network whose cable is out for the first tries."""

    out = 0
    tries = 0

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        self.tries += 1
        if self.tries <= self.out:
            raise NotSent("Not sent: the cable is out")
        return await super().do_request(*arguments, **named)


class SenderHarness:
    """A sender, the Telegram that it speaks to, and somebody who reads."""

    def __init__(self, clock: StandingClock, world: World, db: Database, request: UnpluggedRequest, bot: Bot) -> None:
        self.clock = clock
        self.world = world
        self.db = db
        self.request = request
        self.sender = Sender(bot, RateLimiter(clock), clock, db)
        self.reader: Account = Account(world, "Ситора")
        self.reader.started = True

    async def replies(self) -> Any:
        reply = self.sender.reply("sendMessage", {"chat_id": self.reader.id, "text": "Салом"})
        return (await self.clock.play(reply))[0]

    def meets(self, *faults: Fault) -> None:
        self.world.faults.script(faults)

    @property
    def read(self) -> list[str]:
        return [message.text for message in self.reader.chat]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[SenderHarness]:
    clock = StandingClock()
    world = World(clock)
    db = await Database.open(tmp_path / "hamroh.db")
    request = UnpluggedRequest()
    async with TelegramServer(BotApi(world)) as server:
        bot = Bot(world.token, f"{server.url}/bot", request=request)
        await request.initialize()
        yield SenderHarness(clock, world, db, request, bot)
        await request.shutdown()
    await db.close()


async def test_a_reply_waits_as_long_as_telegram_asks_and_remembers_it(harness: SenderHarness) -> None:
    harness.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    answer = await harness.replies()
    assert harness.read == ["Салом"]
    assert answer["message_id"] == harness.reader.chat[0].id
    assert harness.clock.monotonic() >= 7
    kept = await harness.db.write(pause.running, START)
    assert kept == {harness.reader.id: START + timedelta(seconds=7)}


@pytest.mark.parametrize(("seconds", "asked"), [(3, 5), (91, 1)])
async def test_a_reply_that_telegram_goes_on_refusing_is_given_up(
    harness: SenderHarness, seconds: int, asked: int
) -> None:
    harness.meets(*(Fault(FaultKind.THROTTLED, retry_after=seconds) for _ in range(9)))
    with pytest.raises(RetryAfter):
        await harness.replies()
    assert harness.read == []
    assert harness.request.tries == asked


async def test_someone_from_outside_whose_answer_was_lost_is_answered_again_soon_and_then_rarely(
    harness: SenderHarness,
) -> None:
    async def answered() -> bool:
        params: dict[str, object] = {"chat_id": harness.reader.id, "text": "Салом"}
        return (await harness.clock.play(harness.sender.reply("sendMessage", params, outsider=True)))[0] is not None

    harness.meets(Fault(FaultKind.CLOSED))
    with pytest.raises(Unclear):
        await answered()
    await harness.clock.play(harness.clock.sleep(2))
    assert await answered()
    for _ in range(3):  # what is withheld is no failure
        await harness.clock.play(harness.clock.sleep(2))
        assert not await answered()
    assert harness.read == ["Салом"]


async def test_a_reply_that_did_not_leave_is_tried_again(harness: SenderHarness) -> None:
    harness.request.out = 4
    await harness.replies()
    assert harness.read == ["Салом"]
    assert harness.clock.monotonic() == pytest.approx(0.5 + 1 + 2 + 4)


async def test_a_reply_that_never_leaves_is_given_up(harness: SenderHarness) -> None:
    harness.request.out = 9
    with pytest.raises(NotSent):
        await harness.replies()
    assert (harness.read, harness.request.tries) == ([], 5)


async def test_a_reply_whose_answer_was_lost_is_not_said_again(harness: SenderHarness) -> None:
    harness.meets(Fault(FaultKind.LOST_ANSWER))
    with pytest.raises(Unclear):
        await harness.replies()
    assert (harness.read, harness.request.tries) == (["Салом"], 1)


async def test_a_toast_does_not_wait_for_a_throttled_telegram(harness: SenderHarness) -> None:
    harness.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    with pytest.raises(RetryAfter):
        await harness.clock.play(harness.sender.call("answerCallbackQuery", {"callback_query_id": "5"}))
    assert harness.clock.monotonic() == 0


async def test_an_edit_waits_as_a_reply_does(harness: SenderHarness) -> None:
    said = await harness.replies()
    harness.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    changed = {"chat_id": harness.reader.id, "message_id": said["message_id"], "text": "Хайр"}
    await harness.clock.play(harness.sender.call("editMessageText", changed))
    assert harness.read == ["Хайр"]
    assert harness.clock.monotonic() >= 7
