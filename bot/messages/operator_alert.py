"""What staff are told when messages were refused, updates could not be handled (many in one), or others took them."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from bot.arguments import Moment
from bot.clock import from_text, to_text
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.escalation import AlertKind
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.alert_cards import AlertCard
from bot.priority import Priority
from bot.screen import Screen
from bot.store import alert as alert_store
from bot.store import operator_alert as operator_alert_store
from bot.store import outbox
from bot.store.alert import Alert
from bot.store.claims import Row
from bot.views import operator_alert as operator_alert_view

_DIGEST: Final = timedelta(minutes=1)  # so long more of the same may happen before staff are told, once
_TTL: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)

A = TypeVar("A")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class UndeliveredOf:
    """Messages of this occurrence were refused."""

    about: str


@dataclass(frozen=True, slots=True)
class UnhandledSince:
    """Updates could not be handled in the hour that begins then."""

    about: Moment


@dataclass(frozen=True, slots=True)
class ConflictSince:
    """Another program has been polling with the bot's token since then."""

    about: Moment


def tell_undelivered(
    connection: sqlite3.Connection, row: Row, error: str, now: datetime, *, owners: Collection[int]
) -> None:
    """Telegram refused a row for good: tell staff, once for each occurrence. Its words are read when they are told."""
    del error
    _open(connection, AlertKind.UNDELIVERED, UNDELIVERED.name, row.occurrence, now)
    _tell(connection, UNDELIVERED, UndeliveredOf(row.occurrence), row.occurrence, owners=owners, now=now)


def tell_unhandled(connection: sqlite3.Connection, hour: datetime, now: datetime, *, owners: Collection[int]) -> None:
    """Updates of the seminar's people could not be handled: tell staff, once for each hour."""
    _open(connection, AlertKind.UNHANDLED, UNHANDLED.name, to_text(hour), now)
    _tell(connection, UNHANDLED, UnhandledSince(hour), to_text(hour), owners=owners, now=now)


def tell_of_conflict(connection: sqlite3.Connection, since: datetime, *, owners: Collection[int]) -> None:
    """Tell staff that since a moment another program polls with this bot's token."""
    _tell(connection, POLLING_CONFLICT, ConflictSince(since), to_text(since), owners=owners, now=since)


def _open(connection: sqlite3.Connection, kind: AlertKind, name: str, about: str, now: datetime) -> None:
    """Make the alert that somebody takes; what was settled once is not told of again."""
    subject = f"{name}:{about}"
    if alert_store.newest_of(connection, subject) is None:
        alert_store.open_alert(connection, kind, subject, now)


def _tell(
    connection: sqlite3.Connection,
    message_type: MessageType[A, C],
    arguments: A,
    about: str,
    *,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Tell every organizer, or the settings' owners where there is none; once for each `about`."""
    occurrence = f"{message_type.name}:{about}"
    drafts = [
        message_type.draft(
            arguments,
            key=f"{occurrence}:chat-{to.chat_id}",
            occurrence=occurrence,
            chat_id=to.chat_id,
            person_id=to.person_id,
            due_at=now + _DIGEST,
            expires_at=now + _TTL,
        )
        for to in operator_alert_store.recipients(connection, owners)
    ]
    outbox.enqueue(connection, drafts, now)


def _load_card(
    connection: sqlite3.Connection, _arguments: UndeliveredOf | UnhandledSince, row: Row
) -> AlertCard | None:
    """None where what failed has been sent or handled since."""
    alert = alert_store.newest_of(connection, row.occurrence)
    return alert_cards_messages.read(connection, alert) if alert is not None and _failed(connection, alert) else None


def _failed(connection: sqlite3.Connection, alert: Alert) -> bool:
    about = alert.subject.partition(":")[2]
    if alert.kind is AlertKind.UNDELIVERED:
        return operator_alert_store.undelivered(connection, about).times > 0
    since = from_text(about)
    return operator_alert_store.unhandled(connection, since, since + _HOUR).times > 0


def _becomes_live(
    connection: sqlite3.Connection, _arguments: UndeliveredOf | UnhandledSince, row: Row, message_id: int
) -> None:
    alert = alert_store.newest_of(connection, row.occurrence)
    alert_cards_messages.becomes_live(connection, alert, row, message_id)


def _card(given: Rendering[Any, AlertCard | None]) -> Screen | None:
    return alert_cards_messages.first(given.context, given)


def _polling_conflict(given: Rendering[ConflictSince, None]) -> Screen:
    return operator_alert_view.polling_conflict(given.locale, given.arguments.about, given.seminar.zone)


# An alert that fails raises no other.
UNDELIVERED = MessageType(
    "undelivered",
    UndeliveredOf,
    _load_card,
    _card,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Message that Telegram refused"),
    reports_failure=False,
    sent=_becomes_live,
)
UNHANDLED = MessageType(
    "unhandled",
    UnhandledSince,
    _load_card,
    _card,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Message that was set aside"),
    reports_failure=False,
    sent=_becomes_live,
)
POLLING_CONFLICT = MessageType(
    "contested",  # the name that stands in databases
    ConflictSince,
    no_context,
    _polling_conflict,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert about another program"),
    reports_failure=False,
)
MESSAGE_TYPES = (UNDELIVERED, UNHANDLED, POLLING_CONFLICT)
