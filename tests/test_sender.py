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


class Unplugged(ReqwestRequest):
    """A network whose cable is out for the first tries."""

    out = 0
    tries = 0

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        self.tries += 1
        if self.tries <= self.out:
            raise NotSent("Not sent: the cable is out")
        return await super().do_request(*arguments, **named)


class Desk:
    """A sender, the Telegram that it speaks to, and somebody who reads."""

    def __init__(self, clock: StandingClock, world: World, db: Database, request: Unplugged, bot: Bot) -> None:
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
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock = StandingClock()
    world = World(clock)
    db = await Database.open(tmp_path / "hamroh.db")
    request = Unplugged()
    async with TelegramServer(BotApi(world)) as server:
        bot = Bot(world.token, f"{server.url}/bot", request=request)
        await request.initialize()
        yield Desk(clock, world, db, request, bot)
        await request.shutdown()
    await db.close()


async def test_a_reply_waits_as_long_as_telegram_asks_and_remembers_it(desk: Desk) -> None:
    desk.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    answer = await desk.replies()
    assert desk.read == ["Салом"]
    assert answer["message_id"] == desk.reader.chat[0].id
    assert desk.clock.monotonic() >= 7
    kept = await desk.db.write(pause.running, START)
    assert kept == {desk.reader.id: START + timedelta(seconds=7)}


@pytest.mark.parametrize(("seconds", "asked"), [(3, 5), (91, 1)])
async def test_a_reply_that_telegram_goes_on_refusing_is_given_up(desk: Desk, seconds: int, asked: int) -> None:
    desk.meets(*(Fault(FaultKind.THROTTLED, retry_after=seconds) for _ in range(9)))
    with pytest.raises(RetryAfter):
        await desk.replies()
    assert desk.read == []
    assert desk.request.tries == asked


async def test_someone_from_outside_whose_answer_was_lost_is_answered_again_soon_and_then_rarely(desk: Desk) -> None:
    async def answered() -> bool:
        params: dict[str, object] = {"chat_id": desk.reader.id, "text": "Салом"}
        return (await desk.clock.play(desk.sender.reply("sendMessage", params, outsider=True)))[0] is not None

    desk.meets(Fault(FaultKind.CLOSED))
    with pytest.raises(Unclear):
        await answered()
    await desk.clock.play(desk.clock.sleep(2))
    assert await answered()
    for _ in range(3):  # what is withheld is no failure
        await desk.clock.play(desk.clock.sleep(2))
        assert not await answered()
    assert desk.read == ["Салом"]


async def test_a_reply_that_did_not_leave_is_tried_again(desk: Desk) -> None:
    desk.request.out = 4
    await desk.replies()
    assert desk.read == ["Салом"]
    assert desk.clock.monotonic() == pytest.approx(0.5 + 1 + 2 + 4)


async def test_a_reply_that_never_leaves_is_given_up(desk: Desk) -> None:
    desk.request.out = 9
    with pytest.raises(NotSent):
        await desk.replies()
    assert (desk.read, desk.request.tries) == ([], 5)


async def test_a_reply_whose_answer_was_lost_is_not_said_again(desk: Desk) -> None:
    desk.meets(Fault(FaultKind.LOST_ANSWER))
    with pytest.raises(Unclear):
        await desk.replies()
    assert (desk.read, desk.request.tries) == (["Салом"], 1)


async def test_a_toast_does_not_wait_for_a_throttled_telegram(desk: Desk) -> None:
    desk.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    with pytest.raises(RetryAfter):
        await desk.clock.play(desk.sender.call("answerCallbackQuery", {"callback_query_id": "5"}))
    assert desk.clock.monotonic() == 0


async def test_an_edit_waits_as_a_reply_does(desk: Desk) -> None:
    said = await desk.replies()
    desk.meets(Fault(FaultKind.THROTTLED, retry_after=7))
    changed = {"chat_id": desk.reader.id, "message_id": said["message_id"], "text": "Хайр"}
    await desk.clock.play(desk.sender.call("editMessageText", changed))
    assert desk.read == ["Хайр"]
    assert desk.clock.monotonic() >= 7
