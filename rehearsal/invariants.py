"""What must always hold, each by its name: judged from the stand-in's journal and the database, not from the code."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from rehearsal.evidence import Evidence
from rehearsal.ledger import Row
from rehearsal.telegram.model import Json

_MOST_COPIES = 3
_IN_FLIGHT = timedelta(seconds=20)  # what is on its way is not overtaken by what has just become due
_ROUNDING = timedelta(milliseconds=1)  # the database keeps milliseconds
_EXAMPLES = 5
_REPEATABLE = ("agenda", "lesson", "checkin.ask", "checkin.nudge")  # the same words twice in a row are a copy


@dataclass(frozen=True, slots=True)
class Verdict:
    """One invariant: its name, whether it held, and what was looked at or what broke it."""

    name: str
    held: bool
    detail: str

    def as_json(self) -> Json:
        """For the report's file."""
        return {"name": self.name, "held": self.held, "detail": self.detail}


Check = Callable[[Evidence], tuple[list[str], str]]


def judge(evidence: Evidence) -> list[Verdict]:
    """Every invariant of the design, in its order."""
    verdicts = []
    for name, check in CHECKS.items():
        broken, looked_at = check(evidence)
        detail = looked_at
        if broken:
            more = f" … and {len(broken) - _EXAMPLES} more" if len(broken) > _EXAMPLES else ""
            detail = "; ".join(broken[:_EXAMPLES]) + more
        verdicts.append(Verdict(name, not broken, detail))
    return verdicts


def _reached(evidence: Evidence) -> tuple[list[str], str]:
    """What is due arrives: no row is left over, lost or refused, and whoever can be reached has a row."""
    broken = [
        f"{row.key} is still {row.state}"
        for row in evidence.rows
        if row.state in {"due", "sending"} and row.due_at <= evidence.now
    ]
    broken += [f"{row.key} is {row.state}" for row in evidence.rows if row.state in {"dead", "unknown", "expired"}]
    sent = [row for row in evidence.rows if row.state == "sent"]
    broken += [
        f"{row.key} is sent, and Telegram knows nothing of it"
        for row in sent
        if row.message_id is None or (row.chat_id, row.message_id) not in evidence.by_message
    ]
    broken += list(_left_out(evidence))
    return broken, f"{len(sent)} messages, each accepted"


def _left_out(evidence: Evidence) -> Iterator[str]:
    """Teachers who were there all the time but got no agenda on a day when others got one."""
    agendas = defaultdict(set)
    for row in evidence.rows:
        if row.kind == "agenda":
            agendas[row.event].add(row.chat_id)
    always = [one for one in evidence.teachers if one.always_there]
    for event, chats in agendas.items():
        yield from (f"{one.account.name} has no {event}" for one in always if one.account.id not in chats)


def _copies(evidence: Evidence) -> tuple[list[str], str]:
    """No message comes twice: nothing was killed and no answer was lost here, so not a single copy is allowed."""
    broken = [f"{row.key} took {row.attempts} attempts" for row in evidence.rows if row.attempts > _MOST_COPIES]
    shared = Counter((row.chat_id, row.message_id) for row in evidence.rows if row.message_id is not None)
    broken += [f"message {message} in chat {chat} is {n} rows'" for (chat, message), n in shared.items() if n > 1]
    broken += [f"{row.key} came {n} times" for row, n in _said(evidence, _REPEATABLE) if n > 1]
    return broken, f"{len(evidence.rows)} keys, none sent twice"


def _at_most_once(evidence: Evidence) -> tuple[list[str], str]:
    """What may not be said twice is said at most once."""
    rows = [row for row in evidence.rows if row.kind in evidence.at_most_once]
    broken = [f"{row.key} took {row.attempts} attempts" for row in rows if row.attempts > 1]
    broken += [f"{row.key} came {n} times" for row, n in _said(evidence, tuple(evidence.at_most_once)) if n > 1]
    return broken, f"{len(rows)} reminders"


def _said(evidence: Evidence, kinds: tuple[str, ...]) -> Iterator[tuple[Row, int]]:
    """Rows with how often their very words came to their chat before they expired."""
    words = defaultdict(list)
    for one in evidence.accepted:
        words[one.chat_id, one.digest].append(one.at)
    for row, found in evidence.sent():
        if row.kind in kinds:
            moments = words[found.chat_id, found.digest]
            yield row, bisect_left(moments, row.expires_at) - bisect_left(moments, row.due_at)


