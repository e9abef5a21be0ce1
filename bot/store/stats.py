"""Numbers over everything. They read roll-ups, so a million check-ins cost what ten do."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.programme.checkin import Slot

WORDS = 8  # people's words that are read each way from a place in the list

_PEOPLE = "SELECT group_key, registered, reachable FROM person_tally WHERE registered > 0"
_TALLY = "SELECT * FROM checkin_tally WHERE seminar = ? AND date = ?"
# Those who are excused for the day are few; who has answered, or is accounted for, is counted there.
_EXCUSED = """
SELECT slot.value AS slot, coalesce(p.group_key, '') AS group_key, count(*) AS people
  FROM excuse AS e JOIN person AS p ON p.id = e.person_id JOIN json_each('["morning", "evening"]') AS slot
  LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, slot.value, p.id)
  LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, slot.value, p.id)
 WHERE (e.seminar, e.date) = (:seminar, :date) AND e.ended_at IS NULL AND p.role = 'teacher' AND p.state = 'active'
   AND c.person_id IS NULL AND a.person_id IS NULL
 GROUP BY 1, 2
"""
_LESSONS = "SELECT group_key, sum(done) AS done FROM lesson_total WHERE seminar = ? GROUP BY group_key"
_LESSONS_OF_DAY = "SELECT coalesce(sum(done), 0) FROM lesson_total WHERE seminar = ? AND lesson_key = ?"
_SENT = "SELECT count(*) FROM outbox WHERE event = ? AND state IN ('sent', 'unknown')"
# Staff are few: counting theirs and taking them off costs less than asking about every teacher.
_SENT_TO_STAFF = """
SELECT count(*) FROM person AS p JOIN outbox AS o ON o.key = ? || ':person-' || p.id
WHERE p.role IN ('organizer', 'coordinator') AND o.state IN ('sent', 'unknown')
"""
_WORDS_COUNT = "SELECT count(*) FROM checkin WHERE seminar = ? AND date = ? AND words IS NOT NULL"
_WORDS = """
SELECT p.id, p.name, c.mood, c.words FROM checkin AS c JOIN person AS p ON p.id = c.person_id
WHERE c.seminar = ? AND c.date = ? AND c.words IS NOT NULL
ORDER BY c.answered_at DESC, c.person_id DESC LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True)
class SlotNumbers:
    """One check-in: how many answered, how many of these late, and how many others are accounted for, or excused."""

    answered: int = 0
    late: int = 0
    accounted: int = 0
    excused: int = 0


@dataclass(slots=True)
class Numbers:
    """One group's numbers, or everyone's. `moods` counts the day's answers 1 to 5; `lessons` are of all days.

    `few_moods`: there are answers, of so few people that the reader is not told.
    """

    registered: int = 0
    reachable: int = 0
    slots: dict[Slot, SlotNumbers] = field(default_factory=dict)
    moods: tuple[int, ...] = (0, 0, 0, 0, 0)
    lessons: int = 0
    few_moods: bool = False

    @property
    def mood_answers(self) -> int:
        """How many have told their mood."""
        return sum(self.moods)

    @property
    def mood(self) -> float | None:
        """The average mood, 1 to 5, or None where nobody has said it, or the reader is not told."""
        answers = 0 if self.few_moods else sum(self.moods)
        return sum(mood * n for mood, n in enumerate(self.moods, 1)) / answers if answers else None

    def slot(self, slot: Slot) -> SlotNumbers:
        """The numbers of one check-in; zeros before anyone has answered."""
        return self.slots.get(slot, SlotNumbers())

    def add(self, other: "Numbers") -> None:
        """Count the others in."""
        self.registered += other.registered
        self.reachable += other.reachable
        self.lessons += other.lessons
        self.few_moods |= other.few_moods
        self.moods = tuple(map(sum, zip(self.moods, other.moods, strict=True)))
        for slot in Slot:
            mine, theirs = self.slot(slot), other.slot(slot)
            self.slots[slot] = SlotNumbers(
                mine.answered + theirs.answered,
                mine.late + theirs.late,
                mine.accounted + theirs.accounted,
                mine.excused + theirs.excused,
            )


@dataclass(frozen=True, slots=True)
class Stats:
    """A day's numbers: of everyone, and by group key ('' for people without one).

    `agendas` and `lessons_today`: how many teachers got the day's agenda, and how many have done the day's lesson.
    """

    everyone: Numbers
    groups: Mapping[str, Numbers]
    agendas: int
    lessons_today: int


@dataclass(frozen=True, slots=True)
class Said:
    """What someone wrote about a day, beside their mood (1 to 5)."""

    person_id: int
    name: str
    mood: int
    words: str


@dataclass(frozen=True, slots=True)
class DayWords:
    """A place in the list of a day's words, newest first: up to `WORDS` on each side of number `first` (from 0).

    `first` is 0 in an empty list. `newer` come before it, the newest first; `older` begin with it.
    """

    total: int
    first: int
    newer: tuple[Said, ...]
    older: tuple[Said, ...]


def count_words(connection: sqlite3.Connection, seminar: str, on: date) -> int:
    """How many people wrote something about a day of a seminar (its key)."""
    count: int = connection.execute(_WORDS_COUNT, (seminar, on.isoformat())).fetchone()[0]
    return count


def get_words(connection: sqlite3.Connection, seminar: str, on: date, first: int) -> DayWords:
    """What people wrote about a day, around number `first`; past the end it is the last one."""
    total = count_words(connection, seminar, on)
    first = min(max(first, 0), max(total - 1, 0))
    start = max(first - WORDS, 0)
    rows = connection.execute(_WORDS, (seminar, on.isoformat(), first - start + WORDS, start)).fetchall()
    said = tuple(Said(row["id"], row["name"], row["mood"], row["words"]) for row in rows)
    return DayWords(total, first, said[: first - start], said[first - start :])


def get(
    connection: sqlite3.Connection, seminar: str, on: date, *, agenda_occurrence: str, lesson_key: str | None
) -> Stats:
    """The numbers of a day of a seminar (its key) now. `agenda_occurrence` is the key of the day's agenda."""
    groups: dict[str, Numbers] = {}
    for row in connection.execute(_PEOPLE):
        groups[row["group_key"]] = Numbers(row["registered"], row["reachable"])
    for row in connection.execute(_TALLY, (seminar, on.isoformat())):
        numbers = groups.setdefault(row["group_key"], Numbers())
        slot = Slot(row["slot"])
        numbers.slots[slot] = SlotNumbers(row["answered"], row["late"], row["accounted"])
        if slot is Slot.EVENING:
            numbers.moods = tuple(row[f"mood_{mood}"] for mood in range(1, 6))
    for row in connection.execute(_EXCUSED, {"seminar": seminar, "date": on.isoformat()}):
        numbers = groups.setdefault(row["group_key"], Numbers())
        slot = Slot(row["slot"])
        numbers.slots[slot] = replace(numbers.slot(slot), excused=row["people"])
    for row in connection.execute(_LESSONS, (seminar,)):
        groups.setdefault(row["group_key"], Numbers()).lessons = row["done"]
    everyone = Numbers()
    for numbers in groups.values():
        everyone.add(numbers)
    sent, to_staff = (connection.execute(sql, (agenda_occurrence,)).fetchone()[0] for sql in (_SENT, _SENT_TO_STAFF))
    lessons = connection.execute(_LESSONS_OF_DAY, (seminar, lesson_key)).fetchone()[0]
    return Stats(everyone, groups, sent - to_staff, lessons)
