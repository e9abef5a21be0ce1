"""What organizers send to many, from the first question to the last message."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import orjson

from bot.access import MEMBERS, Role
from bot.clock import to_text
from bot.programme.checkin import CheckinKey, Slot
from bot.store import absence as absence_store
from bot.store import outbox
from bot.store.audience import CONDITIONS


class BroadcastState(StrEnum):
    """How far a broadcast is: still being written, on its way, called back, through, or thrown away."""

    DRAFT = "draft"
    SENDING = "sending"
    STOPPED = "stopped"
    FINISHED = "finished"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Silence:
    """The check-in that somebody has not answered: which, and when it opened."""

    key: CheckinKey
    opens: datetime

    @property
    def data(self) -> dict[str, str]:
        """As the audience "silent" reads it."""
        return {
            "seminar": self.key.seminar,
            "date": self.key.on.isoformat(),
            "slot": self.key.slot.value,
            "opens": self.opens.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets it: `to` is `all`, `teachers` or `group` (then `group` is its key).

    With `silence` only those teachers who have not answered that check-in, of whom nobody knows, and who are not
    excused.
    """

    to: str
    group: str = ""
    silence: Silence | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are meant."""
        return frozenset({Role.TEACHER}) if self.to == "teachers" else MEMBERS

    @property
    def condition(self) -> str:
        """The name of the condition in `bot.store.audience`."""
        if self.silence is not None:
            return "silent"
        return "group" if self.to == "group" else "all"

    @property
    def data(self) -> dict[str, str]:
        """What the condition reads."""
        return {"group": self.group, **(self.silence.data if self.silence else {})}


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A row of `broadcast`. `text` is HTML; `source_id` is the message that it was written in; `card_id` the card.

    `preview_id` is the message that shows the text to its organizer.
    """

    id: int
    by_id: int | None
    chat_id: int
    audience: Audience | None
    text: str
    source_id: int | None
    state: BroadcastState
    recipients: int
    blocked: int
    card_id: int | None
    ended: bool
    preview_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether its card is kept up to date by itself."""
        return self.state in {BroadcastState.SENDING, BroadcastState.STOPPED} and not self.ended

    @property
    def shown(self) -> int:
        """The message above the button that sends it: its newest preview. 0 when there is no text that may go."""
        return (self.preview_id or self.source_id or 0) if self.source_id else 0

    @property
    def occurrence(self) -> str:
        """What its outbox rows share."""
        return f"broadcast:{self.id}"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of an audience get a message, and how many others of it have blocked the bot.

    `names` are the first of those who get it, where it is for people whom a list has named.
    """

    recipients: int
    blocked: int
    names: tuple[str, ...] = ()


_ADD = "INSERT INTO broadcast (by_id, chat_id, state, made_at) VALUES (?, ?, 'draft', ?)"
_GET = "SELECT * FROM broadcast WHERE id = ?"
_OWN = "SELECT * FROM broadcast WHERE id = ? AND by_id = ?"
_SET_AUDIENCE = """
UPDATE broadcast SET audience = ?, group_key = ?, silence = ? WHERE id = ? AND by_id = ? AND state = 'draft'
"""
# Another message than before has not been shown yet.
_SET_TEXT = """
UPDATE broadcast SET text = :text, preview_id = CASE WHEN source_id IS :source THEN preview_id END, source_id = :source
WHERE id = :id AND by_id = :by AND state = 'draft'
"""
_REACH = """
SELECT coalesce(sum(p.reachable), 0) AS recipients, coalesce(sum(1 - p.reachable), 0) AS blocked FROM person AS p
WHERE p.state = 'active' AND p.role IN (SELECT value FROM json_each(:roles)) AND ({condition})
"""
_CONFIRM = """
UPDATE broadcast SET state = 'sending', recipients = ?, blocked = ?, card_id = ?, confirmed_at = ?
WHERE id = ? AND by_id = ? AND state = 'draft'
"""
_SET_PREVIEW = "UPDATE broadcast SET preview_id = ? WHERE id = ?"
_WRITTEN_IN = "SELECT * FROM broadcast WHERE by_id = ? AND chat_id = ? AND source_id = ? ORDER BY id DESC LIMIT 1"
_DROP = "UPDATE broadcast SET state = 'dropped', ended_at = ? WHERE id = ? AND by_id = ? AND state = 'draft'"
_STOP = "UPDATE broadcast SET state = 'stopped' WHERE id = ? AND by_id = ? AND state = 'sending'"


def add(connection: sqlite3.Connection, by_id: int, chat_id: int, now: datetime) -> Broadcast:
    """Begin a broadcast."""
    number = connection.execute(_ADD, (by_id, chat_id, to_text(now))).lastrowid
    assert number is not None
    broadcast = get(connection, number)
    assert broadcast is not None
    return broadcast


def get(connection: sqlite3.Connection, number: int) -> Broadcast | None:
    """The broadcast of that number, or None."""
    return of_row(connection.execute(_GET, (number,)).fetchone())


