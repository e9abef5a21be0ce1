"""What is still to be sent: what an organizer sees of it, and what becomes of a decision about it."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from bot import arguments as codec
from bot.messages import checkin as checkin_messages
from bot.messages import upcoming as upcoming_messages
from bot.messages.upcoming import Planned, Refused
from bot.programme.model import Seminar
from bot.store import audience
from bot.store import audit as audit_store
from bot.store import upcoming as upcoming_store
from bot.store.conversation import Prompt
from bot.store.fanout import Occurrence
from bot.store.person import Person
from bot.store.upcoming import PAGE, Decision, Override, Stage, UpcomingItem, UpcomingList


@dataclass(frozen=True, slots=True)
class TimeOf:
    """When this message is to be sent, asked after so many decisions about it."""

    item: str
    revision: int


TIME: Final = Prompt("upcoming.time", TimeOf)  # what a chat waits for after "Another time"
_GRACE: Final = timedelta(seconds=10)  # so long "send now" can be undone


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the arguments of different types may hold."""

    session: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was read at one moment: what is planned and scheduled, what was decided, and what is being sent."""

    seminar: Seminar
    now: datetime
    occurrences: Sequence[Occurrence]
    decided: Mapping[str, Override]
    started: Mapping[str, bool]

    def find(self, token: str) -> Occurrence | None:
        """The occurrence that a button means, or None for one that is not (any more) to come."""
        return next((one for one in self.occurrences if upcoming_messages.token(one.key) == token), None)

    def stage(self, occurrence: Occurrence) -> Stage:
        """How far it has come."""
        if occurrence.key in self.started:
            return Stage.GONE if self.started[occurrence.key] else Stage.SENDING
        if upcoming_messages.follows_skipped(occurrence, self.decided):
            return Stage.FOLLOWS
        sent, mine = upcoming_messages.effective(occurrence, self.decided), self.decided.get(occurrence.key)
        if sent is None:
            return Stage.SKIPPED
        if mine is None or sent is occurrence:
            return Stage.PLANNED
        return Stage.NOW if mine.decision is Decision.NOW else Stage.POSTPONED

    def due_at(self, occurrence: Occurrence) -> datetime:
        """When it is sent; of what is not sent, when it was to be."""
        sent = upcoming_messages.effective(occurrence, self.decided)
        return sent.due_at if sent is not None else occurrence.due_at


class Found(NamedTuple):
    """An occurrence and what an organizer sees of it."""

    occurrence: Occurrence
    item: UpcomingItem


class Decided(NamedTuple):
    """What became of a decision: how it stands now (None: it is not to come any more), and why it was not taken.

    `refused`: a rule speaks against it; `is_outdated`: somebody has decided something else meanwhile.
    """

    stage: Stage | None
    by: str = ""
    refused: Refused | None = None
    is_outdated: bool = False


def known(connection: sqlite3.Connection, planned: Planned) -> Known:
    """What is to come at this moment; `planned` is what the planners know of it."""
    seminar, now = planned.seminar, planned.now
    end = upcoming_messages.last_moment(seminar, now)
    keys = {one.key for one in planned.occurrences}
    stored = [one for one in upcoming_store.stored(connection, now, end) if one.key not in keys]
    occurrences = [*planned.occurrences, *stored]
    decided = upcoming_messages.decisions(connection, occurrences)
    # What is scheduled has the moment that was decided; what was planned is in the decision.
    occurrences = [*planned.occurrences, *(upcoming_messages.as_planned(one, decided) for one in stored)]
    started = upcoming_store.started(connection, {one.key for one in occurrences}, now)
    return Known(seminar, now, occurrences, decided, started)


def listing(connection: sqlite3.Connection, planned: Planned, on: date | None, *, page: int) -> UpcomingList:
    """One page of what is to come on a day (None: today, or tomorrow when today has nothing more)."""
    state = known(connection, planned)
    coming = [one for one in state.occurrences if state.stage(one) is not Stage.GONE]
    coming.sort(key=lambda one: (state.due_at(one), one.priority, one.key))
    today = planned.seminar.today(planned.now)
    days = [max(on, today)] if on is not None else [today, today + timedelta(days=1)]
    items: list[UpcomingItem] = []
    day = days[0]
    for each in days:
        mine = (one for one in coming if max(planned.seminar.today(state.due_at(one)), today) == each)
        items = _wanted(_item(connection, state, one) for one in mine)
        if items:
            day = each
            break
    page = min(max(page, 0), max(0, (len(items) - 1) // PAGE))
    return UpcomingList(today, day, tuple(items[page * PAGE : (page + 1) * PAGE]), page, len(items))


def _wanted(items: Iterable[UpcomingItem]) -> list[UpcomingItem]:
    """Without those that go to nobody, like the reminders of a session that nobody has asked for."""
    return [one for one in items if one.recipients or one.stage is not Stage.PLANNED]


def find(connection: sqlite3.Connection, planned: Planned, token: str) -> Found | None:
    """What a button means, as it is now; None for what is not to come any more."""
    state = known(connection, planned)
    one = state.find(token)
    if one is None:
        return None
    return Found(upcoming_messages.effective(one, state.decided) or one, _item(connection, state, one))


def decide(
    connection: sqlite3.Connection,
    planned: Planned,
    token: str,
    decision: Decision,
    me: Person,
    *,
    revision: int,
    moment: Callable[[Occurrence, datetime], datetime] | None = None,
) -> Decided:
    """Keep a decision of `me`, who saw so many decisions before it.

    `moment` gives when it is sent instead, from the occurrence as planned and when it is sent so far. The same press
    handled twice decides once.
    """
    state, now = known(connection, planned), planned.now
    one = state.find(token)
    if one is None:
        return Decided(None)
    mine, stage = state.decided.get(one.key), state.stage(one)
    by = mine.by if mine else ""
    if (mine.revision if mine else 0) != revision:
        is_repeated = mine is not None and (mine.by_id, mine.decision, mine.revision) == (me.id, decision, revision + 1)
        return Decided(stage, by, is_outdated=not is_repeated)
    if stage in {Stage.SENDING, Stage.GONE}:
        return Decided(stage, by, is_outdated=True)
    due_at = one.due_at
    if decision.moves:
        due_at = now + _GRACE if decision is Decision.NOW or moment is None else moment(one, state.due_at(one))
        useful = upcoming_messages.usefulness(planned.seminar, one, state.occurrences, state.decided)
        refused = useful.refusal(now if decision is Decision.NOW else due_at, now)
        if refused is not None:
            return Decided(stage, by, refused)
    upcoming_store.save(
        connection, one.key, decision, planned_at=one.due_at, due_at=due_at, by=me, revision=revision, now=now
    )
    audit_store.record(
        connection, "upcoming.decided", by_id=me.id, now=now, subject=one.key, details={"decision": decision}
    )
    return Decided(known(connection, planned).stage(one), me.name)


def _item(connection: sqlite3.Connection, state: Known, one: Occurrence) -> UpcomingItem:
    mine = state.decided.get(one.key)
    question = state.decided.get(upcoming_messages.question_of(one) or "")
    stage = state.stage(one)
    said = question if stage is Stage.FOLLOWS else mine
    return UpcomingItem(
        token=upcoming_messages.token(one.key),
        kind=one.kind,
        planned_at=one.due_at,
        due_at=state.due_at(one),
        stage=stage,
        recipients=audience.count(connection, one.roles, one.audience, one.data),
        revision=mine.revision if mine else 0,
        by=said.by if said else "",
        asks=one.kind == checkin_messages.ASK.name,
        session=codec.read(_Subject, one.data).session,
    )
