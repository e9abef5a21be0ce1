"""Records a rehearsal: what the stand-in Telegram accepted, what the database holds, what users did."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from bot.messages.registry import MESSAGE_TYPES
from bot.programme.model import Seminar
from bot.store.database import Database
from rehearsal import queries
from rehearsal.queries import OutboxRow, PublishedVersion, ReaderOfProgramme, StoredState
from rehearsal.teacher import Teacher
from rehearsal.telegram import World
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.user import SimulatedUser

_SHOWING_METHODS = frozenset({"sendMessage", "editMessageText"})
_SENDING_METHODS = ("send", "copy", "forward")  # prefixes of the methods that make a new message


@dataclass(frozen=True, slots=True)
class AcceptedMessage:
    """A new message that the stand-in accepted. `seq` is its place in the journal, `digest` a checksum of its text."""

    seq: int
    at: datetime
    chat_id: int
    message_id: int
    digest: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a phone shows from `at` on in one message: its plain text, as it was sent or edited."""

    at: datetime
    chat_id: int
    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ProgrammeRecord:
    """What was published of a programme, and what phones showed; `asked`: chat, moment and text of what was written."""

    first: date
    zone: tzinfo
    versions: Sequence[PublishedVersion] = ()
    readers: Mapping[int, ReaderOfProgramme] = field(default_factory=dict)
    shown: Sequence[Shown] = ()
    asked: Sequence[tuple[int, datetime, str]] = ()


@dataclass(slots=True)
class Recording:
    """What happened in a rehearsal, once it is over."""

    now: datetime
    accepted: list[AcceptedMessage]
    rows: list[OutboxRow]
    at_most_once: frozenset[str]  # the names of the message types that may not be sent twice
    repeatable: frozenset[str]  # and of those of which the same words twice are a copy
    stored: StoredState
    users: list[SimulatedUser]
    violations: list[str]
    refused: int  # 403: sent to somebody who had blocked the bot
    blocks: int
    floods: int  # 429 that the bot has brought on itself
    pauses: list[tuple[int, datetime, datetime]]  # chat, start, end; as a 429 asked for
    changed_final_rows: list[str]  # rows that left a terminal state
    rows_planned_again: int  # that planning a second time added
    resent: int  # presses that came twice
    forged: int
    programme: ProgrammeRecord
    on_phones: frozenset[tuple[int, int]] = frozenset()  # chats and messages that phones show in the end
    by_message: dict[tuple[int, int], AcceptedMessage] = field(init=False)

    def __post_init__(self) -> None:
        self.by_message = {(one.chat_id, one.message_id): one for one in self.accepted}

    @property
    def lost(self) -> int:
        """Presses that Telegram dropped before the bot fetched them, so that it cannot have stored them."""
        return sum(user.lost for user in self.users)

    @property
    def teachers(self) -> list[Teacher]:
        """The simulated teachers."""
        return [user for user in self.users if isinstance(user, Teacher)]

    def sent(self) -> list[tuple[OutboxRow, AcceptedMessage]]:
        """Rows with the message that they became, in the order of acceptance."""
        pairs = [
            (row, found)
            for row in self.rows
            if row.message_id is not None and (found := self.by_message.get((row.chat_id, row.message_id)))
        ]
        return sorted(pairs, key=lambda pair: pair[1].seq)


class Recorder:
    """Records a rehearsal from its start. Call `check_final_states()` now and then, and `finish()` at the end."""

    def __init__(self, world: World, db: Database, seminar: Seminar) -> None:
        self.accepted: list[AcceptedMessage] = []
        self._seminar = seminar
        self._shown: list[Shown] = []
        self._asked: list[tuple[int, datetime, str]] = []
        self._world = world
        self._db = db
        self._final_states: dict[int, str] = {}
        self._changed_final_rows: list[str] = []
        self._blocks = 0
        world.on_accept.append(self._on_accepted)
        world.updates.listeners.append(self._on_update)

    def _on_accepted(self, call: AcceptedCall) -> None:
        if call.method.startswith(_SENDING_METHODS) and call.chat_id is not None and call.message_id is not None:
            text = str(call.params.get("text") or call.params.get("caption") or call.params)
            digest = zlib.crc32(text.encode("utf-8", "replace"))
            for number, message_id in enumerate((call.message_id, *call.others)):
                self.accepted.append(AcceptedMessage(call.seq, call.at, call.chat_id, message_id, digest + number))
        if call.method in _SHOWING_METHODS and call.chat_id in self._world.accounts and call.message_id is not None:
            message = self._world.accounts[call.chat_id].messages.get(call.message_id)
            if message is not None:
                self._shown.append(Shown(call.at, call.chat_id, call.message_id, message.text))

    def _on_update(self, update: dict[str, object]) -> None:
        change, message = update.get("my_chat_member"), update.get("message")
        if isinstance(change, dict) and change["new_chat_member"]["status"] == "kicked":
            self._blocks += 1
        if isinstance(message, dict) and "text" in message:
            self._asked.append((message["chat"]["id"], self._world.clock.now(), message["text"]))

    async def check_final_states(self) -> None:
        """Record which rows have left a terminal state since the last call."""
        final = await self._db.read(queries.final_states)
        self._changed_final_rows += [
            f"row {number} was {before!r} and is {final.get(number)!r}"
            for number, before in self._final_states.items()
            if final.get(number) != before
        ]
        self._final_states = final

    async def finish(
        self, now: datetime, users: list[SimulatedUser], *, rows_planned_again: int, pause_seconds: float
    ) -> Recording:
        """The recording. `pause_seconds` is how long a pause each injected 429 asked for."""
        pauses = await self._db.read(queries.pauses)
        return Recording(
            now=now,
            accepted=self.accepted,
            rows=await self._db.read(queries.outbox_rows),
            at_most_once=MESSAGE_TYPES.at_most_once,
            repeatable=MESSAGE_TYPES.repeatable,
            stored=await self._db.read(queries.stored_state),
            users=users,
            violations=[f"{one.method}: {one.description}" for one in self._world.violations],
            refused=sum(n for method, n in self._world.refusals.items() if method.startswith(_SENDING_METHODS)),
            blocks=self._blocks,
            floods=self._world.throttled.total() - self._world.faults.injected,
            pauses=[(chat, until - timedelta(seconds=pause_seconds), until) for chat, until in pauses.items()],
            changed_final_rows=self._changed_final_rows,
            rows_planned_again=rows_planned_again,
            resent=sum(user.resent for user in users),
            forged=sum(user.forged for user in users),
            programme=ProgrammeRecord(
                first=self._seminar.first,
                zone=self._seminar.zone,
                versions=await self._db.read(queries.versions, seminar=self._seminar.key),
                readers=await self._db.read(queries.readers),
                shown=self._shown,
                asked=self._asked,
            ),
            on_phones=frozenset(
                (account.id, number) for account in self._world.accounts.values() for number in account.messages
            ),
        )


def lateness(recording: Recording) -> list[float]:
    """Seconds of the rehearsal's clock from when a row was due to its acceptance, sorted; early counts as 0."""
    late = ((found.at - row.due_at).total_seconds() for row, found in recording.sent())
    return sorted(max(0.0, seconds) for seconds in late)
