"""A file of people is compared with the roster, shown, and taken in one transaction, by the same comparison anew."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

import orjson

from bot.documents.roster_table import MOST_ROWS, RosterError, RosterFacts, RosterFile, RosterProblem, RosterRow
from bot.store import audit as audit_store
from bot.store import roster as roster_store
from bot.store import roster_import
from bot.store import roster_link as roster_link_store
from bot.store.roster import RosterEntry
from bot.store.roster_import import RosterChange, RosterPlan, RosterTaken

_ENDINGS: Final = (".xlsx", ".csv", ".tsv", ".xlsm", ".xls", ".ods", ".txt")  # also of what is refused with a reason
_NAMED: Final = 10


def may_be_roster(name: str) -> bool:
    """Whether a file of this name may be meant as the roster."""
    return name.lower().endswith(_ENDINGS)


def keep(connection: sqlite3.Connection, by_id: int, file: RosterFile, now: datetime) -> str:
    """Keep what a file says until it is taken; return the mark by which a button takes it."""
    rows = orjson.dumps(file.rows)
    mark = hashlib.sha256(rows).hexdigest()[:10]
    roster_import.keep(connection, by_id, mark, rows, now)
    return mark


def kept(connection: sqlite3.Connection, by_id: int, mark: str, now: datetime) -> RosterPlan | None:
    """What taking a file that was shown would do now; None where it is not known any more."""
    rows = _kept(connection, by_id, mark, now)
    return None if rows is None else plan(connection, rows, {})


def take(connection: sqlite3.Connection, by_id: int, mark: str, *, removes: bool, now: datetime) -> RosterTaken | None:
    """Take a file that was shown. `removes`: who has not joined and is not in it is forgotten.

    Whom another organizer has put on the roster since it was shown is kept, and everybody where it cannot be told any
    more who a row means. None where the file is not known any more: it was taken, or another one came since.
    """
    rows, shown_at = _kept(connection, by_id, mark, now), roster_import.made_at(connection, by_id)
    if rows is None or shown_at is None:
        return None
    found = plan(connection, rows, {})
    for facts in found.new:
        roster_store.add(connection, facts, now)
    for change in found.changed:
        roster_store.change(connection, change.entry.id, change.facts, now)
    removed = _remove(connection, rows, shown_at, now) if removes and not found.problems else 0
    roster_import.end(connection, by_id)
    taken = RosterTaken(len(found.new), len(found.changed), removed)
    if taken.new or taken.changed or taken.removed:
        details = {"new": taken.new, "changed": taken.changed, "removed": taken.removed}
        audit_store.record(connection, "roster.imported", by_id=by_id, now=now, details=details)
    return taken


def plan(connection: sqlite3.Connection, rows: Iterable[RosterRow], cells: Mapping[str, str]) -> RosterPlan:
    """What these rows would do to the roster as it is."""
    rows = list(rows)
    found, several = _matches(connection, rows)
    last = roster_store.last_number(connection)
    new, changed, same, erased = [], [], 0, 0
    for row in rows:
        entry = found.get(row.number)
        if entry is None and 0 < row.id <= last:
            erased += 1
        elif row.number in several:
            continue
        elif entry is None:
            new.append(_facts(RosterFacts(""), row.values))
        elif (facts := _facts(entry.facts, row.values)) != entry.facts:
            changed.append(RosterChange(entry, facts))
        else:
            same += 1
    waiting = sum(1 for entry in found.values() if entry.person_id is None)
    gone_count = roster_store.waiting_count(connection) - waiting
    gone = _gone(connection, {entry.id for entry in found.values()}) if 0 < gone_count <= MOST_ROWS else ()
    problems = tuple(
        RosterProblem(f"{cells.get('name', '')}{row.number}", "name", RosterError.SEVERAL, row.values["name"] or "")
        for row in rows
        if row.number in several
    )
    return RosterPlan(tuple(new), tuple(changed), same, erased, gone, gone_count, problems)


def _matches(connection: sqlite3.Connection, rows: list[RosterRow]) -> tuple[dict[int, RosterEntry], set[int]]:
    """The entry of each row, by the row's number: by its number, else by phone, else by name; and rows with several."""
    found: dict[int, RosterEntry] = {}
    used: set[int] = set()
    by_id = {one.id: one for one in roster_import.entries_with(connection, "id", [row.id for row in rows if row.id])}
    for row in rows:
        if row.id in by_id:
            found[row.number] = by_id[row.id]
            used.add(row.id)
    phones = [phone for row in rows if not row.id and (phone := row.values.get("phone"))]
    by_phone = {one.phone: one for one in roster_import.entries_with(connection, "phone", phones)}
    for row in rows:
        one = by_phone.get(row.values.get("phone") or "")
        if not row.id and row.number not in found and one is not None and one.id not in used:
            found[row.number] = one
            used.add(one.id)
    return found, _match_names(connection, [row for row in rows if not row.id], found, used)


def _match_names(
    connection: sqlite3.Connection, rows: list[RosterRow], found: dict[int, RosterEntry], used: set[int]
) -> set[int]:
    """Match by name what is not matched yet; return the rows that several people could be meant by."""
    left = [row for row in rows if row.number not in found]
    keys = {row.number: roster_store.name_key(row.values["name"] or "") for row in left}
    named: dict[str, list[RosterEntry]] = {}
    for entry in roster_import.entries_with(connection, "name_key", keys.values()):
        named.setdefault(roster_store.name_key(entry.name), []).append(entry)
    several = set()
    for row in left:
        people = [one for one in named.get(keys[row.number], ()) if one.id not in used and not _is_another(one, row)]
        if len(people) > 1:
            people = [one for one in people if one.school == row.values.get("school")] or people
        if len(people) > 1:
            several.add(row.number)
        elif people:
            found[row.number] = people[0]
            used.add(people[0].id)
    return several


def _is_another(entry: RosterEntry, row: RosterRow) -> bool:
    """Whether somebody of the same name is somebody else: with another phone, at another school."""
    phone, school = row.values.get("phone"), row.values.get("school")
    return bool(phone and entry.phone and phone != entry.phone and school and entry.school and school != entry.school)


def _facts(before: RosterFacts, values: Mapping[str, str | None]) -> RosterFacts:
    """What the file says where it has a column, and what the roster says where it has none."""
    return replace(before, **values)  # type: ignore[arg-type]  # names and types are those of the table


def _gone(connection: sqlite3.Connection, matched: set[int]) -> tuple[str, ...]:
    names: list[str] = []
    page = 0
    while len(names) < _NAMED and (some := roster_store.waiting(connection, page, size=100)):
        names += [one.name for one in some if one.id not in matched]
        page += 1
    return tuple(names[:_NAMED])


def _remove(connection: sqlite3.Connection, rows: list[RosterRow], shown_at: datetime, now: datetime) -> int:
    """Forget who has not joined, is not in the file and was on the roster when it was shown, after it was taken."""
    matched = {entry.id for entry in _matches(connection, rows)[0].values()}
    gone = [one for one in roster_store.waiting_ids(connection, shown_at) if one not in matched]
    if len(gone) > MOST_ROWS:
        return 0
    for one in gone:
        roster_link_store.revoke(connection, one, now)
    return sum(roster_store.remove(connection, one) for one in gone)


def _kept(connection: sqlite3.Connection, by_id: int, mark: str, now: datetime) -> list[RosterRow] | None:
    data = roster_import.kept(connection, by_id, mark, now)
    if data is None:
        return None
    return [RosterRow(one["number"], one["id"], one["values"]) for one in orjson.loads(data)]
