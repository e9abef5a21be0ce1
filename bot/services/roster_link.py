"""Personal links of people on the roster: made, revoked, and who came by one; and who of the roster a member is."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.access import Role
from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import person
from bot.store import roster as roster_store
from bot.store import roster_link as roster_link_store
from bot.store.joining import JoiningStep
from bot.store.person import Person
from bot.store.roster import RosterEntry

_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A link that was just made: its code cannot be read back later."""

    entry: RosterEntry
    code: str


def make(
    connection: sqlite3.Connection,
    entries: Iterable[RosterEntry],
    maker: Person,
    *,
    days: int,
    now: datetime,
    codes: Mapping[int, str] | None = None,
) -> list[PersonalLink]:
    """A new link for each who has not joined; links made for them before let nobody in any more.

    `codes`: of `invite_store.new_code` by the entry's number, where they were needed before.

    Whoever has opened an earlier one and is answering the first questions goes on.
    """
    made = []
    for one in entries:
        entry = roster_store.get(connection, one.id)
        if entry is None or entry.person_id is not None:
            continue
        roster_link_store.revoke(connection, entry.id, now)
        code = invite_store.create(
            connection,
            Role.TEACHER,
            days=days,
            now=now,
            made_by=maker.telegram_id,
            roster_id=entry.id,
            code=(codes or {}).get(entry.id, ""),
        )
        made.append(PersonalLink(entry, code))
    if made:
        details = {"people": len(made)}
        subject = f"roster:{made[0].entry.id}" if len(made) == 1 else ""
        audit_store.record(connection, "roster.links_made", by_id=maker.id, now=now, subject=subject, details=details)
    return made


def revoke(connection: sqlite3.Connection, entry_id: int, by_id: int, now: datetime) -> bool:
    """Withdraw the link of one person; who has opened it and has not come in does not. Return whether there was one."""
    entry = roster_store.get(connection, entry_id)
    if entry is None or entry.person_id is not None:
        return False
    links = roster_link_store.working(connection, entry_id)
    for one in links:
        invite_store.revoke(connection, one, now)
        for person_id in invite_store.joining_through(connection, one):
            someone = person.by_id(connection, person_id)
            if someone is not None:
                joining_store.turn_away(connection, someone, now)
    if not links:
        return False
    audit_store.record(connection, "roster.link_revoked", by_id=by_id, now=now, subject=f"roster:{entry_id}")
    return True


def revoke_some(connection: sqlite3.Connection, by_id: int, now: datetime) -> int:
    """Withdraw some of all unused links; call it until it returns 0."""
    revoked = roster_link_store.revoke_some(connection, now, limit=_AT_ONCE)
    if revoked:
        audit_store.record(connection, "roster.link_revoked", by_id=by_id, now=now, details={"links": revoked})
    return revoked


def remove(connection: sqlite3.Connection, entry_id: int, by_id: int, now: datetime) -> bool:
    """Forget somebody who has not joined, and their link; return whether they were there."""
    revoke(connection, entry_id, by_id, now)
    removed = roster_store.remove(connection, entry_id)
    if removed:
        audit_store.record(connection, "roster.entry_removed", by_id=by_id, now=now, subject=f"roster:{entry_id}")
    return removed


def match(connection: sqlite3.Connection, entry_id: int, person_id: int, by_id: int, now: datetime) -> bool:
    """An organizer says that the member is this entry; return False where it is somebody else already."""
    someone = person.by_id(connection, person_id)
    if someone is None or not someone.active or not roster_store.link(connection, entry_id, person_id):
        return False
    roster_link_store.revoke(connection, entry_id, now)
    audit_store.record(
        connection, "roster.matched", by_id=by_id, now=now, person_id=person_id, subject=f"roster:{entry_id}"
    )
    return True


def unmatch(connection: sqlite3.Connection, person_id: int, by_id: int, now: datetime) -> bool:
    """The member is not that entry after all; return whether they were one."""
    entry = roster_store.for_person(connection, person_id)
    if entry is None or not roster_store.unlink(connection, person_id):
        return False
    audit_store.record(
        connection, "roster.unmatched", by_id=by_id, now=now, person_id=person_id, subject=f"roster:{entry.id}"
    )
    return True


def came_in(connection: sqlite3.Connection, me: Person, now: datetime) -> None:
    """Whoever has become a member by a personal link is that entry from now on."""
    entry = roster_link_store.came_by(connection, me.telegram_id)
    if entry is not None and roster_store.link(connection, entry.id, me.id):
        roster_link_store.revoke(connection, entry.id, now)


def follow(connection: sqlite3.Connection, me: Person, invite: int, *, before: int | None) -> None:
    """Whoever answers the first questions has opened this invitation; `before`: whose entry they were until then.

    Where it is somebody's link it is theirs from now on: what they were asked is asked anew, and a colleague's link
    that they had opened by mistake works again.
    """
    entry = roster_link_store.of_invite(connection, invite)
    if entry is None:
        return
    roster_link_store.leave_others(connection, me.telegram_id, invite)
    if entry.id != before:
        joining_store.set_step(connection, me.id, JoiningStep.LANGUAGE)


def claim(connection: sqlite3.Connection, me: Person, code: str, now: datetime) -> bool:
    """A teacher who is no entry yet opens the link of one with a name like theirs: they are it. Return whether so.

    Others who open it have scanned a colleague's code, or try one that was printed: it stays that person's.
    """
    invitation = invite_store.check(connection, code, me.telegram_id, now)
    entry = roster_link_store.of_invite(connection, invitation.id) if invitation.good else None
    if me.role is not Role.TEACHER or entry is None or roster_store.for_person(connection, me.id) is not None:
        return False
    theirs, listed = (set(roster_store.name_key(one).split()) for one in (me.name, f"{entry.name} {entry.latin_name}"))
    if entry.person_id is not None or not theirs & listed:
        return False
    invite_store.redeem(connection, code, me.telegram_id, now)
    came_in(connection, me, now)
    return True


def answer(connection: sqlite3.Connection, me: Person, step: JoiningStep, seminar: Seminar) -> JoiningStep:
    """What the roster says of whoever came by a personal link is not asked: keep it, and return what is asked next."""
    entry = roster_link_store.came_by(connection, me.telegram_id)
    if entry is None:
        return step
    if step is JoiningStep.LANGUAGE and entry.language in seminar.languages:
        person.set_language(connection, me.id, entry.language)
        step = JoiningStep.NAME
    if step is JoiningStep.NAME:
        person.set_name(connection, me.id, entry.name)
        step = JoiningStep.GROUP if me.role is Role.TEACHER else JoiningStep.CONSENT
    if step is JoiningStep.GROUP and seminar.group(entry.group_key) is not None:
        person.set_group(connection, me.id, entry.group_key)
        step = JoiningStep.CONSENT
    joining_store.set_step(connection, me.id, step)
    return step
