"""Whom marks are about, page by page: people of some groups in a state, each with their newest mark."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from bot.clock import from_text
from bot.store.mark import MarkMethod, MarkState

PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class MarkedPerson:
    """Someone who is expected, and the newest mark: None when there is none. `by` is who said so."""

    id: int
    telegram_id: int
    name: str
    group: str | None
    reachable: bool
    state: MarkState | None
    how: MarkMethod | None
    by: str
    at: datetime | None
    phone: str = ""  # where the roster knows it, and a list for organizers asks for it

    @property
    def here(self) -> bool:
        """Whether the person is here."""
        return self.state is MarkState.PRESENT

    @property
    def denied(self) -> bool:
        """Whether the person has said that a buddy's word about them is not so."""
        return self.state is MarkState.ABSENT and self.how is MarkMethod.TAP


# The people are found first, in the order of the index `person_roll_call` (who can be reached comes first) and by one
# look into the index `mark_subject` for each, and only those of the page are read whole.
_PEOPLE = """
SELECT p.id, p.telegram_id, p.name, p.group_key, p.reachable, m.state, m.how, m.at, teller.name AS by
  FROM (
    SELECT p.id FROM person AS p
     WHERE p.role = 'teacher' AND p.state = 'active'
       AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups))) AND {condition}
     ORDER BY p.reachable DESC, p.group_key, p.name, p.id LIMIT :size OFFSET :skip
  ) AS found
  JOIN person AS p ON p.id = found.id
  LEFT JOIN mark AS m ON m.id = (SELECT max(id) FROM mark WHERE subject = :subject AND person_id = p.id)
  LEFT JOIN person AS teller ON teller.id = m.by_id
 ORDER BY p.reachable DESC, p.group_key, p.name, p.id
"""
# A condition on the newest mark: what it `says` of the person, and what is true `without` one.
NEWEST: Final = """
coalesce((SELECT {says} FROM mark WHERE subject = :subject AND person_id = p.id ORDER BY id DESC LIMIT 1), {without})
"""


def people(
    connection: sqlite3.Connection,
    subject: str,
    groups: Sequence[str],
    condition: str,
    page: int,
    *,
    size: int = PAGE,
    values: Mapping[str, object] = {},
) -> list[MarkedPerson]:
    """`size` active teachers of these groups (none: of all) whom the condition is true of, from a page (from 0) on.

    The condition is SQL on `p`, a row of `person`, and may name `values`.
    """
    named = {
        **values,
        "subject": subject,
        "groups": orjson.dumps(sorted(groups)).decode(),
        "size": size,
        "skip": page * PAGE,
    }
    return [_person(row) for row in connection.execute(_PEOPLE.format(condition=condition), named)]


def _person(row: sqlite3.Row) -> MarkedPerson:
    return MarkedPerson(
        row["id"],
        row["telegram_id"],
        row["name"],
        row["group_key"],
        bool(row["reachable"]),
        MarkState(row["state"]) if row["state"] else None,
        MarkMethod(row["how"]) if row["how"] else None,
        row["by"] or "",
        from_text(row["at"]) if row["at"] else None,
    )
