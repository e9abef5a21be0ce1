"""Claiming outbox rows and completing them. `sending` is committed before a request starts."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

import orjson

from bot.arguments import language_of
from bot.clock import from_text, to_text
from bot.priority import Priority

MOST_ATTEMPTS: Final = 3  # requests of one key that may have reached Telegram
_EXPIRE_AT_ONCE: Final = 1_000
PARKED: Final = "9999-12-31T23:59:59.999Z"  # the `next_at` of a row whose occurrence is suspended
_CANCEL_AT_ONCE: Final = 200  # or park; 15 ms; a notice to 130,000 people that another follows leaves as many rows
_CONSIDER_AT_MOST: Final = 2_000


# What is made for each message is a tuple: a frozen dataclass takes four times as long to make.
class Row(NamedTuple):
    """A claimed row. `attempts` counts the request that it was claimed for; `data` is the arguments, as JSON."""

    id: int
    key: str
    occurrence: str
    kind: str
    chat_id: int
    person_id: int | None
    data: str
    due_text: str
    expires_text: str
    attempts: int
    retries: int
    priority: int = 50

    @property
    def due_at(self) -> datetime:
        """When it was meant to be sent."""
        return from_text(self.due_text)

    @property
    def expires_at(self) -> datetime:
        """When its time to live ends: it is not sent from then on."""
        return from_text(self.expires_text)


class Recipient(NamedTuple):
    """Who will read it. For a chat that is no member's, `person_id` and `role` are None."""

    person_id: int | None
    telegram_id: int
    name: str
    language: str
    role: str | None
    group_key: str | None


class Claim(NamedTuple):
    """A row that is `sending` from now on, its recipient, and the context that was loaded (or the error of loading)."""

    row: Row
    recipient: Recipient
    context: object


class Completion(NamedTuple):
    """What became of a claimed row. `attempt` False: the request surely did not arrive, it does not count.

    `state` may be "due" again: then `next_at` is when. `message_id` is the message that the row has become; `target_id`
    the one that it has edited or deleted instead; `album_ids` are all of an album.
    """

    id: int
    state: str
    attempt: bool = True
    retry: bool = False
    next_at: datetime | None = None
    message_id: int | None = None
    error: str | None = None
    target_id: int | None = None
    album_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What one claim took. `more`: claim again at once. `next_at`: otherwise the moment of the next row, if any.

    `rate_limited`: seconds until the first of the rate-limited chats can be served, None when there was none.
    `over_budget`: second or third tries were skipped; claim again when one of those in flight has ended.
    """

    claims: Sequence[Claim]
    more: bool
    next_at: datetime | None
    rate_limited: float | None
    over_budget: bool


LoadContext = Callable[[sqlite3.Connection, Row], object]
Limited = Callable[[int, int], float]

_EXPIRE = """
UPDATE outbox SET state = 'expired', done_at = :now
 WHERE id IN (SELECT id FROM outbox WHERE state = 'due' AND expires_at <= :now LIMIT :limit)
"""
# The priorities of due rows, each by a step in the index.
DUE_PRIORITIES: Final = """
WITH RECURSIVE due_priority (priority) AS (
    SELECT min(priority) FROM outbox WHERE state = 'due'
    UNION ALL
    SELECT (SELECT min(priority) FROM outbox WHERE state = 'due' AND priority > due_priority.priority)
      FROM due_priority WHERE due_priority.priority IS NOT NULL
)
"""
_PRIORITIES = DUE_PRIORITIES + "SELECT priority FROM due_priority WHERE priority IS NOT NULL"  # noqa: S608 - constants
# A row waits for an earlier one of its chat that is due or was tried, and for any that is under way; one of a member in
# trouble waits only for such as itself.
_DUE = f"""
SELECT o.id, o.key, o.event, o.kind, o.chat_id, o.person_id, o.data, o.due_at, o.expires_at, o.attempts + 1 AS attempt,
       o.retries, o.priority,
       p.name, p.language, p.role, p.group_key, p.state, p.reachable, p.paused_at,
       (SELECT CASE WHEN f.cancelled THEN 'cancelled' WHEN f.suspended = 1 THEN 'suspended' END
          FROM fanout AS f WHERE f.event = o.event) AS halted
  FROM outbox o LEFT JOIN person p ON p.id = o.person_id
 WHERE o.state = 'due' AND o.priority = :priority AND o.next_at <= :now AND o.due_at <= :now AND o.expires_at > :now
   AND NOT EXISTS (
       SELECT 1 FROM outbox e
        WHERE e.chat_id = o.chat_id AND e.state IN ('due', 'sending') AND e.id <> o.id
          AND (o.priority > {Priority.SOS:d} OR e.priority <= {Priority.SOS:d})
          AND (e.state = 'sending' OR (e.id < o.id AND e.next_at < '{PARKED}'
                                       AND (e.due_at <= :now OR e.next_at <> e.due_at))))
 ORDER BY o.next_at, o.id
