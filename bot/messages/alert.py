"""What the bot says of alerts: the first card of some, the card again while nobody takes it, and to who called."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.alert_cards import AlertCard
from bot.messages.live_cards import Draw
from bot.priority import Priority
from bot.screen import Screen
from bot.store import alert as alert_store
from bot.store.alert import Alert, AlertState
from bot.store.claims import Row
from bot.store.operator_alert import AlertRecipient
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import alert as alert_view

_TTL: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AlertOf:
    """This alert."""

    alert: int


@dataclass(frozen=True, slots=True)
class UnansweredOf:
    """This alert, which nobody has taken; whether there was somebody to tell again (`told`)."""

    alert: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class AgainOf:
    """An alert that nobody has had for so many minutes, after so many steps, or that was let go."""

    alert: int
    round: int
    level: int
    minutes: int

    @property
    def shown_list(self) -> str:
        """What the card's row keeps of it."""
        return alert_cards_messages.again_list(self.round, self.level, self.minutes)


@dataclass(frozen=True, slots=True)
class HandedOf:
    """An alert that goes from one person of the staff to another."""

    alert: int
    by: int
    to: int

    @property
    def shown_list(self) -> str:
        """What the card's row keeps of it."""
        return alert_cards_messages.handed_list(self.by, self.to)


def cards(alert: Alert, recipients: Iterable[AlertRecipient], now: datetime) -> list[Draft]:
    """The first card of an alert that no other message tells of."""
    occurrence = f"alert:{alert.id}"
    return [
        CARD.draft(
            AlertOf(alert.id),
            key=f"{occurrence}:chat-{to.chat_id}",
            occurrence=occurrence,
            chat_id=to.chat_id,
            person_id=to.person_id,
            due_at=now,
        )
        for to in recipients
        if to.person_id is None or to.person_id != alert.person_id
    ]


def again(alert: Alert, level: int, staff: Iterable[Person], now: datetime) -> list[Draft]:
    """The card once more, to each of them: nobody has it."""
    occurrence = f"alert:{alert.id}:again-{alert.round}-{level}"
    minutes = max(1, int((now - alert.open_since).total_seconds() // 60)) if level > 0 else 0
    return [
        AGAIN.draft(
            AgainOf(alert.id, alert.round, level, minutes),
            key=f"{occurrence}:person-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
            priority=priority(alert),
        )
        for one in staff
        if one.id != alert.person_id
    ]


def handed(alert: Alert, by: Person, to: Person, now: datetime) -> Draft:
    """To who gets it."""
    occurrence = f"alert:{alert.id}:handed-{to_text(now)}"
    return HANDED.draft(
        HandedOf(alert.id, by.id, to.id),
        key=f"{occurrence}:person-{to.id}",
        occurrence=occurrence,
        chat_id=to.telegram_id,
        person_id=to.id,
        due_at=now,
        priority=priority(alert),
    )


def unanswered(alert: Alert, caller: Person, now: datetime, *, told: bool) -> Draft:
    """To who called: nobody has taken it so far; whether anybody was `told` again."""
    occurrence = f"alert:{alert.id}:unanswered-{alert.round}"
    return UNANSWERED.draft(
        UnansweredOf(alert.id, told),
        key=f"{occurrence}:person-{caller.id}",
        occurrence=occurrence,
        chat_id=caller.telegram_id,
        person_id=caller.id,
        due_at=now,
        priority=priority(alert),
    )


def priority(alert: Alert) -> Priority:
    """How urgent whatever belongs to an alert is."""
    return Priority.SOS if alert.kind.urgent else Priority.ALERT


# --- rendering --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Headed:
    """A card and how it is drawn under a line of why it came; None when that is so no more."""

    card: AlertCard
    draw: Draw | None


def _load_card(connection: sqlite3.Connection, arguments: AlertOf, _row: Row) -> AlertCard | None:
    return alert_cards_messages.read(connection, alert_store.get(connection, arguments.alert))


def _load_headed(connection: sqlite3.Connection, arguments: AgainOf | HandedOf, _row: Row) -> _Headed | None:
    card = alert_cards_messages.read(connection, alert_store.get(connection, arguments.alert))
    if card is None:
        return None
    return _Headed(card, alert_cards_messages.headed(connection, card, arguments.shown_list))


def _becomes_live(connection: sqlite3.Connection, arguments: AlertOf, row: Row, message_id: int) -> None:
    alert_cards_messages.becomes_live(connection, alert_store.get(connection, arguments.alert), row, message_id)


def _stays_headed(connection: sqlite3.Connection, arguments: AgainOf | HandedOf, row: Row, message_id: int) -> None:
    alert = alert_store.get(connection, arguments.alert)
    alert_cards_messages.becomes_live(connection, alert, row, message_id, arguments.shown_list)


def _card(given: Rendering[AlertOf, AlertCard | None]) -> Screen | None:
    return alert_cards_messages.first(given.context, given)


def _again(given: Rendering[AgainOf, _Headed | None]) -> Screen | None:
    found, about = given.context, given.arguments
    if found is None or found.draw is None:
        return None
    if about.level > 0 and found.card.alert.level > about.level:
        return None  # a later step says it
    rings = about.level > 0 or found.card.rings_for(given.recipient.person_id, given.seminar, given.now)
    return replaced(found.draw(given.locale, given.seminar, given.now), silent=not rings)


def _handed(given: Rendering[HandedOf, _Headed | None]) -> Screen | None:
    found = given.context
    return None if found is None or found.draw is None else found.draw(given.locale, given.seminar, given.now)


def _load_alert(connection: sqlite3.Connection, arguments: UnansweredOf, _row: Row) -> Alert | None:
    return alert_store.get(connection, arguments.alert)


def _unanswered(given: Rendering[UnansweredOf, Alert | None]) -> Screen | None:
    alert = given.context
    if alert is None or alert.state is not AlertState.OPEN:
        return None
    return alert_view.unanswered(given.locale, alert.kind, given.seminar.contacts, told=given.arguments.told)


CARD = MessageType(
    "alert.card",
    AlertOf,
    _load_card,
    _card,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert"),
    ttl=_TTL,
    sent=_becomes_live,
)
AGAIN = MessageType(
    "alert.again",
    AgainOf,
    _load_headed,
    _again,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert that nobody has"),
    ttl=_TTL,
    sent=_stays_headed,
)
HANDED = MessageType(
    "alert.handed",
    HandedOf,
    _load_headed,
    _handed,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert handed over"),
    ttl=_TTL,
    sent=_stays_headed,
)
UNANSWERED = MessageType(
    "alert.unanswered",
    UnansweredOf,
    _load_alert,
    _unanswered,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Nobody has answered yet"),
    ttl=timedelta(hours=1),
)
MESSAGE_TYPES = (CARD, AGAIN, HANDED, UNANSWERED)
