"""The lists of a headcount, page by page: who is missing, who is called in a roll call, who is here, who is a buddy."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import orjson

from bot.clock import from_text
from bot.store import headcount as headcount_store
from bot.store.excuse import EXCUSED
from bot.store.headcount import Headcount, HeadcountNumbers
from bot.store.mark import MarkMethod, MarkState
from bot.store.person import Person

PAGE: Final = 10


class HeadcountList(StrEnum):
    """The lists that a card can show.

    A roll call keeps whom it has marked, so that the same tap takes that back, and names the excused, too: they may
    have come.
    """

    MISSING = "missing"
    ROLL_CALL = "roll"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class CountedPerson:
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

    @property
    def here(self) -> bool:
        """Whether the person is here."""
        return self.state is MarkState.PRESENT

    @property
    def denied(self) -> bool:
        """Whether the person has said that a buddy's word about them is not so."""
        return self.state is MarkState.ABSENT and self.how is MarkMethod.TAP


@dataclass(frozen=True, slots=True)
class HeadcountPage:
    """One page (from 0 on) of a list, and the numbers of the headcount."""

    numbers: HeadcountNumbers
    shown: HeadcountList
    page: int
    pages: int
    people: tuple[CountedPerson, ...]


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
_NEWEST = """
coalesce((SELECT {says} FROM mark WHERE subject = :subject AND person_id = p.id ORDER BY id DESC LIMIT 1), {without})
"""
_MISSING: Final = _NEWEST.format(says="state <> 'present'", without=1)
_CONDITIONS: Final = {
    HeadcountList.MISSING: f"{_MISSING} AND p.id NOT IN ({EXCUSED})",
    HeadcountList.ROLL_CALL: _NEWEST.format(says="state <> 'present' OR how = 'roll call'", without=1),
    HeadcountList.HERE: _NEWEST.format(says="state = 'present'", without=0),
}
# For whom a buddy may vouch: nobody of whom they have said themselves that it is not so.
_BUDDIES: Final = f"""
p.id <> :me AND {_MISSING}
AND NOT EXISTS (SELECT 1 FROM mark WHERE subject = :subject AND person_id = p.id AND state = 'absent' AND how = 'tap')
"""  # noqa: S608 - put together from texts of this file


def page_of(connection: sqlite3.Connection, headcount: Headcount, shown: HeadcountList, page: int) -> HeadcountPage:
    """One page of a list as it is now; a page past the end is the last one."""
    numbers = headcount_store.numbers(connection, headcount)
    listed = {
        HeadcountList.MISSING: numbers.missing,
        HeadcountList.ROLL_CALL: numbers.missing + numbers.excused + dict(numbers.here_by).get(MarkMethod.ROLL_CALL, 0),
        HeadcountList.HERE: numbers.here,
    }[shown]
    pages = max(1, -(-listed // PAGE))
    page = min(max(page, 0), pages - 1)
    people = _people(connection, headcount, _CONDITIONS[shown], page, size=PAGE) if listed else []
    return HeadcountPage(numbers, shown, page, pages, tuple(people))


def choices(
    connection: sqlite3.Connection, groups: Iterable[str], now: datetime
) -> tuple[dict[str, int], list[tuple[Headcount, HeadcountNumbers]]]:
    """Whom one could count (by group, empty: all) with the number of each, and what is under way with its numbers."""
    people = {group: headcount_store.expected_of(connection, [group] if group else []) for group in groups}
    running = headcount_store.all_open(connection, now)
    return people, [(one, headcount_store.numbers(connection, one)) for one in running]


def buddies(
    connection: sqlite3.Connection, headcount: Headcount, me: Person, page: int, *, group: str | None
) -> tuple[list[CountedPerson], bool]:
    """A page of those of a group (empty: of none; None: of all) whom the person may name; and whether more are."""
    numbers = headcount_store.numbers(connection, headcount, of_group=group)
    if not numbers.missing + numbers.excused:
        return [], False
    of_group = "p.group_key = :group" if group else "p.group_key IS NULL"  # by the index, both
    condition = _BUDDIES if group is None else f"p.reachable IN (0, 1) AND {of_group} AND {_BUDDIES}"
    people = _people(connection, headcount, condition, max(page, 0), size=PAGE + 1, me=me.id, group=group)
    return people[:PAGE], len(people) > PAGE


def _people(
    connection: sqlite3.Connection, headcount: Headcount, condition: str, page: int, *, size: int, **values: object
) -> list[CountedPerson]:
    named = {
        **values,
        **headcount.day,
        "subject": headcount.subject,
        "groups": orjson.dumps(sorted(headcount.groups)).decode(),
        "size": size,
        "skip": page * PAGE,
    }
    return [_person(row) for row in connection.execute(_PEOPLE.format(condition=condition), named)]


def _person(row: sqlite3.Row) -> CountedPerson:
    return CountedPerson(
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
