"""What people are told when an organizer changes something about them, and what the other organizers are told."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import person
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.role import Demotion
from bot.views import people_told as people_told_view
from bot.views import role as role_view

_TTL: Final = timedelta(days=3)


class PersonChange(StrEnum):
    """What an organizer has changed about somebody."""

    RENAMED = "renamed"
    MOVED = "moved"
    PAUSED = "paused"
    RESUMED = "resumed"


class StaffNews(StrEnum):
    """What the other organizers are told."""

    REMOVED = "removed"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, slots=True)
class ChangeOfPerson:
    """What has changed."""

    what: PersonChange


@dataclass(frozen=True, slots=True)
class NewsOfPerson:
    """What was done with a person, and by whom."""

    what: StaffNews
    person: int
    by: int


@dataclass(frozen=True, slots=True)
class ToAccount:
    """Word to an account that is nobody's any more, in this language."""

    language: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the two are called; empty for who has left."""

    person: str
    by: str


def told(what: PersonChange, someone: Person, audit_id: int, now: datetime) -> Draft:
    """Word to the person of what was recorded under this number."""
    key = f"people.{what}:{audit_id}"
    return TOLD.draft(
        ChangeOfPerson(what),
        key=key,
        occurrence=key,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=now,
    )


def news(
    what: StaffNews, someone: Person, by_id: int, *, staff: Iterable[Person], audit_id: int, now: datetime
) -> list[Draft]:
    """Word of it to each of the staff."""
    occurrence = f"people.{what}:{audit_id}"
    return [
        NEWS.draft(
            NewsOfPerson(what, someone.id, by_id),
            key=f"{occurrence}:person-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in staff
    ]


def removed(someone: Person, audit_id: int, now: datetime) -> Draft:
    """Word to who is removed; as to an account, for they are nobody's member any more."""
    return _to_account(REMOVED, someone, f"people.removed:{audit_id}:account", now)


def signed_off(someone: Person, audit_id: int, now: datetime) -> Draft:
    """Word to the old account of who goes on with another one; `someone` is the person before that."""
    return _to_account(SIGNED_OFF, someone, f"people.transferred:{audit_id}:account", now)


def _to_account(message_type: MessageType[ToAccount, None], someone: Person, key: str, now: datetime) -> Draft:
    return message_type.draft(
        ToAccount(someone.language),
        key=key,
        occurrence=key,
        chat_id=someone.telegram_id,
        person_id=None,
        due_at=now,
    )


def _load_names(connection: sqlite3.Connection, arguments: NewsOfPerson, _row: Row) -> Names:
    found = [person.by_id(connection, number) for number in (arguments.person, arguments.by)]
    return Names(*(one.name if one is not None else "" for one in found))


def _told(given: Rendering[ChangeOfPerson, None]) -> Screen | None:
    locale, recipient = given.locale, given.recipient
    match given.arguments.what:
        case PersonChange.RENAMED:
            return people_told_view.renamed(locale, recipient.name)
        case PersonChange.MOVED:
            return people_told_view.moved(locale, given.seminar, recipient.group_key)
        case PersonChange.PAUSED:
            return people_told_view.paused(locale)
        case PersonChange.RESUMED:
            return people_told_view.resumed(locale)


def _news(given: Rendering[NewsOfPerson, Names]) -> Screen | None:
    names = given.context
    if given.arguments.what is StaffNews.REMOVED:
        return people_told_view.removed(given.locale, names.person, names.by)
    return people_told_view.transferred(given.locale, names.person, names.by)


def _removed(given: Rendering[ToAccount, None]) -> Screen | None:
    return role_view.lost(given.locale, Demotion.OUT)


def _signed_off(given: Rendering[ToAccount, None]) -> Screen | None:
    return people_told_view.signed_off(given.locale)


def _title(_: Locale) -> str:
    return _.plain("An organizer has changed something about somebody")


TOLD = MessageType(
    "people.told",
    ChangeOfPerson,
    no_context,
    _told,
    priority=Priority.NOTICE,
    title=_title,
    ttl=_TTL,
    despite_pause=True,
)
NEWS = MessageType("people.news", NewsOfPerson, _load_names, _news, priority=Priority.ALERT, title=_title, ttl=_TTL)
REMOVED = MessageType(
    "people.removed", ToAccount, no_context, _removed, priority=Priority.ALERT, title=_title, ttl=_TTL
)
SIGNED_OFF = MessageType(
    "people.signed_off", ToAccount, no_context, _signed_off, priority=Priority.ALERT, title=_title, ttl=_TTL
)
MESSAGE_TYPES = (TOLD, NEWS, REMOVED, SIGNED_OFF)
