"""What follows while nobody takes an alert: it comes again, louder, to more people; and what ends by itself."""

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock, to_text
from bot.delivery.periodic_task import PeriodicTask
from bot.escalation import ESCALATIONS, AlertKind, Circle, Step
from bot.messages import absence as absence_messages
from bot.messages import absence_cards as absence_cards_messages
from bot.messages import alert as alert_messages
from bot.messages import alert_cards as alert_cards_messages
from bot.programme.checkin import Window, next_after, window_of, windows_around
from bot.programme.model import Seminar
from bot.services import alert as alert_service
from bot.store import alert as alert_store
from bot.store import audit as audit_store
from bot.store import duty as duty_store
from bot.store import live_card, outbox, person
from bot.store.alert import Alert
from bot.store.database import Database
from bot.store.operator_alert import AlertRecipient
from bot.store.person import Person

_POLL_SECONDS: Final = 30.0
_AT_ONCE: Final = 50  # alerts in one transaction
# So many people who cannot be reached are told of by a message each within an hour; the others are in /open.
_UNREACHABLE_TOLD: Final = 10
_HOUR: Final = timedelta(hours=1)
_AROUND: Final = timedelta(days=1)  # before the first day and after the last, people are on the way


class Escalations:
    """Escalates what nobody takes, and calls `changed` after that. Make it, `run` it as a task, and wake it."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        seminar: Callable[[], Seminar],
        owners: Collection[int],
        changed: Callable[[], None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._seminar = seminar
        self._owners = owners
        self._changed = changed
        self._task = PeriodicTask(clock, self._run_once)
        self.wake = self._task.wake
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run

    async def _run_once(self, _waited_for: bool) -> float:
        now, seminar = self._clock.now(), self._seminar()
        if await self._db.read(is_needed, seminar, now):
            await self._db.write(run, seminar, owners=self._owners, now=now)
            self._changed()
        due_at = await self._db.read(alert_store.next_due)
        return _POLL_SECONDS if due_at is None else min(_POLL_SECONDS, max(0.0, (due_at - now).total_seconds()))


def is_needed(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> bool:
    """Whether `run` would change anything: cheap, and in no write."""
    due_at = alert_store.next_due(connection)
    return (
        (due_at is not None and due_at <= now)
        or bool(alert_store.returned(connection, 1))
        or bool(_unlisted(connection, seminar, now))
        or any(_is_over(connection, one, seminar, now) for one in _absences(connection))
    )


def run(connection: sqlite3.Connection, seminar: Seminar, *, owners: Collection[int], now: datetime) -> None:
    """Do every step that is due, and settle what is so no more. Doing it twice is doing it once."""
    for alert in alert_store.returned(connection, _AT_ONCE):
        alert_service.settle_by_itself(connection, alert, now)
    for alert in _absences(connection):
        if _is_over(connection, alert, seminar, now):
            alert_service.settle_by_itself(connection, alert, now)
    for window in _unlisted(connection, seminar, now):
        _open_absence(connection, window, now)
    staff = person.staff(connection, owners)
    for alert in alert_store.due(connection, now, _AT_ONCE):
        _escalate(connection, alert, staff, seminar, now)


# --- steps ------------------------------------------------------------------------------------------------------------


def _escalate(
    connection: sqlite3.Connection, alert: Alert, staff: list[Person], seminar: Seminar, now: datetime
) -> None:
    step = ESCALATIONS[alert.kind].steps[alert.level]
    if not alert_store.step(connection, alert, now):
        return
    if alert.kind is AlertKind.UNREACHABLE:
        _tell_unreachable(connection, alert, staff, seminar, now)
        return
    readers = _circle(connection, step, staff, seminar, now)
    if not readers:
        return
    outbox.enqueue(connection, alert_messages.again(alert, alert.level + 1, readers, now), now)
    caller = person.by_id(connection, alert.person_id) if step.caller and alert.person_id is not None else None
    if caller is not None:
        outbox.enqueue(connection, [alert_messages.unanswered(alert, caller, now)], now)
    audit_store.record(
        connection,
        "alert.escalated",
        by_id=None,
        now=now,
        person_id=alert.person_id,
        subject=str(alert.id),
        details={"kind": alert.kind, "level": alert.level + 1, "to": step.to},
    )


def _circle(
    connection: sqlite3.Connection, step: Step, staff: list[Person], seminar: Seminar, now: datetime
) -> list[Person]:
    """Whom a step tells; everybody, where nobody of those who are scheduled can be told."""
    if step.to is Circle.NOBODY:
        return []
    if step.to is Circle.DUTY and (on_duty := duty_store.on_duty(connection, seminar, now)):
        wanted = {*on_duty, *duty_store.next_on_duty(connection, seminar, now)}
        return [one for one in staff if one.id in wanted] or staff
    return staff


def _tell_unreachable(
    connection: sqlite3.Connection, alert: Alert, staff: list[Person], seminar: Seminar, now: datetime
) -> None:
    """One message without a sound; where many cannot be reached, and far from the seminar, `/open` tells of them."""
    is_near = seminar.first - _AROUND <= seminar.today(now) <= seminar.last + _AROUND
    if is_near and alert_store.opened_after(connection, alert.kind, now - _HOUR) <= _UNREACHABLE_TOLD:
        recipients = [AlertRecipient(one.telegram_id, one.id) for one in staff]
        outbox.enqueue(connection, alert_messages.cards(alert, recipients, now), now)


# --- people who have not answered a check-in --------------------------------------------------------------------------


def _absences(connection: sqlite3.Connection) -> list[Alert]:
    return alert_store.active_of_kind(connection, AlertKind.ABSENT, _AT_ONCE)


def _unlisted(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> list[Window]:
    """Check-ins of which organizers have the list of who is missing, and that have no alert yet."""
    return [
        window
        for window in windows_around(seminar, now)
        if window.alert <= now < _until(seminar, window)
        and alert_store.newest_of(connection, absence_cards_messages.alert_subject(window.key)) is None
        and outbox.counts(connection, absence_messages.occurrence(window)).get("sent", 0)
    ]


def _open_absence(connection: sqlite3.Connection, window: Window, now: datetime) -> None:
    subject = absence_cards_messages.alert_subject(window.key)
    alert_store.open_alert(connection, AlertKind.ABSENT, subject, now, detail=to_text(window.opens))
    live_card.hurry_feature(connection, absence_cards_messages.CARDS.name)


def _is_over(connection: sqlite3.Connection, alert: Alert, seminar: Seminar, now: datetime) -> bool:
    """Whether nobody is missing any more, or the next check-in asks anew."""
    window = window_of(seminar, alert_cards_messages.absent_key(alert))
    return window is None or now >= _until(seminar, window) or not alert_cards_messages.missing_of(connection, alert)


def _until(seminar: Seminar, window: Window) -> datetime:
    following = next_after(seminar, window.opens)
    return following.opens if following is not None else window.ends
