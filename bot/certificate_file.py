"""The files of certificates: each as a PDF, and many as one archive.

They are made as jobs, from what was kept when a certificate was issued and from nothing that may have changed since.
"""

import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import orjson

from bot.jobs.job import JobFiles
from bot.people_filter import PeopleFilter
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.store import certificate as certificate_store
from bot.store import certificate_standing as certificate_standing_store
from bot.store import people_filter
from bot.store import scope as scope_store
from bot.store.certificate import Certificate
from bot.store.certificate_standing import CertificateList, Overview
from bot.store.invite import make_link

ARCHIVE_MOST: Final = 800  # certificates in one archive: half a minute, and 45 MB
ARCHIVE_BYTES: Final = 49_000_000  # a bot may send 50 MB

_STANDING = """
SELECT c.id FROM certificate AS c JOIN person AS p ON p.id = c.person_id
 WHERE c.seminar = :seminar AND c.ended_at IS NULL AND {condition} ORDER BY c.number LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Design:
    """What certificates of one language share: a JSON document, and the pictures that it names by their digests.

    `aspects` are the words for what lessons teach.
    """

    document: bytes
    pictures: tuple[bytes, ...]
    aspects: Mapping[Aspect, str]


Designs = Mapping[str, Design]


@dataclass(frozen=True, slots=True)
class OverviewJob:
    """A job: how many are on each list, and a page of one, for a reader."""

    seminar: Seminar
    reader_id: int
    listed: CertificateList | None
    page: int
    now: datetime

    def perform(self, files: JobFiles) -> Overview:
        """Count."""
        return files.read(
            certificate_standing_store.overview, self.seminar, self.reader_id, self.listed, self.page, now=self.now
        )


@dataclass(frozen=True, slots=True)
class ReadyJob:
    """A job: the numbers of all who can be issued one."""

    seminar: Seminar
    now: datetime

    def perform(self, files: JobFiles) -> list[int]:
        """Judge everybody."""
        return files.read(certificate_standing_store.ready, self.seminar, self.now)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A certificate with its design and the pictures of that, by their digests."""

    certificate: Certificate
    design: Mapping[str, Any]
    pictures: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class CertificatePdf:
    """A job: the PDF of a certificate, or None where it is not there. `username` is the bot's."""

    number: int
    username: str

    def perform(self, files: JobFiles) -> bytes | None:
        """Make it."""
        loaded = files.read(load, self.number)
        return None if loaded is None else pdf(loaded, self.username)


@dataclass(frozen=True, slots=True)
class CertificateZip:
    """A job: the PDFs of these certificates as one archive; None where that is larger than a bot may send."""

    numbers: tuple[int, ...]
    username: str

    def perform(self, files: JobFiles) -> bytes | None:
        """Make it."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in self.numbers:
                loaded = files.read(load, number)
                if loaded is None or not loaded.certificate.name:
                    continue
                name = f"{loaded.certificate.serial} {_file_name(loaded.certificate.name)}.pdf"
                at = zipfile.ZipInfo(name, loaded.certificate.issued_at.timetuple()[:6])
                at.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(at, pdf(loaded, self.username))
                if packed.tell() > ARCHIVE_BYTES:
                    return None
        return packed.getvalue()


def load(connection: sqlite3.Connection, number: int) -> Loaded | None:
    """All that a certificate is printed from, or None where it is not there."""
    found = certificate_store.by_id(connection, number)
    if found is None:
        return None
    design = orjson.loads(certificate_store.part(connection, found.design))
    digests = {design[name] for name in ("logo", "signature", "stamp")} - {""}
    return Loaded(found, design, {one: certificate_store.part(connection, one) for one in digests})


def standing(connection: sqlite3.Connection, seminar: Seminar, reader_id: int, group: str) -> list[int]:
    """The numbers of the certificates that count, of a group ("": of all), by serial.

    Of those whom the reader may be told of; one more than an archive may hold where there are more.
    """
    people = PeopleFilter(groups=(group,) if group else ()).within(scope_store.get(connection, reader_id))
    if people is None:
        return []
    condition, values = people_filter.condition(people)
    named = {**values, "seminar": seminar.key, "most": ARCHIVE_MOST + 1}
    return [row["id"] for row in connection.execute(_STANDING.format(condition=condition), named)]


def pdf(loaded: Loaded, username: str) -> bytes:
    """The PDF."""
    from bot.documents.certificate import certificate_pdf

    return certificate_pdf(loaded.design, personal(loaded, username), loaded.pictures)


def personal(loaded: Loaded, username: str) -> dict[str, str]:
    """What is printed of this person alone."""
    one, words = loaded.certificate, loaded.design["words"]
    facts = [f"{words['hours']}: {hours(one.minutes, loaded.design['decimal'])}"]
    facts += [f"{words['lessons']}: {one.lessons}"] if one.lessons else []
    language = loaded.design["language"]
    competencies = "; ".join(texts.get(language) or next(iter(texts.values()), "") for texts in one.competencies)
    copy = f" · {words['copy']} {one.issue}" if one.issue > 1 else ""
    return {
        "name": one.name,
        "latin": one.latin_name if one.latin_name != one.name else "",
        "serial": one.serial,
        "issued": f"{one.issued_at.date().isoformat()}{copy}",
        "facts": " · ".join(facts),
        "competencies": f"{words['competencies']}: {competencies}" if competencies else "",
        "link": make_link(username, certificate_store.start_code(one.code)),
    }


def hours(minutes: int, decimal: str) -> str:
    """Minutes as hours, with one digit behind the sign where they are not whole."""
    whole, rest = divmod(minutes, 60)
    return f"{minutes / 60:.1f}".replace(".", decimal) if rest else str(whole)


def _file_name(name: str) -> str:
    """The name as a file can be called everywhere."""
    return "".join(letter if letter.isalnum() or letter in "-' " else "_" for letter in name)[:80]
