"""Publishes versions of the programme: each on top of the one that its author has seen, and each once."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.programme import document as documents
from bot.programme.differences import Difference, differences
from bot.programme.model import Seminar
from bot.store import programme as programme_store
from bot.store.person import Person
from bot.store.programme import Folder, FolderState, NewVersion, Source, Version


@dataclass(frozen=True, slots=True)
class Published:
    """The version is there. `is_new` is false where the same was published before: nothing has to follow again.

    `before` is the programme as it was until then, `after` as it is from now on.
    """

    version: Version
    before: Seminar
    after: Seminar
    is_new: bool

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What it changes."""
        return differences(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was published: since the version that was changed, somebody published others. `author` may be empty.

    `differences` is all that is different since that version.
    """

    newest: Version
    differences: tuple[Difference, ...]

    @property
    def author(self) -> str:
        """Who published the newest."""
        return self.newest.author


@dataclass(frozen=True, slots=True)
class Offer:
    """The folder's programme, which was changed after something was published from the chat.

    `key` names it in a button; `base` is the version that it would replace. `differences` is empty where it has only
    other themes of days.
    """

    key: str
    base: int
    document: str
    differences: tuple[Difference, ...]


def publish(
    connection: sqlite3.Connection,
    seminar: Seminar,
    document: str,
    *,
    base: int,
    author: Person,
    reason: Mapping[str, str],
    now: datetime,
    source: Source = Source.CHAT,
) -> Published | Stale:
    """Publish a document on top of version `base`, and throw away the author's draft.

    Nothing is published over a version that the author has not seen; the same document on the same version is
    published once, and what is the newest already is not published again. Raises ValueError for what is no programme of
    the seminar.
    """
    documents.check(seminar, document)
    outcome = _publish(connection, seminar, base, NewVersion(document, source, author.id, reason), now)
    if isinstance(outcome, Published):
        programme_store.delete_draft(connection, author.id)
    return outcome


def bring_back(
    connection: sqlite3.Connection,
    seminar: Seminar,
    number: int,
    *,
    base: int,
    author: Person,
    reason: Mapping[str, str],
    now: datetime,
) -> Published | Stale | None:
    """Publish an earlier version anew, on top of version `base`; None where there is no version of this number."""
    text = programme_store.document_of(connection, seminar.key, number)
    if text is None:
        return None
    return _publish(connection, seminar, base, NewVersion(text, Source.CHAT, author.id, reason, number), now)


def version(connection: sqlite3.Connection, seminar: Seminar, number: int) -> Seminar:
    """The seminar with the days of one version. Raises LookupError where there is no such version."""
    text = programme_store.document_of(connection, seminar.key, number)
    if text is None:
        raise LookupError(f"no version {number} of {seminar.key}")
    return documents.with_days(seminar, text)


def newer_than(connection: sqlite3.Connection, folder: Seminar, number: int) -> tuple[int, Seminar] | None:
    """Number and seminar of the newest version, or None while it is the one of this number."""
    newer = programme_store.newer_than(connection, folder.key, number)
    return None if newer is None else (newer[0], documents.with_days(folder, newer[1]))


def adopt_folder(connection: sqlite3.Connection, folder: Seminar, now: datetime) -> Version:
    """At a start: make versions of what the folder holds, and return the newest. Call it before anything reads them.

    The first folder is version 1. A changed one is the next by itself only while nothing was published since the last
    version that was the folder's; otherwise it is offered to organizers, who take it or leave it.
    """
    newest, known = programme_store.newest(connection, folder.key), programme_store.folder(connection, folder.key)
    if newest is None or known is None:
        return _take_folder(connection, folder, 0 if newest is None else newest.number, now)
    if documents.read(known.document) == folder.days:
        return newest
    if newest.number == known.version:
        return _take_folder(connection, folder, newest.number, now)
    state = FolderState.OFFERED if would_be_offered(connection, folder) else FolderState.TAKEN
    text = documents.write(folder.days)
    programme_store.save_folder(connection, folder.key, text, version=known.version, state=state)
    return newest


def would_be_offered(connection: sqlite3.Connection, folder: Seminar) -> Version | None:
    """The version of the chat beside which a start would only offer what this folder holds; None where it would not."""
    newest, known = programme_store.newest(connection, folder.key), programme_store.folder(connection, folder.key)
    if newest is None or known is None or newest.number == known.version:
        return None
    # What runs, or what the folder held before (somebody undid a change in it), is nothing to decide on.
    held = (version(connection, folder, number).days for number in (newest.number, known.version))
    return None if folder.days in held else newest


def offered(connection: sqlite3.Connection, seminar: Seminar) -> Offer | None:
    """What the folder offers organizers to decide on, or None."""
    folder, newest = programme_store.folder(connection, seminar.key), programme_store.newest(connection, seminar.key)
    if folder is None or newest is None or folder.state is not FolderState.OFFERED:
        return None
    before, after = version(connection, seminar, newest.number), documents.with_days(seminar, folder.document)
    if before.days == after.days:
        return None
    return Offer(_key(folder), newest.number, folder.document, differences(before, after))


def accept_offer(
    connection: sqlite3.Connection,
    seminar: Seminar,
    key: str,
    *,
    base: int,
    author: Person,
    reason: Mapping[str, str],
    now: datetime,
) -> Published | Stale | None:
    """Publish what the folder offers, on top of version `base`; None where it offers something else, or nothing."""
    folder = programme_store.folder(connection, seminar.key)
    if folder is None or _key(folder) != key or folder.state is FolderState.DECLINED:
        return None
    new = NewVersion(folder.document, Source.FOLDER, author.id, reason)
    outcome = _publish(connection, seminar, base, new, now)
    if isinstance(outcome, Published) and outcome.is_new:
        programme_store.save_folder(
            connection, seminar.key, folder.document, version=outcome.version.number, state=FolderState.TAKEN
        )
    return outcome


def decline_offer(connection: sqlite3.Connection, seminar: Seminar, key: str) -> bool:
    """Leave what the folder offers, until it is changed again; return whether it is that offer which is left."""
    folder = programme_store.folder(connection, seminar.key)
    if folder is None or _key(folder) != key or folder.state is FolderState.TAKEN:
        return False
    programme_store.save_folder(
        connection, seminar.key, folder.document, version=folder.version, state=FolderState.DECLINED
    )
    return True


def _take_folder(connection: sqlite3.Connection, folder: Seminar, base: int, now: datetime) -> Version:
    text = documents.write(folder.days)
    made = programme_store.add(connection, folder.key, base, NewVersion(text, Source.FOLDER), now)
    programme_store.save_folder(connection, folder.key, text, version=made.number, state=FolderState.TAKEN)
    return made


def _publish(
    connection: sqlite3.Connection, seminar: Seminar, base: int, new: NewVersion, now: datetime
) -> Published | Stale:
    newest = programme_store.newest(connection, seminar.key)
    if newest is None or base > newest.number or base < 1:
        raise LookupError(f"no version {base} of {seminar.key}")
    made = programme_store.get(connection, seminar.key, base + 1)
    if made is not None and made.digest == programme_store.digest(new.document):
        return _published(connection, seminar, base, made, is_new=False)
    if made is not None:
        seen, now_there = (version(connection, seminar, number) for number in (base, newest.number))
        return Stale(newest, differences(seen, now_there))
    if newest.digest == programme_store.digest(new.document):
        return _published(connection, seminar, base, newest, is_new=False)
    return _published(
        connection, seminar, base, programme_store.add(connection, seminar.key, base, new, now), is_new=True
    )


def _published(
    connection: sqlite3.Connection, seminar: Seminar, base: int, made: Version, *, is_new: bool
) -> Published:
    before, after = (version(connection, seminar, number) for number in (base, made.number))
    return Published(made, before, after, is_new)


def _key(folder: Folder) -> str:
    return folder.digest[:8]
