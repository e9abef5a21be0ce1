"""Watches the staff group: asks Telegram who is in it and what the bot may do, and brings to it what is not there.

Telegram tells neither who the members of a group are, nor that a topic was deleted: each organizer is asked for, and
the members are counted.
"""

import logging
import math
import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.clock import Clock
from bot.delivery.periodic_task import PeriodicTask
from bot.sender import Sender
from bot.store import person, side_effects
from bot.store import staff_group as staff_group_store
from bot.store.database import Database
from bot.store.staff_group import GroupProblem, StaffGroup

_LOG = logging.getLogger(__name__)
_EVERY: Final = timedelta(minutes=10)  # Telegram is asked, where nothing is known to have changed
_POLL_SECONDS: Final = 30.0
_RETRY_SECONDS: Final = 30.0  # after Telegram could not be asked
_IN: Final = frozenset({"creator", "administrator", "member"})
_MOST_STAFF: Final = 300  # organizers who are asked for


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What Telegram tells of the group.

    `problem` is NONE where the bot can do its work. `present` are organizers in it (their numbers), `others` those in
    it who are none, as far as they can be named, and `count` how many members it has, the bot included.
    """

    title: str
    problem: GroupProblem
    count: int = 0
    present: frozenset[int] = frozenset()
    others: Mapping[int, str] = field(default_factory=dict)


class GroupWork(NamedTuple):
    """Transactions: `record` writes what Telegram tells, `is_behind` tells whether `catch_up` has anything to bring."""

    record: Callable[..., None]
    is_behind: Callable[[sqlite3.Connection, datetime], bool]
    catch_up: Callable[[sqlite3.Connection, datetime], None]


async def look_at(
    sender: Sender, chat_id: int, bot_id: int, staff: Mapping[int, int], known: Collection[int]
) -> GroupFacts:
    """Ask Telegram about a group. `staff` are organizers' numbers by their accounts, `known` others seen there.

    Raises telegram.error.TelegramError.
    """
    try:
        chat = await sender.call("getChat", {"chat_id": chat_id})
        me = await _member(sender, chat_id, bot_id)
    except Forbidden:
        return GroupFacts("", GroupProblem.GONE)
    except ChatMigrated:
        raise
    except BadRequest:  # it is not there any more
        return GroupFacts("", GroupProblem.GONE)
    title = str(chat.get("title", ""))
    if (problem := _problem(chat, me)) is not GroupProblem.NONE:
        return GroupFacts(title, problem)
    count = int(await sender.call("getChatMemberCount", {"chat_id": chat_id}))
    admins = await sender.call("getChatAdministrators", {"chat_id": chat_id})
    seen = {int(one["user"]["id"]): one for one in admins}
    for account in [*list(staff)[:_MOST_STAFF], *known]:
        if account not in seen:
            seen[account] = await _member(sender, chat_id, account)
    inside = {account: one["user"] for account, one in seen.items() if _is_in(one) and account != bot_id}
    present = frozenset(staff[account] for account in inside if account in staff)
    others = {account: _name(user) for account, user in inside.items() if account not in staff}
    return GroupFacts(title, GroupProblem.NONE, count, present, others)


async def _member(sender: Sender, chat_id: int, account: int) -> dict[str, Any]:
    """Somebody as a ChatMember; whom Telegram does not know there is not in it."""
    try:
        member: dict[str, Any] = await sender.call("getChatMember", {"chat_id": chat_id, "user_id": account})
    except ChatMigrated:
        raise
    except BadRequest:
        return {"status": "left", "user": {"id": account}}
    return member


def _problem(chat: Mapping[str, Any], me: Mapping[str, Any]) -> GroupProblem:
    """What is in the way of the bot, the worst first."""
    if me["status"] in {"left", "kicked"}:
        return GroupProblem.GONE
    if not chat.get("is_forum"):
        return GroupProblem.NO_FORUM
    if me["status"] not in {"administrator", "creator"}:
        return GroupProblem.NO_ADMIN
    return GroupProblem.NONE if me.get("can_manage_topics") else GroupProblem.NO_TOPICS


def _is_in(member: Mapping[str, Any]) -> bool:
    return member["status"] in _IN or (member["status"] == "restricted" and bool(member.get("is_member")))


def _name(user: Mapping[str, Any]) -> str:
    return " ".join(part for part in (user.get("first_name"), user.get("last_name")) if part) or str(user["id"])


class GroupWatch:
    """Make it, `run` it as a task; wake it when something was passed on, or something has changed in the group.

    `made` is called when there may be new rows.
    """

    def __init__(  # noqa: PLR0917 - the composition root names each
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        work: "GroupWork",
        owners: Collection[int],
        bot_id: Callable[[], int],
        made: Callable[[], None],
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._owners = owners
        self._bot_id = bot_id
        self._work = work
        self._made = made
        self._asked_for: frozenset[int] = frozenset()
        self._not_before = -math.inf
        self.is_on = False  # a group is connected
        self._task = PeriodicTask(clock, self._run_once)
        self.wake = self._task.wake
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run

    async def _run_once(self, _waited_for: bool) -> float:
        group = await self._db.read(staff_group_store.get)
        self.is_on = group is not None
        if group is None:
            return _POLL_SECONDS
        staff = await self._db.read(person.staff, self._owners)
        accounts = {one.telegram_id: one.id for one in staff}
        if self._is_due(group, frozenset(accounts)) and self._clock.monotonic() >= self._not_before:
            await self._check(group, accounts)
        if await self._db.read(self._work.is_behind, self._clock.now()):
            await self._db.write(self._work.catch_up, self._clock.now())
            self._made()
        return _POLL_SECONDS

    def _is_due(self, group: StaffGroup, accounts: frozenset[int]) -> bool:
        """Whether something may have changed: also who is an organizer."""
        is_old = group.checked_at is None or self._clock.now() - group.checked_at >= _EVERY
        return is_old or accounts != self._asked_for

    async def _check(self, group: StaffGroup, accounts: Mapping[int, int]) -> None:
        known = await self._db.read(staff_group_store.seen)
        try:
            facts = await look_at(self._sender, group.chat_id, self._bot_id(), accounts, known)
        except ChatMigrated as moved:
            await self._db.write(side_effects.migrated, group.chat_id, moved.new_chat_id)
            return
        except TelegramError as error:
            _LOG.warning("The staff group could not be looked at: %s", type(error).__name__)
            self._not_before = self._clock.monotonic() + _RETRY_SECONDS
            return
        self._asked_for = frozenset(accounts)
        await self._db.write(self._work.record, group.chat_id, facts, self._clock.now(), owners=self._owners)
        self._made()
