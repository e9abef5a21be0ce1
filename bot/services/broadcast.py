"""A broadcast from draft to stop: its state, what its organizer's chat waits for, and the message to its audience."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.messages import broadcast as broadcast_messages
from bot.messages import broadcast_change as broadcast_change_messages
from bot.store import audit as audit_store
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_card as broadcast_card_store
from bot.store import broadcast_draft as broadcast_draft_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import conversation, fanout, person
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_draft import DraftCard
from bot.store.conversation import Conversation, Prompt

# So long what is written next is the text of a draft; after that the draft is still there, and waits for a press.
_ENDS_AFTER: Final = timedelta(hours=2)
_SAME_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DraftText:
    """The content of this draft is awaited, for all or in a language.

    `said`: the message that says that the last one was too long.
    """

    broadcast: int
    said: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class DraftName:
    """Part of the name of somebody is awaited who should get this draft."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class DraftHour:
    """When this draft should go is awaited."""

    broadcast: int


TEXT: Final = Prompt("broadcast.text", DraftText)
NAME: Final = Prompt("broadcast.name", DraftName)
HOUR: Final = Prompt("broadcast.hour", DraftHour)


class SendResult(Enum):
    """What a press that is to send a draft did, or what it wants to know first."""

    SENT = auto()
    SCHEDULED = auto()
    PAST = auto()  # it is no draft any more
    NEWER = auto()  # the press was under another content, or under an old card
    NOBODY = auto()
    INCOMPLETE = auto()  # a language has no version
    TOO_LATE = auto()  # its hour has passed
    SAME = auto()  # the same was sent within ten minutes


class Sent(NamedTuple):
    """How a press on "send" went. `same` is what has just been sent, where that is why not."""

    result: SendResult
    broadcast: Broadcast | None = None
    same: Broadcast | None = None


def draft_of(awaits: Conversation | None) -> int | None:
    """The number of the draft about which a chat waits for something; None for anything else."""
    for prompt in (TEXT, NAME, HOUR):
        about = prompt.of(awaits)
        if about is not None:
            return about.broadcast
    return None


def await_text(connection: sqlite3.Connection, chat_id: int, about: DraftText, now: datetime) -> None:
    """Take what is sent next in this chat for the content of a draft."""
    conversation.expect(connection, chat_id, TEXT, about, now, until=now + _ENDS_AFTER)


def await_name(connection: sqlite3.Connection, chat_id: int, number: int, now: datetime) -> None:
    """Take what is written next in this chat for a part of a name."""
    conversation.expect(connection, chat_id, NAME, DraftName(number), now, until=now + _ENDS_AFTER)


def await_hour(connection: sqlite3.Connection, chat_id: int, number: int, now: datetime) -> None:
    """Take what is written next in this chat for the moment at which a draft goes."""
    conversation.expect(connection, chat_id, HOUR, DraftHour(number), now, until=now + _ENDS_AFTER)


def begin_to(
    connection: sqlite3.Connection, by_id: int, audience: Audience, *, chat_id: int, now: datetime
) -> Broadcast:
    """Begin a broadcast to these people, and wait for its text: twice is once."""
    about = TEXT.of(conversation.get(connection, chat_id))
    draft = broadcast_store.own_draft(connection, about.broadcast, by_id) if about is not None else None
    if draft is None or draft.versions or draft.audience != audience:
        draft = broadcast_store.add(connection, by_id, chat_id, now)
    broadcast = set_audience(connection, draft.id, by_id, audience, chat_id=chat_id, now=now)
    assert broadcast is not None
    return broadcast


def set_audience(
    connection: sqlite3.Connection, number: int, by_id: int, audience: Audience, *, chat_id: int, now: datetime
) -> Broadcast | None:
    """Set who gets a draft, and wait for its text."""
    broadcast = broadcast_store.set_audience(connection, number, by_id, audience)
    if broadcast is not None and broadcast.is_draft:
        await_content(connection, broadcast, chat_id=chat_id, now=now)
    return broadcast


def await_content(connection: sqlite3.Connection, draft: Broadcast, *, chat_id: int, now: datetime) -> None:
    """Take what comes next for the content of a draft; where each language has its own, nothing: it takes a press."""
    if any(one.language for one in draft.versions):
        end(connection, chat_id, draft.id)
    else:
        await_text(connection, chat_id, DraftText(draft.id), now)


def end(connection: sqlite3.Connection, chat_id: int, number: int) -> None:
    """Wait no longer for anything about this draft."""
    awaits = conversation.get(connection, chat_id)
    if awaits is not None and draft_of(awaits) == number:
        conversation.end(connection, chat_id, awaits)


def resume(connection: sqlite3.Connection, number: int, by_id: int, *, chat_id: int, now: datetime) -> Broadcast | None:
    """Go on with a draft: what comes next is its content, once it has an audience."""
    broadcast = broadcast_store.own(connection, number, by_id)
    if broadcast is not None and broadcast.is_draft and broadcast.audience is not None:
        await_content(connection, broadcast, chat_id=chat_id, now=now)
    return broadcast


