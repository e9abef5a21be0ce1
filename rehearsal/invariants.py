"""What must always hold, each by its name: checked on the stand-in's journal and the database, not on the code."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from rehearsal import alert_check, broadcast_check, programme_check
from rehearsal.queries import OutboxRow
from rehearsal.recorder import Recording
from rehearsal.telegram.model import Json

_MAX_ATTEMPTS = 3
_IN_FLIGHT = timedelta(seconds=20)  # a message that is being sent may go before one that has just become due
_ROUNDING = timedelta(milliseconds=1)  # the database keeps milliseconds
_MAX_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class InvariantResult:
    """One invariant: its name, whether it held, and what was checked or what broke it."""

    name: str
    held: bool
    detail: str

    def as_json(self) -> Json:
        """For the report's file."""
        return {"name": self.name, "held": self.held, "detail": self.detail}


Check = Callable[[Recording], tuple[list[str], str]]


def check_invariants(recording: Recording) -> list[InvariantResult]:
    """Check every invariant, in the order of the list below."""
    results = []
    for name, check in CHECKS.items():
        broken, checked = check(recording)
        detail = checked
        if broken:
            more = f" … and {len(broken) - _MAX_EXAMPLES} more" if len(broken) > _MAX_EXAMPLES else ""
            detail = "; ".join(broken[:_MAX_EXAMPLES]) + more
        results.append(InvariantResult(name, not broken, detail))
    return results


def _due_arrives(recording: Recording) -> tuple[list[str], str]:
    """What is due arrives: no row is left over, lost or refused, and whoever can be reached has a row."""
    broken = [
        f"{row.key} is still {row.state}"
        for row in recording.rows
        if row.state in {"due", "sending"} and row.due_at <= recording.now
    ]
    broken += [f"{row.key} is {row.state}" for row in recording.rows if row.state in {"dead", "unknown", "expired"}]
    sent = [row for row in recording.rows if row.state == "sent"]
    broken += [
        f"{row.key} is sent, and Telegram knows nothing of it"
        for row in sent
        # A change is about a message that came before, which may be gone by now.
        if row.target_id is None
        and (row.message_id is None or (row.chat_id, row.message_id) not in recording.by_message)
    ]
    broken += list(_without_agenda(recording))
    return broken, f"{len(sent)} messages, each accepted"


def _without_agenda(recording: Recording) -> Iterator[str]:
    """Teachers who were there all the time but got no agenda on a day when others got one."""
    agendas = defaultdict(set)
    for row in recording.rows:
        if row.kind == "agenda":
            agendas[row.event].add(row.chat_id)
    always = [one for one in recording.teachers if one.always_there]
    for event, chats in agendas.items():
        yield from (f"{one.account.name} has no {event}" for one in always if one.account.id not in chats)


def _no_copies(recording: Recording) -> tuple[list[str], str]:
    """No message comes twice: nothing was killed and no answer was lost here, so not a single copy is allowed."""
    broken = [f"{row.key} took {row.attempts} attempts" for row in recording.rows if row.attempts > _MAX_ATTEMPTS]
    shared = Counter((row.chat_id, row.message_id) for row in recording.rows if row.message_id is not None)
    broken += [f"message {message} in chat {chat} is {n} rows'" for (chat, message), n in shared.items() if n > 1]
    broken += [f"{row.key} came {n} times" for row, n in _deliveries(recording, recording.repeatable) if n > 1]
    return broken, f"{len(recording.rows)} keys, none sent twice"


def _at_most_once(recording: Recording) -> tuple[list[str], str]:
    """What may not be sent twice is sent at most once."""
    rows = [row for row in recording.rows if row.kind in recording.at_most_once]
    broken = [f"{row.key} took {row.attempts} attempts" for row in rows if row.attempts > 1]
    broken += [f"{row.key} came {n} times" for row, n in _deliveries(recording, recording.at_most_once) if n > 1]
    return broken, f"{len(rows)} reminders"


def _deliveries(recording: Recording, kinds: Collection[str]) -> Iterator[tuple[OutboxRow, int]]:
    """Rows with how often their text came to their chat before they expired."""
    times = defaultdict(list)
    sent = recording.sent()
    events = {(row.chat_id, row.message_id): row.event for row, _ in sent}
    for one in recording.accepted:
        event = events.get((one.chat_id, one.message_id))
        times[one.chat_id, one.digest].append((one.at, event))
    for row, message in sent:
        if row.kind in kinds:
            # Another event may say the same words in the same hours: a reminder by tap, and the one before a session.
            moments = [at for at, event in times[message.chat_id, message.digest] if event in (None, row.event)]
            yield row, bisect_left(moments, row.expires_at) - bisect_left(moments, row.due_at)


def _in_order(recording: Recording) -> tuple[list[str], str]:
    """A chat gets its messages in the order of their rows; between chats, higher priorities go first."""
    broken = []
    last: dict[int, tuple[int, OutboxRow]] = {}
    for row in recording.rows:
        if row.state == "sent" and row.message_id is not None:
            before = last.get(row.chat_id)
            if before is not None and before[0] > row.message_id:
                broken.append(f"{row.key} came before {before[1].key}")
            last[row.chat_id] = (row.message_id, row)
    broken += list(_overtaken(recording))
    return broken, f"{len(last)} chats in order, nobody overtaken"


