"""What organizers send to many, from the first question to the last message."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import orjson

from bot.clock import from_text, to_text
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import outbox
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_version import Version, reading_order


class BroadcastState(StrEnum):
    """How far a broadcast is: still being written, waiting for its hour, on its way (also while it is paused), called
    back, through, deleted where it had arrived, or thrown away."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    STOPPED = "stopped"
    FINISHED = "finished"
    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Options:
    """How it goes. `signed`: with its organizer's name; `silent`: no sound; `confirmable`: with a button *Got it*.

    `valid_until`: until then it is offered to who joins later; None: to nobody. `due_at`: None means at once.
    """

    signed: bool = False
    silent: bool = False
    confirmable: bool = False
    valid_until: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A row of `broadcast`, with its versions. `card_id`: what asks whether a draft shall go, later its card.

    `fallback`: languages without a version whose readers may get another one's. `paused_at` is of one that is on its
    way; `revision` counts the changes of its content. `recipients` and `blocked` are those of when it was confirmed.
    """

    id: int
    by_id: int | None
    chat_id: int
    audience: Audience | None
    state: BroadcastState
    recipients: int
    blocked: int
    card_id: int | None
    ended: bool
    options: Options = Options()
    versions: tuple[Version, ...] = ()
    fallback: frozenset[str] = frozenset()
    confirmed_at: datetime | None = None
    paused_at: datetime | None = None
    taken_back_at: datetime | None = None
    revision: int = 0

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.state is BroadcastState.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether its card is kept up to date by itself."""
        return self.state in _WITH_LIVE_CARD and not self.ended

    @property
    def text(self) -> str:
        """The words of its first version (HTML); "" where it has none."""
        return next((one.text for one in self.versions), "")

    def version_for(self, language: str) -> Version | None:
        """What a reader of a language gets: its own version, the one for all, or one in a language they may read."""
        known = {one.language: one for one in self.versions}
        for one in (language, "", *reading_order(language)):
            if one in known:
                return known[one]
        return None

    @property
    def occurrence(self) -> str:
        """What its outbox rows share."""
        return f"broadcast:{self.id}"


_WITH_LIVE_CARD = frozenset({BroadcastState.SENDING, BroadcastState.STOPPED, BroadcastState.TAKEN_BACK})
_ADD = "INSERT INTO broadcast (by_id, chat_id, state, made_at) VALUES (?, ?, 'draft', ?)"
_GET = "SELECT * FROM broadcast WHERE id = ?"
_OWN = "SELECT * FROM broadcast WHERE id = ? AND by_id = ?"
_SET_AUDIENCE = "UPDATE broadcast SET audience = ? WHERE id = ? AND by_id = ? AND state = 'draft'"
_SET_OPTIONS = """
UPDATE broadcast SET signed = ?, silent = ?, confirmable = ?, valid_until = ?, due_at = ?
WHERE id = ? AND by_id = ? AND state = 'draft'
"""
_SET_FALLBACK = "UPDATE broadcast SET fallback = ? WHERE id = ? AND by_id = ? AND state = 'draft'"
_SET_CARD = "UPDATE broadcast SET card_id = ? WHERE id = ? AND by_id = ? AND state IN ('draft', 'scheduled')"
_CONFIRM = """
UPDATE broadcast SET state = ?, recipients = ?, blocked = ?, card_id = ?, confirmed_at = ?
WHERE id = ? AND by_id = ? AND state = 'draft'
"""
_UNSCHEDULE = """
UPDATE broadcast SET state = 'draft', confirmed_at = NULL, recipients = 0, blocked = 0
WHERE id = ? AND by_id = ? AND state = 'scheduled'
"""
# Whoever has a row of it, or is looked for, gets it.
_FORGET_FANOUT = "DELETE FROM fanout WHERE event = ? AND cursor = 0 AND spread = 0 AND done_at IS NULL"
_JUST_SENT = """
SELECT * FROM broadcast WHERE confirmed_at > ? AND id <> ? AND state <> 'dropped' ORDER BY confirmed_at DESC LIMIT 50
"""
_BEGIN_DUE = "UPDATE broadcast SET state = 'sending' WHERE state = 'scheduled' AND due_at <= ?"
_DROP = """
UPDATE broadcast SET state = 'dropped', ended_at = ?
WHERE id = ? AND ((by_id = ? AND state = 'draft') OR state = 'scheduled')
"""


def add(connection: sqlite3.Connection, by_id: int, chat_id: int, now: datetime) -> Broadcast:
    """Begin a broadcast."""
    number = connection.execute(_ADD, (by_id, chat_id, to_text(now))).lastrowid
    assert number is not None
    broadcast = get(connection, number)
    assert broadcast is not None
    return broadcast


def get(connection: sqlite3.Connection, number: int) -> Broadcast | None:
    """The broadcast of that number, or None."""
    return of_row(connection, connection.execute(_GET, (number,)).fetchone())


def own(connection: sqlite3.Connection, number: int, by_id: int) -> Broadcast | None:
    """The broadcast of that number, if it is this person's; None for one of others."""
    return of_row(connection, connection.execute(_OWN, (number, by_id)).fetchone())


