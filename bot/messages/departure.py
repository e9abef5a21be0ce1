"""Someone leaves: organizers hear of it, and nothing of theirs stays open on anybody's phone."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.context import Context
from bot.delivery.message_types import MessageType, Rendering
from bot.messages import absence as absence_messages
from bot.messages import help as calls
from bot.messages import promise
from bot.priority import Priority
from bot.screen import Screen
from bot.store import departure as store
from bot.store import help as helps
from bot.store import outbox, person, sent
from bot.store.claims import Row
from bot.store.departure import Departure, How
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.sent import Copy
from bot.views import departure as view
from bot.views import help as call_view

_TTL: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """The departure of this number."""

    departure: int


@dataclass(frozen=True, slots=True)
class Left:
    """What a departure changed: whether anybody hears of it, the cards of calls that ended, the calls open again.

    `teacher`: organizers may have the person on a list of who is missing.
    """

    told: bool
    teacher: bool
    closed: tuple[Copy, ...]
    reopened: tuple[int, ...]


def leave(
    connection: sqlite3.Connection, someone: Person, how: How, *, named: bool, owners: Collection[int], now: datetime
) -> Left:
    """Tell organizers that this person leaves, close their calls, and open again what they had taken.

    Call it in the transaction of the departure, before anything of the person is erased; then `show`.
    """
    own = helps.live_of(connection, someone.id)
    cards = tuple(copy for call in own for copy in sent.copies(connection, calls.event(call), "help.alert"))
    for call in own:
        helps.close(connection, call.id, someone.id, now)
    staff = [one for one in person.staff(connection, owners) if one.id != someone.id]
    reopened = calls.reopen(connection, someone, staff, now)
    promise.hand_over(connection, someone, owners, now)
    urgent = sum(call.kind.urgent for call in own)
    left = store.keep(connection, someone, how, named=named, closed=urgent, reopened=len(reopened), now=now)
    outbox.enqueue(connection, [_draft(left, one, now) for one in staff], now)
    return Left(bool(staff), someone.role is Role.TEACHER, cards, reopened)


async def show(context: Context, left: Left) -> None:
    """Bring the cards of the calls and the list of who is missing on organizers' phones up to date."""
    for copy in left.closed:
        await context.change(copy.chat_id, copy.message_id, view.call_closed(context.runtime.words[copy.language]))
    await show_calls(context, left.reopened)
    if left.teacher:
        await absence_messages.show_lists(context)


async def show_calls(context: Context, numbers: Collection[int]) -> None:
    """Show these calls for help on every organizer's phone as they are now."""
    for number in numbers:
        call, first, copies = await context.read(_cards, number=number)
        if call is None:
            continue
        for copy in copies:
            screen = call_view.alert(context.runtime.words[copy.language], call, context.seminar, first, context.now())
            await context.change(copy.chat_id, copy.message_id, screen)


def _cards(
    connection: sqlite3.Connection, number: int
) -> tuple[helps.Call | None, helps.HelpMessage | None, list[Copy]]:
    call = helps.by_id(connection, number)
    if call is None:
        return None, None, []
    copies = sent.copies(connection, calls.event(call), "help.alert")
    return call, helps.first_words(connection, number), copies


def _draft(left: Departure, one: Person, now: datetime) -> Draft:
    return NOTICE.draft(
        NoticeOf(left.id),
        key=f"{left.occurrence}:person-{one.id}",
        occurrence=left.occurrence,
        chat_id=one.telegram_id,
        person_id=one.id,
        due_at=now,
    )


def _load_departure(connection: sqlite3.Connection, arguments: NoticeOf, _row: Row) -> Departure | None:
    return store.by_id(connection, arguments.departure)


def _notice(given: Rendering[NoticeOf, Departure | None]) -> Screen | None:
    left = given.context
    return None if left is None else view.notice(given.words, given.seminar, left)


NOTICE = MessageType(
    "departure.notice",
    NoticeOf,
    _load_departure,
    _notice,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Someone has left"),
    ttl=_TTL,
)
MESSAGE_TYPES = (NOTICE,)
