"""What must hold in a flood, checked against what phones got and when, and the database."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.soak import setup
from tests.soak.journal import Pause

_URGENT: Final = 2.0  # seconds until an organizer has a call for help
_ALERT: Final = 10.0  # and any other alert
_SECOND: Final = 29  # messages in any second
_RESTART: Final = 3.0  # seconds after a kill in which the next run does not know which chats were just written to
_GROUP: Final = 63.0  # and which groups
_KNOWN: Final = ("organizers know", "Passed on")
_EXAMPLES: Final = 5
_UNSENT: Final = """
SELECT h.id FROM help h
 WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'help.alert' AND o.event = 'help:' || h.id)
"""

_CALLED: Final = "SELECT p.telegram_id FROM help h JOIN person p ON p.id = h.person_id"


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody called for help, or asked, at a moment (Unix seconds)."""

    at: float
    chat: int
    name: str
    urgent: bool


@dataclass(slots=True)
class FloodEvidence:
    """What was seen. `ready` are the first polls of the process runs, `kills` their ends."""

    database: Path
    organizers: set[int]
    calls: list[Call] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    erased: list[tuple[int, str]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    told: list[tuple[float, int, str]] = field(default_factory=list)
    stopped_well: bool = False
    pauses: list[Pause] = field(default_factory=list)

    def saw(self, at: float, chat: int, text: str, *, new: bool) -> None:
        """Telegram took a message, or a change of one."""
        if new:
            self.moments.append(at)
        if chat in self.organizers or any(known in text for known in _KNOWN):
            self.told.append((at, chat, text))

    def waited(self, call: Call, organizer: int) -> float:
        """Seconds that the call took to this organizer while the bot was there; infinite when it never came."""
        came = next((at for at, chat, text in self.told if chat == organizer and call.name in text), None)
        if came is None:
            return float("inf")
        started = bisect_right(self.ready, came)
        return came - max(call.at, self.ready[started - 1] if started else call.at)

    def explained(self, pause: Pause) -> bool:
        """Whether a kill made the bot forget that it had just written to that chat."""
        span = _GROUP if pause.chat < 0 else _RESTART
        return pause.chat == 0 or any(kill < pause.at < kill + span for kill in self.kills)

    def busiest(self) -> tuple[int, float]:
        """The most messages in a second, and when."""
        most, when = 0, 0.0
        for number, at in enumerate(self.moments):
            count = bisect_left(self.moments, at + 1.0) - number
            most, when = max((most, when), (count, at))
        return most, when


def check_invariants(evidence: FloodEvidence) -> dict[str, Any]:
    """Results by name, and the figures behind them."""
    waits = {
        urgent: [
            (evidence.waited(call, organizer), call)
            for call in evidence.calls
            if call.urgent == urgent
            for organizer in evidence.organizers
        ]
        for urgent in (True, False)
    }
    busiest, when = evidence.busiest()
    broken = {
        "a call for help is there within 2 s": [f"{w:.2f} s: {call}" for w, call in waits[True] if w > _URGENT],
        "any other alert within 10 s": [f"{w:.2f} s: {call}" for w, call in waits[False] if w > _ALERT],
        "no second holds more than 29 messages": [f"{busiest} at {when:.3f}"] if busiest > _SECOND else [],
        "no 429 for a message": [f"{pause}" for pause in evidence.pauses if not evidence.explained(pause)],
        "nothing is said to be known before somebody has it": list(_promises(evidence)),
        "nothing is left of who erased everything": list(_traces(evidence)),
        "it stops when told": [] if evidence.stopped_well else ["it did not"],
    }
    return {
        "held": not any(broken.values()),
        "results": {
            name: {"held": not found, "broken": len(found), "examples": found[:_EXAMPLES]}
            for name, found in broken.items()
        },
        "messages": len(evidence.moments),
        "calls": len(waits[True]) // max(1, len(evidence.organizers)),
        "questions": len(waits[False]) // max(1, len(evidence.organizers)),
        "longest_call_seconds": round(max((w for w, _ in waits[True]), default=0.0), 3),
        "longest_question_seconds": round(max((w for w, _ in waits[False]), default=0.0), 3),
        "busiest_second": busiest,
        "kills": len(evidence.kills),
    }


def _promises(evidence: FloodEvidence) -> Iterator[str]:
    with setup.read_only(evidence.database) as connection:
        yield from (f"call {row[0]} has no alert" for row in connection.execute(_UNSENT))
        called = {row[0] for row in connection.execute(_CALLED)} | {chat for chat, _ in evidence.erased}
    names = {call.chat: call.name for call in evidence.calls}
    told = evidence.told
    for at, chat, text in told:
        if chat in evidence.organizers or not any(known in text for known in _KNOWN):
            continue
        if chat not in called:
            yield f"chat {chat} read that organizers know, and there is no call"
        elif not any(
            when <= at and who in evidence.organizers and names[chat] in what for when, who, what in evidence.told
        ):
            yield f"{names[chat]} read that organizers know before any of them had it"


def _traces(evidence: FloodEvidence) -> Iterator[str]:
    files = [path for path in evidence.database.parent.iterdir() if path.name.startswith(evidence.database.name)]
    whole = {path.name: path.read_bytes() for path in files}
    marks = [mark for chat, name in evidence.erased for mark in (str(chat).encode(), name.encode())]
    for name, content in whole.items():
        yield from (f"{mark.decode()} in {name}" for mark in marks if mark in content)
