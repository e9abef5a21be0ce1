"""What must hold of versions, notices, agendas, decisions and headcounts after a soak: on phones, in the database."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from bot.clock import from_text
from rehearsal.telegram import Account
from tests.soak import setup
from tests.soak.outbound_users import OutboundUsers

_EXAMPLES: Final = 5
_CLEARLY_BEFORE: Final = 10.0  # seconds: a tap so long before an organizer closes a headcount counts

_VERSIONS: Final = "SELECT number, published_at, document FROM programme_version ORDER BY number"
_UNTOLD: Final = """
SELECT v.number FROM programme_version v
 WHERE v.by_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM fanout f WHERE f.event = 'programme:' || v.seminar || ':' || v.number || ':' || v.base)
"""
_EARLY: Final = """
SELECT f.event FROM fanout f
 WHERE f.kind = 'programme.change' AND NOT EXISTS (
    SELECT 1 FROM programme_version v WHERE f.event GLOB 'programme:' || v.seminar || ':' || v.number || ':*')
"""
# A notice of which nobody knew, when the next version was published, whether it had arrived.
_NOTICES: Final = """
SELECT o.chat_id, o.event, (
    SELECT count(*) FROM programme_version v JOIN outbox e ON e.chat_id = o.chat_id AND e.kind = o.kind AND e.id < o.id
     WHERE o.event GLOB 'programme:' || v.seminar || ':' || v.number || ':*'
       AND e.event NOT GLOB 'programme:' || v.seminar || ':' || v.number || ':*'
       AND e.attempts > 0 AND (e.state <> 'sent' OR e.done_at >= v.published_at)) AS unclear
  FROM outbox o WHERE o.kind = 'programme.change'
"""
_AGENDAS: Final = """
SELECT chat_id, message_id, done_at FROM outbox WHERE event = ? AND state = 'sent' AND message_id IS NOT NULL
"""
_SEEN: Final = "SELECT p.telegram_id, s.version FROM programme_seen s JOIN person p ON p.id = s.person_id"
_MARKS: Final = """
SELECT p.telegram_id, CAST(substr(m.subject, 11) AS INTEGER), count(*)
  FROM mark m JOIN person p ON p.id = m.person_id
 WHERE m.subject GLOB 'headcount:*' AND m.how = 'tap' GROUP BY 1, 2
