"""What was passed on, piece by piece, and the message of the staff group's topics that shows each."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from bot.clock import from_text, to_text
from bot.store.staff_group import StaffGroup

MEDIA: Final = -1  # the part that is what there is besides words


class Unposted(NamedTuple):
    """A message that was passed on and is not in its topic as it is now: its number, and which change of it that is."""

    letter: int
    edited_at: int | None


class Post(NamedTuple):
    """A piece of a message, in the topic of a person."""

    letter: int
    part: int


# What was written in the group is there already.
_UNPOSTED = """
SELECT m.id, m.edited_at FROM help_message AS m
 WHERE m.passed_at >= :since AND m.chat_id <> :group
   AND NOT EXISTS (SELECT 1 FROM staff_group_post AS p WHERE p.letter_id = m.id AND p.edited_at IS m.edited_at)
 ORDER BY m.id LIMIT :most
"""
_ADD = """
INSERT INTO staff_group_post (letter_id, part, person_id, edited_at) VALUES (?, ?, ?, ?)
ON CONFLICT (letter_id, part) DO UPDATE SET edited_at = excluded.edited_at, outbox_id = NULL, message_id = NULL
"""
_OUTDATED = "DELETE FROM staff_group_post WHERE letter_id = ? AND part >= 0"
_KEEP_MEDIA = "UPDATE staff_group_post SET edited_at = ? WHERE letter_id = ? AND part = -1"
_WAITING_PEOPLE = """
SELECT p.person_id, min(p.letter_id) AS first FROM staff_group_post AS p
 WHERE p.message_id IS NULL AND p.part >= 0
   AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'group.words:person-' || p.person_id
                                               AND o.state IN ('due', 'sending'))
 GROUP BY p.person_id ORDER BY first
"""
_WAITING = """
SELECT letter_id, part FROM staff_group_post
 WHERE person_id = ? AND message_id IS NULL AND part >= 0 AND (outbox_id IS NULL OR outbox_id = ? OR NOT EXISTS (
     SELECT 1 FROM outbox AS o WHERE o.id = outbox_id AND o.state IN ('due', 'sending')))
 ORDER BY letter_id, part
"""
# A part of an album that stands there is a copy, whichever row has brought it.
_WAITING_MEDIA = """
SELECT p.letter_id FROM staff_group_post AS p JOIN help_message AS m ON m.id = p.letter_id
 WHERE p.message_id IS NULL AND p.part = -1 AND m.passed_at >= :since
   AND NOT EXISTS (SELECT 1 FROM relay_copy AS c WHERE c.letter_id = p.letter_id AND c.chat_id = :group)
   AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'group.media:' || p.letter_id AND o.chat_id = :group
                      AND (o.state IN ('due', 'sending', 'unknown', 'dead') OR o.key LIKE '%:' || :round))
 ORDER BY p.letter_id LIMIT :most
"""
_HAS_WORDS = """
SELECT 1 FROM help_message AS m JOIN staff_group_post AS p ON p.letter_id = m.id AND p.part >= 0
                                JOIN relay_copy AS c ON c.letter_id = m.id AND c.chat_id = :group
 WHERE m.person_id = :person AND p.message_id > 0 LIMIT 1
"""
_TAKE = "UPDATE staff_group_post SET outbox_id = ? WHERE letter_id = ? AND part = ?"
_FREE = "UPDATE staff_group_post SET outbox_id = NULL WHERE outbox_id = ? AND message_id IS NULL"
_SHOWN = "UPDATE staff_group_post SET message_id = ? WHERE outbox_id = ?"
_NEWEST_OF = "SELECT max(letter_id) AS letter FROM staff_group_post WHERE outbox_id = ?"
_MEDIA_SHOWN = "UPDATE staff_group_post SET message_id = ? WHERE letter_id = ? AND part = -1"
_LAST = """
SELECT max(due_at) AS due, max(done_at) AS done FROM (
    SELECT due_at, done_at FROM outbox
     WHERE chat_id = ? AND kind IN ('group.words', 'group.media', 'group.album', 'group.pin') AND state <> 'cancelled'
     ORDER BY id DESC LIMIT 20)
