"""Who an event is for, beyond a role: named conditions on `person p`, with the event's data as JSON in `:data`.

A new one is a line here. Several are joined by +, and read the same data. Everyone it lets through is active and
reachable already.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import orjson

from bot.access import Role

_OF_SESSION = """(
    p.group_key IS NULL OR p.group_key NOT IN (SELECT value FROM json_each(:data, '$.others'))
)"""  # who is in no group (any more) sees every session
# Who may be reading it: it is on its way, or was sent without an answer. They must hear that it was undone.
_MAY_HAVE_COME = "(o.state IN ('sending', 'sent') OR o.attempts > 0)"
# Their notice, also one that was made again for who could not be reached: `...:person-17`, `...:person-17:again-1`.
_THEIRS = """(o.key = t.value || ':person-' || p.id
                 OR (o.key > t.value || ':person-' || p.id || ':' AND o.key < t.value || ':person-' || p.id || ';'))"""
# A broadcast in their language was corrected after they confirmed it: they have not confirmed what it says now.
_CORRECTED = """
SELECT max(f.created_at) FROM fanout f
 WHERE f.event > 'broadcast:' || {number} || ':edit:' AND f.event < 'broadcast:' || {number} || ':edit;'
   AND p.language IN (SELECT value FROM json_each(f.data, '$.languages'))