def own_draft(connection: sqlite3.Connection, number: int, by_id: int) -> Broadcast | None:
    """The broadcast of that number, if it is this person's and still a draft."""
    broadcast = own(connection, number, by_id)
    return broadcast if broadcast is not None and broadcast.state is BroadcastState.DRAFT else None


def set_audience(connection: sqlite3.Connection, number: int, by_id: int, audience: Audience) -> Broadcast | None:
    """Set who gets a draft of this person's, and return it; one that is past that stays as it is."""
    connection.execute(_SET_AUDIENCE, (broadcast_audience_store.packed(audience), number, by_id))
    return own(connection, number, by_id)


def set_options(connection: sqlite3.Connection, number: int, by_id: int, options: Options) -> Broadcast | None:
    """Set how a draft of this person's goes, and return it; one that is past that stays as it is."""
    moments = [None if one is None else to_text(one) for one in (options.valid_until, options.due_at)]
    values = (options.signed, options.silent, options.confirmable, *moments, number, by_id)
    connection.execute(_SET_OPTIONS, values)
    return own(connection, number, by_id)


def set_fallback(connection: sqlite3.Connection, number: int, by_id: int, languages: Sequence[str]) -> Broadcast | None:
    """Readers of these languages may get another one's version of a draft of this person's; return it."""
    connection.execute(_SET_FALLBACK, (orjson.dumps(sorted(languages)).decode(), number, by_id))
    return own(connection, number, by_id)


def set_card(connection: sqlite3.Connection, number: int, by_id: int, card_id: int | None) -> None:
    """This message asks whether a draft shall go, and no other one (None: none does, its content is new)."""
    connection.execute(_SET_CARD, (card_id, number, by_id))


def confirm(
    connection: sqlite3.Connection, number: int, by_id: int, *, people: Reach, card_id: int, now: datetime
) -> Broadcast | None:
    """Let this person's draft go to these people, or wait for its hour; return it if this call did it, else None.

    A draft that nobody would get stays one, and so does one without content. Call it in the transaction that schedules
    its messages.
    """
    draft = own_draft(connection, number, by_id)
    if draft is None or draft.audience is None or not draft.versions or not people.recipients:
        return None
    due_at = draft.options.due_at
    state = BroadcastState.SCHEDULED if due_at is not None and due_at > now else BroadcastState.SENDING
    values = (state.value, people.recipients, people.blocked, card_id, to_text(now), number, by_id)
    connection.execute(_CONFIRM, values)
    return own(connection, number, by_id)


def begin_due(connection: sqlite3.Connection, now: datetime) -> int:
    """The hour of scheduled broadcasts has come: they are on their way; return how many."""
    return connection.execute(_BEGIN_DUE, (to_text(now),)).rowcount


def unschedule(connection: sqlite3.Connection, number: int, by_id: int) -> bool:
    """Turn this person's scheduled broadcast into a draft again; return False where its hour has come."""
    broadcast = own(connection, number, by_id)
    if broadcast is None or broadcast.state is not BroadcastState.SCHEDULED:
        return False
    if connection.execute(_FORGET_FANOUT, (broadcast.occurrence,)).rowcount != 1:
        return False
    connection.execute(_UNSCHEDULE, (number, by_id))
    return True


def same_content_since(connection: sqlite3.Connection, broadcast: Broadcast, since: datetime) -> Broadcast | None:
    """The newest other broadcast, by anybody, that was confirmed since and says the same in some language; or None."""
    mine = {_fingerprint(one) for one in broadcast.versions} - {None}
    for row in connection.execute(_JUST_SENT, (to_text(since), broadcast.id)).fetchall():
        other = of_row(connection, row)
        if other is not None and mine & {_fingerprint(one) for one in other.versions}:
            return other
    return None


def drop(connection: sqlite3.Connection, number: int, by_id: int, now: datetime) -> bool:
    """Throw away a draft of this person's, or anybody's broadcast whose hour has not come; return whether it was."""
    if connection.execute(_DROP, (to_text(now), number, by_id)).rowcount != 1:
        return False
    outbox.cancel(connection, event=f"broadcast:{number}", now=now, why="dropped")
    return True


def of_row(connection: sqlite3.Connection, row: sqlite3.Row | None) -> Broadcast | None:
    """The broadcast that a row of its table is, with its versions; None for no row."""
    if row is None:
        return None
    return Broadcast(
        row["id"],
        row["by_id"],
        row["chat_id"],
        broadcast_audience_store.unpacked(row["audience"]) if row["audience"] else None,
        BroadcastState(row["state"]),
        row["recipients"],
        row["blocked"],
        row["card_id"],
        row["ended_at"] is not None,
        Options(
            bool(row["signed"]),
            bool(row["silent"]),
            bool(row["confirmable"]),
            _moment(row["valid_until"]),
            _moment(row["due_at"]),
        ),
        broadcast_version_store.of(connection, row["id"]),
        frozenset(orjson.loads(row["fallback"])),
        _moment(row["confirmed_at"]),
        _moment(row["paused_at"]),
        _moment(row["taken_back_at"]),
        row["revision"],
    )


def _fingerprint(version: Version) -> tuple[object, ...] | None:
    """What makes two versions the same to their readers; None for what cannot be told, as a place."""
    files = tuple(one.file for one in version.parts if one.file)
    return (version.kind, version.text, files) if version.text or files else None


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None
