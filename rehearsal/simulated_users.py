"""Simulated users: each reads their own phone and acts on it as their behaviour says.

Random decisions are seeded by who decides what, not by when: a seed gives the same decisions however fast the bot
answers.
"""

import asyncio
import heapq
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal.actions import AccountAction, Action, ForgedPress
from rehearsal.behaviours import behaviour_sequence
from rehearsal.clock import RehearsalClock
from rehearsal.message_content import Content, MessageAction, act_on, move, seminar_location, send_content
from rehearsal.teacher import Teacher
from rehearsal.telegram.account import Account
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.updates import Update
from rehearsal.telegram.world import World
from rehearsal.user import SimulatedUser

_MAX_LISTED = 60  # users whom the page lists
_POLL_INTERVAL_SECONDS = 0.2  # of real time
_PINNING = frozenset({"pinChatMessage", "unpinChatMessage"})  # names a message, of which nothing is new
_MOST_A_SECOND = 12  # actions, of the rehearsal's clock: minutes that people share are still no single moment

Act = Callable[[], Awaitable[None]]


@dataclass(order=True, slots=True)
class _ScheduledAction:
    """One thing that somebody will do. `key` is the user and the message: a newer action replaces an older one."""

    at: datetime
    number: int
    act: Act = field(compare=False)
    key: tuple[int, int] = field(compare=False)


