"""The people of an outbound soak: teachers who tap what they get, block the bot and leave, organizers who broadcast."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from bot.buttons.checkin import CheckinHere, CheckinMood
from bot.buttons.me import EraseMe
from rehearsal.telegram import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Message
from tests.soak.telegram import SoakTelegram

T = TypeVar("T")

_LONGEST_WAIT_SECONDS: Final = 60.0  # seconds that an organizer waits for an answer before it counts as lost
_LOW: Final = 0.02  # of the moods: each makes an alert to every organizer


class StalledError(Exception):
    """Somebody pressed a button or wrote, and nothing came of it."""


class OutboundUsers:
    """Plays them until `stop`. `gone` are the chats that blocked the bot or left, however short."""

    def __init__(
        self, telegram: SoakTelegram, teachers: list[Account], organizers: list[Account], *, today: date, seed: int
    ) -> None:
        self._telegram = telegram
        self._today = today
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
        self.broadcasts = 0
        self._requests: asyncio.Queue[bool] = asyncio.Queue()
        telegram.message_listeners.append(self._heard)

    def tag(self) -> int:
        """A number that no broadcast has yet."""
        self._tag += 1
        return self._tag

    def start(self) -> None:
        """Let the organizers work."""
        self._tasks = [asyncio.create_task(self._organizer(one)) for one in self._organizers]

    async def stop(self) -> None:
        """Let every broadcast that was requested go out. Raises StalledError."""
        for _ in self._tasks:
            self._requests.put_nowait(False)
        await asyncio.gather(*self._tasks)

    def request_broadcast(self) -> None:
        """Ask an organizer to send a broadcast when there is time."""
        self._requests.put_nowait(True)

    @property
    def idle(self) -> bool:
        """Whether nobody is about to tap, and every broadcast that was requested is under way."""
        return not self._about_to_tap and all(task.done() for task in self._tasks)

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
        kind, _, about = what.partition(":")
        on, _, slot = about.partition(":")
        account = self._chats.get(entry.chat_id or 0)
        if account is None or kind not in {"ask", "nudge"} or on != self._today.isoformat() or account.id in self.gone:
            return
        if self._random.random() < 0.5:
            delay = self._random.uniform(0.0, 3.0)
            here, mood = CheckinHere(self._today), CheckinMood(self._today, self._mood())
            payload = (here if slot == "morning" else mood).pack()
            message = account.messages.get(entry.message_id or 0)
            self._about_to_tap += 1
            asyncio.get_running_loop().call_later(delay, partial(self._taps, account, message, payload))

    def _mood(self) -> int:
        return self._random.randint(1, 2) if self._random.random() < _LOW else self._random.randint(3, 5)

    def _taps(self, account: Account, message: Message | None, payload: str) -> None:
        self._about_to_tap -= 1
        if message is None or account.blocked:
            return
        self.taps += 1
        tap = self._do(account.presses_payload(payload, on=message))
        if self._random.random() < 0.2:
            tap.add_done_callback(lambda done: self._do(account.taps_again(done.result())))

    # --- organizers -------------------------------------------------------------------------------------------------

    async def _organizer(self, account: Account) -> None:
        while await self._requests.get():
            await self._broadcast(account)

    async def _broadcast(self, account: Account) -> None:
        last = max(account.messages, default=0)
        await account.sends("/broadcast")
        await self._press(account, last, "Teachers (")
        await self._see(account, last, "Write it here")
        tag = f"[soak {self.tag()}]"
        await account.sends(f"{tag} The bus leaves at 9:00 from gate 2. Ҳамин хел.")
        await self._confirm(account, last)
        self.broadcasts += 1

    async def _confirm(self, account: Account, after: int) -> None:
        """Press until it is on its way: after an unclear answer there is a newer preview, and only that one counts."""
        label, words = "📣 Send to", ("On its way", "📣 Sent")
        pressed = await self._press(account, after, label)
        while not _shows(account, after, words):

            def answered(pressed: int = pressed) -> bool:
                return _shows(account, after, words) or _newest_with(account, pressed, label) is not None

            await self._until(account, answered, " / ".join(words))
            if not _shows(account, after, words):
                pressed = await self._press(account, pressed, label)

    async def _press(self, account: Account, after: int, label: str) -> int:
        """Press a button of the newest message above the id `after` that has it; return that message's id."""
        await self._until(account, lambda: _newest_with(account, after, label) is not None, label)
        message = _newest_with(account, after, label)
        assert message is not None
        with suppress(LookupError):  # a copy of the question took its place in this moment
            await account.presses(label, on=message)
        return message.id

    async def _see(self, account: Account, after: int, *words: str) -> None:
        await self._until(account, lambda: _shows(account, after, words), " / ".join(words))

    async def _until(self, account: Account, condition: Callable[[], bool], what: str) -> None:
        if not await self._telegram.world.changed.wait_for(condition, _LONGEST_WAIT_SECONDS):
            raise StalledError(
                f"{account.name} waited {_LONGEST_WAIT_SECONDS:g} s for {what!r} and saw:\n{account.describe()}"
            )


def _after(account: Account, number: int) -> list[Message]:
    return [message for message in account.messages.values() if message.from_bot and message.id > number]


def _shows(account: Account, after: int, words: Sequence[str]) -> bool:
    return any(word in message.text for message in _after(account, after) for word in words)


def _newest_with(account: Account, after: int, label: str) -> Message | None:
    having = (one for one in reversed(_after(account, after)) if any(label in text for text in one.labels))
    return next(having, None)
