"""Tells people whose day a published version changes: what is, what was and why; and reminds who has not seen it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.access import MEMBERS
from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.programme import document as documents
from bot.programme.differences import SessionChange, to_tell, unread_languages, untouched_groups
from bot.programme.model import Day, Seminar
from bot.screen import Screen
from bot.store import programme as programme_store
from bot.store import programme_notice as programme_notice_store
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import programme_change as programme_change_view

_BEFORE: Final = timedelta(hours=1)  # so long before what has changed, who has not seen it is reminded
_REST: Final = timedelta(minutes=10)  # after the notice, for what begins sooner


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """What version `version` changes for somebody who was last told of version `was`. Audiences read the rest.

    `others` are the groups whose day it leaves as it was, `unread` the languages in which it says nothing new; `told`
    and `later` are the keys of earlier notices.
    """

    seminar: str
    version: int
    was: int
    author: int
    others: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """A version, and the one that it is compared with."""

    number: int
    was: int


@dataclass(frozen=True, slots=True)
class Change:
    """Two versions as they were published, and why; `newest` is the number of the one that runs."""

    before: tuple[Day, ...]
    after: tuple[Day, ...]
    reason: Mapping[str, str]
    newest: int


def arguments(version: Numbers, author: int, changes: Iterable[SessionChange], after: Seminar) -> ChangeOf:
    """The arguments of the notice to everybody whose day these changes are about."""
    changes = tuple(changes)
    others, unread = untouched_groups(after, changes), unread_languages(after, changes)
    return ChangeOf(after.key, version.number, version.was, author, others, unread=unread)


def occurrence(change: ChangeOf, changes: Iterable[SessionChange], after: Seminar, now: datetime) -> Occurrence:
    """The notice: of use until the last of what it tells of is over."""
    ends = [after.moment(one.day, one.end) for each in changes for one in (each.before, each.after) if one is not None]
    return NOTICE.occurrence(
        change,
        key=programme_notice_store.key(change.seminar, change.version, change.was),
        due_at=now,
        expires_at=max(ends),
        roles=MEMBERS,
        audience="programme",
    )


def reminders(
    change: ChangeOf, changes: Iterable[SessionChange], after: Seminar, now: datetime
) -> Iterator[Occurrence]:
    """An hour before the first of what has changed on a day, for each set of groups: a word to who has not seen it."""
    first: dict[tuple[int, tuple[str, ...]], datetime] = {}
    for one in changes:
        starts = [after.moment(side.day, side.start) for side in (one.before, one.after) if side is not None]
        about = (min(one.days), untouched_groups(after, [one]))
        if coming := [start for start in starts if start > now]:
            first[about] = min([*coming, *([first[about]] if about in first else [])])
    for number, ((day, others), start) in enumerate(first.items()):
        due_at = max(start - _BEFORE, now + _REST)
        if due_at < start:
            yield _reminder(change, f"before:{day}:{number}", others, due_at, start)


def reminder_by_tap(change: ChangeOf, number: int, now: datetime, expires_at: datetime) -> Occurrence:
    """The word that an organizer sends to who has not seen a notice; `number` counts them."""
    return _reminder(change, f"tap:{number}", change.others, now, expires_at)


def _reminder(
    change: ChangeOf, name: str, others: tuple[str, ...], due_at: datetime, expires_at: datetime
) -> Occurrence:
    notice = programme_notice_store.key(change.seminar, change.version, change.was)
    return REMINDER.occurrence(
        ChangeOf(change.seminar, change.version, change.was, change.author, others, (notice,)),
        key=f"{notice}:{name}",
        due_at=due_at,
        expires_at=expires_at,
        roles=MEMBERS,
        audience="programme_unseen",
    )


def _load(connection: sqlite3.Connection, about: ChangeOf, _row: Row) -> Change | None:
    before, after = (programme_store.document_of(connection, about.seminar, one) for one in (about.was, about.version))
    version = programme_store.get(connection, about.seminar, about.version)
    newest = programme_store.newest(connection, about.seminar)
    if before is None or after is None or version is None or newest is None:
        return None
    return Change(documents.read(before), documents.read(after), version.reason, newest.number)


def _render(given: Rendering[ChangeOf, Change | None]) -> Screen | None:
    """The notice; None once a newer version runs: its own notice says everything that has not been told."""
    about, change = given.arguments, given.context
    if change is None or change.newest != about.version or about.seminar != given.seminar.key:
        return None
    after = documents.with_read(given.seminar, change.after)
    changes = _seen(given, change, after)
    if not changes:
        return None
    return programme_change_view.notice(
        given.locale, after, changes, version=about.version, was=about.was, reason=change.reason
    )


def _remind(given: Rendering[ChangeOf, Change | None]) -> Screen | None:
    """What is still so of what the notice said, also where a newer version has changed something else."""
    about, change = given.arguments, given.context
    if change is None or about.seminar != given.seminar.key:
        return None
    changes = _seen(given, change, documents.with_read(given.seminar, change.after))
    still = tuple(one for one in changes if given.seminar.session(one.key) == one.after)
    if not still:
        return None
    return programme_change_view.reminder(
        given.locale, given.seminar, still, version=about.version, was=about.was, reason=change.reason
    )


def _seen(given: Rendering[ChangeOf, Change | None], change: Change, after: Seminar) -> tuple[SessionChange, ...]:
    before = documents.with_read(given.seminar, change.before)
    group = given.seminar.group(given.recipient.group_key)
    seen = (one.seen_by(group.key if group else None) for one in to_tell(before, after, given.now))
    return tuple(one for one in seen if one is not None and one.is_read_in(given.recipient.language))


NOTICE = MessageType(
    "programme.change",
    ChangeOf,
    _load,
    _render,
    priority=Priority.AGENDA,
    title=lambda _: _.plain("Notice of a change"),
    shared=True,
    by_group=True,
)
REMINDER = MessageType(
    "programme.reminder",
    ChangeOf,
    _load,
    _remind,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("Reminder of a change"),
    at_most_once=True,
    shared=True,
    by_group=True,
)
MESSAGE_TYPES = (NOTICE, REMINDER)
