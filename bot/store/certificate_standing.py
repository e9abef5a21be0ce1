"""How far everybody is on the way to a certificate: what the database knows, judged by `bot.programme.certificate`."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.people_filter import PeopleFilter
from bot.programme.attendance import SessionOn
from bot.programme.certificate import Achievement, Standing, counted_sessions, judge_of
from bot.programme.model import Seminar
from bot.store import people_filter
from bot.store import scope as scope_store

PAGE: Final = 8
_THERE: Final = frozenset({"present", "late"})


class CertificateList(StrEnum):
    """The lists of people: one person is on one of them."""

    READY = "ready"  # has done what it takes, or an organizer has decided so, and has none yet
    LACKING = "lacking"
    ISSUED = "issued"
    CORRECTED = "corrected"  # has one with a name that was corrected since
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher, how far they are, and their newest certificate, if any; `excepted`: an organizer has decided so."""

    id: int
    telegram_id: int
    name: str
    latin_name: str
    language: str
    group: str | None
    standing: Standing
    excepted: bool
    certificate: int | None
    listed: CertificateList

    @property
    def qualifies(self) -> bool:
        """Whether there is nothing in the way of a certificate."""
        return self.standing.met or self.excepted


@dataclass(frozen=True, slots=True)
class Overview:
    """How many are on each list, and one page of one of them (from 0 on) by name."""

    counts: Mapping[CertificateList, int]
    page: int = 0
    people: tuple[Candidate, ...] = ()

    def pages(self, listed: CertificateList) -> int:
        """How many pages a list has, at least one."""
        return max(1, -(-self.counts.get(listed, 0) // PAGE))


_PEOPLE = """
SELECT p.id, p.telegram_id, p.name, p.language, p.group_key, coalesce(r.latin_name, '') AS latin_name,
       e.id IS NOT NULL AS excepted, c.id AS certificate, c.ended_as, c.name AS printed, c.latin_name AS printed_latin
  FROM person AS p
  LEFT JOIN roster AS r ON r.person_id = p.id
  LEFT JOIN certificate_exception AS e ON e.seminar = :seminar AND e.person_id = p.id AND e.ended_at IS NULL
  LEFT JOIN certificate AS c
         ON c.id = (SELECT max(id) FROM certificate WHERE person_id = p.id AND seminar = :seminar)
 WHERE p.role = 'teacher' AND p.state = 'active' AND (:only IS NULL OR p.id = :only) AND {condition}
 ORDER BY p.name, p.id
"""
_MARKS = "SELECT person_id, state, max(id) FROM mark WHERE subject = ? GROUP BY person_id"
_MARK = "SELECT person_id, state, max(id) FROM mark WHERE subject = ? AND person_id = ? GROUP BY person_id"
_MARKED = """
SELECT 1 FROM mark_tally WHERE subject = ? AND state IN ('present', 'late') AND people > 0 LIMIT 1
"""
_LESSONS = "SELECT person_id, lesson_key FROM lesson_progress WHERE seminar = ? AND done_at IS NOT NULL"
_LESSONS_OF = f"{_LESSONS} AND person_id = ?"
_COUNT = "SELECT count(*) AS n FROM person WHERE role = 'teacher' AND state = 'active'"


def teachers(connection: sqlite3.Connection) -> int:
    """How many would have to be judged."""
    return int(connection.execute(_COUNT).fetchone()["n"])


def overview(
    connection: sqlite3.Connection,
    seminar: Seminar,
    reader_id: int,
    listed: CertificateList | None,
    page: int,
    *,
    now: datetime,
) -> Overview:
    """How many are on each list, of those whom the reader may be told of, and a page of one."""
    people = scope_store.get(connection, reader_id)
    counts = dict.fromkeys(CertificateList, 0)
    shown: list[Candidate] = []
    for one in candidates(connection, seminar, people, now):
        if one.listed is listed and page * PAGE <= counts[one.listed] < (page + 1) * PAGE:
            shown.append(one)
        counts[one.listed] += 1
    return Overview(counts, page, tuple(shown))


def ready(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> list[int]:
    """The numbers of all who can be issued one."""
    found = candidates(connection, seminar, PeopleFilter(), now)
    return [one.id for one in found if one.listed is CertificateList.READY]


def of_person(
    connection: sqlite3.Connection, seminar: Seminar, person_id: int, now: datetime, people: PeopleFilter | None = None
) -> Candidate | None:
    """How far a teacher is; None for somebody else, and for one who is not among `people`."""
    return next(candidates(connection, seminar, people or PeopleFilter(), now, only=person_id), None)


def candidates(
    connection: sqlite3.Connection, seminar: Seminar, people: PeopleFilter, now: datetime, *, only: int | None = None
) -> Iterator[Candidate]:
    """Each teacher of these, by name. Reads all of them at once: with many people, in a process of its own."""
    rules = seminar.certificate
    if rules is None:
        return
    condition, values = people_filter.condition(people)
    there, marked = _attendance(connection, seminar, only)
    lessons = _lessons(connection, seminar, only)
    judge = judge_of(seminar, rules, marked, now)
    query = _PEOPLE.format(condition=condition)
    for row in connection.execute(query, {**values, "seminar": seminar.key, "only": only}):
        done = Achievement(row["group_key"], there.of(row["id"]), lessons.of(row["id"]))
        yield _candidate(row, judge.standing(done))


class _Keys:
    """Which of some keys each of many people has: a bit of a number for each."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(keys)
        self._bit = {key: 1 << place for place, key in enumerate(self._keys)}
        self._had: dict[int, int] = {}

    def add(self, person_id: int, key: str) -> None:
        """This person has it."""
        self._had[person_id] = self._had.get(person_id, 0) | self._bit.get(key, 0)

    def of(self, person_id: int) -> frozenset[str]:
        """What this person has."""
        had = self._had.get(person_id, 0)
        return frozenset(key for key in self._keys if had & self._bit[key]) if had else frozenset()


def _attendance(connection: sqlite3.Connection, seminar: Seminar, only: int | None) -> tuple[_Keys, frozenset[str]]:
    """Who was at which session, and the sessions at which anybody was."""
    sessions = [one.session for one in counted_sessions(seminar, None)]
    there, marked = _Keys(one.key for one in sessions), set()
    for session in sessions:
        subject = SessionOn(seminar.key, seminar.date_of(session.day), session.key).subject
        query, values = (_MARKS, (subject,)) if only is None else (_MARK, (subject, only))
        for row in connection.execute(query, values):
            if row["state"] in _THERE:
                there.add(row["person_id"], session.key)
        if connection.execute(_MARKED, (subject,)).fetchone() is not None:
            marked.add(session.key)
    return there, frozenset(marked)


def _lessons(connection: sqlite3.Connection, seminar: Seminar, only: int | None) -> _Keys:
    done = _Keys(one.key for one in seminar.lessons)
    query, values = (_LESSONS, (seminar.key,)) if only is None else (_LESSONS_OF, (seminar.key, only))
    for row in connection.execute(query, values):
        done.add(row["person_id"], row["lesson_key"])
    return done


def _candidate(row: sqlite3.Row, standing: Standing) -> Candidate:
    excepted = bool(row["excepted"])
    return Candidate(
        id=row["id"],
        telegram_id=row["telegram_id"],
        name=row["name"],
        latin_name=row["latin_name"],
        language=row["language"],
        group=row["group_key"],
        standing=standing,
        excepted=excepted,
        certificate=row["certificate"],
        listed=_listed(row, standing, excepted=excepted),
    )


def _listed(row: sqlite3.Row, standing: Standing, *, excepted: bool) -> CertificateList:
    if row["certificate"] is None:
        return CertificateList.READY if standing.met or excepted else CertificateList.LACKING
    if row["ended_as"] == "revoked":
        return CertificateList.REVOKED
    is_same = (row["name"], row["latin_name"] or row["printed_latin"]) == (row["printed"], row["printed_latin"])
    return CertificateList.ISSUED if is_same else CertificateList.CORRECTED
