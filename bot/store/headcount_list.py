"""The lists of a headcount, page by page: who is missing, who is called in a roll call, who is here, who is a buddy."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.store import headcount as headcount_store
from bot.store import mark_list as mark_list_store
from bot.store import roster as roster_store
from bot.store.excuse import EXCUSED
from bot.store.headcount import Headcount, HeadcountNumbers
from bot.store.mark import MarkMethod
from bot.store.mark_list import NEWEST, PAGE, MarkedPerson
from bot.store.person import Person


class HeadcountList(StrEnum):
    """The lists that a card can show.

    A roll call keeps whom it has marked, so that the same tap takes that back, and names the excused, too: they may
    have come.
    """

    MISSING = "missing"
    ROLL_CALL = "roll"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class HeadcountPage:
    """One page (from 0 on) of a list, and the numbers of the headcount."""

    numbers: HeadcountNumbers
    shown: HeadcountList
    page: int
    pages: int
    people: tuple[MarkedPerson, ...]


_MISSING: Final = NEWEST.format(says="state <> 'present'", without=1)
_CONDITIONS: Final = {
    HeadcountList.MISSING: f"{_MISSING} AND p.id NOT IN ({EXCUSED})",
    HeadcountList.ROLL_CALL: NEWEST.format(says="state <> 'present' OR how = 'roll call'", without=1),
    HeadcountList.HERE: NEWEST.format(says="state = 'present'", without=0),
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
    people = _people(connection, headcount, _CONDITIONS[shown], page) if listed else []
    phones = roster_store.phones_of(connection, [one.id for one in people]) if shown is HeadcountList.MISSING else {}
    told = tuple(replace(one, phone=phones.get(one.id, "")) for one in people)
    return HeadcountPage(numbers, shown, page, pages, told)


def choices(
    connection: sqlite3.Connection, groups: Iterable[str], now: datetime
) -> tuple[dict[str, int], list[tuple[Headcount, HeadcountNumbers]]]:
    """Whom one could count (by group, empty: all) with the number of each, and what is under way with its numbers."""
    people = {group: headcount_store.expected_of(connection, [group] if group else []) for group in groups}
    running = headcount_store.all_open(connection, now)
    return people, [(one, headcount_store.numbers(connection, one)) for one in running]


def buddies(
    connection: sqlite3.Connection, headcount: Headcount, me: Person, page: int, *, group: str | None
) -> tuple[list[MarkedPerson], bool]:
    """A page of those of a group (empty: of none; None: of all) whom the person may name; and whether more are."""
    numbers = headcount_store.numbers(connection, headcount, of_group=group)
    if not numbers.missing + numbers.excused:
        return [], False
    of_group = "p.group_key = :group" if group else "p.group_key IS NULL"  # by the index, both
    condition = _BUDDIES if group is None else f"p.reachable IN (0, 1) AND {of_group} AND {_BUDDIES}"
    values = {"me": me.id, "group": group}
    people = mark_list_store.people(
        connection, headcount.subject, headcount.groups, condition, max(page, 0), size=PAGE + 1, values=values
    )
    return people[:PAGE], len(people) > PAGE


def _people(connection: sqlite3.Connection, headcount: Headcount, condition: str, page: int) -> list[MarkedPerson]:
    return mark_list_store.people(
        connection, headcount.subject, headcount.groups, condition, page, values=headcount.day
    )
