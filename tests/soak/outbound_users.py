"""The people of an outbound soak: teachers who tap what they get, block the bot and leave, organizers who broadcast."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from bot.buttons.broadcast import BroadcastAudience, BroadcastSend
from bot.buttons.broadcast_card import BroadcastAct, BroadcastCorrectSure, BroadcastShow
from bot.buttons.checkin import CheckinHere, CheckinMood
from bot.buttons.headcount import HeadcountHere
from bot.buttons.help import AskHelp
from bot.buttons.me import EraseMe
from bot.buttons.programme_change import ChangeSeen
from bot.payload import Payload
from bot.store.help import HelpKind
from rehearsal import ui_driver
from rehearsal.telegram import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Message
from tests.soak.organizer_tasks import OrganizerTasks
from tests.soak.screens import Screens
from tests.soak.telegram import SoakTelegram

Task = Callable[[Account], Awaitable[None]]
T = TypeVar("T")

_ANSWER: Final = 0.5  # of the messages that can be answered
_LOW: Final = 0.02  # of the moods: each makes an alert to every organizer


class OutboundUsers:
    """Plays them until `stop`. `gone` are the chats that blocked the bot or left, however short."""

    def __init__(
        self, telegram: SoakTelegram, teachers: list[Account], organizers: list[Account], *, today: date, seed: int
    ) -> None:
        self._telegram = telegram
        self.today = today
        self._random = random.Random(seed)
        self._teachers = teachers
        self._organizers = organizers
        self._chats = {account.id: account for account in teachers}
        self._here: set[int] = set()
        self._tag = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._actions: set[asyncio.Task[Any]] = set()
        self.gone: set[int] = set()
        self._about_to_tap = 0
        self.taps = 0
        self.calls = 0
        self.broadcasts = 0
        self.corrected: dict[str, str] = {}  # by the tag of the broadcast, what it says now
        self.taken_back: set[str] = set()
        self.seen: set[tuple[int, int]] = set()  # chat, version: Seen was pressed
        self.counted: dict[tuple[int, int], float] = {}  # chat, headcount -> when "I am here" was pressed
        self.tasks = OrganizerTasks(telegram, today, seed)
        self._requests: dict[Account, asyncio.Queue[Task | None]] = {one: asyncio.Queue() for one in organizers}
        telegram.message_listeners.append(self._heard)

    def tag(self) -> int:
        """A number that no broadcast has yet."""
        self._tag += 1
        return self._tag

    def start(self) -> None:
        """Let the organizers work."""
        self._tasks = [asyncio.create_task(self._organizer(one)) for one in self._organizers]

    async def stop(self) -> None:
        """Let the organizers do all that was requested. Raises StalledError."""
        for requests in self._requests.values():
            requests.put_nowait(None)
        await asyncio.gather(*self._tasks)

    def request_broadcast(self) -> None:
        """Ask an organizer to send a broadcast when there is time."""
        self._requests[self._random.choice(self._organizers)].put_nowait(self._broadcast)

    def request_version(self) -> None:
        """Ask the first organizer to change the programme and publish that."""
        self._requests[self._organizers[0]].put_nowait(self.tasks.publish)

    def request_headcount(self) -> None:
        """Ask the last organizer to count heads."""
        self._requests[self._organizers[-1]].put_nowait(self.tasks.count)

    def request_decision(self) -> None:
        """Ask the last organizer to skip a message and to undo it."""
        self._requests[self._organizers[-1]].put_nowait(self.tasks.skip_and_undo)

    @property
    def idle(self) -> bool:
        """Whether nobody is about to tap, and organizers have done what was requested."""
        return not self._about_to_tap and all(task.done() for task in self._tasks)

    def counts(self) -> dict[str, int]:
        """What they did."""
        return {
            "broadcasts_by_organizers": self.broadcasts,
            "calls_for_help": self.calls,
            "broadcasts_corrected": len(self.corrected),
            "broadcasts_taken_back": len(self.taken_back),
            "versions_by_organizers": self.tasks.published,
            "headcounts": len(self.tasks.closing),
            "decisions_undone": self.tasks.undone.total(),
            "taps": self.taps,
        }

    def failed(self) -> None:
        """Raise what an organizer met, if anything."""
        for task in self._tasks:
            if task.done() and (error := task.exception()) is not None:
                raise error

    # --- teachers ---------------------------------------------------------------------------------------------------

    def some_ask(self) -> None:
        """A few teachers ask for something, so that there is an answer to be interrupted."""
        for account in self._random.sample(self._teachers, 5):
            if account.id not in self.gone:
                self._do(account.sends("/me"))

    def someone_is_lost(self) -> None:
        """A teacher calls for help. No organizer takes it, so it comes again after three minutes, and after six."""
        account = self._random.choice([one for one in self._teachers if one.id not in self.gone])
        message = next((message for message in reversed(account.messages.values()) if message.from_bot), None)
        if message is not None:
            self.calls += 1
            self._do(account.presses_payload(AskHelp(HelpKind.LOST).pack(), on=message))

    def someone_blocks(self) -> None:
        """A teacher blocks the bot; half of them think better of it a moment later."""
        account = self._one()
        self._do(account.blocks())
        if self._random.random() < 0.5:
            asyncio.get_running_loop().call_later(2.0, lambda: self._do(account.unblocks()))

    def someone_leaves(self) -> None:
        """A teacher erases everything."""
        account = self._one()
        message = next((message for message in reversed(account.messages.values()) if message.from_bot), None)
        if message is not None:
            self._do(account.presses_payload(EraseMe().pack(), on=message))

    def _do(self, act: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(act)
        self._actions.add(task)
        task.add_done_callback(self._actions.discard)
        return task

    def _one(self) -> Account:
        account = self._random.choice([one for one in self._teachers if one.id not in self.gone])
        self.gone.add(account.id)
        return account

    def _heard(self, entry: AcceptedCall, what: str) -> None:
        account = self._chats.get(entry.chat_id or 0)
        message = account.messages.get(entry.message_id or 0) if account is not None else None
        if account is None or message is None or account.id in self.gone or self._random.random() >= _ANSWER:
            return
        payload = self._answer(what, message)
        if payload is not None:
            self._about_to_tap += 1
            delay = self._random.uniform(0.0, 3.0)
            asyncio.get_running_loop().call_later(delay, partial(self._taps, account, message, payload))

    def _answer(self, what: str, message: Message) -> Payload | None:
        """What a teacher presses below a message; None for nothing."""
        kind, _, about = what.partition(":")
        on, _, slot = about.partition(":")
        if kind in {"ask", "nudge"} and on == self.today.isoformat():
            return CheckinHere(self.today) if slot == "morning" else CheckinMood(self.today, self._mood())
        if kind in {"change", "count"}:
            offered = ui_driver.payloads(message)
            return next((one for one in offered if isinstance(one, ChangeSeen | HeadcountHere)), None)
        return None

    def _mood(self) -> int:
        return self._random.randint(1, 2) if self._random.random() < _LOW else self._random.randint(3, 5)

    def _taps(self, account: Account, message: Message, payload: Payload) -> None:
        self._about_to_tap -= 1
        if account.blocked:
            return
        self.taps += 1
        match payload:
            case ChangeSeen(version=version, told=told):
                self.seen.update((account.id, one) for one in range(version - told + 1, version + 1))
            case HeadcountHere(headcount=number):
                self.counted.setdefault((account.id, number), time.time())
        tap = self._do(account.presses_payload(payload.pack(), on=message))
        if self._random.random() < 0.2:
            tap.add_done_callback(lambda done: self._do(account.taps_again(done.result())))

    # --- organizers -------------------------------------------------------------------------------------------------

    async def _organizer(self, account: Account) -> None:
        while (task := await self._requests[account].get()) is not None:
            await task(account)

    async def _broadcast(self, account: Account) -> None:
        screens = Screens(self._telegram, account)
        await account.sends("/broadcast")
        await screens.press(BroadcastAudience, lambda found: next(one for one in found if one.to == "teachers"))
        await screens.until(lambda: screens.shows("Write it here"), "Write it here")
        tag = f"[soak {self.tag()}]"
        await account.sends(f"{tag} The bus leaves at 9:00 from gate 2. Ҳамин хел.")
        await self._confirm(screens)
        self.broadcasts += 1
        match self.broadcasts % 3:
            case 1:
                await self._correct(account, screens, tag)
            case 2:
                await self._take_back(screens, tag)

    async def _correct(self, account: Account, screens: Screens, tag: str) -> None:
        """Let it say something else, while much of it has not left yet."""
        await self._show(screens, "correct")
        await screens.until(lambda: screens.shows("Write what it should say"), "what it should say")
        words = f"{tag} The bus leaves at 10:00 from gate 7."
        await account.sends(words)
        await screens.press(BroadcastCorrectSure)
        await screens.until(lambda: screens.shows("Being corrected", "Corrected on"), "that it is corrected")
        self.corrected[tag] = words

    async def _take_back(self, screens: Screens, tag: str) -> None:
        sure = BroadcastAct(await self._show(screens, "sure"), "delete")
        await screens.until(lambda: screens.can_press(sure), "whether it is to be taken back")
        await screens.presses(sure)
        await screens.until(lambda: screens.shows("Being taken back", "Taken back"), "that it is taken back")
        self.taken_back.add(tag)

    @staticmethod
    async def _show(screens: Screens, shown: str) -> int:
        """Press for a list of the card; return the broadcast's number."""

        def offered() -> list[BroadcastShow]:
            return [one for one in screens.offers(BroadcastShow) if one.shown == shown]

        await screens.until(lambda: bool(offered()), f"the card, for {shown!r}")
        [pressed] = offered()
        await screens.presses(pressed)
        return pressed.broadcast

    @staticmethod
    async def _confirm(screens: Screens) -> None:
        """Press until it is on its way: after an unclear answer there is a newer preview, and only that one counts."""

        def is_sent() -> bool:
            return screens.shows("On its way", "📣 Sent")

        while not is_sent():
            await screens.until(lambda: is_sent() or screens.unpressed(BroadcastSend) is not None, "to send it")
            if not is_sent() and (send := screens.unpressed(BroadcastSend)) is not None:
                await screens.presses(send)