"""  # noqa: S608 - a constant of this page
_NEXT = f"""
SELECT min(next_at) FROM outbox WHERE state = 'due' AND priority = ? AND next_at > ? AND next_at < '{PARKED}'
"""  # noqa: S608 - a constant of this page
_PARK = f"UPDATE outbox SET next_at = '{PARKED}' WHERE id = ? AND state = 'due'"  # noqa: S608 - a constant of this page
_TAKE = "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ? AND state = 'due'"
_CANCEL = "UPDATE outbox SET state = 'cancelled', error = ?, done_at = ? WHERE id = ? AND state = 'due'"
_COMPLETE = """
UPDATE outbox
   SET state = ?, attempts = attempts - ?, retries = retries + ?, next_at = coalesce(?, next_at),
       message_id = ?, target_id = ?, album_ids = ?, error = ?, done_at = ?
 WHERE id = ? AND state = 'sending'
"""


def complete(connection: sqlite3.Connection, completions: Sequence[Completion], now: datetime) -> None:
    """Record what became of claimed rows. A row that is not `sending` any more is left as it is."""
    moment = to_text(now)
    connection.executemany(
        _COMPLETE,
        [
            (
                completion.state,
                not completion.attempt,
                completion.retry,
                None if completion.next_at is None else to_text(completion.next_at),
                completion.message_id,
                completion.target_id,
                None if completion.album_ids is None else orjson.dumps(completion.album_ids).decode(),
                completion.error,
                None if completion.state == "due" else moment,
                completion.id,
            )
            for completion in completions
        ],
    )


def claim(
    connection: sqlite3.Connection,
    want: int,
    now: datetime,
    *,
    urgent: int = 0,
    rate_limited: Limited,
    load_context: LoadContext,
    retry_budget: Mapping[int, int] = MappingProxyType({}),
    despite_pause: Collection[str] = frozenset(),
) -> Claims:
    """Make up to `want` due rows `sending` and return them, the most urgent first, at most one a chat.

    `urgent` is how many more SOS rows may be claimed. `rate_limited` tells in how many seconds a chat takes a row of a
    priority, 0 or less for now. Rows past their time become `expired`; rows of people who left or cannot be reached,
    of those who are paused (but for kinds of `despite_pause`), and of a cancelled occurrence, `cancelled`; those of a
    suspended one wait aside (`PARKED`). `load_context` runs for each row in this same transaction.
    `retry_budget` says how many rows may be claimed for a second or third try (any number where it says nothing).
    """
    moment = to_text(now)
    expired = connection.execute(_EXPIRE, {"now": moment, "limit": _EXPIRE_AT_ONCE}).rowcount
    selection = _Selection(want + urgent, rate_limited, retry_budget, despite_pause)
    upcoming: list[str] = []
    for (priority,) in connection.execute(_PRIORITIES).fetchall():
        if priority > Priority.SOS:
            selection.after_sos(want)
        if not selection.room:
            break
        for row in connection.execute(_DUE, {"priority": priority, "now": moment}):
            selection.consider(row)
            if selection.full:
                break
        else:
            later = connection.execute(_NEXT, (priority, moment)).fetchone()[0]
            upcoming += [later] if later else []
    connection.executemany(_CANCEL, [(why, moment, row_id) for row_id, why in selection.cancelled])
    connection.executemany(_PARK, [(row_id,) for row_id in selection.parked])
    connection.executemany(_TAKE, [(row["id"],) for row in selection.rows])
    claims = [_claim(connection, row, load_context) for row in selection.rows]
    more = selection.full or bool(selection.cancelled or selection.parked) or expired >= _EXPIRE_AT_ONCE
    return Claims(
        claims, more, from_text(min(upcoming)) if upcoming else None, selection.rate_limited, selection.over_budget
    )


class _Selection:
    """The rows that are selected so far, and why others were skipped."""

    def __init__(self, want: int, limited: Limited, budget: Mapping[int, int], despite_pause: Collection[str]) -> None:
        self.rows: list[sqlite3.Row] = []
        self.cancelled: list[tuple[int, str]] = []
        self.parked: list[int] = []
        self.rate_limited: float | None = None
        self._most = want
        self._is_after_sos = self._nothing_more = False
        self._rate_limited, self._retry_budget, self._despite_pause = limited, dict(budget), despite_pause
        self.over_budget, self._considered = False, 0
        self._chats: set[int] = set()

    def after_sos(self, want: int) -> None:
        """The SOS rows have been selected: from here on it is `want` rows more, whatever their priority."""
        if not self._is_after_sos:
            self._is_after_sos = True
            left = self._most - len(self.rows)
            self._nothing_more = want <= 0 < left
            self._most = len(self.rows) + min(want, left)

    @property
    def room(self) -> bool:
        """Whether rows of another priority are to be considered."""
        return not (self.full or self._nothing_more)

    @property
    def full(self) -> bool:
        """Whether enough rows are selected, or enough were considered for one transaction with some selected."""
        if self._nothing_more:
            return False  # what is left is not asked for now, and so is no reason to claim again at once
        if len(self.rows) >= self._most or len(self.cancelled) + len(self.parked) >= _CANCEL_AT_ONCE:
            return True
        return self._considered >= _CONSIDER_AT_MOST and bool(self.rows or self.cancelled or self.parked)

    def consider(self, row: sqlite3.Row) -> None:
        self._considered += 1
        chat_id = row["chat_id"]
        why = _why_cancelled(row, self._despite_pause)
        if why is not None:
            self.cancelled.append((row["id"], why))
        elif row["halted"] == "suspended":
            self.parked.append(row["id"])
        elif (seconds := self._rate_limited(chat_id, row["priority"])) > 0:
            self.rate_limited = seconds if self.rate_limited is None else min(self.rate_limited, seconds)
        elif chat_id not in self._chats:
            self._take(row, row["attempt"])

    def _take(self, row: sqlite3.Row, attempt: int) -> None:
        if (budget := self._retry_budget.get(attempt)) is not None:
            if budget <= 0:
                self.over_budget = True
                return
            self._retry_budget[attempt] = budget - 1
        self._chats.add(row["chat_id"])
        self.rows.append(row)


def _why_cancelled(row: sqlite3.Row, despite_pause: Collection[str]) -> str | None:
    if row["halted"] == "cancelled":
        return "not wanted"  # what it is about was cancelled for everybody
    if row["person_id"] is None:
        return None
    if row["state"] != "active":
        return "left" if row["state"] == "left" else "not a member"
    is_held = row["paused_at"] is not None and row["role"] == "teacher" and row["kind"] not in despite_pause
    return "unreachable" if not row["reachable"] else "paused" if is_held else None


def _claim(connection: sqlite3.Connection, joined: sqlite3.Row, load_context: LoadContext) -> Claim:
    row = Row(*joined[: len(Row._fields)])
    if row.person_id is None:
        recipient = Recipient(None, row.chat_id, "", language_of(row.data), None, None)
    else:
        recipient = Recipient(row.person_id, row.chat_id, *joined[len(Row._fields) : -4])
    try:
        context = load_context(connection, row)
    except Exception as error:  # noqa: BLE001 - one kind's mistake must not stop the others' rows
        context = error
    return Claim(row, recipient, context)
