"""Cards of alerts in a topic of the staff group, and the first line of a person's topic."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.messages import alert as alert_messages
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.alert_cards import AlertCard
from bot.messages.staff_group_post import draft, refused, title, topic_of, usable
from bot.priority import Priority
from bot.screen import Change, Screen, Topic
from bot.store import alert as alert_store
from bot.store import forum_topic
from bot.store import live_card as live_card_store
from bot.store.alert import Alert, AlertState
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.staff_group import StaffGroup
from bot.views import staff_group as staff_group_view

_TTL: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TopicOf:
    """The first line of this person's topic."""

    person: int
    language: str


@dataclass(frozen=True, slots=True)
class ThreadOf:
    """The topic of this number."""

    thread: int


@dataclass(frozen=True, slots=True)
class CardOf:
    """The card of this alert."""

    alert: int
    language: str


@dataclass(frozen=True, slots=True)
class CardInTopic:
    """A card, and the topic that it goes to, but for its name."""

    topic: Topic
    card: AlertCard


def opened(group: StaffGroup, someone: Person, now: datetime) -> Draft:
    """The first line of a person's topic, which makes the topic."""
    occurrence = f"group.opened:person-{someone.id}"
    key = f"{occurrence}:{to_text(now)}"
    return draft(OPENED, TopicOf(someone.id, group.language), group, now, key=key, occurrence=occurrence)


def forgotten(chat_id: int, thread_id: int, now: datetime) -> Draft:
    """The topic of somebody who has erased everything goes, with all that stands in it."""
    occurrence = f"group.forget:{chat_id}:{thread_id}"
    return FORGET.draft(
        ThreadOf(thread_id), key=occurrence, occurrence=occurrence, chat_id=chat_id, person_id=None, due_at=now
    )


def card(group: StaffGroup, alert: Alert, before: int, now: datetime) -> Draft:
    """The card of an alert; `before` is how many rows of it there were."""
    occurrence = f"group.alert:{alert.id}"
    about, priority = CardOf(alert.id, group.language), alert_messages.priority(alert)
    return replace(
        draft(CARD, about, group, now, key=f"{occurrence}:{before}", occurrence=occurrence), priority=priority
    )


def _load_topic(connection: sqlite3.Connection, arguments: TopicOf, row: Row) -> Topic | None:
    return topic_of(connection, row, arguments.person)


def _opened(given: Rendering[TopicOf, Topic | None]) -> Screen | None:
    topic = given.context
    return replace(staff_group_view.opened(given.locale, topic.name), topic=topic) if topic is not None else None


def _load_card(connection: sqlite3.Connection, arguments: CardOf, row: Row) -> CardInTopic | None:
    found = alert_cards_messages.read(connection, alert_store.get(connection, arguments.alert))
    if found is None or found.alert.state is AlertState.SETTLED or not usable(connection, row):
        return None
    thread_id, closed = forum_topic.get(connection, row.chat_id, forum_topic.ALERTS) or (None, False)
    return CardInTopic(Topic(forum_topic.ALERTS, "", thread_id, closed), found)


def _card(given: Rendering[CardOf, CardInTopic | None]) -> Screen | None:
    about = given.context
    if about is None:
        return None
    topic = replace(about.topic, name=staff_group_view.alerts_topic(given.locale))
    return replace(about.card.screen(given.locale, given.seminar, given.now), topic=topic)


def _forget(given: Rendering[ThreadOf, None]) -> Change:
    return Change("deleteForumTopic", {"message_thread_id": given.arguments.thread})


def _card_sent(connection: sqlite3.Connection, arguments: CardOf, row: Row, message_id: int) -> None:
    live_card_store.save(
        connection,
        row.chat_id,
        message_id,
        person_id=None,
        feature=alert_cards_messages.CARDS.name,
        subject=str(arguments.alert),
        shown_list="",
        page=0,
        shown="",
    )


OPENED = MessageType(
    "group.opened",
    TopicOf,
    _load_topic,
    _opened,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    refused=refused,
)
CARD = MessageType(
    "group.alert",
    CardOf,
    _load_card,
    _card,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Alert in the staff group"),
    ttl=_TTL,
    sent=_card_sent,
    refused=refused,
)
FORGET = MessageType(
    "group.forget",
    ThreadOf,
    no_context,
    _forget,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    reports_failure=False,
)
MESSAGE_TYPES = (OPENED, CARD, FORGET)
