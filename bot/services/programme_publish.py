"""Publishes a draft, and in the same transaction tells those whose day it changes."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot import arguments as codec
from bot.clock import from_text
from bot.messages import programme_change as programme_change_messages
from bot.messages.programme_change import ChangeOf
from bot.programme import document as documents
from bot.programme.differences import to_tell
from bot.programme.model import Seminar
from bot.services import programme as programme_service
from bot.services import programme_draft as programme_draft_service
from bot.services.programme import Published, Stale
from bot.store import audit as audit_store
from bot.store import fanout, outbox
from bot.store import programme as programme_store
from bot.store import programme_notice as programme_notice_store
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.programme import Version
from bot.store.programme_notice import Reach

_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


def publish(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, mark: str, *, base: int, now: datetime
) -> Published | Stale | None:
    """Publish this organizer's draft of this mark on top of version `base`; None where the draft is another by now.

    The same press handled again finds what it has published.
    """
    draft = programme_store.draft(connection, seminar.key, me.id)
    if draft is not None:  # its folder may have more or fewer days than when it was started
        draft = replace(draft, document=documents.as_long_as(seminar, draft.document))
    if draft is None or draft.base != base or programme_draft_service.mark_of(draft.document) != mark:
        return _published_before(connection, seminar, me, mark, base)
    outcome = _publish(connection, seminar, me, draft, now)
    if isinstance(outcome, Published):
        programme_store.delete_draft(connection, me.id)
        if outcome.is_new:
            audit_store.record(
                connection,
                "programme.published",
                by_id=me.id,
                now=now,
                subject=f"version:{outcome.version.number}",
                details={"source": outcome.version.source},
            )
            announce(connection, seminar, outcome, now)
    return outcome


def announce(connection: sqlite3.Connection, seminar: Seminar, published: Published, now: datetime) -> None:
    """Schedule the notices of a version, and the reminders for who will not have seen them.

    Who was not told yet of an earlier version is told of both in one notice: what was is what they were last told.
    """
    version = published.version
    earlier = programme_notice_store.earlier(connection, seminar.key, version.number, now)
    programme_notice_store.stop(connection, seminar.key, now)
    for was in range(version.number - 1, earlier.since - 1, -1):
        before = programme_service.version(connection, seminar, was)
        changes = to_tell(before, published.after, now)
        if not changes:
            continue
        author = version.by_id or 0
        numbers = programme_change_messages.Numbers(version.number, was)
        plain = programme_change_messages.arguments(numbers, author, changes, published.after)
        told = () if was == earlier.since else earlier.keys.get(was, ())
        if was != earlier.since and not told:
            continue  # nobody was told of it: who knew an older one is told from there
        later = tuple(key for number, keys in earlier.keys.items() if was < number < version.number for key in keys)
        change = replace(plain, told=told, later=later)
        occurrences = [
            programme_change_messages.occurrence(change, changes, published.after, now),
            *programme_change_messages.reminders(change, changes, published.after, now),
        ]
        fanout.schedule(connection, occurrences, now)


def adopt_folder(connection: sqlite3.Connection, folder: Seminar, now: datetime) -> Version:
    """At a start: make versions of what the folder holds, tell whose day another one changes, and return the newest.

    No organizer has seen it before, so a text that was corrected in it is told to nobody: only where to be, and when.
    """
    known = programme_store.newest(connection, folder.key)
    made = programme_service.adopt_folder(connection, folder, now)
    if known is not None and known.number < made.number:
        before, after = (programme_service.version(connection, folder, one.number) for one in (known, made))
        if any(one.is_rearranged for one in to_tell(before, after, now)):
            announce(connection, folder, Published(made, before, after, is_new=True), now)
    return made


def reach(connection: sqlite3.Connection, published: Published, now: datetime) -> Reach:
    """How many people a version is told. It looks at everybody: read it, and never in a transaction that writes."""
    changes, version = to_tell(published.before, published.after, now), published.version
    if not changes:
        return Reach(0, 0)
    numbers = programme_change_messages.Numbers(version.number, version.number - 1)
    about = programme_change_messages.arguments(numbers, version.by_id or 0, changes, published.after)
    return programme_notice_store.reach(connection, codec.write(about))


def read_with(
    connection: sqlite3.Connection, seminar: Seminar, someone: Person, versions: tuple[int, int], now: datetime
) -> tuple[int, ...]:
    """The versions that somebody has read of who has read the notice that compares a version with the one that was.

    Those between the two, and earlier ones of which it tells everything anew that is still to come. Raises LookupError
    where there is no such version.
    """
    version, was = versions
    group = seminar.group(someone.group)

    def sessions(before: int, after: int, since: datetime) -> set[str]:
        one, other = (programme_service.version(connection, seminar, number) for number in (before, after))
        changes = to_tell(one, other, since)
        return {change.key for change in changes if change.seen_by(group.key if group else None)}

    between = tuple(range(was + 1, version + 1))
    earlier = programme_notice_store.unread(connection, someone.id, seminar.key, was + 1)
    if not earlier:
        return between
    told = sessions(was, version, _BEGINNING)
    return (*(number for number, its in earlier if sessions(its, number, now) <= told), *between)


def remind(connection: sqlite3.Connection, seminar: Seminar, version: int, reminded: int, now: datetime) -> bool:
    """Remind who has not seen a version, once for each list that shows how often that was done; return whether."""
    if programme_notice_store.reminded(connection, seminar.key, version) != reminded:
        return False
    reminders = [
        programme_change_messages.reminder_by_tap(codec.read(ChangeOf, data), reminded + 1, now, from_text(expires))
        for _key, data, expires in programme_notice_store.of_version(connection, seminar.key, version)
        if now < from_text(expires)
    ]
    return fanout.schedule(connection, reminders, now) > 0


def tell_returned(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """Somebody can be reached again: they hear in one notice what has changed since they were last told.

    Call it in the transaction in which they are back; twice adds nothing.
    """
    missed = programme_notice_store.missed(connection, someone.id, now)
    if not missed:
        return
    arguments = [codec.read(ChangeOf, one.data) for one in missed]
    newest = programme_store.newest(connection, arguments[-1].seminar)
    assert newest is not None  # one of which there are notices
    was = programme_notice_store.last_told(connection, someone.id) or min(one.was for one in arguments)
    change = ChangeOf(arguments[-1].seminar, newest.number, was, newest.by_id or 0)
    listed = programme_notice_store.of_version(connection, change.seminar, newest.number)
    event = listed[0][0] if listed else programme_notice_store.key(change.seminar, newest.number, was)
    again = programme_notice_store.made(connection, event, someone.id)
    draft = Draft(
        key=f"{event}:person-{someone.id}{f':again-{again}' if again else ''}",
        occurrence=event,
        kind=programme_change_messages.NOTICE.name,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        priority=programme_change_messages.NOTICE.priority,
        due_at=now,
        expires_at=max(one.expires_at for one in missed),
        data=codec.write(change),
    )
    outbox.enqueue(connection, [draft], now)


def _publish(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, draft: programme_store.Draft, now: datetime
) -> Published | Stale:
    """Publish it as what it is: what the folder offers, an earlier version, or something new."""
    offer = programme_service.offered(connection, seminar)
    if offer is not None and offer.document == draft.document:
        taken = programme_service.accept_offer(
            connection, seminar, offer.key, base=draft.base, author=me, reason=draft.reason, now=now
        )
        if taken is not None:
            return taken
    restores = programme_store.earlier_with(connection, seminar.key, draft.document, before=draft.base)
    if restores is not None:
        back = programme_service.bring_back(
            connection, seminar, restores, base=draft.base, author=me, reason=draft.reason, now=now
        )
        if back is not None:
            return back
    return programme_service.publish(
        connection,
        seminar,
        draft.document,
        base=draft.base,
        author=me,
        reason=draft.reason,
        now=now,
        source=draft.source,
    )


def _published_before(
    connection: sqlite3.Connection, seminar: Seminar, me: Person, mark: str, base: int
) -> Published | None:
    made = programme_store.get(connection, seminar.key, base + 1)
    if made is None or made.by_id != me.id or made.digest[:8] != mark:
        return None
    before, after = (programme_service.version(connection, seminar, number) for number in (base, made.number))
    return Published(made, before, after, is_new=False)