def _order(evidence: Evidence) -> tuple[list[str], str]:
    """A chat gets its messages in the order of their rows; between chats, what someone waits for goes first."""
    broken = []
    last: dict[int, tuple[int, Row]] = {}
    for row in evidence.rows:
        if row.state == "sent" and row.message_id is not None:
            before = last.get(row.chat_id)
            if before is not None and before[0] > row.message_id:
                broken.append(f"{row.key} came before {before[1].key}")
            last[row.chat_id] = (row.message_id, row)
    broken += list(_overtaken(evidence))
    return broken, f"{len(last)} chats in order, nobody overtaken"


def _overtaken(evidence: Evidence) -> Iterator[str]:
    pairs = evidence.sent()
    moments = [found.at for _, found in pairs]
    paused = {chat for chat, _, _ in evidence.pauses}
    for row, found in pairs:
        if found.at - row.due_at > 2 * _IN_FLIGHT and row.attempts == 1 and row.chat_id not in paused:
            between = pairs[
                bisect_left(moments, row.due_at + _IN_FLIGHT) : bisect_right(moments, found.at - _IN_FLIGHT)
            ]
            if any(other.priority > row.priority for other, _ in between):
                yield f"{row.key} waited while less urgent messages went out"


def _time(evidence: Evidence) -> tuple[list[str], str]:
    """Nothing before its time, after its expiry, or after a block that the bot has heard of."""
    pairs = evidence.sent()
    broken = [f"{row.key} came early" for row, found in pairs if found.at + _ROUNDING < row.due_at]
    broken += [f"{row.key} came after its expiry" for row, found in pairs if found.at >= row.expires_at]
    if evidence.refused > evidence.blocks:
        broken.append(f"{evidence.refused} messages went to {evidence.blocks} people who had blocked the bot")
    return broken, f"{len(pairs)} messages in their time, {evidence.blocks} blocks respected"


def _again(evidence: Evidence) -> tuple[list[str], str]:
    """Planning a second time adds nothing, and what has ended stays as it ended."""
    broken = [f"planning again made {evidence.planned_again} rows"] if evidence.planned_again else []
    return broken + evidence.changed, "planned again at the end, last states compared each day"


def _effects(evidence: Evidence) -> tuple[list[str], str]:
    """What people pressed is what is kept, once, also when a tap came twice; not what Telegram has lost."""
    here = {(one.account.id, day) for one in evidence.teachers for day in one.here}
    moods = {(one.account.id, day): mood for one in evidence.teachers for day, mood in one.moods.items()}
    answers: Counter[tuple[int, str]] = Counter(
        (one.account.id, lesson) for one in evidence.teachers for lesson, _ in one.answered
    )
    kept = evidence.kept
    broken = [f"{len(here ^ kept.mornings)} mornings differ from what was pressed"] if here != kept.mornings else []
    broken += ["the moods differ from what was pressed"] if moods != kept.moods else []
    broken += ["the answers to quizzes differ from what was pressed"] if dict(answers) != kept.answers else []
    broken += [f"{count} updates are {state}" for state, count in kept.inbox.items()]
    pressed = len(here) + len(moods) + answers.total()
    detail = f"{pressed} answers as they were pressed, {evidence.resent} taps came twice"
    return broken, detail + (f", {evidence.lost} waited at Telegram for too long" if evidence.lost else "")


def _silence(evidence: Evidence) -> tuple[list[str], str]:
    """During a pause that a 429 asked for, nothing is sent to the chat (or at all)."""
    broken = [
        f"a message to chat {one.chat_id} at {one.at:%H:%M:%S} in the pause until {until:%H:%M:%S}"
        for chat, begins, until in evidence.pauses
        for one in evidence.accepted
        if chat in (0, one.chat_id) and begins < one.at < until - _ROUNDING
    ]
    return broken, f"{len(evidence.pauses)} pauses kept"


def _access(evidence: Evidence) -> tuple[list[str], str]:
    """Nobody did what their role may not do, though some tried."""
    return list(evidence.kept.trespasses), f"{evidence.forged} forged taps without effect"


def _strict(evidence: Evidence) -> tuple[list[str], str]:
    """Telegram would have accepted every call, and none came too fast."""
    broken = list(evidence.mistakes)
    broken += [f"{evidence.floods} calls came too fast"] if evidence.floods else []
    return broken, "0 violations, 0 floods"


CHECKS: dict[str, Check] = {
    "1 what is due arrives": _reached,
    "2 no copies": _copies,
    "3 a reminder is said once": _at_most_once,
    "4 in order, the urgent first": _order,
    "5 in its time, and not after a block": _time,
    "6 planning again changes nothing": _again,
    "7 one effect for one tap": _effects,
    "8 silence during a 429 pause": _silence,
    "9 nobody oversteps their role": _access,
    "as strict as Telegram": _strict,
}