"""
_DECISIONS: Final = "SELECT event, decision, revision FROM upcoming_override"
_GROUP: Final = "SELECT telegram_id FROM person WHERE role = 'teacher' AND state = 'active' AND group_key = ?"


@dataclass(frozen=True, slots=True)
class Published:
    """A version: when it was published (Unix seconds), and the hours of the session that is moved."""

    at: float
    hours: str


@dataclass(slots=True)
class ProgrammeEvidence:
    """What there is at the end. `chats` are those whose day the versions change, and who were there all the time.

    `agendas` are the delivered ones of today: when the row was done (Unix seconds) and what the phone shows of it.
    """

    versions: dict[int, Published]
    published: int  # that organizers saw published, and that were published between two runs
    halves: list[str]
    chats: set[int]
    told: list[tuple[int, int]]  # notices to teachers: chat, version
    unclear: set[tuple[int, int]]  # of them, those to whom nobody knew whether an earlier one had arrived
    texts: dict[int, str]  # everything that a phone of these chats shows
    agendas: dict[int, tuple[float, str]]
    seen: set[tuple[int, int]]
    pressed_seen: set[tuple[int, int]]
    marks: dict[tuple[int, int], int]
    counted: dict[tuple[int, int], float]
    closing: dict[int, float]
    decisions: list[tuple[str, str, int]]
    undone: int
    gone: set[int] = field(default_factory=set)

    @classmethod
    def read(
        cls, database: Path, users: OutboundUsers, teachers: Sequence[Account], *, published: int, halves: list[str]
    ) -> "ProgrammeEvidence":
        """Read the database between two runs, or at the end."""
        phones = {one.id: one for one in teachers}
        with setup.read_only(database) as connection:
            notices = [(row[0], int(row[1].split(":")[2]), row[2]) for row in connection.execute(_NOTICES)]
            group = {row[0] for row in connection.execute(_GROUP, (setup.MOVED_GROUP,))} - users.gone
            agenda = f"agenda:{users.today.isoformat()}"
            return cls(
                versions={row["number"]: _published(row) for row in connection.execute(_VERSIONS)},
                published=published + users.tasks.published,
                halves=[*halves, *half_published(connection)],
                chats=group,
                told=[(chat, version) for chat, version, _ in notices if chat in phones],
                unclear={(chat, version) for chat, version, unclear in notices if unclear},
                texts={chat: "\n".join(one.text for one in phones[chat].messages.values()) for chat in group},
                agendas={
                    row[0]: (from_text(row[2]).timestamp(), phones[row[0]].messages[row[1]].text)
                    for row in connection.execute(_AGENDAS, (agenda,))
                    if row[0] in group and row[1] in phones[row[0]].messages
                },
                seen={(row[0], row[1]) for row in connection.execute(_SEEN)},
                pressed_seen=users.seen,
                marks={(row[0], row[1]): row[2] for row in connection.execute(_MARKS)},
                counted=users.counted,
                closing=users.tasks.closing,
                decisions=[tuple(row) for row in connection.execute(_DECISIONS)],
                undone=users.tasks.undone.total(),
                gone=users.gone,
            )


def half_published(connection: sqlite3.Connection) -> list[str]:
    """Versions without the notices that belong to them, and notices without their version. The bot may be dead."""
    untold = [f"version {row[0]} is there, and its notice is not" for row in connection.execute(_UNTOLD)]
    return untold + [f"{row[0]} is there, and its version is not" for row in connection.execute(_EARLY)]


def check_programme(evidence: ProgrammeEvidence) -> dict[str, Any]:
    """Results by name, as `check_invariants` gives them."""
    broken = {
        "11 a version is there whole, and once": list(_whole(evidence)),
        "11 told is who reads something else": list(_told(evidence)),
        "11 a phone shows the newest version": list(_shown(evidence)),
        "11 a delivered agenda follows": list(behind(evidence)),
        "7 Seen is kept as it was pressed": list(_seen(evidence)),
        "7 a tap in a headcount is one mark": list(_marks(evidence)),
        "7 a decision is taken and undone once": list(_decided(evidence)),
    }
    return {
        name: {"held": not found, "broken": len(found), "examples": found[:_EXAMPLES]} for name, found in broken.items()
    }


def _whole(evidence: ProgrammeEvidence) -> Iterator[str]:
    yield from dict.fromkeys(evidence.halves)
    if len(evidence.versions) - 1 != evidence.published:
        yield f"{len(evidence.versions) - 1} versions after the folder's, and {evidence.published} were published"
    hours = Counter(one.hours for one in evidence.versions.values())
    yield from (f"{count} versions move the session to {when}" for when, count in hours.items() if count > 1)


def _told(evidence: ProgrammeEvidence) -> Iterator[str]:
    """Notices went to nobody else, and of a version there is one for each; two where an earlier one is unclear."""
    for chat, version in evidence.told:
        if chat not in evidence.chats and chat not in evidence.gone:
            yield f"chat {chat} has a notice of version {version}, which changes nothing there"
    counts = Counter(evidence.told)
    for (chat, version), n in counts.items():
        if n > (2 if (chat, version) in evidence.unclear else 1):
            yield f"chat {chat} has {n} notices of version {version}"


def _shown(evidence: ProgrammeEvidence) -> Iterator[str]:
    """Whoever is concerned reads the newest hours somewhere: in the notice, or in today's agenda."""
    newest = evidence.versions[max(evidence.versions)]
    if len(evidence.versions) > 1:
        yield from (
            f"chat {chat} shows nothing of {newest.hours}"
            for chat in sorted(evidence.chats)
            if newest.hours not in evidence.texts[chat]
        )


def behind(evidence: ProgrammeEvidence) -> Iterator[str]:
    """Agendas that had been delivered when the newest version was published, and do not say it."""
    newest = evidence.versions[max(evidence.versions)]
    for chat, (done_at, text) in evidence.agendas.items():
        if done_at < newest.at and newest.hours not in text:
            yield f"the agenda in chat {chat} does not say {newest.hours}"


def _seen(evidence: ProgrammeEvidence) -> Iterator[str]:
    newest = dict(sorted(evidence.pressed_seen))  # of each chat; what it tells anew of earlier versions is kept, too
    for chat, version in evidence.seen ^ evidence.pressed_seen:
        is_pressed = (chat, version) in evidence.pressed_seen
        if chat not in evidence.gone and (is_pressed or version >= newest.get(chat, 0)):
            what = "pressed, and not kept" if is_pressed else "kept, and not pressed"
            yield f"Seen of version {version} in chat {chat} was {what}"


def _marks(evidence: ProgrammeEvidence) -> Iterator[str]:
    yield from (f"{n} marks by tap in headcount {about}" for about, n in evidence.marks.items() if n > 1)
    for (chat, number), at in evidence.counted.items():
        in_time = at < evidence.closing.get(number, 0.0) - _CLEARLY_BEFORE
        if in_time and (chat, number) not in evidence.marks and chat not in evidence.gone:
            yield f"chat {chat} tapped in headcount {number} and has no mark"


def _decided(evidence: ProgrammeEvidence) -> Iterator[str]:
    yield from (f"{event} is left as {decision}" for event, decision, _ in evidence.decisions if decision != "keep")
    decided = sum(revision for _, _, revision in evidence.decisions)
    if decided != 2 * evidence.undone:
        yield f"{decided} decisions are kept, and {2 * evidence.undone} were taken"


def _published(row: sqlite3.Row) -> Published:
    sessions = [one for day in orjson.loads(row["document"]) for one in day["sessions"]]
    moved = next(one for one in sessions if one["key"] == setup.MOVED_SESSION)
    return Published(from_text(row["published_at"]).timestamp(), f"{moved['start'][:5]}–{moved['end'][:5]}")