def own(connection: sqlite3.Connection, number: int, by_id: int) -> Broadcast | None:
    """The broadcast of that number, if it is this person's; None for one of others."""
    return of_row(connection.execute(_OWN, (number, by_id)).fetchone())


def text_of(connection: sqlite3.Connection, number: int) -> str | None:
    """What it says (HTML), or None."""
    row = connection.execute("SELECT text FROM broadcast WHERE id = ?", (number,)).fetchone()
    return row["text"] if row else None


def set_audience(connection: sqlite3.Connection, number: int, by_id: int, audience: Audience) -> Broadcast | None:
    """Set who gets a draft of this person's, and return it; one that is past that stays as it is."""
    silence = orjson.dumps(audience.silence.data).decode() if audience.silence else None
    connection.execute(_SET_AUDIENCE, (audience.to, audience.group, silence, number, by_id))
    return own(connection, number, by_id)


def set_text(
    connection: sqlite3.Connection, number: int, by_id: int, text: str, source_id: int | None
) -> Broadcast | None:
    """Set the text (HTML) of a draft of this person's (no source: none that may go), and return it.

    One that is past that stays as it is.
    """
    connection.execute(_SET_TEXT, {"text": text, "source": source_id, "id": number, "by": by_id})
    return own(connection, number, by_id)


def set_preview(connection: sqlite3.Connection, number: int, preview_id: int) -> None:
    """Its text is shown to its organizer in this message."""
    connection.execute(_SET_PREVIEW, (preview_id, number))


def written_in(connection: sqlite3.Connection, by_id: int, chat_id: int, source_id: int) -> Broadcast | None:
    """The broadcast whose text this organizer wrote in this message, or None."""
    return of_row(connection.execute(_WRITTEN_IN, (by_id, chat_id, source_id)).fetchone())


def reach(connection: sqlite3.Connection, audience: Audience) -> Reach:
    """How many people it is for: by the same condition as the fan-out, or by the numbers of the list of the missing.

    Without names, which take longer than a write may: see `first_names`.
    """
    if (silence := audience.silence) is not None:
        missing = absence_store.numbers(connection, silence.key, silence.opens)
        return Reach(missing.absent, missing.unreachable)
    values = {
        "roles": orjson.dumps(sorted(role.value for role in audience.roles)).decode(),
        "data": orjson.dumps(audience.data).decode(),
    }
    row = connection.execute(_REACH.format(condition=CONDITIONS[audience.condition]), values).fetchone()
    return Reach(row["recipients"], row["blocked"])


def first_names(connection: sqlite3.Connection, audience: Audience) -> tuple[str, ...]:
    """The names of the first of those who get it, where it is for people whom a list has named; else none."""
    if (silence := audience.silence) is None:
        return ()
    roll = absence_store.roll_call(connection, silence.key, silence.opens)
    return tuple(one.name for one in roll.people if one.reachable and one.accounted_by is None)


def reach_of_each(connection: sqlite3.Connection, audiences: Iterable[Audience]) -> dict[Audience, Reach]:
    """How many people each of these audiences holds."""
    return {audience: reach(connection, audience) for audience in audiences}


def confirm(
    connection: sqlite3.Connection, number: int, by_id: int, *, shown: int, card_id: int, now: datetime
) -> Broadcast | None:
    """Let this person's draft go, if its text is the one of preview `shown`; return it if this call did it, else None.

    A draft that nobody would get stays one. Call it in the transaction that schedules its messages.
    """
    draft = own(connection, number, by_id)
    if draft is None or draft.state is not BroadcastState.DRAFT or draft.audience is None or draft.shown != shown:
        return None
    people = reach(connection, draft.audience)
    if not people.recipients:
        return None
    connection.execute(_CONFIRM, (people.recipients, people.blocked, card_id, to_text(now), number, by_id))
    return own(connection, number, by_id)


def stop(connection: sqlite3.Connection, number: int, by_id: int, now: datetime) -> Broadcast | None:
    """Throw this person's draft away, or call back what has not left yet; return it. What has ended stays as it is."""
    connection.execute(_DROP, (to_text(now), number, by_id))
    if connection.execute(_STOP, (number, by_id)).rowcount == 1:
        outbox.cancel(connection, event=f"broadcast:{number}", now=now, why="stopped")
    return own(connection, number, by_id)


def of_row(row: sqlite3.Row | None) -> Broadcast | None:
    """The broadcast that a row of its table is; None for no row."""
    if row is None:
        return None
    silence = _silence(row["silence"]) if row["silence"] else None
    audience = Audience(row["audience"], row["group_key"], silence) if row["audience"] else None
    return Broadcast(
        row["id"],
        row["by_id"],
        row["chat_id"],
        audience,
        row["text"],
        row["source_id"],
        BroadcastState(row["state"]),
        row["recipients"],
        row["blocked"],
        row["card_id"],
        row["ended_at"] is not None,
        row["preview_id"],
    )


def _silence(text: str) -> Silence:
    said = orjson.loads(text)
    key = CheckinKey(said["seminar"], date.fromisoformat(said["date"]), Slot(said["slot"]))
    return Silence(key, datetime.fromisoformat(said["opens"]))
