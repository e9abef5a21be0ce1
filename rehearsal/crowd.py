"""The people whom nobody plays by hand: each looks at the own phone, and does by habit what it asks for.

Chance is seeded by who and what, not by when: the same seed gives the same decisions however fast the bot answers.
"""

import asyncio
import heapq
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.payload import Payload
from bot.programme.model import Seminar
from rehearsal.clock import RehearsalClock
from rehearsal.habits import Teacher, mixture
from rehearsal.player import Deed, Do, Forged, Player
from rehearsal.saying import Say, say, whereabouts
from rehearsal.telegram.account import Account
from rehearsal.telegram.journal import Entry
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.updates import Update
from rehearsal.telegram.world import World

_SHOWN = 60  # people whom the page lists
_GLANCE = 0.2  # real seconds between two looks at the diary

Act = Callable[[], Awaitable[None]]


@dataclass(order=True, slots=True)
class _Entry:
    """One thing that somebody will do. `about` is the person and the bubble: newer intentions replace older ones."""

    at: datetime
    number: int
    act: Act = field(compare=False)
    about: tuple[int, int] = field(compare=False)


class Crowd:
    """Plays people by their phones. Moments are rounded up to `grid` seconds, so that many act together."""

    def __init__(
        self, world: World, clock: RehearsalClock, seminar: Seminar | None, seed: int, *, grid: float = 1.0
    ) -> None:
        self.players: dict[int, Player] = {}
        self.taps = 0
        self._world = world
        self._clock = clock
        self._seminar = seminar
        self._here = whereabouts(seminar)
        self._seed = seed
        self._grid = grid
        self._diary: list[_Entry] = []
        self._latest: dict[tuple[int, int], int] = {}
        self._number = 0
        self._resting = False
        self._habits = mixture(seed)
        world.on_accept.append(self._seen)
        world.updates.losses.append(self._lost)

    @property
    def resting(self) -> bool:
        """Whether everybody has put the phone down."""
        return self._resting

    @resting.setter
    def resting(self, resting: bool) -> None:
        woken = self._resting and not resting
        self._resting = resting
        if woken:
            for player in self.players.values():
                for bubble in player.account.recent(3):
                    self._look(player, bubble)

    def add(self, account: Account, code: str = "") -> Player:
        """A teacher with the next habit, who soon opens the link with this code."""
        player = Teacher(account, next(self._habits), self._seed, len(self.players), self._seminar)
        return self.join(player, code)

    def join(self, player: Player, code: str = "") -> Player:
        """A person of any kind; with a code they soon open the link."""
        self.players[player.account.id] = player
        if code:
            self._note(player, 0, player.arrives_after, lambda: self._starts(player, code))
        return player

    def later(self, player: Player, at: datetime, text: str) -> None:
        """The person writes `text` at this moment."""
        after = max(0.0, (at - self._clock.now()).total_seconds())
        self._note(player, -1 - self._number, after, lambda: self._writes(player, text))

    # --- as an actor of the rehearsal -------------------------------------------------------------------------------

    async def next_at(self, now: datetime) -> datetime | None:
        """When somebody acts next."""
        del now
        return None if self._resting or not self._diary else self._diary[0].at

    async def act(self) -> None:
        """Let everybody act whose moment has come."""
        while not self._resting and self._diary and self._diary[0].at <= self._clock.now():
            entry = heapq.heappop(self._diary)
            if self._latest.get(entry.about) == entry.number:
                del self._latest[entry.about]
                await entry.act()

    async def play(self) -> None:
        """Act as the clock goes, until cancelled. Several times a second is often enough for people."""
        while True:
            await self.act()
            await asyncio.sleep(_GLANCE)

    def about(self) -> Json:
        """What the page says of it."""
        listed = [player for player in self.players.values() if isinstance(player, Teacher)][:_SHOWN]
        return {
            "on": bool(self.players) and not self._resting,
            "count": len(self.players),
            "people": [
                {
                    "id": player.account.id,
                    "name": player.account.name,
                    "language": player.account.language_code,
                    "habit": player.habit,
                    "blocked": player.account.blocked,
                }
                for player in listed
            ],
        }

    # --- looking and intending --------------------------------------------------------------------------------------

    def _seen(self, entry: Entry) -> None:
        player = self.players.get(entry.chat_id or 0)
        if player is None or entry.message_id is None or self._resting:
            return
        bubble = player.account.messages.get(entry.message_id)
        if bubble is not None and bubble.from_bot:
            self._look(player, bubble)

    def _look(self, player: Player, bubble: Message) -> None:
        for number, intention in enumerate(player.intends(bubble)):
            self._note(
                player,
                bubble.id * 8 + number,
                intention.after,
                lambda intention=intention: self._acts(player, bubble, intention.do),  # type: ignore[misc]
            )

    def _note(self, player: Player, about: int, after: float, act: Act) -> None:
        at = self._clock.now() + timedelta(seconds=after)
        rounded = math.ceil(at.timestamp() / self._grid) * self._grid
        self._number += 1
        key = (player.account.id, about)
        self._latest[key] = self._number
        heapq.heappush(self._diary, _Entry(datetime.fromtimestamp(rounded, at.tzinfo), self._number, act, key))

    # --- acting -----------------------------------------------------------------------------------------------------

    async def _starts(self, player: Player, code: str) -> None:
        await player.account.starts(code)

    async def _writes(self, player: Player, text: str) -> None:
        if not player.account.blocked:
            await player.account.sends(text)

    async def _acts(self, player: Player, bubble: Message, do: Do) -> None:
        account = player.account
        if do is Deed.RETURN:
            await account.starts()
        elif account.blocked:
            return
        elif do is Deed.BLOCK:
            await account.blocks()
        elif isinstance(do, Forged):
            await account.presses_payload(do.payload.pack(), on=bubble)
            player.forged += 1
        elif isinstance(do, Payload):
            await self._presses(player, bubble, do)
        elif isinstance(do, Say):
            await say(account, do, self._here)
        else:
            await account.sends(do)

    async def _presses(self, player: Player, bubble: Message, do: Payload) -> None:
        account = player.account
        shown = account.messages.get(bubble.id)
        data = do.pack()
        if shown is None or not any(button.payload == data for row in shown.keyboard for button in row):
            return
        player.pressed(do, _number(await account.presses_payload(data, on=shown)))
        self.taps += 1
        if player.reconnects(do):
            player.pressed(do, _number(await account.taps_again()))
            player.resent += 1

    def _lost(self, update: Update) -> None:
        """A tap that the bot did not fetch in its time: Telegram has lost it, and the bot cannot know of it."""
        query = update.get("callback_query")
        sender = query.get("from") if isinstance(query, dict) else None
        player = self.players.get(sender["id"]) if isinstance(sender, dict) else None
        if player is not None:
            player.loses(_number(update))


def _number(update: Update) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
