"""A place that somebody in need of help shared while moving has come to its end: both sides are told."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import sos as sos_store
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.sos import EndedPlace
from bot.views import sos as sos_view

A = TypeVar("A")

_TTL: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """The place that was shared by this message."""

    message: int


def ended(place: EndedPlace, author: Person | None, readers: Iterable[Person], now: datetime) -> list[Draft]:
    """Word to whoever has the pin, and to who shared it."""
    drafts = [_draft(ENDED, place, reader, now) for reader in readers]
    return [*drafts, _draft(OWN_ENDED, place, author, now)] if author is not None else drafts


def _draft(kind: MessageType[PlaceOf, A], place: EndedPlace, reader: Person, now: datetime) -> Draft:
    occurrence = f"sos.ended:{place.message}"
    return kind.draft(
        PlaceOf(place.message),
        key=f"{occurrence}:person-{reader.id}",
        occurrence=occurrence,
        chat_id=reader.telegram_id,
        person_id=reader.id,
        due_at=now,
    )


def _load(connection: sqlite3.Connection, about: PlaceOf, _row: Row) -> tuple[str, datetime] | None:
    return sos_store.ended_place(connection, about.message)


def _ended(given: Rendering[PlaceOf, tuple[str, datetime] | None]) -> Screen | None:
    return sos_view.ended(given.locale, given.seminar, *given.context) if given.context is not None else None


def _own_ended(given: Rendering[PlaceOf, None]) -> Screen | None:
    return sos_view.own_ended(given.locale)


def _title(_: Locale) -> str:
    return _.plain("A place that moves no more")


ENDED = MessageType("sos.ended", PlaceOf, _load, _ended, priority=Priority.SOS, title=_title, ttl=_TTL)
OWN_ENDED = MessageType(
    "sos.own_ended", PlaceOf, no_context, _own_ended, priority=Priority.SOS, title=_title, ttl=_TTL, despite_pause=True
)
MESSAGE_TYPES = (ENDED, OWN_ENDED)
