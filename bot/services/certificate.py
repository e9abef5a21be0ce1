"""Certificates: issued to whoever has done what they take, or by an exception; corrected by a copy; revoked."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.certificate_file import Designs
from bot.messages import certificate as certificate_messages
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import certificate as certificate_store
from bot.store import certificate_exception as certificate_exception_store
from bot.store import certificate_standing as certificate_standing_store
from bot.store import conversation, outbox
from bot.store import scope as scope_store
from bot.store.certificate import Certificate, Ending, Printed
from bot.store.certificate_exception import CertificateException
from bot.store.certificate_standing import Candidate, CertificateList
from bot.store.conversation import Conversation
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class CertificatePerson:
    """Somebody on the way to a certificate, the decision that they get one, and the newest one."""

    candidate: Candidate
    exception: CertificateException | None
    certificate: Certificate | None


def see(
    connection: sqlite3.Connection, seminar: Seminar, person_id: int, reader: Person, now: datetime
) -> CertificatePerson | None:
    """How far a teacher is; None for somebody else, and for one whom the reader may not be told of."""
    people = scope_store.get(connection, reader.id)
    found = certificate_standing_store.of_person(connection, seminar, person_id, now, people)
    if found is None:
        return None
    return CertificatePerson(
        found,
        certificate_exception_store.get(connection, seminar.key, person_id),
        certificate_store.newest(connection, person_id, seminar.key),
    )


def issue_some(
    connection: sqlite3.Connection,
    seminar: Seminar,
    people: Sequence[int],
    designs: Designs,
    *,
    by: Person,
    now: datetime,
) -> int:
    """Issue one to each of these who can have one at this moment, and tell them; return how many that were."""
    digests: dict[str, str] = {}
    issued = 0
    for one in people:
        found = certificate_standing_store.of_person(connection, seminar, one, now)
        if found is not None and found.listed is CertificateList.READY:
            _issue(connection, seminar, found, designs, _design(connection, designs, found, digests), by=by, now=now)
            issued += 1
    if issued:
        details = {"certificates": issued}
        audit_store.record(connection, "certificate.issued_to_many", by_id=by.id, now=now, details=details)
    return issued


def issue_one(
    connection: sqlite3.Connection,
    seminar: Seminar,
    person_id: int,
    designs: Designs,
    *,
    follows: int,
    by: Person,
    now: datetime,
) -> Certificate | None:
    """Issue one to somebody, with the serial of the copy that it `follows` (0: there is none).

    None where that copy is not the newest any more, so that the same press does it once, and where nothing has
    changed or something is missing.
    """
    found = certificate_standing_store.of_person(connection, seminar, person_id, now)
    if found is None or (found.certificate or 0) != follows or not _may_have(found):
        return None
    before = certificate_store.newest(connection, person_id, seminar.key)
    if before is not None and before.stands:
        certificate_store.end(connection, before.id, Ending.REPLACED, by_id=by.id, now=now)
    digest = _design(connection, designs, found, {})
    made = _issue(connection, seminar, found, designs, digest, by=by, now=now, before=before)
    audit_store.record(
        connection,
        "certificate.issued" if before is None else "certificate.replaced",
        by_id=by.id,
        now=now,
        person_id=person_id,
        details={"serial": made.serial},
    )
    return made


def revoke(
    connection: sqlite3.Connection,
    number: int,
    reason: str,
    *,
    by: Person,
    now: datetime,
    awaits: Conversation | None,
) -> Certificate | None:
    """Revoke one, and tell its holder; None where it does not stand (any more)."""
    if awaits is not None:
        conversation.forget(connection, by.telegram_id)
    if not certificate_store.end(connection, number, Ending.REVOKED, by_id=by.id, now=now, reason=reason):
        return None
    ended = certificate_store.by_id(connection, number)
    assert ended is not None
    details = {"serial": ended.serial}
    audit_store.record(
        connection, "certificate.revoked", by_id=by.id, now=now, person_id=ended.person_id, details=details
    )
    outbox.enqueue(connection, certificate_messages.revoked(connection, ended, now), now)
    return ended


def except_(
    connection: sqlite3.Connection,
    seminar: Seminar,
    person_id: int,
    reason: str,
    *,
    by: Person,
    now: datetime,
    awaits: Conversation | None,
) -> bool:
    """Decide that somebody gets one although something is missing; return whether that is new."""
    if awaits is not None:
        conversation.forget(connection, by.telegram_id)
    number = certificate_exception_store.add(connection, seminar.key, person_id, reason, by_id=by.id, now=now)
    if number is None:
        return False
    subject = f"certificate_exception:{number}"
    audit_store.record(connection, "certificate.excepted", by_id=by.id, now=now, person_id=person_id, subject=subject)
    return True


def end_exception(
    connection: sqlite3.Connection, seminar: Seminar, person_id: int, *, by: Person, now: datetime
) -> bool:
    """Take that decision back; what was issued stays. Return whether there was one."""
    standing = certificate_exception_store.get(connection, seminar.key, person_id)
    if standing is None:
        return False
    certificate_exception_store.end(connection, seminar.key, person_id, by_id=by.id, now=now)
    subject = f"certificate_exception:{standing.id}"
    audit_store.record(
        connection, "certificate.exception_ended", by_id=by.id, now=now, person_id=person_id, subject=subject
    )
    return True


def _may_have(found: Candidate) -> bool:
    if found.listed is CertificateList.ISSUED:
        return False
    return found.listed in {CertificateList.CORRECTED, CertificateList.REVOKED} or found.qualifies


def _design(connection: sqlite3.Connection, designs: Designs, found: Candidate, known: dict[str, str]) -> str:
    """The digest of the design in this person's language, which is kept from here on."""
    if found.language not in known:
        design = designs[found.language]
        for picture in design.pictures:
            certificate_store.keep_part(connection, picture)
        known[found.language] = certificate_store.keep_part(connection, design.document)
    return known[found.language]


def _competencies(seminar: Seminar, found: Candidate, designs: Designs) -> tuple[dict[str, str], ...]:
    """What the lessons teach that are done, in the framework's order, in the words of each language."""
    missing = {one.key for one in found.standing.open_lessons}
    done = {each.aspect for one in seminar.lessons if one.key not in missing for each in one.competencies}
    return tuple({name: one.aspects[aspect] for name, one in designs.items()} for aspect in Aspect if aspect in done)


def _issue(
    connection: sqlite3.Connection,
    seminar: Seminar,
    found: Candidate,
    designs: Designs,
    design: str,
    *,
    by: Person,
    now: datetime,
    before: Certificate | None = None,
) -> Certificate:
    made = certificate_store.add(
        connection,
        found.id,
        seminar.key,
        Printed(
            found.language,
            found.name,
            found.latin_name,
            found.standing.minutes,
            found.standing.lessons,
            competencies=_competencies(seminar, found, designs),
        ),
        design=design,
        by_id=by.id,
        now=now,
        before=before,
    )
    outbox.enqueue(connection, [certificate_messages.ready(made, found.telegram_id, now)], now)
    return made
