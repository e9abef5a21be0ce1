"""Who hears of a call for help: an alert to the organizers, and what became of it to who called."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.alert_cards import AlertCard
from bot.priority import Priority
from bot.screen import Screen
from bot.store import alert as alert_store
from bot.store import help as help_store
from bot.store import outbox
from bot.store import redelivery as redelivery_store
from bot.store.alert import Alert, AlertState
from bot.store.claims import Row
from bot.store.help import HelpCall
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import help as help_view

# Nobody wants it any more once the call is settled; until then it stands (`bot/services/redelivery.py`).
TTL: Final = timedelta(days=3)
_NEWS_TTL: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CallOf:
    """This call for help."""

    call: int


NewsType = MessageType[CallOf, HelpCall | None]


def occurrence(call: HelpCall) -> str:
    """The occurrence that all alerts of a call share."""
    return f"help:{call.id}"


def tell_staff(connection: sqlite3.Connection, call: HelpCall, staff: Iterable[Person], now: datetime) -> bool:
    """Alert organizers to a call that is not settled; return whether there is one. Alerting twice is alerting once."""
    drafts = _alerts(call, staff, now)
    outbox.enqueue(connection, redelivery_store.only_missing(connection, drafts), now)
    return bool(drafts)


def _alerts(call: HelpCall, staff: Iterable[Person], now: datetime) -> list[Draft]:
    return [
        ALERT.draft(
            CallOf(call.id),
            key=f"{occurrence(call)}:person-{one.id}",
            occurrence=occurrence(call),
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
            priority=priority(call),
        )
        for one in staff
        if one.id != call.person_id
    ]


def tell_taken(connection: sqlite3.Connection, call: HelpCall, caller: Person, now: datetime, *, reopened: int) -> None:
    """Tell who called who is taking care of it: of each once, and once more after it was `reopened`."""
    occurrence = f"{TAKEN.name}:{call.id}:{call.taker_id}{_again(reopened)}"
    outbox.enqueue(connection, [_news(TAKEN, occurrence, call, caller, now)], now)


def tell_closed(
    connection: sqlite3.Connection, call: HelpCall, caller: Person, now: datetime, *, reopened: int
) -> None:
    """Tell who called that the call is settled."""
    occurrence = f"{CLOSED.name}:{call.id}{_again(reopened)}"
    outbox.enqueue(connection, [_news(CLOSED, occurrence, call, caller, now)], now)


def _again(reopened: int) -> str:
    return f":again-{reopened}" if reopened else ""


def _news(message_type: NewsType, occurrence: str, call: HelpCall, caller: Person, now: datetime) -> Draft:
    return message_type.draft(
        CallOf(call.id),
        key=f"{occurrence}:person-{caller.id}",
        occurrence=occurrence,
        chat_id=caller.telegram_id,
        person_id=caller.id,
        due_at=now,
        priority=priority(call),
    )


def priority(call: HelpCall | None) -> Priority:
    """How urgent whatever belongs to a call is; None for what belongs to none."""
    return Priority.SOS if call is not None and call.kind.urgent else Priority.ALERT


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_call(connection: sqlite3.Connection, arguments: CallOf, row: Row) -> HelpCall | None:
    del row
    return help_store.get(connection, arguments.call)


def _alert_of(connection: sqlite3.Connection, arguments: CallOf) -> Alert | None:
    call = help_store.get(connection, arguments.call)
    return alert_store.get(connection, call.alert_id) if call is not None else None


def _load_card(connection: sqlite3.Connection, arguments: CallOf, row: Row) -> AlertCard | None:
    del row
    return alert_cards_messages.read(connection, _alert_of(connection, arguments))


def _becomes_live(connection: sqlite3.Connection, arguments: CallOf, row: Row, message_id: int) -> None:
    alert_cards_messages.becomes_live(connection, _alert_of(connection, arguments), row, message_id)


def _alert(given: Rendering[CallOf, AlertCard | None]) -> Screen | None:
    return alert_cards_messages.first(given.context, given)


def _taken(given: Rendering[CallOf, HelpCall | None]) -> Screen | None:
    call = given.context
    return help_view.taken(given.locale, call.taken_by or "") if call and call.state is AlertState.TAKEN else None


def _closed(given: Rendering[CallOf, HelpCall | None]) -> Screen | None:
    call = given.context
    return help_view.closed(given.locale) if call and call.state is AlertState.SETTLED else None


def _title(_: Locale) -> str:
    return _.plain("Call for help")


ALERT = MessageType(
    "help.alert",
    CallOf,
    _load_card,
    _alert,
    priority=Priority.ALERT,
    title=_title,
    ttl=TTL,
    sent=_becomes_live,
)
TAKEN: NewsType = MessageType(
    "help.taken",
    CallOf,
    _load_call,
    _taken,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_NEWS_TTL,
)
CLOSED: NewsType = MessageType(
    "help.closed",
    CallOf,
    _load_call,
    _closed,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_NEWS_TTL,
)
MESSAGE_TYPES = (ALERT, TAKEN, CLOSED)
