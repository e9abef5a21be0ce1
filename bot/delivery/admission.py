"""A stranger's request on its way to the organizers, and their answer on its way back."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.delivery.kinds import Kind, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import admission as admissions
from bot.store import outbox
from bot.store.admission import Admission
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import admission as view

_LIVES = timedelta(days=7)


def event(admission: Admission) -> str:
    """The event that all alerts of a request share."""
    return f"admission:{admission.id}"


def tell_staff(connection: sqlite3.Connection, admission: Admission, staff: Iterable[Person], now: datetime) -> None:
    """Alert organizers to a request. Alerting twice is alerting once."""
    drafts = [
        Draft(
            key=f"{event(admission)}:person-{one.id}",
            event=event(admission),
            kind="admission.alert",
            chat_id=one.telegram_id,
            person_id=one.id,
            priority=Priority.ALERT,
            due_at=now,
            expires_at=now + _LIVES,
            data={"admission": admission.id},
        )
        for one in staff
    ]
    outbox.enqueue(connection, drafts, now)


def tell_stranger(connection: sqlite3.Connection, admission: Admission, now: datetime) -> None:
    """Tell who asked what the answer is; a refusal that is taken back is told too."""
    draft = Draft(
        key=f"admission-answer:{admission.id}:{admission.state}",
        event=f"admission-answer:{admission.id}",
        kind="admission.answer",
        chat_id=admission.telegram_id,
        person_id=None,
        priority=Priority.ALERT,
        due_at=now,
        expires_at=now + _LIVES,
        data={"admission": admission.id, "language": admission.language},
    )
    outbox.enqueue(connection, [draft], now)


def _gather(connection: sqlite3.Connection, row: Row) -> Admission | None:
    return admissions.by_id(connection, int(str(row.data["admission"])))


def _alert(given: Rendering) -> Screen | None:
    found = given.facts
    return view.alert(given.words, found) if isinstance(found, Admission) and found.state == "asked" else None


def _answer(given: Rendering) -> Screen | None:
    found = given.facts
    if not isinstance(found, Admission) or found.state == "asked":
        return None
    return view.admitted(given.words) if found.state == "admitted" else view.refused(given.words)


KINDS = (
    Kind("admission.alert", Priority.ALERT, _alert, gather=_gather),
    Kind("admission.answer", Priority.ALERT, _answer, gather=_gather),
)
