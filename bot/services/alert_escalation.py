"""What follows while nobody takes an alert: it comes again, louder, to more people; and what ends by itself."""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable
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
from bot.store.database import Database, apart, is_unusable
from bot.store.operator_alert import AlertRecipient
from bot.store.person import Person

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 30.0
_AFTER_MISTAKE: Final = timedelta(hours=1)  # so long a step that cannot be done is not tried again
_AT_ONCE: Final = 50  # alerts in one transaction
# So many people who cannot be reached are told of by a message each within an hour; the others are in /open.
_UNREACHABLE_TOLD: Final = 10
_HOUR: Final = timedelta(hours=1)
_CALLED_LATELY: Final = timedelta(days=1)
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
        is_due = await self._db.read(is_needed, seminar, self._owners, now)
        done = await self._db.write(run, seminar, owners=self._owners, now=now) if is_due else 0
        if done:
            self._changed()
        due_at = await self._db.read(alert_store.next_due)
        return _POLL_SECONDS if due_at is None else min(_POLL_SECONDS, max(0.0, (due_at - now).total_seconds()))


def is_needed(connection: sqlite3.Connection, seminar: Seminar, owners: Collection[int], now: datetime) -> bool:
    """Whether `run` would change anything: cheap, and in no write."""
    due_at = alert_store.next_due(connection)
    return (
        (due_at is not None and due_at <= now)
        or bool(alert_store.returned(connection, 1))
        or bool(alert_store.abandoned(connection, owners, 1))
        or bool(_unlisted(connection, seminar, now))
        or any(_seems_over(connection, one, seminar, now) for one in _absences(connection))
    )


def run(connection: sqlite3.Connection, seminar: Seminar, *, owners: Collection[int], now: datetime) -> int:
    """Do every step that is due, and settle what is so no more; return how much was done. Twice is once.

    What goes wrong with one alert stops nothing else.
    """
    staff = person.staff(connection, owners)

    def settle(alert: Alert) -> None:
        alert_service.settle_by_itself(connection, alert, now)

    def release(alert: Alert) -> None:
        alert_service.release_abandoned(connection, alert, staff, now)

    def escalate(alert: Alert) -> None:
        _escalate(connection, alert, staff, seminar, now)

    over = [one for one in _absences(connection) if _seems_over(connection, one, seminar, now)]
    done = _each(connection, _numbers([*alert_store.returned(connection, _AT_ONCE), *over]), settle, now)
    done += _each(connection, _numbers(alert_store.abandoned(connection, owners, _AT_ONCE)), release, now)
    for window in _unlisted(connection, seminar, now):
        _open_absence(connection, window, now)
        done += 1
    return done + _each(connection, alert_store.due(connection, now, _AT_ONCE), escalate, now)


def _numbers(alerts: Iterable[Alert]) -> list[int]:
    return [one.id for one in alerts]


def _each(connection: sqlite3.Connection, numbers: Iterable[int], do: Callable[[Alert], None], now: datetime) -> int:
    """Do it with each alert, and return with how many it went well; of others nothing is done, nor soon again."""
    done = 0
    for number in numbers:
        try:
            with apart(connection):
                if (alert := alert_store.get(connection, number)) is not None:
                    do(alert)
                    done += 1
        except Exception as error:
            if is_unusable(error):
                raise
            _LOG.exception("Alert %d is left as it is.", number)
            alert_store.postpone(connection, number, now + _AFTER_MISTAKE)
    return done


# --- steps ------------------------------------------------------------------------------------------------------------


def _escalate(
    connection: sqlite3.Connection, alert: Alert, staff: list[Person], seminar: Seminar, now: datetime
) -> None:
    step = ESCALATIONS[alert.kind].steps[alert.level]
    others = [one for one in staff if one.id != alert.person_id]
    caller = person.by_id(connection, alert.person_id) if step.caller and alert.person_id is not None else None
    if caller is not None and _waits(alert, now):
        outbox.enqueue(connection, [alert_messages.unanswered(alert, caller, now, told=bool(others))], now)
    if not others and step.after:  # what is told of at once is in /open
        alert_store.postpone(connection, alert.id, now + step.after)  # until somebody can be reached
        return
    if not alert_store.step(connection, alert, now):
        return
    if alert.kind is AlertKind.UNREACHABLE:
        _tell_unreachable(connection, alert, staff, seminar, now)
        return
    readers = _circle(connection, step, others, seminar, now)
    if not readers:
        return
    outbox.enqueue(connection, alert_messages.again(alert, alert.level + 1, readers, now), now)
    audit_store.record(
        connection,
        "alert.escalated",
        by_id=None,
        now=now,
        person_id=alert.person_id,
        subject=str(alert.id),
        details={"kind": alert.kind, "level": alert.level + 1, "to": step.to},
    )


def _waits(alert: Alert, now: datetime) -> bool:
    """Whether the caller waits for an answer still: not of what was settled, and is opened again days later."""
    return not alert.reopened or now - alert.opened_at < _CALLED_LATELY


def _circle(
    connection: sqlite3.Connection, step: Step, staff: list[Person], seminar: Seminar, now: datetime
) -> list[Person]:
    """Whom of the staff a step tells; everybody, where nobody of those who are scheduled can be told."""
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
    if is_near and _comes_first(connection, alert, now):
        recipients = [AlertRecipient(one.telegram_id, one.id) for one in staff]
        outbox.enqueue(connection, alert_messages.cards(alert, recipients, now), now)


def _comes_first(connection: sqlite3.Connection, alert: Alert, now: datetime) -> bool:
    """Whether it is one of the first of its kind within an hour."""
    before = alert_store.opened_before(connection, alert, now - _HOUR, _UNREACHABLE_TOLD)
    return before < _UNREACHABLE_TOLD


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


def _seems_over(connection: sqlite3.Connection, alert: Alert, seminar: Seminar, now: datetime) -> bool:
    """As `_is_over`; False where that cannot be told, so that other alerts do not wait for this one."""
    try:
        return _is_over(connection, alert, seminar, now)
    except (ValueError, LookupError):
        return False


def _is_over(connection: sqlite3.Connection, alert: Alert, seminar: Seminar, now: datetime) -> bool:
    """Whether nobody is missing any more, or the next check-in asks anew."""
    window = window_of(seminar, alert_cards_messages.absent_key(alert))
    return window is None or now >= _until(seminar, window) or not alert_cards_messages.missing_of(connection, alert)


def _until(seminar: Seminar, window: Window) -> datetime:
    following = next_after(seminar, window.opens)
    return following.opens if following is not None else window.ends
