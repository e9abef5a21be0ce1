"""Check-ins. A first answer keeps its time; a mood is the last one chosen. The roll-up is kept by triggers."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_text, to_text
from bot.programme.checkin import CheckinKey, Window

LOW_MOOD = 2


@dataclass(frozen=True, slots=True)
class Checkin:
    """One person's answer. `mood` is 1 (hard) to 5 (wonderful), None in the morning."""

    answered_at: datetime
    late: bool
    mood: int | None
    words: str | None

    @property
    def low(self) -> bool:
        """Whether organizers should look after the person."""
        return self.mood is not None and self.mood <= LOW_MOOD


_GET = """
SELECT answered_at, late, mood, words FROM checkin WHERE seminar = ? AND date = ? AND slot = ? AND person_id = ?
"""
_ADD = """
INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood)
SELECT ?, ?, ?, id, CASE WHEN role = 'teacher' AND state = 'active' THEN coalesce(group_key, '') END, ?, ?, ?
FROM person WHERE id = ?
ON CONFLICT (seminar, date, slot, person_id) DO NOTHING
"""
_CHANGE_MOOD = """
UPDATE checkin SET mood = ? WHERE seminar = ? AND date = ? AND slot = 'evening' AND person_id = ? AND mood <> ?
"""
_SET_WORDS = "UPDATE checkin SET words = ? WHERE seminar = ? AND date = ? AND slot = 'evening' AND person_id = ?"


def get(connection: sqlite3.Connection, person_id: int, key: CheckinKey) -> Checkin | None:
    """The person's answer, or None."""
    row = connection.execute(_GET, (key.seminar, key.on.isoformat(), key.slot, person_id)).fetchone()
    if row is None:
        return None
    return Checkin(from_text(row["answered_at"]), bool(row["late"]), row["mood"], row["words"])


def answer(
    connection: sqlite3.Connection, person_id: int, window: Window, mood: int | None, now: datetime
) -> tuple[Checkin, bool]:
    """Save an answer (mood 1 to 5 in the evening, None in the morning) and return it with whether it is the first.

    A second answer keeps the first one's time and changes its mood, until the window closes.
    """
    late, on = int(window.is_late(now)), window.on.isoformat()
    values = (window.seminar, on, window.slot, to_text(now), late, mood, person_id)
    first = connection.execute(_ADD, values).rowcount == 1
    if not first and mood is not None and now < window.closes:
        connection.execute(_CHANGE_MOOD, (mood, window.seminar, on, person_id, mood))
    checkin = get(connection, person_id, window.key)
    assert checkin is not None
    return checkin, first


def set_words(connection: sqlite3.Connection, person_id: int, window: Window, words: str) -> Checkin | None:
    """Save the words about an evening's day, in place of earlier ones; None where nobody said how the day was."""
    connection.execute(_SET_WORDS, (words, window.seminar, window.on.isoformat(), person_id))
    return get(connection, person_id, window.key)
