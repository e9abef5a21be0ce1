"""What a judge of the bot goes by: what the stand-in Telegram accepted, what the database says, what people did."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.messages.registry import MESSAGE_TYPES
from bot.store.database import Database
from rehearsal import ledger
from rehearsal.habits import Teacher
from rehearsal.ledger import Kept, Row
from rehearsal.player import Player
from rehearsal.telegram import World
from rehearsal.telegram.journal import Entry

_NEW = ("send", "copy")  # how the methods begin that make a new message


@dataclass(frozen=True, slots=True)
class Accepted:
    """A new message that the stand-in accepted. `seq` is its place in the journal, `digest` stands for its text."""

    seq: int
    at: datetime
    chat_id: int
    message_id: int
    digest: int


@dataclass(slots=True)
class Evidence:
    """Everything, once the rehearsal is over."""

    now: datetime
    accepted: list[Accepted]
    rows: list[Row]
    at_most_once: frozenset[str]
    kept: Kept
    people: list[Player]
    mistakes: list[str]
    refused: int  # 403: sent to somebody who had blocked the bot
    blocks: int
    floods: int  # 429 that the bot has brought on itself
    pauses: list[tuple[int, datetime, datetime]]  # chat, and the time in which it was to be left alone
    changed: list[str]  # rows that left a last state
    planned_again: int  # rows that came of planning a second time
    resent: int  # taps that came twice
    forged: int
    by_message: dict[tuple[int, int], Accepted] = field(init=False)

    def __post_init__(self) -> None:
        self.by_message = {(one.chat_id, one.message_id): one for one in self.accepted}

    @property
    def lost(self) -> int:
        """Taps that Telegram dropped before the bot fetched them: nobody can have kept them."""
        return sum(person.lost for person in self.people)

    @property
    def teachers(self) -> list[Teacher]:
        """The teachers of the crowd."""
        return [person for person in self.people if isinstance(person, Teacher)]

    def sent(self) -> list[tuple[Row, Accepted]]:
        """Rows with the message that they became, in the order of acceptance."""
        pairs = [
            (row, found)
            for row in self.rows
            if row.message_id is not None and (found := self.by_message.get((row.chat_id, row.message_id)))
        ]
        return sorted(pairs, key=lambda pair: pair[1].seq)


class Witness:
    """Watches a rehearsal from its beginning."""

    def __init__(self, world: World, db: Database) -> None:
        self.accepted: list[Accepted] = []
        self._world = world
        self._db = db
        self._final: dict[int, str] = {}
        self._changed: list[str] = []
        self._blocks = 0
        world.on_accept.append(self._saw)
        world.updates.listeners.append(self._heard)

    def _saw(self, entry: Entry) -> None:
        if entry.method.startswith(_NEW) and entry.chat_id is not None and entry.message_id is not None:
            text = str(entry.params.get("text") or entry.params.get("caption") or entry.params)
            digest = zlib.crc32(text.encode("utf-8", "replace"))
            self.accepted.append(Accepted(entry.seq, entry.at, entry.chat_id, entry.message_id, digest))

    def _heard(self, update: dict[str, object]) -> None:
        change = update.get("my_chat_member")
        if isinstance(change, dict) and change["new_chat_member"]["status"] == "kicked":
            self._blocks += 1

    async def look(self) -> None:
        """Compare what must not change with what it was at the last look. Call it now and then."""
        final = await self._db.read(ledger.final)
        self._changed += [
            f"row {number} was {before!r} and is {final.get(number)!r}"
            for number, before in self._final.items()
            if final.get(number) != before
        ]
        self._final = final

    async def sum_up(self, now: datetime, people: list[Player], *, planned_again: int, throttled: float) -> Evidence:
        """Everything that is known at the end. `throttled` is how many seconds the ordered 429 asked for."""
        pauses = await self._db.read(ledger.pauses)
        return Evidence(
            now=now,
            accepted=self.accepted,
            rows=await self._db.read(ledger.rows),
            at_most_once=MESSAGE_TYPES.at_most_once,
            kept=await self._db.read(ledger.kept),
            people=people,
            mistakes=[f"{one.method}: {one.description}" for one in self._world.violations],
            refused=sum(n for method, n in self._world.refusals.items() if method.startswith(_NEW)),
            blocks=self._blocks,
            floods=self._world.floods.total() - self._world.faults.met,
            pauses=[(chat, until - timedelta(seconds=throttled), until) for chat, until in pauses.items()],
            changed=self._changed,
            planned_again=planned_again,
            resent=sum(player.resent for player in people),
            forged=sum(player.forged for player in people),
        )


def lateness(evidence: Evidence) -> list[float]:
    """Seconds of the seminar between a row's moment and its acceptance, sorted; a row never counts as early here."""
    late = ((found.at - row.due_at).total_seconds() for row, found in evidence.sent())
    return sorted(max(0.0, seconds) for seconds in late)
