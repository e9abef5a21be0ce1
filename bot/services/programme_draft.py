"""What an organizer changes in the programme and has not published: each edit on top of the last, kept in the draft."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot import arguments as codec
from bot.messages import programme_change as programme_change_messages
from bot.programme import document as documents
from bot.programme.differences import Difference, SessionChange, differences, to_tell
from bot.programme.edits import Edit, edited
from bot.programme.model import Seminar
from bot.programme.rebase import rebased
from bot.services import programme as programme_service
from bot.store import audit as audit_store
from bot.store import programme as programme_store
from bot.store import programme_notice as programme_notice_store
from bot.store.person import Person
from bot.store.programme import Source, Version
from bot.store.programme_notice import Reach


@dataclass(frozen=True, slots=True)
class Changes:
    """The programme as one organizer would have it: `base` is the version that it changes; `newest` runs.

    `mark` names exactly this draft in a button, and is empty where there is none. `published` is what others changed
    since `base`.  `is_older_draft`: another draft was asked for, and not made,
    because of this one.
    """

    seminar: Seminar
    base: int
    newest: Version
    mark: str
    differences: tuple[Difference, ...]
    published: tuple[Difference, ...]
    reason: Mapping[str, str]
    is_older_draft: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether others have published since it was started."""
        return self.base != self.newest.number

    def changes(self, session: str) -> bool:
        """Whether a session is another than in the version that was changed."""
        return any(isinstance(one, SessionChange) and one.key == session for one in self.differences)


@dataclass(frozen=True, slots=True)
class Look:
    """A version, the programme as it was with it, and what it changed; `back` is what bringing it back would.

    `back` is None for the version that runs.
    """

    version: Version
    after: Seminar
    changed: tuple[Difference, ...]
    back: tuple[Difference, ...] | None


def get(connection: sqlite3.Connection, seminar: Seminar, me: Person) -> Changes:
    """The programme with what this organizer has changed, or as it runs."""
    newest = programme_store.newest(connection, seminar.key)
    assert newest is not None  # the folder's is a version since the start
    draft = programme_store.draft(connection, seminar.key, me.id)
    if draft is None:
        runs = programme_service.version(connection, seminar, newest.number)
        return Changes(runs, newest.number, newest, "", (), (), {})
    mine = documents.with_days(seminar, draft.document)
    base = programme_service.version(connection, seminar, draft.base)
    runs = base if draft.base == newest.number else programme_service.version(connection, seminar, newest.number)
    mark = mark_of(documents.as_long_as(seminar, draft.document))
    return Changes(mine, draft.base, newest, mark, differences(base, mine), differences(base, runs), draft.reason)


def reach(connection: sqlite3.Connection, seminar: Seminar, me: Person, changes: Changes, now: datetime) -> Reach:
    """Whom publishing a draft would tell. It looks at everybody: read it, and never in a transaction that writes."""
    newest = changes.newest.number
    to_be_told = to_tell(programme_service.version(connection, seminar, newest), changes.seminar, now)
    if not to_be_told:
        return Reach(0, 0)
    numbers = programme_change_messages.Numbers(newest + 1, newest)
    about = programme_change_messages.arguments(numbers, me.id, to_be_told, changes.seminar)
    return programme_notice_store.reach(connection, codec.write(about))


def edit(connection: sqlite3.Connection, seminar: Seminar, me: Person, one: Edit, now: datetime) -> Changes:
    """Change the draft, or begin one. Raises EditError."""
    mine = get(connection, seminar, me)
    after = edited(mine.seminar, one)
    return save(connection, seminar, me, documents.write(after.days), base=mine.base, now=now)


def save(
    connection: sqlite3.Connection,
    seminar: Seminar,
    me: Person,
    document: str,
    *,
    base: int,
    now: datetime,
    source: Source = Source.CHAT,
) -> Changes:
    """Keep this document as the draft; one that changes nothing is none."""
    if documents.with_days(seminar, document).days == programme_service.version(connection, seminar, base).days:
        programme_store.delete_draft(connection, me.id)
    else:
        programme_store.save_draft(connection, seminar.key, me.id, base=base, document=document, now=now, source=source)
    return get(connection, seminar, me)


