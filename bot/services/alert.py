"""Alerts: taken, handed over, released, settled, opened again; who called hears of it, and every card shows it."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple, TypedDict

from bot.escalation import AlertKind
from bot.messages import absence_cards as absence_cards_messages
from bot.messages import alert as alert_messages
from bot.messages import alert_cards as alert_cards_messages
from bot.messages import help as help_messages
from bot.services import help as help_service
from bot.store import alert as alert_store
from bot.store import audit as audit_store
from bot.store import help as help_store
from bot.store import live_card as live_card_store
from bot.store import operator_alert as operator_alert_store
from bot.store import outbox, person
from bot.store import receipt as receipt_store
from bot.store.alert import Alert, AlertState
from bot.store.help import HelpCall
from bot.store.person import Person


class AlertChange(NamedTuple):
    """An alert after somebody pressed a button of its. `changed` is False when that was done before, or cannot be."""

    alert: Alert
    changed: bool


def take(connection: sqlite3.Connection, me: Person, alert_id: int, *, now: datetime) -> AlertChange | None:
    """An organizer takes an alert, and who called hears of it; None when it is not kept any more.

    Unchanged where they have called themselves: then a colleague has to hear of it.
    """
    before = _kept(connection, alert_id)
    if before is None or before.is_call_of(me.id):
        return None if before is None else AlertChange(before, changed=False)
    changed = alert_store.take(connection, alert_id, me.id, now)
    alert = alert_store.get(connection, alert_id)
    assert alert is not None
    if changed:
        audit_store.record(connection, "alert.taken", **_noted(connection, alert, by=me, now=now))
        _tell_taken(connection, alert, now)
    return AlertChange(alert, changed)


def hand_over(
    connection: sqlite3.Connection,
    me: Person,
    alert_id: int,
    to_id: int,
    *,
    owners: Collection[int],
    now: datetime,
) -> AlertChange | None:
    """Another organizer has the alert from now on, and is told so with a sound; who called hears who that is.

    Unchanged where the other cannot be reached, or is no organizer any more. None as `take`.
    """
    before = _kept(connection, alert_id)
    to = next((one for one in person.staff(connection, owners) if one.id == to_id), None)
    if before is None:
        return None
    if to is None or to.id == before.person_id or not alert_store.hand_over(connection, alert_id, to.id, now):
        return AlertChange(before, changed=False)
    alert = alert_store.get(connection, alert_id)
    assert alert is not None
    audit_store.record(
        connection,
        "alert.handed_over",
        **_noted(connection, alert, by=me, now=now, from_id=before.taker_id, to_id=to.id),
    )
    if to.id != me.id:
        outbox.enqueue(connection, [alert_messages.handed(alert, me, to, now)], now)
    _restart_receipts(connection, alert, now)
    _tell_taken(connection, alert, now)
    return AlertChange(alert, changed=True)


def release(
    connection: sqlite3.Connection, me: Person, alert_id: int, *, owners: Collection[int], now: datetime
) -> AlertChange | None:
    """Nobody has the alert any more, and the other organizers hear of that; its minutes count again. None as `take`."""
    return _open_again(connection, me, alert_id, AlertState.TAKEN, owners=owners, now=now)


def reopen(
    connection: sqlite3.Connection, me: Person, alert_id: int, *, owners: Collection[int], now: datetime
) -> AlertChange | None:
    """The alert is not settled after all, and nobody has it; as `release`."""
    return _open_again(connection, me, alert_id, AlertState.SETTLED, owners=owners, now=now)


def settle(connection: sqlite3.Connection, me: Person, alert_id: int, *, now: datetime) -> AlertChange | None:
    """The alert is settled; who called hears of it, and no more words of it are awaited. None as `take`."""
    changed = alert_store.settle(connection, alert_id, me.id, now)
    if (alert := _kept(connection, alert_id)) is None:
        return None
    if changed:
        audit_store.record(connection, "alert.settled", **_noted(connection, alert, by=me, now=now))
        call = help_store.of_alert(connection, alert.id)
        caller = person.by_id(connection, call.person_id) if call is not None else None
        if call is not None and caller is not None:
            help_messages.tell_closed(connection, call, caller, now, reopened=alert.reopened)
            help_service.stop_listening(connection, call)
    return AlertChange(alert, changed)


def withdraw(connection: sqlite3.Connection, me: Person, call: HelpCall, *, now: datetime) -> bool:
    """Who called says that nothing is the matter; return False when the call was settled before."""
    alert = alert_store.get(connection, call.alert_id)
    if alert is None or not alert_store.settle(connection, alert.id, me.id, now):
        return False
    audit_store.record(connection, "alert.withdrawn", **_noted(connection, alert, by=me, now=now))
    help_service.stop_listening(connection, call)
    return True


def settle_by_itself(connection: sqlite3.Connection, alert: Alert, now: datetime) -> None:
    """What the alert was about is so no more."""
    if alert_store.settle(connection, alert.id, None, now):
        audit_store.record(connection, "alert.settled", **_noted(connection, alert, by=None, now=now))


def release_all(
    connection: sqlite3.Connection, someone: Person, staff: Iterable[Person], now: datetime
) -> tuple[Alert, ...]:
    """Whoever had taken these is no organizer any more: they are open again, and the others are told.

    Return those that are calls for help, and are open now.
    """
    others = [one for one in staff if one.id != someone.id]
    taken = alert_store.taken_by(connection, someone.id)
    released = [release_abandoned(connection, alert, others, now) for alert in taken]
    return tuple(one for one in released if one is not None and one.kind.is_call)


def release_abandoned(
    connection: sqlite3.Connection, alert: Alert, others: Iterable[Person], now: datetime
) -> Alert | None:
    """Whoever has it looks after nothing here any more: it is open again, and the others are told; return it so."""
    now_open = _let_go(connection, alert, others, now)
    if now_open is not None:
        audit_store.record(connection, "alert.released", **_noted(connection, now_open, by=None, now=now))
    return now_open


def backup_failed(connection: sqlite3.Connection, error: str, *, owners: Collection[int], now: datetime) -> None:
    """A safety copy could not be made: tell staff once, until that is settled. `error` is of no person."""
    subject = "backup"
    before = alert_store.newest_of(connection, subject)
    alert = alert_store.open_alert(connection, AlertKind.BACKUP, subject, now, detail=error)
    if before is None or before.id != alert.id:
        recipients = operator_alert_store.recipients(connection, owners)
        outbox.enqueue(connection, alert_messages.cards(alert, recipients, now), now)


def _kept(connection: sqlite3.Connection, alert_id: int) -> Alert | None:
    """The alert, unless it or what it is about is not kept any more: whom it was about is erased."""
    alert = alert_store.get(connection, alert_id)
    return alert if alert_cards_messages.read(connection, alert) is not None else None


def _open_again(
    connection: sqlite3.Connection,
    me: Person,
    alert_id: int,
    state: AlertState,
    *,
    owners: Collection[int],
    now: datetime,
) -> AlertChange | None:
    alert = _kept(connection, alert_id)
    if alert is None:
        return None
    live = alert_store.newest_of(connection, alert.subject)
    if live is not None and live.id != alert.id and live.state is not AlertState.SETTLED:
        return AlertChange(live, changed=False)  # it has happened again since
    others = [one for one in person.staff(connection, owners) if one.id != me.id]
    now_open = _let_go(connection, alert, others, now) if alert.state is state else None
    if now_open is None:
        return AlertChange(alert, changed=False)
    noted = _noted(connection, now_open, by=me, now=now)
    audit_store.record(connection, "alert.reopened" if state is AlertState.SETTLED else "alert.released", **noted)
    return AlertChange(now_open, changed=True)


def _let_go(connection: sqlite3.Connection, alert: Alert, others: Iterable[Person], now: datetime) -> Alert | None:
    """Nobody has the alert any more; return it as it is now, None where it was changed since."""
    if not alert_store.open_again(connection, alert, now):
        return None
    now_open = alert_store.get(connection, alert.id)
    assert now_open is not None
    _restart_receipts(connection, now_open, now)
    was_settled = alert.state is AlertState.SETTLED
    level = alert_cards_messages.REOPENED if was_settled else alert_cards_messages.RELEASED
    outbox.enqueue(connection, alert_messages.again(now_open, level, others, now), now)
    return now_open


def _tell_taken(connection: sqlite3.Connection, alert: Alert, now: datetime) -> None:
    call = help_store.of_alert(connection, alert.id)
    caller = person.by_id(connection, call.person_id) if call is not None else None
    if call is not None and caller is not None:
        help_messages.tell_taken(connection, call, caller, now, reopened=alert.reopened)


def _restart_receipts(connection: sqlite3.Connection, alert: Alert, now: datetime) -> None:
    """What the caller reads of who is on it is not so any more."""
    if (call := help_store.of_alert(connection, alert.id)) is not None:
        receipt_store.reset_stage(connection, call.id, now)


class _Noted(TypedDict):
    by_id: int | None
    now: datetime
    person_id: int | None
    subject: str
    details: dict[str, str | int | bool | None]


def _noted(
    connection: sqlite3.Connection, alert: Alert, *, by: Person | None, now: datetime, **details: int | None
) -> _Noted:
    """What the audit trail has of a change; every card shows it from here on."""
    alert_cards_messages.hurry(connection, alert)
    if alert.kind is AlertKind.ABSENT:
        live_card_store.hurry_feature(connection, absence_cards_messages.CARDS.name)
    return {
        "by_id": by.id if by is not None else None,
        "now": now,
        "person_id": alert.person_id,
        "subject": str(alert.id),
        "details": {"kind": alert.kind, **details},
    }
