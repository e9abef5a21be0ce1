"""What someone who has just come in gets at once, and what a new organizer hears of: it was waiting for one."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.clock import to_text
from bot.delivery import admission as doorbell
from bot.delivery import help as alarm
from bot.delivery.kinds import Kind, Priority, Rendering
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import help as helps
from bot.store import outbox, person
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import agenda

_WORTH: Final = timedelta(days=1)


def welcome(connection: sqlite3.Connection, someone: Person, seminar: Seminar, now: datetime) -> None:
    """Today's agenda for someone who comes in now; before the seminar what its first day brings.

    Written with the consent, so that a crash in between loses neither. Call it once for each time someone comes in.
    """
    event = f"newcomer:{someone.id}:{to_text(now)}"
    kind = "newcomer.first_day" if seminar.today(now) < seminar.first else "newcomer.agenda"
    draft = Draft(
        key=f"{event}:{kind}",
        event=event,
        kind=kind,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        priority=Priority.AGENDA,
        due_at=now,
        expires_at=now + _WORTH,
    )
    outbox.enqueue(connection, [draft], now)


def catch_up(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Alert someone who just became an organizer; does nothing for everyone else."""
    newcomer = person.by_id(connection, person_id)
    if newcomer is None or not newcomer.active or newcomer.role is not Role.ORGANIZER:
        return
    doorbell.tell_staff(connection, [newcomer], now)
    for call in helps.live(connection):
        alarm.tell_staff(connection, call, [newcomer], now)


def _agenda(given: Rendering) -> Screen | None:
    return agenda.today(given.words, given.seminar, group=given.recipient.group_key, now=given.now)


def _first_day(given: Rendering) -> Screen | None:
    return agenda.day(given.words, given.seminar, 1, group=given.recipient.group_key, now=given.now)


KINDS = (
    Kind("newcomer.agenda", Priority.AGENDA, _agenda),
    Kind("newcomer.first_day", Priority.AGENDA, _first_day),
)
