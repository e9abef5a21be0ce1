"""A broadcast from draft to stop: its state, what its organizer's chat waits for, and the message to its audience."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.messages import broadcast as broadcast_messages
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import conversation, fanout
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach
from bot.store.conversation import Conversation, Prompt

# So long what is written next is the text of a draft; after that the draft is still there, and waits for a press.
_ENDS_AFTER: Final = timedelta(hours=2)
_NOBODY: Final = Reach(0, 0)


@dataclass(frozen=True, slots=True)
class DraftText:
    """The text of this draft is awaited. `said`: the message that says that the last one was too long."""

    broadcast: int
    said: int | None = None


TEXT: Final = Prompt("broadcast.text", DraftText)


class Addressed(NamedTuple):
    """A broadcast (None: no such one of this organizer's), and how many people its audience holds."""

    broadcast: Broadcast | None
    reach: Reach

    @property
    def draft(self) -> Broadcast | None:
        """The broadcast, if it is still a draft."""
        return self.broadcast if self.broadcast is not None and self.broadcast.state is BroadcastState.DRAFT else None


def await_text(connection: sqlite3.Connection, chat_id: int, about: DraftText, now: datetime) -> None:
    """Take what is written next in this chat for the text of a draft."""
    conversation.expect(connection, chat_id, TEXT, about, now, until=now + _ENDS_AFTER)


def begin_to(
    connection: sqlite3.Connection, by_id: int, audience: Audience, *, chat_id: int, now: datetime
) -> Addressed:
    """Begin a broadcast to these people, unless that is nobody, and wait for its text: twice is once."""
    if not (people := broadcast_audience_store.reach(connection, audience)).recipients:
        return Addressed(None, people)
    awaits = conversation.get(connection, chat_id)
    about = TEXT.of(awaits) if awaits is not None else None
    draft = broadcast_store.own(connection, about.broadcast, by_id) if about is not None else None
    is_empty = draft is not None and draft.state is BroadcastState.DRAFT and not draft.versions
    if draft is None or not is_empty or draft.audience != audience:
        draft = broadcast_store.add(connection, by_id, chat_id, now)
    return set_audience(connection, draft.id, by_id, audience, chat_id=chat_id, now=now)


def set_audience(
    connection: sqlite3.Connection, number: int, by_id: int, audience: Audience, *, chat_id: int, now: datetime
) -> Addressed:
    """Set who gets a draft, unless that is nobody, and wait for its text."""
    broadcast = broadcast_store.own(connection, number, by_id)
    reach = broadcast_audience_store.reach(connection, audience)
    if reach.recipients and broadcast is not None and broadcast.state is BroadcastState.DRAFT:
        broadcast = broadcast_store.set_audience(connection, number, by_id, audience)
        await_text(connection, chat_id, DraftText(number), now)
    return Addressed(broadcast, reach)


def set_text(
    connection: sqlite3.Connection, number: int, by_id: int, text: str, *, source_id: int, chat_id: int, now: datetime
) -> Addressed:
    """Set the text (HTML) of a draft, written in message `source_id`, and wait for another one."""
    broadcast = broadcast_store.set_text(connection, number, by_id, text, source_id=source_id, now=now)
    if broadcast is not None and broadcast.state is BroadcastState.DRAFT:
        await_text(connection, chat_id, DraftText(number), now)
    return Addressed(broadcast, _reach(connection, broadcast))


def refuse_text(connection: sqlite3.Connection, number: int, by_id: int, *, chat_id: int, now: datetime) -> int | None:
    """The text goes on in another message: keep none. Return the message that has said so already, if one has."""
    broadcast_store.set_text(connection, number, by_id, "", source_id=None, now=now)
    about = TEXT.of(conversation.get(connection, chat_id))
    return about.said if about is not None else None


def resume(connection: sqlite3.Connection, number: int, by_id: int, *, chat_id: int, now: datetime) -> Addressed:
    """Go on with a draft that has an audience: wait for its text."""
    broadcast = broadcast_store.own(connection, number, by_id)
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT or broadcast.audience is None:
        return Addressed(broadcast, _NOBODY)
    await_text(connection, chat_id, DraftText(number), now)
    return Addressed(broadcast, _reach(connection, broadcast))


def confirm(
    connection: sqlite3.Connection, number: int, by_id: int, *, shown: int, card_id: int, now: datetime
) -> bool:
    """Send this person's draft, if its text is the one of preview `shown`; return whether this press did it."""
    broadcast = broadcast_store.confirm(connection, number, by_id, shown=shown, card_id=card_id, now=now)
    if broadcast is None or broadcast.audience is None:
        return False
    fanout.schedule(connection, [broadcast_messages.occurrence(broadcast, broadcast.audience, now)], now)
    return True


def send(
    connection: sqlite3.Connection,
    number: int,
    by_id: int,
    *,
    shown: int,
    card_id: int,
    chat_id: int,
    awaits: Conversation | None,
    now: datetime,
) -> tuple[bool, Broadcast | None]:
    """Confirm a draft, and wait for its text no longer; return whether this press did it, and the broadcast."""
    sent = confirm(connection, number, by_id, shown=shown, card_id=card_id, now=now)
    about = TEXT.of(awaits)
    if sent and awaits is not None and about is not None and about.broadcast == number:
        conversation.end(connection, chat_id, awaits)
    return sent, broadcast_store.own(connection, number, by_id)


def stop(connection: sqlite3.Connection, number: int, by_id: int, *, card_id: int, now: datetime) -> Broadcast | None:
    """Throw a draft away, or stop what has not left yet: by the card's button, not by one of an old question."""
    broadcast = broadcast_store.own(connection, number, by_id)
    if broadcast is None or broadcast.state is BroadcastState.DRAFT or broadcast.card_id == card_id:
        return broadcast_store.stop(connection, number, by_id, now)
    return broadcast


def _reach(connection: sqlite3.Connection, broadcast: Broadcast | None) -> Reach:
    if broadcast is None or broadcast.audience is None:
        return _NOBODY
    return broadcast_audience_store.reach(connection, broadcast.audience)