"""
_NEW_ALERTS = """
SELECT a.id, (SELECT count(*) FROM outbox AS o WHERE o.event = 'group.alert:' || a.id) AS made FROM alert AS a
 WHERE a.state <> 'settled' AND a.opened_at > :since
   AND NOT EXISTS (SELECT 1 FROM live_card AS c WHERE c.feature = 'alert' AND c.subject = CAST(a.id AS TEXT)
                                                  AND c.chat_id = :group)
   AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'group.alert:' || a.id
                      AND (o.state IN ('due', 'sending', 'unknown', 'dead') OR o.done_at > :recent))
 ORDER BY a.opened_at DESC, a.id DESC LIMIT :most
"""


def unposted(connection: sqlite3.Connection, group: StaffGroup, most: int, *, since: datetime) -> list[Unposted]:
    """What was passed on since then and is not in its topic, or has been changed since."""
    values = {"since": to_text(since), "group": group.chat_id, "most": most}
    return [Unposted(*row) for row in connection.execute(_UNPOSTED, values)]


def add(connection: sqlite3.Connection, one: Unposted, person_id: int, *, pieces: int, has_media: bool) -> bool:
    """The message is to be in the person's topic, in so many pieces; return whether its medium is, too.

    Of a message that its writer has changed only the words come again.
    """
    connection.execute(_OUTDATED, (one.letter,))
    is_known = connection.execute(_KEEP_MEDIA, (one.edited_at, one.letter)).rowcount > 0
    is_new = has_media and not is_known
    parts = [*range(pieces), *([MEDIA] if is_new else [])]
    connection.executemany(_ADD, [(one.letter, part, person_id, one.edited_at) for part in parts])
    return is_new


def waiting_people(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The people in whose topics words are to appear that are not on their way, each with the first message of it."""
    return [(row["person_id"], row["first"]) for row in connection.execute(_WAITING_PEOPLE)]


def waiting(connection: sqlite3.Connection, person_id: int, outbox_id: int) -> list[Post]:
    """What is to appear in a person's topic, in its order, and is not a part of another row than this one."""
    return [Post(*row) for row in connection.execute(_WAITING, (person_id, outbox_id))]


def waiting_media(connection: sqlite3.Connection, group: StaffGroup, most: int, *, since: datetime) -> list[int]:
    """Messages whose medium was withheld while the group could not be used, and is to appear now."""
    values = {"since": to_text(since), "group": group.chat_id, "round": to_text(group.since), "most": most}
    return [row["letter_id"] for row in connection.execute(_WAITING_MEDIA, values)]


def has_words(connection: sqlite3.Connection, chat_id: int, person_id: int) -> bool:
    """Whether words stand in a person's topic of this group already."""
    return connection.execute(_HAS_WORDS, {"group": chat_id, "person": person_id}).fetchone() is not None


def take(connection: sqlite3.Connection, posts: Iterable[Post], outbox_id: int) -> None:
    """These appear by this row, and nothing else does."""
    connection.execute(_FREE, (outbox_id,))
    connection.executemany(_TAKE, [(outbox_id, *one) for one in posts])


def shown(connection: sqlite3.Connection, outbox_id: int, message_id: int) -> int | None:
    """What this row had taken stands in a message now; return the number of the newest of it (0: it was refused)."""
    connection.execute(_SHOWN, (message_id, outbox_id))
    newest: int | None = connection.execute(_NEWEST_OF, (outbox_id,)).fetchone()["letter"]
    return newest


def media_shown(connection: sqlite3.Connection, letter: int, message_id: int) -> None:
    """What a message is besides its words stands in a message now."""
    connection.execute(_MEDIA_SHOWN, (message_id, letter))


def last_due(connection: sqlite3.Connection, chat_id: int) -> datetime | None:
    """When the last words for a group were, or will be, due; None: there were none."""
    row = connection.execute(_LAST, (chat_id,)).fetchone()
    moments = [one for one in (row["due"], row["done"]) if one is not None]
    return from_text(max(moments)) if moments else None


def new_alerts(
    connection: sqlite3.Connection, group: StaffGroup, *, since: datetime, recent: datetime, most: int
) -> list[tuple[int, int]]:
    """Open alerts that have no card in the group: their numbers, and how many rows each has had."""
    values = {"since": to_text(since), "recent": to_text(recent), "group": group.chat_id, "most": most}
    return [(row["id"], row["made"]) for row in connection.execute(_NEW_ALERTS, values)]
