"""What the invariants of an outbound soak are checked against: the journal from outside, the rows of the database."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from bot.clock import from_text
from tests.soak import setup
from tests.soak.journal import Accepted, Kill, Left, Pause, Unclear, read
from tests.soak.workload import Workload

_ROWS = """
SELECT id, key, event, kind, chat_id, person_id, data, due_at, expires_at, state, attempts, message_id, error, done_at,
       target_id
  FROM outbox ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox; moments are Unix seconds. `what` names its content as the stand-in names messages."""

    id: int
    key: str
    event: str
    kind: str
    chat: int
    what: str
    due_at: float
    expires_at: float
    state: str
    attempts: int
    message: int | None
    error: str
    done_at: float | None
    changes: bool = False  # it edits or deletes an earlier message, instead of becoming one


@dataclass(slots=True)
class Evidence:
    """One soak, once it is over."""

    rows: list[Row]
    accepted: list[Accepted]
    unclear: list[Unclear]
    pauses: list[Pause]
    kills: list[Kill]
    left: list[Left]
    members: dict[int, str]  # the chats of active people who can be reached -> role
    inbox: dict[str, int]
    failed: list[str]
    fanned_out: list[str]  # events that were scheduled and not called back
    gone: set[int]
    called_back: set[str]
    changed: list[str]
    broken_file: str
    deliveries: dict[tuple[int, str], list[Accepted]] = field(default_factory=lambda: defaultdict(list))
    rows_by_content: dict[tuple[int, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        staff = {chat for chat, role in self.members.items() if role != "teacher"}  # they see previews as well
        for one in self.accepted:
            if one.is_new and one.what and one.chat not in staff:
                self.deliveries[one.chat, one.what].append(one)
        for row in self.rows:
            if row.what:
                self.rows_by_content[row.chat, row.what].append(row)

    @classmethod
    def read(cls, folder: Path, *, gone: set[int], workload: Workload, changed: list[str]) -> "Evidence":
        """Read the journal and the database of a soak."""
        kinds: dict[type[Any], list[Any]] = {kind: [] for kind in (Accepted, Unclear, Pause, Kill, Left)}
        for line in read(folder / "journal.jsonl"):
            kinds[type(line)].append(line)
        with setup.read_only(folder / "hamroh.db") as connection:
            texts = {row[0]: row[1] for row in connection.execute("SELECT broadcast_id, text FROM broadcast_version")}
            rows = [_row(dict(row), texts, workload.first) for row in connection.execute(_ROWS)]
            members = connection.execute(
                "SELECT telegram_id, role FROM person WHERE state = 'active' AND reachable = 1"
            ).fetchall()
            inbox = connection.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall()
            failed = connection.execute("SELECT error FROM inbox WHERE state IN ('failed', 'poisoned')").fetchall()
            events = connection.execute("SELECT event FROM fanout WHERE audience = 'all' AND cancelled = 0").fetchall()
            check = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return cls(
            rows=rows,
            accepted=kinds[Accepted],
            unclear=kinds[Unclear],
            pauses=kinds[Pause],
            kills=kinds[Kill],
            left=kinds[Left],
            members={row[0]: row[1] for row in members},
            inbox={row[0]: row[1] for row in inbox},
            failed=[row[0] for row in failed],
            fanned_out=[row[0] for row in events],
            gone=gone,
            called_back=workload.cancelled,
            changed=changed,
            broken_file="" if check == "ok" else str(check),
        )

    def kill_after(self, moment: float) -> Kill | None:
        """The first kill after a moment."""
        at = bisect_right([kill.at for kill in self.kills], moment)
        return self.kills[at] if at < len(self.kills) else None


def _row(row: dict[str, Any], texts: dict[int, str], first: date) -> Row:
    data = orjson.loads(row["data"])
    return Row(
        id=row["id"],
        key=row["key"],
        event=row["event"],
        kind=row["kind"],
        chat=row["chat_id"],
        what=_content(row["kind"], data, texts, first),
        due_at=from_text(row["due_at"]).timestamp(),
        expires_at=from_text(row["expires_at"]).timestamp(),
        state=row["state"],
        attempts=row["attempts"],
        message=row["message_id"],
        error=row["error"] or "",
        done_at=from_text(row["done_at"]).timestamp() if row["done_at"] else None,
        changes=row["target_id"] is not None,
    )


def _content(kind: str, data: dict[str, Any], texts: dict[int, str], first: date) -> str:
    names = {
        "broadcast": lambda: (
            "broadcast:" + texts.get(data["broadcast"], "[soak ?]").split("]")[0].removeprefix("[soak ")
        ),
        "checkin.ask": lambda: f"ask:{data['date']}:{data['slot']}",
        "checkin.nudge": lambda: f"nudge:{data['date']}:{data['slot']}",
        "agenda": lambda: f"agenda:{(date.fromisoformat(data['date']) - first).days + 1}",
        "lesson": lambda: f"lesson:{data['lesson']}",
        "programme.change": lambda: f"change:{data['version']}",
        "programme.reminder": lambda: f"unseen:{data['version']}",
        "headcount.ask": lambda: f"count:{data['headcount']}",
    }
    return names[kind]() if kind in names else ""