class SimulatedUsers:
    """Acts for users through their phones. Moments are rounded up to `grid` seconds, so that many act together."""

    def __init__(
        self, world: World, clock: RehearsalClock, seminar: Seminar | None, seed: int, *, grid: float = 1.0
    ) -> None:
        self.by_id: dict[int, SimulatedUser] = {}
        self._world = world
        self._clock = clock
        self._seminar = seminar
        self._location = seminar_location(seminar)
        self._seed = seed
        self._grid = grid
        self._queue: list[_ScheduledAction] = []
        self._latest: dict[tuple[int, int], int] = {}
        self._number = 0
        self._paused = False
        self._behaviours = behaviour_sequence(seed)
        world.on_accept.append(self._on_accepted)
        world.updates.losses.append(self._on_lost)

    @property
    def paused(self) -> bool:
        """Whether nobody acts."""
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        resumed = self._paused and not paused
        self._paused = paused
        if resumed:
            for user in self.by_id.values():
                for message in user.account.recent(3):
                    self._react(user, message)

    def add_teacher(self, account: Account, code: str = "") -> SimulatedUser:
        """A teacher with the next behaviour, who soon opens the link with this code."""
        user = Teacher(account, next(self._behaviours), self._seed, len(self.by_id), self._seminar)
        return self.add(user, code)

    def add(self, user: SimulatedUser, code: str = "") -> SimulatedUser:
        """A user of any role; with a code they soon open the link."""
        self.by_id[user.account.id] = user
        if code:
            self._schedule(user, 0, user.joins_after, lambda: self._start(user, code))
        return user

    def write_at(self, user: SimulatedUser, at: datetime, text: str) -> None:
        """Let the user write `text` at this moment."""
        after = max(0.0, (at - self._clock.now()).total_seconds())
        self._schedule(user, -1 - self._number, after, lambda: self._write(user, text))

    # --- as an actor of the simulation ------------------------------------------------------------------------------

    async def next_at(self, now: datetime) -> datetime | None:
        """When somebody acts next."""
        del now
        return None if self._paused or not self._queue else self._queue[0].at

    async def run_due(self) -> None:
        """Run every action whose moment has come, so many in a second of the rehearsal's clock.

        Thirty people who share a moment of the grid would press within a hundredth of a second, and answering them
        would pass what the stand-in takes of one method in a second, however well the bot is behaved.
        """
        acted = 0
        while not self._paused and self._queue and self._queue[0].at <= self._clock.now():
            scheduled = heapq.heappop(self._queue)
            if self._latest.get(scheduled.key) == scheduled.number:
                del self._latest[scheduled.key]
                await scheduled.act()
                acted += 1
                if acted % _MOST_A_SECOND == 0:
                    await self._clock.sleep(1.0)

    async def run(self) -> None:
        """Run actions as the clock goes, until cancelled."""
        while True:
            await self.run_due()
            await asyncio.sleep(_POLL_INTERVAL_SECONDS)

    def as_json(self) -> Json:
        """For the page."""
        listed = [user for user in self.by_id.values() if isinstance(user, Teacher)][:_MAX_LISTED]
        return {
            "on": bool(self.by_id) and not self._paused,
            "count": len(self.by_id),
            "people": [
                {
                    "id": user.account.id,
                    "name": user.account.name,
                    "language": user.account.language_code,
                    "behaviour": user.behaviour,
                    "blocked": user.account.blocked,
                }
                for user in listed
            ],
        }

    # --- planning ---------------------------------------------------------------------------------------------------

    def _on_accepted(self, call: AcceptedCall) -> None:
        user = self.by_id.get(call.chat_id or 0)
        if user is None or call.message_id is None or self._paused or call.method in _PINNING:
            return
        message = user.account.messages.get(call.message_id)
        if message is not None and message.from_bot:
            self._react(user, message)

    def _react(self, user: SimulatedUser, message: Message) -> None:
        for number, planned in enumerate(user.react_to(message)):
            self._schedule(
                user,
                message.id * 8 + number,
                planned.after,
                lambda planned=planned: self._act(user, message, planned.action),  # type: ignore[misc]
            )

    def _schedule(self, user: SimulatedUser, about: int, after: float, act: Act) -> None:
        at = self._clock.now() + timedelta(seconds=after)
        rounded = math.ceil(at.timestamp() / self._grid) * self._grid
        self._number += 1
        key = (user.account.id, about)
        self._latest[key] = self._number
        scheduled = _ScheduledAction(datetime.fromtimestamp(rounded, at.tzinfo), self._number, act, key)
        heapq.heappush(self._queue, scheduled)

    # --- acting -----------------------------------------------------------------------------------------------------

    async def _start(self, user: SimulatedUser, code: str) -> None:
        await user.account.starts(code)

    async def _write(self, user: SimulatedUser, text: str) -> None:
        if not user.account.blocked:
            await user.account.sends(text)

    async def _act(self, user: SimulatedUser, message: Message, action: Action) -> None:
        account = user.account
        if action is AccountAction.RETURN:
            await account.starts()
        elif account.blocked:
            return
        elif action is AccountAction.BLOCK:
            await account.blocks()
        elif action is AccountAction.MOVE or action is AccountAction.STOP_SHARING:
            await move(account, stops=action is AccountAction.STOP_SHARING)
        elif isinstance(action, MessageAction):
            await act_on(account, message, action)
        elif isinstance(action, ForgedPress):
            await account.presses_payload(action.payload.pack(), on=message)
            user.forged += 1
        elif isinstance(action, Payload):
            await self._press(user, message, action)
        elif isinstance(action, Content):
            await send_content(account, action, self._location)
        else:
            await account.sends(action)

    async def _press(self, user: SimulatedUser, message: Message, payload: Payload) -> None:
        account = user.account
        shown = account.messages.get(message.id)
        data = payload.pack()
        if shown is None or not any(button.payload == data for row in shown.keyboard for button in row):
            return
        user.press_sent(payload, _update_id(await account.presses_payload(data, on=shown)))
        if user.resends(payload):
            user.press_sent(payload, _update_id(await account.taps_again()))
            user.resent += 1

    def _on_lost(self, update: Update) -> None:
        """A press that the bot did not fetch in time: Telegram has dropped it, and the bot cannot know of it."""
        query = update.get("callback_query")
        sender = query.get("from") if isinstance(query, dict) else None
        user = self.by_id.get(sender["id"]) if isinstance(sender, dict) else None
        if user is not None:
            user.press_lost(_update_id(update))


def _update_id(update: Update) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