def _overtaken(recording: Recording) -> Iterator[str]:
    pairs = recording.sent()
    moments = [message.at for _, message in pairs]
    paused = {chat for chat, _, _ in recording.pauses}
    for row, message in pairs:
        if message.at - row.due_at > 2 * _IN_FLIGHT and row.attempts == 1 and row.chat_id not in paused:
            between = pairs[
                bisect_left(moments, row.due_at + _IN_FLIGHT) : bisect_right(moments, message.at - _IN_FLIGHT)
            ]
            if any(other.priority > row.priority for other, _ in between):
                yield f"{row.key} waited while less urgent messages went out"


def _in_time(recording: Recording) -> tuple[list[str], str]:
    """Nothing before its time, after its expiry, or after a block that the bot has heard of."""
    pairs = recording.sent()
    broken = [f"{row.key} came early" for row, message in pairs if message.at + _ROUNDING < row.due_at]
    broken += [f"{row.key} came after its expiry" for row, message in pairs if message.at >= row.expires_at]
    if recording.refused > recording.blocks:
        broken.append(f"{recording.refused} messages went to {recording.blocks} people who had blocked the bot")
    return broken, f"{len(pairs)} messages in their time, {recording.blocks} blocks respected"


def _planning_again(recording: Recording) -> tuple[list[str], str]:
    """Planning a second time adds nothing, and terminal states never change."""
    broken = [f"planning again made {recording.rows_planned_again} rows"] if recording.rows_planned_again else []
    return broken + recording.changed_final_rows, "planned again at the end, last states compared each day"


def _one_effect(recording: Recording) -> tuple[list[str], str]:
    """What people pressed is stored, once, also when a press came twice; what Telegram has lost is not."""
    here = {(one.account.id, day) for one in recording.teachers for day in one.here}
    moods = {(one.account.id, day): mood for one in recording.teachers for day, mood in one.moods.items()}
    answers: Counter[tuple[int, str]] = Counter(
        (one.account.id, lesson) for one in recording.teachers for lesson, _ in one.answered
    )
    stored = recording.stored
    broken = [f"{len(here ^ stored.mornings)} mornings differ from what was pressed"] if here != stored.mornings else []
    broken += ["the moods differ from what was pressed"] if moods != stored.moods else []
    broken += ["the answers to quizzes differ from what was pressed"] if dict(answers) != stored.answers else []
    seen = {(one.account.id, version) for one in recording.teachers for version in one.seen}
    newest = dict(sorted(seen))  # of each person; what it tells anew of earlier versions is kept, too
    kept = {(chat, version) for chat, version in stored.seen - seen if version >= newest.get(chat, 0)}
    differ = len(kept | (seen - stored.seen))
    broken += [f"{differ} of Seen differ from what was pressed"] if differ else []
    attended = {(one.account.id, *session): 1 for one in recording.teachers for session in one.attended}
    broken += ["taps at sessions differ from the marks"] if attended != stored.attended else []
    broken += [f"{count} updates are {state}" for state, count in stored.inbox.items()]
    pressed = len(here) + len(moods) + answers.total() + len(seen) + len(attended)
    detail = f"{pressed} answers as they were pressed, {recording.resent} taps came twice"
    return broken, detail + (f", {recording.lost} waited at Telegram for too long" if recording.lost else "")


def _silent_in_pause(recording: Recording) -> tuple[list[str], str]:
    """During a pause that a 429 asked for, nothing is sent to the chat (or at all)."""
    broken = [
        f"a message to chat {one.chat_id} at {one.at:%H:%M:%S} in the pause until {until:%H:%M:%S}"
        for chat, begins, until in recording.pauses
        for one in recording.accepted
        if chat in (0, one.chat_id) and begins < one.at < until - _ROUNDING
    ]
    return broken, f"{len(recording.pauses)} pauses kept"


def _roles_respected(recording: Recording) -> tuple[list[str], str]:
    """Nobody did what their role may not do, though forged presses tried."""
    return list(recording.stored.role_violations), f"{recording.forged} forged taps without effect"


def _accepted_by_telegram(recording: Recording) -> tuple[list[str], str]:
    """Telegram would have accepted every call, and none came too fast."""
    broken = list(recording.violations)
    broken += [f"{recording.floods} calls came too fast"] if recording.floods else []
    return broken, "0 violations, 0 floods"


CHECKS: dict[str, Check] = {
    "1 what is due arrives": _due_arrives,
    "2 no copies": _no_copies,
    "3 a reminder is said once": _at_most_once,
    "4 in order, the urgent first": _in_order,
    "5 in its time, and not after a block": _in_time,
    "6 planning again changes nothing": _planning_again,
    "7 one effect for one tap": _one_effect,
    "8 silence during a 429 pause": _silent_in_pause,
    "9 nobody oversteps their role": _roles_respected,
    "11 what people read is what runs": programme_check.check,
    "12 broadcasts say what was decided": broadcast_check.check,
    "13 what nobody takes comes again": alert_check.check,
    "as strict as Telegram": _accepted_by_telegram,
}
