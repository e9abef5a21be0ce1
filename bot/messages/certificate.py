"""What holders of certificates are told, and how somebody verifies one."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from bot.context import Context
from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.screen import Screen
from bot.store import certificate as certificate_store
from bot.store import person
from bot.store.certificate import Certificate
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.views import certificate as certificate_view

_TTL: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CertificateOf:
    """The certificate of this number."""

    certificate: int


def ready(certificate: Certificate, chat_id: int, now: datetime) -> Draft:
    """Word to the holder that it is there. It is made when they press the button."""
    return _draft(READY, certificate, chat_id, now)


def revoked(connection: sqlite3.Connection, certificate: Certificate, now: datetime) -> list[Draft]:
    """Word to the holder, where that is known, that it counts no more."""
    holder = person.by_id(connection, certificate.person_id) if certificate.person_id is not None else None
    return [_draft(REVOKED, certificate, holder.telegram_id, now)] if holder is not None and holder.active else []


def _draft(
    message_type: MessageType[CertificateOf, Certificate | None], certificate: Certificate, chat_id: int, now: datetime
) -> Draft:
    key = f"{message_type.name}:{certificate.id}"
    return message_type.draft(
        CertificateOf(certificate.id),
        key=key,
        occurrence=key,
        chat_id=chat_id,
        person_id=certificate.person_id,
        due_at=now,
    )


async def verify(context: Context, sealed: str) -> bool:
    """Answer whoever opened the QR code of a certificate; False for a start of another kind.

    It changes nothing else: whoever answers the first questions at the moment goes on with them.
    """
    if not certificate_store.is_start(sealed):
        return False
    is_allowed = await context.write(certificate_store.look_up, context.user_id, context.message_id, context.now())
    locale, found = context.locale, await context.read(_find, sealed)
    if not is_allowed:
        await context.reply(certificate_view.too_often(locale))
    elif found is None:
        await context.reply(certificate_view.unknown(locale))
    else:
        await context.reply(certificate_view.verified(locale, *found))
    return True


def _find(connection: sqlite3.Connection, sealed: str) -> tuple[Certificate, dict[str, Any]] | None:
    found = certificate_store.by_start(connection, sealed)
    return None if found is None else (found, orjson.loads(certificate_store.part(connection, found.design)))


def _load(connection: sqlite3.Connection, arguments: CertificateOf, _row: Row) -> Certificate | None:
    return certificate_store.by_id(connection, arguments.certificate)


def _ready(given: Rendering[CertificateOf, Certificate | None]) -> Screen | None:
    found = given.context
    return certificate_view.ready(given.locale, found) if found is not None and found.stands else None


def _revoked(given: Rendering[CertificateOf, Certificate | None]) -> Screen | None:
    return None if given.context is None else certificate_view.revoked(given.locale, given.context)


READY = MessageType(
    "certificate.ready",
    CertificateOf,
    _load,
    _ready,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("A certificate is ready"),
    ttl=_TTL,
)
REVOKED = MessageType(
    "certificate.revoked",
    CertificateOf,
    _load,
    _revoked,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("A certificate was revoked"),
    ttl=_TTL,
)
MESSAGE_TYPES = (READY, REVOKED)