def set_reason(connection: sqlite3.Connection, seminar: Seminar, me: Person, reason: Mapping[str, str]) -> Changes:
    """Keep why."""
    programme_store.set_reason(connection, seminar.key, me.id, reason)
    return get(connection, seminar, me)


def rebase(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, mark: str, *, newest: int, now: datetime
) -> Changes:
    """Put the draft of this mark on top of version `newest`, if that still runs; return what there is now."""
    mine = get(connection, seminar, me)
    if mine.mark != mark or mine.newest.number != newest or not mine.is_stale:
        return mine
    draft = programme_store.draft(connection, seminar.key, me.id)
    assert draft is not None  # it has a mark
    base = programme_service.version(connection, seminar, mine.base)
    runs = programme_service.version(connection, seminar, newest)
    text = documents.write(rebased(base, mine.seminar, runs).days)
    return save(connection, seminar, me, text, base=newest, now=now, source=draft.source)


def drop(connection: sqlite3.Connection, seminar: Seminar, me: Person, mark: str, now: datetime) -> Changes:
    """Throw the draft of this mark away; return what there is now."""
    if get(connection, seminar, me).mark == mark:
        programme_store.delete_draft(connection, me.id)
        audit_store.record(connection, "programme.draft_dropped", by_id=me.id, now=now)
    return get(connection, seminar, me)


def bring_back(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, number: int, now: datetime
) -> Changes | None:
    """Make a draft of an earlier version, unless there is a draft already; None where there is no such version."""
    text = programme_store.document_of(connection, seminar.key, number)
    if text is None:
        return None
    mine, text = get(connection, seminar, me), documents.as_long_as(seminar, text)
    return _started(connection, seminar, me, mine=mine, document=text, base=mine.newest.number, now=now)


def take_offer(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, mark: str, now: datetime
) -> Changes | None:
    """Make a draft of what the folder offers, unless there is a draft; None where it is not offered any more."""
    offer = programme_service.offered(connection, seminar)
    if offer is None or offer.key != mark:
        return None
    mine = get(connection, seminar, me)
    return _started(connection, seminar, me, mine=mine, document=offer.document, base=offer.base, now=now)


def take_file(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, document: str, *, base: int, now: datetime
) -> Changes:
    """Make a draft of what a file says that was made from version `base`, unless there is one with edits of the chat.

    A draft that is an earlier file as it came is replaced: this is the corrected one.
    """
    kept = programme_store.draft(connection, seminar.key, me.id)
    if kept is not None and kept.source is not Source.FILE:
        mine = get(connection, seminar, me)
        if mine.mark != mark_of(document) or mine.base != base:
            return replace(mine, is_older_draft=True)
    return save(connection, seminar, me, document, base=base, now=now, source=Source.FILE)


def look_at(connection: sqlite3.Connection, seminar: Seminar, number: int) -> Look | None:
    """What a version changed, and what bringing it back would; None where there is no such version."""
    one, newest = programme_store.get(connection, seminar.key, number), programme_store.newest(connection, seminar.key)
    if one is None or newest is None:
        return None
    after = programme_service.version(connection, seminar, number)
    before = programme_service.version(connection, seminar, number - 1) if number > 1 else after
    runs = programme_service.version(connection, seminar, newest.number)
    back = differences(runs, after) if number != newest.number else None
    return Look(one, after, differences(before, after), back)


def _started(
    connection: sqlite3.Connection,
    seminar: Seminar,
    me: Person,
    *,
    mine: Changes,
    document: str,
    base: int,
    now: datetime,
) -> Changes:
    """A draft with this document, unless there is another one: the press that made it may be handled again."""
    if mine.mark and (mine.mark != mark_of(document) or mine.is_stale):
        return replace(mine, is_older_draft=True)
    return save(connection, seminar, me, document, base=base, now=now)


def mark_of(document: str) -> str:
    """The mark of a draft with this document."""
    return programme_store.digest(document)[:8]
