"""What there is to send in an outbound soak, written with the store's own functions while no bot runs."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.access import Role
from bot.delivery.message_types import MessageType
from bot.messages.agenda import AGENDA, AgendaOf
from bot.messages.broadcast import BROADCAST, BroadcastTo
from bot.messages.checkin import ASK, NUDGE, CheckinOf, SilenceOf
from bot.messages.lesson import LESSON, LessonOf
from bot.priority import Priority
from bot.programme import Seminar
from bot.programme.checkin import Slot, window
from bot.programme.edits import Moved
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Published
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import fanout, outbox
from bot.store import person as person_store
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind
from bot.store.fanout import Occurrence
from tests.soak import setup

A = TypeVar("A")
C = TypeVar("C")

_TTL = timedelta(hours=6)
_TEACHERS = frozenset({Role.TEACHER})
_STEP = 5  # minutes by which a session is later with each version, so that its hours tell the version
_LAST_HOUR = 22


class Workload:
    """Schedules one event after the other, and enqueues rows that have to be cancelled, to expire or to wait."""

    def __init__(self, database: Path, seminar: Seminar, *, seed: int) -> None:
        self._database = database
        self._random = random.Random(seed)
        self._occurrences = self._occurrences_of(seminar)
        self.first = seminar.first
        self._special: list[str] = []
        self._tag = 1_000_000
        self._seminar = seminar
        self.published = 0
        self.scheduled: list[str] = []
        self.cancelled: set[str] = set()  # events that were called back

    def waiting(self) -> int:
        """How many rows wait to be sent, those of events in fan-out not counted."""
        with setup.read_only(self._database) as connection:
            count: int = connection.execute("SELECT count(*) FROM outbox WHERE state = 'due'").fetchone()[0]
        return count

    def schedule(self) -> None:
        """Schedule one more occurrence for all teachers: the seminar's own, and broadcasts when those are used up."""
        now = datetime.now(UTC)
        with setup.write_transaction(self._database) as connection:
            occurrence = next(self._occurrences, None) or self._extra_broadcast(connection, now)
            fanout.schedule(connection, [occurrence], now)
        self.scheduled.append(occurrence.key)

    def publish(self, by: int) -> None:
        """Publish one more version in this organizer's name, unless the day is used up."""
        now = datetime.now(UTC)
        with setup.write_transaction(self._database) as connection:
            me = person_store.by_telegram_id(connection, by)
            assert me is not None
            changes = programme_draft_service.get(connection, self._seminar, me)
            moved = changes.seminar.session(setup.MOVED_SESSION)
            assert moved is not None
            if moved.start.hour >= _LAST_HOUR:
                return
            changes = programme_draft_service.edit(connection, self._seminar, me, Moved(moved.key, _STEP), now)
            outcome = programme_publish_service.publish(
                connection, self._seminar, me, changes.mark, base=changes.base, now=now
            )
            assert isinstance(outcome, Published)
        self.published += 1

    def _extra_broadcast(self, connection: sqlite3.Connection, now: datetime) -> Occurrence:
        self._tag += 1
        number = self._text(connection, self._organizer(connection), now)
        return _occurrence(f"soak-broadcast:{self._tag}", BROADCAST, BroadcastTo(number))

    @staticmethod
    def _organizer(connection: sqlite3.Connection) -> sqlite3.Row:
        organizer: sqlite3.Row = connection.execute(
            "SELECT id, telegram_id FROM person WHERE role = 'organizer'"
        ).fetchone()
        return organizer

    def enqueue_special_rows(self) -> None:
        """Rows that are due in a moment, or soon expired; and an earlier event of this kind is cancelled."""
        now = datetime.now(UTC)
        self._tag += 1
        key = f"special:{self._tag}"
        with setup.write_transaction(self._database) as connection:
            everyone = connection.execute(
                "SELECT id, telegram_id FROM person WHERE role = 'teacher' AND state = 'active' ORDER BY id"
            ).fetchall()
            people = self._random.sample(everyone, min(40, len(everyone)))
            number = self._text(connection, self._organizer(connection), now)
            due_at = now + timedelta(seconds=self._random.uniform(0.5, 6))
            expires_at = due_at + timedelta(seconds=self._random.choice([0.8, 2, 3600]))
            drafts = [
                BROADCAST.draft(
                    BroadcastTo(number),
                    key=f"{key}:person-{row['id']}",
                    occurrence=key,
                    chat_id=row["telegram_id"],
                    person_id=row["id"],
                    due_at=due_at,
                    expires_at=expires_at,
                    priority=Priority.NOTICE,
                )
                for row in people
            ]
            outbox.enqueue(connection, drafts, now)
            self._special.append(key)
            if len(self._special) % 3 == 0:
                back = self._special[-2]
                outbox.cancel(connection, event=back, now=now, why="called back")
                self.cancelled.add(back)

    def _text(self, connection: sqlite3.Connection, organizer: sqlite3.Row, now: datetime) -> int:
        """A broadcast that is only a text: nobody has confirmed it, its rows are written by hand."""
        number = broadcast_store.add(connection, organizer["id"], organizer["telegram_id"], now).id
        broadcast_store.set_audience(connection, number, organizer["id"], Audience("teachers"))
        text = f"[soak {self._tag}] By hand."
        broadcast_version_store.put(connection, number, "", ContentKind.TEXT, text, parts=(), now=now)
        broadcast_store.drop(connection, number, organizer["id"], now)
        return number

    def _occurrences_of(self, seminar: Seminar) -> Iterator[Occurrence]:
        """Every message that the seminar has for days that are not today, as if it were its time now."""
        for day in range(2, seminar.days_count + 1):
            for slot in Slot:
                slot_window = window(seminar, day, slot)
                if slot_window is None:
                    continue  # nobody is asked on the last evening
                about = (slot_window.seminar, slot_window.on, slot)
                yield _occurrence(f"soak-nudge:{day}:{slot}", NUDGE, SilenceOf(*about, slot_window.opens))
                yield _occurrence(f"soak-ask:{day}:{slot}", ASK, CheckinOf(*about))
            on = seminar.date_of(day)
            yield _occurrence(f"soak-agenda:{day}", AGENDA, AgendaOf(seminar.key, on))
            lesson = seminar.lesson_of_day(day)
            if lesson is not None:
                yield _occurrence(f"soak-lesson:{day}", LESSON, LessonOf(seminar.key, on, lesson.key))


def _occurrence(key: str, message_type: MessageType[A, C], arguments: A) -> Occurrence:
    now = datetime.now(UTC)
    return message_type.occurrence(arguments, key=key, due_at=now, expires_at=now + _TTL, roles=_TEACHERS)
