"""The invariants of the design, each by its name, checked against the journal outside of the bot and its database."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.messages.registry import MESSAGE_TYPES
from tests.soak.evidence import Evidence, Row
from tests.soak.journal import Accepted, Pause

__all__ = ["Evidence", "check_invariants"]

_MOST: Final = 3
_ROUNDING: Final = 0.002  # seconds; the database keeps milliseconds
_ON_THE_WAY: Final = 0.5  # seconds that a request, or an answer, may take between the bot and the stand-in
_OVERTAKEN: Final = 3.0  # a row that has become due this long before should have gone first
_EXAMPLES: Final = 5
_NOT_WANTED: Final = frozenset(
    {"answered", "not wanted", "unreachable", "left", "not a member", "called back", "called off", "stopped", "closed"}
)

Check = Callable[[Evidence], Iterator[str]]


def check_invariants(evidence: Evidence, more: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Results by name (`broken` is how often, with a few examples), and the figures behind them.

    `more` are results of other checks, which follow those of this module.
    """
    results: dict[str, dict[str, Any]] = {}
    for name, check in CHECKS.items():
        broken = list(check(evidence))
        results[name] = {"held": not broken, "broken": len(broken), "examples": broken[:_EXAMPLES]}
    results |= more or {}
    return {"held": all(one["held"] for one in results.values()), "results": results, "figures": figures(evidence)}


def figures(evidence: Evidence) -> dict[str, Any]:
    """The counts that are published."""
    told = [one for accepted in evidence.deliveries.values() for one in accepted]
    copies = sum(_extra(evidence, *about) for about in evidence.deliveries)
    return {
        "deliveries": len(told),
        "rows": len(evidence.rows),
        "rows_by_state": dict(Counter(row.state for row in evidence.rows)),
        "lost": len(list(_lost(evidence))),
        "copies": copies,
        "copies_allowed": _in_flight(evidence).total() + len([one for one in evidence.unclear if one.what]),
        "in_flight_at_kills": _in_flight(evidence).total(),
        "unclear_answers": len(evidence.unclear),
        "most_of_one_key": max((len(accepted) for accepted in evidence.deliveries.values()), default=0),
        "reminders": sum(row.kind in MESSAGE_TYPES.at_most_once for row in evidence.rows),
        "escalations": sum(row.kind == "alert.again" for row in evidence.rows),
        "pauses": len(evidence.pauses),
        "pauses_a_kill_kept_from_the_bot": sum(not _bot_knew_of(evidence, pause) for pause in evidence.pauses),
        "chats": len({one.chat for one in told}),
        "inbox": evidence.inbox,
        "inbox_failed": evidence.failed[:_EXAMPLES],
    }


def _lost(evidence: Evidence) -> Iterator[str]:
    """1: whatever is due, not expired, not cancelled and for somebody who can be reached was accepted."""
    there = {(one.chat, one.message) for one in evidence.accepted if one.is_new}
    for row in evidence.rows:
        if row.state == "sent" and not row.changes and (row.chat, row.message) not in there:
            yield f"{row.key} is sent, and Telegram knows nothing of it"
        elif row.state in {"due", "sending", "dead"}:
            yield f"{row.key} is {row.state} ({row.error})"
        elif (
            row.state == "unknown"
            and row.kind not in MESSAGE_TYPES.at_most_once
            and not evidence.deliveries.get((row.chat, row.what))
        ):
            yield f"{row.key} was given up after {row.attempts} attempts, and none had arrived"
        elif row.state == "cancelled" and row.error not in _NOT_WANTED:
            yield f"{row.key} is cancelled ({row.error})"
        elif row.state == "cancelled" and row.error == "unreachable" and row.chat not in evidence.gone:
            yield f"{row.key} is cancelled as unreachable, but nobody blocked the bot"
    yield from _left_out(evidence)


def _left_out(evidence: Evidence) -> Iterator[str]:
    """Events that were for all teachers made a row for each who was there all the time."""
    reached: dict[str, set[int]] = {event: set() for event in evidence.fanned_out}
    for row in evidence.rows:
        if row.event in reached:
            reached[row.event].add(row.chat)
    teachers = {chat for chat, role in evidence.members.items() if role == "teacher"} - evidence.gone
    for event, chats in reached.items():
        yield from (f"{event} made no row for chat {chat}" for chat in teachers - chats)


def _in_flight(evidence: Evidence) -> Counter[str]:
    return Counter(key for kill in evidence.kills for key in kill.sending)


def _extra(evidence: Evidence, chat: int, what: str) -> int:
    """How many messages more than rows. Of somebody who was erased the rows are gone: one was there."""
    return max(0, len(evidence.deliveries[chat, what]) - max(1, len(evidence.rows_by_content.get((chat, what), ()))))


def _copies(evidence: Evidence) -> Iterator[str]:
    """2: a copy has a cause: its row was in flight at a kill, or the answer of one of its requests was lost."""
    in_flight = _in_flight(evidence)
    unclear = Counter((one.chat, one.what) for one in evidence.unclear)
    for (chat, what), accepted in evidence.deliveries.items():
        rows = evidence.rows_by_content.get((chat, what), [])
        if chat in evidence.gone:
            continue
        if not rows:
            yield f"{what} came to chat {chat} without a row"
        allowed = unclear[chat, what] + sum(in_flight[row.key] for row in rows)
        if _extra(evidence, chat, what) > allowed:
            yield f"{what} came to chat {chat} {len(accepted)} times, and only {allowed} were unclear"


