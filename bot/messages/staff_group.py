"""What organizers are told in private about the staff group: something is wrong with it, or nothing any more."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.screen import Screen
from bot.store import staff_group as staff_group_store
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.staff_group import GroupProblem, StaffGroup
from bot.views import staff_group as staff_group_view

_TTL: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProblemOf:
    """What was found wrong with the group; `stranger` is the account of who came, where one did."""

    problem: str
    stranger: int = 0


@dataclass(frozen=True, slots=True)
class GroupAndStrangers:
    """The group as it is, and who in it is no organizer."""

    group: StaffGroup
    strangers: dict[int, str]


def notices(problem: GroupProblem, staff: Iterable[Person], now: datetime, *, stranger: int = 0) -> list[Draft]:
    """Word of it to each of them."""
    occurrence = f"group.notice:{problem}:{to_text(now)}:{stranger}"
    return [
        NOTICE.draft(
            ProblemOf(problem, stranger),
            key=f"{occurrence}:person-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in staff
    ]


def _load(connection: sqlite3.Connection, _arguments: ProblemOf, _row: Row) -> GroupAndStrangers | None:
    group = staff_group_store.get(connection)
    return GroupAndStrangers(group, staff_group_store.strangers(connection)) if group is not None else None


def _notice(given: Rendering[ProblemOf, GroupAndStrangers | None]) -> Screen | None:
    """None where it is so no more: a later message says what is."""
    about = given.context
    if about is None or about.group.problem != given.arguments.problem:
        return None
    stranger = given.arguments.stranger
    if stranger and stranger not in about.strangers:
        return None
    names = [about.strangers[stranger]] if stranger else list(about.strangers.values())
    return staff_group_view.problem_notice(given.locale, about.group, names)


NOTICE = MessageType(
    "group.notice",
    ProblemOf,
    _load,
    _notice,
    priority=Priority.ALERT,
    title=lambda _: _.plain("The staff group"),
    ttl=_TTL,
)
MESSAGE_TYPES = (NOTICE,)