def send(
    connection: sqlite3.Connection,
    shown: DraftCard,
    by_id: int,
    *,
    revision: int,
    card_id: int,
    chat_id: int,
    now: datetime,
    again: bool = False,
) -> Sent:
    """Send a draft as it was `shown`, or say what is in the way. `again`: though somebody has just sent the same."""
    draft = broadcast_store.own_draft(connection, shown.draft.id, by_id)
    if draft is None:
        return Sent(SendResult.PAST, broadcast_store.own(connection, shown.draft.id, by_id))
    if draft.revision != revision or draft.card_id != card_id or draft.audience != shown.audience:
        return Sent(SendResult.NEWER, draft)
    if (obstacle := _obstacle(shown, now)) is not None:
        return Sent(obstacle, draft)
    same = None if again else broadcast_store.same_content_since(connection, draft, now - _SAME_WITHIN)
    if same is not None:
        return Sent(SendResult.SAME, draft, same)
    sent = confirm(connection, draft.id, by_id, people=shown.people, card_id=card_id, now=now)
    assert sent is not None
    end(connection, chat_id, draft.id)
    scheduled = sent.state is BroadcastState.SCHEDULED
    return Sent(SendResult.SCHEDULED if scheduled else SendResult.SENT, sent)


def _obstacle(shown: DraftCard, now: datetime) -> SendResult | None:
    """Why a draft cannot go as it is, or None."""
    due_at = shown.draft.options.due_at
    if not shown.people.recipients:
        return SendResult.NOBODY
    if shown.missing or not shown.draft.versions:
        return SendResult.INCOMPLETE
    return SendResult.TOO_LATE if due_at is not None and due_at <= now else None


def confirm(
    connection: sqlite3.Connection, number: int, by_id: int, *, people: Reach, card_id: int, now: datetime
) -> Broadcast | None:
    """Let this person's draft go, at once or at its hour; return it if this call did it."""
    broadcast = broadcast_store.confirm(connection, number, by_id, people=people, card_id=card_id, now=now)
    if broadcast is None or broadcast.audience is None:
        return None
    fanout.schedule(connection, [broadcast_messages.occurrence(broadcast, broadcast.audience, now)], now)
    details: dict[str, str | int | bool | None] = {"recipients": people.recipients}
    subject = str(number)
    if broadcast.state is BroadcastState.SCHEDULED:
        audit_store.record(connection, "broadcast.scheduled", by_id=by_id, now=now, subject=subject, details=details)
    else:
        audit_store.record(connection, "broadcast.sent", by_id=by_id, now=now, subject=subject, details=details)
    return broadcast


def unschedule(connection: sqlite3.Connection, number: int, by_id: int, *, chat_id: int, now: datetime) -> bool:
    """Make a draft again of what waits for its hour, and go on with it; return whether there was still time."""
    if not broadcast_store.unschedule(connection, number, by_id):
        return False
    resume(connection, number, by_id, chat_id=chat_id, now=now)
    return True


def stop(
    connection: sqlite3.Connection, number: int, by_id: int, *, card_id: int, chat_id: int, now: datetime
) -> Broadcast | None:
    """Throw a draft or what waits for its hour away, or stop what has not left yet: by its card's button alone."""
    before = broadcast_store.get(connection, number)
    if before is not None and broadcast_store.drop(connection, number, by_id, now):
        end(connection, chat_id, number)
        if before.state is BroadcastState.SCHEDULED:
            audit_store.record(connection, "broadcast.dropped", by_id=by_id, now=now, subject=str(number))
            if (by := person.by_id(connection, by_id)) is not None:
                broadcast_change_messages.tell_author(connection, before, "dropped", by, now)
        return broadcast_store.get(connection, number)
    broadcast = broadcast_store.own(connection, number, by_id)
    if broadcast is None or broadcast.card_id != card_id:
        return broadcast
    if broadcast_card_store.stop(connection, broadcast, now):
        audit_store.record(connection, "broadcast.stopped", by_id=by_id, now=now, subject=str(number))
    return broadcast_store.own(connection, number, by_id)


def same_to_all(connection: sqlite3.Connection, number: int, by_id: int) -> DraftCard | None:
    """All versions of a draft say the same, whichever was changed last."""
    if broadcast_store.own_draft(connection, number, by_id) is not None:
        broadcast_version_store.keep_all(connection, number)
    return broadcast_draft_store.card(connection, number, by_id)


def accept_fallback(connection: sqlite3.Connection, number: int, by_id: int, language: str) -> None:
    """Readers of this language may get another one's version of a draft."""
    draft = broadcast_store.own_draft(connection, number, by_id)
    if draft is not None and draft.versions:
        broadcast_store.set_fallback(connection, number, by_id, [*draft.fallback, language])
