"""Certificates that were issued: what stands on each, which of them counts, and who verified one lately.

What many share is kept once as a part: a design as JSON, and its pictures. Neither is ever changed.
"""

import hashlib
import re
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import orjson

from bot.clock import from_text, to_text
from bot.store.invite import seal

CODE_BYTES: Final = 16  # 22 characters of A-Z a-z 0-9 _ -
LOOKUPS: Final = 20
LOOKED_UP_WITHIN: Final = timedelta(minutes=10)
_SIGN: Final = "v"
_START: Final = re.compile(f"{_SIGN}[A-Za-z0-9_-]{{22}}")
_KEPT: Final = timedelta(days=1)
_PRUNED: Final = 100  # at once


class Ending(StrEnum):
    """Why a certificate counts no more."""

    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was issued. `name` is empty, and `person_id` None, once its holder has erased their data."""

    id: int
    person_id: int | None
    seminar: str
    number: int
    issue: int
    code: str
    language: str
    name: str
    latin_name: str
    minutes: int
    lessons: int
    competencies: tuple[Mapping[str, str], ...]
    design: str
    issued_at: datetime
    ended_as: Ending | None
    ended_at: datetime | None
    reason: str

    @property
    def serial(self) -> str:
        """What is printed as its number, the same on each copy."""
        return f"{self.seminar.upper()}-{self.number:04}"

    @property
    def stands(self) -> bool:
        """Whether it is the copy that counts."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed about a person."""

    language: str
    name: str
    latin_name: str
    minutes: int
    lessons: int
    competencies: tuple[Mapping[str, str], ...] = ()


_ADD = """
INSERT INTO certificate (person_id, seminar, number, issue, code, seal, language, name, latin_name, minutes, lessons,
                         competencies, design, issued_at, issued_by)
VALUES (:person, :seminar, :number, :issue, :code, :seal, :language, :name, :latin, :minutes, :lessons, :competencies,
        :design, :now, :by)
"""
_NEXT = "SELECT coalesce(max(number), 0) + 1 AS number FROM certificate WHERE seminar = ?"
_NEWEST = "SELECT * FROM certificate WHERE person_id = ? AND seminar = ? ORDER BY id DESC LIMIT 1"
_END = """
UPDATE certificate SET ended_as = ?, ended_at = ?, ended_by = ?, reason = ? WHERE id = ? AND ended_at IS NULL
"""
_PART = "INSERT INTO certificate_part (digest, content) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING"
_LOOK_UP = """
INSERT INTO certificate_lookup (telegram_id, message_id, at) VALUES (?, ?, ?)
ON CONFLICT (telegram_id, message_id) DO NOTHING
"""
_LOOKED_UP = "SELECT count(*) AS n FROM certificate_lookup WHERE telegram_id = ? AND at > ?"
_PRUNE = """
DELETE FROM certificate_lookup WHERE (telegram_id, message_id) IN (
    SELECT telegram_id, message_id FROM certificate_lookup WHERE at < ? LIMIT ?)
"""


def newest(connection: sqlite3.Connection, person_id: int, seminar: str) -> Certificate | None:
    """The newest one of a person, which may be revoked; None where they have none."""
    row = connection.execute(_NEWEST, (person_id, seminar)).fetchone()
    return None if row is None else _certificate(row)


def by_id(connection: sqlite3.Connection, number: int) -> Certificate | None:
    """The one with this number, or None."""
    row = connection.execute("SELECT * FROM certificate WHERE id = ?", (number,)).fetchone()
    return None if row is None else _certificate(row)


def by_seal(connection: sqlite3.Connection, sealed: str) -> Certificate | None:
    """The one whose code was sent, as it is sealed on decoding; None for any other code."""
    row = connection.execute("SELECT * FROM certificate WHERE seal = ?", (sealed,)).fetchone()
    return None if row is None else _certificate(row)


