"""Links of people on the roster: one for each, for one use; and which of them somebody came by."""

import sqlite3
from datetime import datetime
from typing import Final

from bot.clock import to_text
from bot.store import roster as roster_store
from bot.store.roster import RosterEntry

CANDIDATES: Final = 6
PAGE: Final = 8
_WORKS: Final = "revoked_at IS NULL AND uses_left > 0"
_REVOKE = f"UPDATE invite SET revoked_at = ? WHERE roster_id = ? AND {_WORKS}"  # noqa: S608 - a text of this file
_REVOKE_SOME = f"""
UPDATE invite SET revoked_at = ? WHERE id IN (
    SELECT id FROM invite WHERE roster_id IS NOT NULL AND {_WORKS} AND expires_at > ? ORDER BY id LIMIT ?)
"""  # noqa: S608 - a text of this file
_CAME_BY = """
SELECT i.roster_id FROM invite_use AS used JOIN invite AS i ON i.id = used.invite_id
 WHERE used.telegram_id = ? AND i.roster_id IS NOT NULL ORDER BY used.used_at DESC, i.id DESC LIMIT 1
"""
_OTHERS = """
telegram_id = :account AND invite_id <> :invite
   AND invite_id IN (SELECT id FROM invite WHERE roster_id IS NOT NULL)
"""
_GIVE_OTHERS_BACK = f"""
UPDATE invite SET uses_left = uses_left + 1 WHERE id IN (SELECT invite_id FROM invite_use WHERE {_OTHERS})
"""  # noqa: S608 - a text of this file
_LEAVE_OTHERS = f"DELETE FROM invite_use WHERE {_OTHERS}"  # noqa: S608 - a text of this file
# Also one that has been opened by somebody who is answering the first questions.
_WORKING = "SELECT id FROM invite WHERE roster_id = ? AND revoked_at IS NULL ORDER BY id"
_OF_INVITE = "SELECT roster_id FROM invite WHERE id = ? AND roster_id IS NOT NULL"
_UNKNOWN = """
FROM person AS p WHERE p.role = 'teacher' AND p.state = 'active'
 AND NOT EXISTS (SELECT 1 FROM roster WHERE person_id = p.id)
"""
_COUNT_UNKNOWN = f"SELECT count(*) AS n {_UNKNOWN}"
_UNKNOWN_PAGE = f"SELECT p.id, p.name {_UNKNOWN} ORDER BY p.name, p.id LIMIT ? OFFSET ?"
_LIKE = "SELECT id FROM roster WHERE person_id IS NULL AND (name_key LIKE ? OR lower(latin_name) LIKE ?) LIMIT 50"


def revoke(connection: sqlite3.Connection, entry_id: int, now: datetime) -> bool:
    """The unused links of this entry let nobody in any more; return whether there was one."""
    return connection.execute(_REVOKE, (to_text(now), entry_id)).rowcount > 0


def revoke_some(connection: sqlite3.Connection, now: datetime, *, limit: int) -> int:
    """Revoke at most so many of all unused links; return how many that were."""
    return connection.execute(_REVOKE_SOME, (to_text(now), to_text(now), limit)).rowcount


def came_by(connection: sqlite3.Connection, telegram_id: int) -> RosterEntry | None:
    """Whose link this account came by; None for another link, and where that is known to be somebody else."""
    row = connection.execute(_CAME_BY, (telegram_id,)).fetchone()
    entry = roster_store.get(connection, row["roster_id"]) if row is not None else None
    return entry if entry is not None and entry.person_id is None else None


def leave_others(connection: sqlite3.Connection, telegram_id: int, invite: int) -> bool:
    """Undo this account's use of personal links but this one; return whether there were any."""
    values = {"account": telegram_id, "invite": invite}
    connection.execute(_GIVE_OTHERS_BACK, values)
    return connection.execute(_LEAVE_OTHERS, values).rowcount > 0


def working(connection: sqlite3.Connection, entry_id: int) -> list[int]:
    """The numbers of the invitations of an entry that were not withdrawn, used or not."""
    return [row["id"] for row in connection.execute(_WORKING, (entry_id,))]


def of_invite(connection: sqlite3.Connection, invite: int) -> RosterEntry | None:
    """Whose link an invitation is."""
    row = connection.execute(_OF_INVITE, (invite,)).fetchone()
    return roster_store.get(connection, row["roster_id"]) if row is not None else None


def unknown_count(connection: sqlite3.Connection) -> int:
    """How many teachers have joined of whom it is not known who of the roster they are."""
    return int(connection.execute(_COUNT_UNKNOWN).fetchone()["n"])


def unknown(connection: sqlite3.Connection, page: int) -> list[tuple[int, str]]:
    """A page of those teachers by name: number and name."""
    rows = connection.execute(_UNKNOWN_PAGE, (PAGE, page * PAGE))
    return [(row["id"], row["name"]) for row in rows]


def candidates(connection: sqlite3.Connection, name: str) -> list[RosterEntry]:
    """Who of the roster somebody of this name may be, the likeliest first: entries that share words with it."""
    words = [word for word in roster_store.name_key(name).split() if len(word) > 1]
    shared: dict[int, int] = {}
    for word in words:
        pattern = f"%{word.replace('%', '').replace('_', '')}%"
        for row in connection.execute(_LIKE, (pattern, pattern)):
            shared[row["id"]] = shared.get(row["id"], 0) + len(word)
    best = sorted(shared, key=lambda one: (-shared[one], one))[:CANDIDATES]
    return [entry for one in best if (entry := roster_store.get(connection, one)) is not None]