def _three(evidence: Evidence) -> Iterator[str]:
    """2: never more than three of one key."""
    for (chat, what), accepted in evidence.deliveries.items():
        if len(accepted) > _MOST * max(1, len(evidence.rows_by_content.get((chat, what), ()))):
            yield f"{what} came to chat {chat} {len(accepted)} times"


def _at_most_once(evidence: Evidence) -> Iterator[str]:
    """3: what may not be said twice is said at most once."""
    for (chat, what), accepted in evidence.deliveries.items():
        rows = evidence.rows_by_content.get((chat, what), [])
        if any(row.kind in MESSAGE_TYPES.at_most_once for row in rows) and len(accepted) > 1:
            yield f"{what} came to chat {chat} {len(accepted)} times"


def _order(evidence: Evidence) -> Iterator[str]:
    """4: a chat gets its messages in the order of their rows."""
    by_message = {(row.chat, row.message): row for row in evidence.rows if row.message is not None}
    last: dict[int, Row] = {}
    for one in evidence.accepted:
        if not one.is_new:
            continue
        rows = evidence.rows_by_content.get((one.chat, one.what)) if one.what else None
        row = rows[0] if rows else by_message.get((one.chat, one.message))
        if row is None:
            continue
        before = last.get(one.chat)
        if before is None or row.id > before.id:
            last[one.chat] = row
        elif row.id < before.id and row.due_at < _first(evidence, before, one) - _OVERTAKEN:
            yield f"{row.key} came after {before.key}"


def _first(evidence: Evidence, row: Row, fallback: Accepted) -> float:
    """When a row's message was first accepted."""
    accepted = evidence.deliveries.get((row.chat, row.what)) if row.what else None
    return accepted[0].at if accepted else fallback.at


def _early(evidence: Evidence) -> Iterator[str]:
    """5: nothing before its time."""
    for about, accepted in evidence.deliveries.items():
        rows = evidence.rows_by_content.get(about, [])
        if rows and accepted[0].arrived < min(row.due_at for row in rows) - _ROUNDING:
            yield f"{rows[0].key} came {rows[0].due_at - accepted[0].arrived:.3f} s before its time"


def _expired(evidence: Evidence) -> Iterator[str]:
    """5: nothing after its expiry."""
    for about, accepted in evidence.deliveries.items():
        rows = evidence.rows_by_content.get(about, [])
        for one in accepted if rows else ():
            if one.arrived > max(row.expires_at for row in rows) + _ON_THE_WAY:
                yield f"{rows[0].key} came {one.arrived - rows[0].expires_at:.3f} s after its expiry"


def _called_back(evidence: Evidence) -> Iterator[str]:
    """5: nothing after it was cancelled or its reader has left."""
    for row in evidence.rows:
        if row.state == "cancelled" and row.done_at is not None and row.what:
            for one in evidence.deliveries.get((row.chat, row.what), ()):
                if one.arrived > row.done_at + _ON_THE_WAY:
                    yield f"{row.key} came {one.arrived - row.done_at:.3f} s after it was cancelled"
    goodbye = {one.chat: one.at for one in evidence.left}
    for one in evidence.accepted:
        if one.is_new and one.what and one.arrived > goodbye.get(one.chat, one.arrived) + _ON_THE_WAY:
            yield f"{one.what} came to chat {one.chat} {one.arrived - goodbye[one.chat]:.3f} s after it had left"


def _final(evidence: Evidence) -> Iterator[str]:
    """6: last states never change."""
    yield from evidence.changed


def _handled(evidence: Evidence) -> Iterator[str]:
    """7: every update was handled; one whose answer was lost three times may have failed at that."""
    lost = sum("Unclear" in error or "Bad Gateway" in error for error in evidence.failed)
    if len(evidence.failed) > lost:
        yield f"{len(evidence.failed) - lost} updates failed: {evidence.failed[:3]}"
    if evidence.inbox.get("new"):
        yield f"{evidence.inbox['new']} updates were not handled"


def _silence(evidence: Evidence) -> Iterator[str]:
    """8: nothing to a chat during the pause that a 429 asked for, unless a kill kept the 429 from the bot."""
    pauses: dict[int, list[Pause]] = {}
    for pause in evidence.pauses:
        pauses.setdefault(pause.chat, []).append(pause)
    for one in evidence.accepted:
        for pause in pauses.get(one.chat, ()):
            if pause.at + _ON_THE_WAY < one.arrived < pause.until - _ROUNDING and _bot_knew_of(evidence, pause):
                yield f"{one.method} to chat {one.chat} {one.arrived - pause.at:.3f} s into a pause"


def _bot_knew_of(evidence: Evidence, pause: Pause) -> bool:
    """Whether the bot could know of the pause all the time: no kill in it, or the pause was on the disk by then."""
    kill = evidence.kill_after(pause.at)
    if kill is None or kill.at > pause.until:
        return True
    known = max(kill.paused.get(str(pause.chat), 0.0), kill.paused.get("0", 0.0))
    return known >= pause.until - _ON_THE_WAY


def _whole(evidence: Evidence) -> Iterator[str]:
    """The file is whole."""
    if evidence.broken_file:
        yield evidence.broken_file


CHECKS: dict[str, Check] = {
    "1 nothing that is due is lost": _lost,
    "2 every copy has its cause": _copies,
    "2 never over three of one key": _three,
    "3 a reminder is never said twice": _at_most_once,
    "4 in order within a chat": _order,
    "5 nothing before its time": _early,
    "5 nothing after its expiry": _expired,
    "5 nothing after a cancel or a goodbye": _called_back,
    "6 last states never change": _final,
    "7 every update is handled": _handled,
    "8 silence during a 429 pause": _silence,
    "the database is whole": _whole,
}