def add(
    connection: sqlite3.Connection,
    person_id: int,
    seminar: str,
    printed: Printed,
    *,
    design: str,
    by_id: int,
    now: datetime,
    before: Certificate | None = None,
) -> Certificate:
    """Issue one; it keeps the serial of the copy `before` it. Raises IntegrityError where one stands."""
    code = secrets.token_urlsafe(CODE_BYTES)
    number = before.number if before else connection.execute(_NEXT, (seminar,)).fetchone()["number"]
    values = {
        "person": person_id,
        "seminar": seminar,
        "number": number,
        "issue": before.issue + 1 if before else 1,
        "code": code,
        "seal": seal(start_code(code)),
        "language": printed.language,
        "name": printed.name,
        "latin": printed.latin_name,
        "minutes": printed.minutes,
        "lessons": printed.lessons,
        "competencies": orjson.dumps(printed.competencies).decode(),
        "design": design,
        "now": to_text(now),
        "by": by_id,
    }
    row_id = connection.execute(_ADD, values).lastrowid
    assert row_id is not None
    made = _one(connection, row_id)
    assert made is not None
    return made


def end(
    connection: sqlite3.Connection, number: int, ending: Ending, *, by_id: int, now: datetime, reason: str = ""
) -> bool:
    """It counts no more; return whether it did."""
    return connection.execute(_END, (ending, to_text(now), by_id, reason, number)).rowcount == 1


def start_code(code: str) -> str:
    """What the bot is started with by the QR code of a certificate: one letter longer than an invitation."""
    return f"{_SIGN}{code}"


def sealed_start(code: str) -> str | None:
    """What is kept of such a start, so that it is known for one whatever its code is; None for any other."""
    return f"{_SIGN}{seal(code)}" if _START.fullmatch(code) else None


def by_start(connection: sqlite3.Connection, kept: str) -> Certificate | None:
    """The one of a start, as it is kept; None for an unknown code."""
    return by_seal(connection, kept.removeprefix(_SIGN))


def is_start(kept: str) -> bool:
    """Whether this is what is kept of the start by a certificate's code."""
    return kept.startswith(f"{_SIGN}#")


def keep_part(connection: sqlite3.Connection, content: bytes) -> str:
    """Keep a design or a picture, once, and return its digest."""
    digest = digest_of(content)
    connection.execute(_PART, (digest, content))
    return digest


def digest_of(content: bytes) -> str:
    """By which a part is known."""
    return hashlib.sha256(content).hexdigest()


def part(connection: sqlite3.Connection, digest: str) -> bytes:
    """A design or a picture. Raises KeyError for one that is not there."""
    row = connection.execute("SELECT content FROM certificate_part WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        raise KeyError(digest)
    return bytes(row["content"])


def look_up(connection: sqlite3.Connection, telegram_id: int, message_id: int, now: datetime) -> bool:
    """Somebody verifies a certificate; return False where that is once too often."""
    connection.execute(_PRUNE, (to_text(now - _KEPT), _PRUNED))
    connection.execute(_LOOK_UP, (telegram_id, message_id, to_text(now)))
    row = connection.execute(_LOOKED_UP, (telegram_id, to_text(now - LOOKED_UP_WITHIN))).fetchone()
    return bool(row["n"] <= LOOKUPS)


def signing_seed(connection: sqlite3.Connection, now: datetime) -> bytes:
    """The private key of this bot, made when it is first asked for."""
    connection.execute(
        "INSERT INTO signing_key (id, seed, made_at) VALUES (1, ?, ?) ON CONFLICT (id) DO NOTHING",
        (secrets.token_bytes(32), to_text(now)),
    )
    return bytes(connection.execute("SELECT seed FROM signing_key").fetchone()["seed"])


def in_order(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Certificate]:
    """Those with these numbers, by their serials."""
    query = "SELECT * FROM certificate WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seminar, number, issue"
    rows = connection.execute(query, (orjson.dumps(numbers).decode(),))
    return [_certificate(row) for row in rows]


def _one(connection: sqlite3.Connection, number: int) -> Certificate | None:
    return by_id(connection, number)


def _certificate(row: sqlite3.Row) -> Certificate:
    return Certificate(
        id=row["id"],
        person_id=row["person_id"],
        seminar=row["seminar"],
        number=row["number"],
        issue=row["issue"],
        code=row["code"],
        language=row["language"],
        name=row["name"],
        latin_name=row["latin_name"],
        minutes=row["minutes"],
        lessons=row["lessons"],
        competencies=tuple(orjson.loads(row["competencies"])),
        design=row["design"],
        issued_at=from_text(row["issued_at"]),
        ended_as=Ending(row["ended_as"]) if row["ended_as"] else None,
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        reason=row["reason"],
    )