"""


def confirmed(number: str) -> str:
    """The condition that a person `p` has confirmed what the broadcast of this number (SQL) says in their language."""
    corrected = _CORRECTED.format(number=number)
    return f"""EXISTS (
        SELECT 1 FROM broadcast_confirmation c
         WHERE c.broadcast_id = {number} AND c.person_id = p.id AND c.confirmed_at >= coalesce(({corrected}), ''))"""  # noqa: S608 - constants


CONDITIONS: dict[str, str] = {
    "all": "1",
    "group": "p.group_key = json_extract(:data, '$.group')",
    "language": "p.language = json_extract(:data, '$.language')",
    "people": "p.id IN (SELECT value FROM json_each(:data, '$.people'))",
    "lesson": """NOT EXISTS (
        SELECT 1 FROM lesson_progress l WHERE l.person_id = p.id AND l.seminar = json_extract(:data, '$.seminar')
           AND l.lesson_key = json_extract(:data, '$.lesson')
    )""",  # who has not started that lesson
    "lesson_undone": """NOT EXISTS (
        SELECT 1 FROM lesson_progress l WHERE l.person_id = p.id AND l.seminar = json_extract(:data, '$.seminar')
           AND l.lesson_key = json_extract(:data, '$.lesson') AND l.done_at IS NOT NULL
    )""",
    "silent": """p.joined_at <= json_extract(:data, '$.opens')
        AND NOT EXISTS (SELECT 1 FROM checkin c WHERE (c.seminar, c.date, c.slot, c.person_id)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'), json_extract(:data, '$.slot'), p.id))
        AND NOT EXISTS (SELECT 1 FROM accounted a WHERE (a.seminar, a.date, a.slot, a.person_id)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'), json_extract(:data, '$.slot'), p.id))
        AND NOT EXISTS (SELECT 1 FROM excuse e WHERE (e.seminar, e.date, e.person_id)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'), p.id) AND e.ended_at IS NULL)
    """,  # who has not answered that check-in, of whom nobody knows, and who is not excused
    "session": _OF_SESSION,
    "session.reminded": f"p.reminder_minutes = json_extract(:data, '$.minutes') AND {_OF_SESSION}",
    "uncounted": """(json_array_length(:data, '$.groups') = 0
            OR p.group_key IN (SELECT value FROM json_each(:data, '$.groups')))
        AND (SELECT state FROM mark WHERE subject = 'headcount:' || json_extract(:data, '$.headcount')
                AND person_id = p.id ORDER BY id DESC LIMIT 1) IS NOT 'present'
    """,  # who is expected in that headcount and not counted
    "unmarked": """(json_array_length(:data, '$.groups') = 0
            OR p.group_key IN (SELECT value FROM json_each(:data, '$.groups')))
        AND coalesce((SELECT state = 'absent' FROM mark WHERE subject = json_extract(:data, '$.subject')
                         AND person_id = p.id ORDER BY id DESC LIMIT 1),
                     p.id NOT IN (SELECT person_id FROM excuse WHERE ended_at IS NULL AND (seminar, date)
                                   = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'))))
    """,  # who is expected at that session, and neither there nor excused
    # Whose day a version changes: not its author, nobody of the groups that it leaves as they were, and who was last
    # told of the version that it is compared with: a row of `told` (or it is empty) may have arrived, none of `later`
    # has. Of whom nobody knows whether they were told gets both: what is may be said twice, but is never left out.
    "programme": f"""p.id <> json_extract(:data, '$.author')
        AND p.language NOT IN (SELECT value FROM json_each(:data, '$.unread'))
        AND (p.group_key IS NULL OR p.group_key NOT IN (SELECT value FROM json_each(:data, '$.others')))
        AND (json_array_length(:data, '$.told') = 0 OR EXISTS (
            SELECT 1 FROM json_each(:data, '$.told') t JOIN outbox o ON {_THEIRS}
             WHERE {_MAY_HAVE_COME}))
        AND NOT EXISTS (
            SELECT 1 FROM json_each(:data, '$.later') t JOIN outbox o ON {_THEIRS}
             WHERE o.state = 'sent')""",  # noqa: S608 - a constant of this page
    # Who was told of a version and has not said to have seen it.
    "programme_unseen": f"""EXISTS (
            SELECT 1 FROM json_each(:data, '$.told') t JOIN outbox o ON {_THEIRS}
             WHERE o.state = 'sent')
        AND (p.group_key IS NULL OR p.group_key NOT IN (SELECT value FROM json_each(:data, '$.others')))
        AND NOT EXISTS (SELECT 1 FROM programme_seen s WHERE s.person_id = p.id
             AND s.seminar = json_extract(:data, '$.seminar') AND s.version = json_extract(:data, '$.version'))""",  # noqa: S608 - a constant of this page
    # Whom a broadcast has reached, for each of whom a row is made that changes the message: it is under way, or was
    # sent before it had its new words, and not so long ago that Telegram refuses.
    "broadcast.reached": f"""p.language IN (SELECT value FROM json_each(:data, '$.languages')) AND EXISTS (
        SELECT 1 FROM json_each(:data, '$.of') t JOIN outbox o ON {_THEIRS}
         WHERE o.state = 'sending' OR (o.state = 'sent' AND o.done_at < json_extract(:data, '$.until')
                                                      AND o.done_at > json_extract(:data, '$.since')))""",  # noqa: S608 - a constant of this page
    "unconfirmed": f"""NOT {confirmed("json_extract(:data, '$.unconfirmed')")} AND EXISTS (
        SELECT 1 FROM (SELECT 'broadcast:' || json_extract(:data, '$.unconfirmed') AS value) t
          JOIN outbox o ON {_THEIRS}
         WHERE o.state = 'sent')""",  # noqa: S608 - constants of this page
    "staff": """p.role = 'organizer' OR p.owner = 1 OR p.telegram_id IN (
        SELECT value FROM json_each(:data, '$.owners')
    )""",  # organizers, and owners who have joined as anything
}

# The same conditions where all of their people are looked for at once, and not among a few ids as in a fan-out: each
# list is read once, instead of once for each of a hundred thousand people.
_AT_ONCE = {
    **CONDITIONS,
    "lesson": """p.id NOT IN (
        SELECT person_id FROM lesson_progress WHERE seminar = json_extract(:data, '$.seminar')
           AND lesson_key = json_extract(:data, '$.lesson'))""",
    "lesson_undone": """p.id NOT IN (
        SELECT person_id FROM lesson_progress WHERE seminar = json_extract(:data, '$.seminar')
           AND lesson_key = json_extract(:data, '$.lesson') AND done_at IS NOT NULL)""",
    "silent": """p.joined_at <= json_extract(:data, '$.opens') AND p.id NOT IN (
        SELECT person_id FROM checkin WHERE (seminar, date, slot)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'), json_extract(:data, '$.slot'))
         UNION ALL SELECT person_id FROM accounted WHERE (seminar, date, slot)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date'), json_extract(:data, '$.slot'))
         UNION ALL SELECT person_id FROM excuse WHERE (seminar, date)
             = (json_extract(:data, '$.seminar'), json_extract(:data, '$.date')) AND ended_at IS NULL)""",
    "staff": """p.id IN (
        SELECT id FROM person WHERE role = 'organizer' UNION ALL SELECT id FROM person WHERE owner = 1
         UNION ALL SELECT id FROM person WHERE telegram_id IN (SELECT value FROM json_each(:data, '$.owners')))""",
}
# Who would get a row if it were made now.
_RECIPIENTS = """
FROM person AS p
WHERE p.state = 'active' AND p.reachable = 1 AND p.role IN (SELECT value FROM json_each(:roles))
  AND (p.paused_at IS NULL OR p.role <> 'teacher') AND ({condition})
"""
_COUNT = f"SELECT count(*) {_RECIPIENTS}"
# Who reads it in this language and group, before anybody else.
_EXAMPLE = f"""
SELECT p.id {_RECIPIENTS} AND p.language = :language AND (:group IS NULL OR p.group_key = :group) ORDER BY p.id LIMIT 1
"""
_ANYBODY = f"SELECT p.id {_RECIPIENTS} LIMIT 1"


def is_known(audience: str) -> bool:
    """Whether this names a condition, or several of them, joined by +."""
    return all(one in CONDITIONS for one in audience.split("+"))


def condition(audience: str, *, at_once: bool = False) -> str:
    """The SQL of an audience; of several conditions, joined by +, all have to hold. `at_once`: asked of everybody."""
    known = _AT_ONCE if at_once else CONDITIONS
    return " AND ".join(f"({known[one]})" for one in audience.split("+"))


class Reader(NamedTuple):
    """Somebody of this language and group (None: of any)."""

    language: str
    group: str | None


def count(connection: sqlite3.Connection, roles: Iterable[Role], audience: str, data: str) -> int:
    """How many people a message with these arguments (JSON) would go to now."""
    values = {"roles": _listed(roles), "data": data}
    number: int = connection.execute(_COUNT.format(condition=condition(audience, at_once=True)), values).fetchone()[0]
    return number


def example(
    connection: sqlite3.Connection, roles: Iterable[Role], audience: str, data: str, reader: Reader
) -> int | None:
    """The id of someone whom it would go to, if possible such a reader; None: nobody would get it."""
    values = {"roles": _listed(roles), "data": data, "language": reader.language, "group": reader.group}
    for query in (_EXAMPLE, _ANYBODY):
        row = connection.execute(query.format(condition=condition(audience, at_once=True)), values).fetchone()
        if row is not None:
            return int(row["id"])
    return None


def _listed(roles: Iterable[Role]) -> str:
    return orjson.dumps(sorted(role.value for role in roles)).decode()
