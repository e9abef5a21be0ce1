"""Who hears of a call for help: an alert to the organizers, and what became of it to who called."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import outbox
from bot.store import receipt as receipt_store
from bot.store import redelivery as redelivery_store
from bot.store.claims import Row
from bot.store.help import HelpCall
from bot.store.help_message import HelpMessage
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


@dataclass(frozen=True, slots=True)
class CallAndWords:
    """A call, and the first message that the person wrote in it."""

    call: HelpCall
    first: HelpMessage | None


CallType = MessageType[CallOf, CallAndWords | None]


def occurrence(call: HelpCall) -> str:
    """The occurrence that all alerts of a call share."""
    return f"help:{call.id}"


def tell_staff(connection: sqlite3.Connection, call: HelpCall, staff: Iterable[Person], now: datetime) -> bool:
    """Alert organizers to a call that is not settled; return whether there is one. Alerting twice is alerting once."""
    drafts = _alerts(call, staff, now)
    outbox.enqueue(connection, redelivery_store.only_missing(connection, drafts), now)
    return bool(drafts)


def reopen_taken_by(
    connection: sqlite3.Connection, someone: Person, staff: Iterable[Person], now: datetime
) -> tuple[int, ...]:
    """What someone had taken who is no organizer any more is open again; return the numbers of those calls.

    The others are alerted anew, for their alert said that somebody is on it; who called reads what is so.
    """
    numbers, others = help_store.reopen_taken_by(connection, someone.id), [one for one in staff if one.id != someone.id]
    for number in numbers:
        if (call := help_store.get(connection, number)) is None:
            continue
        receipt_store.reset_stage(connection, number, now)
        outbox.enqueue(connection, _alerts(call, others, now, f":open-{to_text(now)}"), now)
    return numbers


def _alerts(call: HelpCall, staff: Iterable[Person], now: datetime, suffix: str = "") -> list[Draft]:
    return [
        ALERT.draft(
            CallOf(call.id),
            key=f"{occurrence(call)}:person-{one.id}{suffix}",
            occurrence=occurrence(call),
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
            priority=priority(call),
        )
        for one in staff
        if one.id != call.person_id
    ]


def tell_taken(connection: sqlite3.Connection, call: HelpCall, caller: Person, now: datetime) -> None:
    """Tell who called who is taking care of it."""
    outbox.enqueue(connection, [_news(TAKEN, f"{TAKEN.name}:{call.id}:{call.taker_id}", call, caller, now)], now)


def tell_closed(connection: sqlite3.Connection, call: HelpCall, caller: Person, now: datetime) -> None:
    """Tell who called that the call is settled."""
    outbox.enqueue(connection, [_news(CLOSED, f"{CLOSED.name}:{call.id}", call, caller, now)], now)


def _news(message_type: CallType, occurrence: str, call: HelpCall, caller: Person, now: datetime) -> Draft:
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


def _load_context(connection: sqlite3.Connection, arguments: CallOf, row: Row) -> CallAndWords | None:
    del row
    call = help_store.get(connection, arguments.call)
    return CallAndWords(call, help_message_store.first_of_call(connection, call.id)) if call else None


def _alert(given: Rendering[CallOf, CallAndWords | None]) -> Screen | None:
    about = given.context
    if about is None or about.call.state == "closed":
        return None
    return help_view.alert(given.locale, about.call, given.seminar, about.first, given.now)


def _taken(given: Rendering[CallOf, CallAndWords | None]) -> Screen | None:
    call = given.context.call if given.context else None
    return help_view.taken(given.locale, call.taken_by or "") if call and call.state == "taken" else None


def _closed(given: Rendering[CallOf, CallAndWords | None]) -> Screen | None:
    return help_view.closed(given.locale) if given.context else None


def _title(_: Locale) -> str:
    return _.plain("Call for help")


ALERT: CallType = MessageType(
    "help.alert", CallOf, _load_context, _alert, priority=Priority.ALERT, title=_title, ttl=TTL
)
TAKEN: CallType = MessageType(
    "help.taken",
    CallOf,
    _load_context,
    _taken,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_NEWS_TTL,
)
CLOSED: CallType = MessageType(
    "help.closed",
    CallOf,
    _load_context,
    _closed,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_NEWS_TTL,
)
MESSAGE_TYPES = (ALERT, TAKEN, CLOSED)
