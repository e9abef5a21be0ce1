"""Someone arrives and joins: each answer is kept together with what is asked next, and what follows from joining."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.arguments import NoArguments
from bot.messages import welcome as welcome_messages
from bot.messages.departure import DepartureResult
from bot.programme.model import Seminar
from bot.services import attendance as attendance_service
from bot.services import broadcast_card as broadcast_card_service
from bot.services import departure as departure_service
from bot.services import headcount as headcount_service
from bot.services import redelivery as redelivery_service
from bot.services import role as role_service
from bot.services import roster_link as roster_link_service
from bot.services import self_rating as self_rating_service
from bot.store import admission as admission_store
from bot.store import conversation, inbox, person
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import roster_link as roster_link_store
from bot.store.conversation import Prompt
from bot.store.departure import DepartureReason
from bot.store.invite import Invitation
from bot.store.joining import JoiningStep
from bot.store.person import Person

NAME: Final = Prompt("start.name", NoArguments)  # what a chat waits for: the name as typed words
BUTTON: Final = Prompt("start.button", NoArguments)  # or a press; words bring the question up again
_ASKED_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An account that arrives: who joins (None: nobody), and what the code was good for (None: there was none)."""

    someone: Person | None
    invitation: Invitation | None


@dataclass(frozen=True, slots=True)
class Declined:
    """Someone does not join: whether they need a link to come again, and their departure if they were a member."""

    by_link: bool
    departure: DepartureResult | None


def arrive(
    connection: sqlite3.Connection,
    telegram_id: int,
    *,
    code: str,
    owner: bool,
    username: str | None,
    language: str,
    now: datetime,
) -> Arrival:
    """Let an account in that is no member: by the code, as an owner, or because an organizer said so.

    Who joins already goes on, with the role of a staff invitation if that is what they brought. Whom an organizer has
    removed comes in by an organizer's word alone.
    """
    if joining_store.is_removed(connection, telegram_id):
        code = ""  # no link lets them in
    before = roster_link_store.came_by(connection, telegram_id)
    invitation = invite_store.redeem(connection, code, telegram_id, now) if code else None
    someone = person.by_telegram_id(connection, telegram_id)
    if someone is not None and someone.state == "joining":
        if invitation is not None and invitation.good:
            if invitation.role is not Role.TEACHER:
                person.set_role(connection, someone.id, invitation.role)
            roster_link_service.follow(connection, someone, invitation.id, before=before.id if before else None)
        return Arrival(person.by_id(connection, someone.id), invitation)
    role = _role(connection, telegram_id, invitation, owner=owner)
    if role is None:
        return Arrival(None, invitation)
    joining = joining_store.begin(connection, telegram_id, username=username, language=language, role=role, now=now)
    return Arrival(joining, invitation)


def _role(
    connection: sqlite3.Connection, telegram_id: int, invitation: Invitation | None, *, owner: bool
) -> Role | None:
    if invitation is not None and invitation.good:
        return invitation.role
    if owner:
        return Role.ORGANIZER
    request = admission_store.get(connection, telegram_id)
    return request.role if request is not None else None


def ask(connection: sqlite3.Connection, me: Person, chat_id: int, seminar: Seminar, now: datetime) -> JoiningStep:
    """Wait for the answer to the question that comes now, and return which one that is."""
    step = asked(joining_store.step(connection, me.id) or JoiningStep.LANGUAGE, seminar)
    step = asked(roster_link_service.answer(connection, me, step, seminar), seminar)
    joining_store.set_step(connection, me.id, step)
    what = NAME if step is JoiningStep.NAME else BUTTON
    conversation.expect(connection, chat_id, what, NoArguments(), now, until=now + _ASKED_FOR)
    return step


def asked(step: JoiningStep, seminar: Seminar) -> JoiningStep:
    """The first question from `step` on in which this seminar gives a choice."""
    return joining_store.asked(step, languages=len(seminar.languages) > 1, groups=seminar.has_groups)


def set_language(connection: sqlite3.Connection, me: Person, language: str) -> None:
    """Speak this language; where that was the question, the name comes next."""
    person.set_language(connection, me.id, language)
    if joining_store.step(connection, me.id) is JoiningStep.LANGUAGE:
        joining_store.set_step(connection, me.id, JoiningStep.NAME)


def set_name(connection: sqlite3.Connection, me: Person, name: str) -> None:
    """Keep the name, if that is the question; teachers choose their group next."""
    if joining_store.step(connection, me.id) is JoiningStep.NAME:
        person.set_name(connection, me.id, name)
        joining_store.set_step(connection, me.id, JoiningStep.GROUP if me.role is Role.TEACHER else JoiningStep.CONSENT)


def set_group(connection: sqlite3.Connection, me: Person, group: str, seminar: Seminar) -> None:
    """Keep the group, if that is the question and the seminar has it."""
    if joining_store.step(connection, me.id) is JoiningStep.GROUP and seminar.group(group):
        person.set_group(connection, me.id, group)
        joining_store.set_step(connection, me.id, JoiningStep.CONSENT)


def agree(
    connection: sqlite3.Connection,
    me: Person,
    chat_id: int,
    seminar: Seminar,
    *,
    owners: Collection[int],
    now: datetime,
) -> bool:
    """Someone agrees to what is stored and is a member, with all that is sent on that; return whether that is new."""
    if not joining_store.finish(connection, me.id, now):
        return False
    conversation.forget(connection, chat_id)
    roster_link_service.came_in(connection, me, now)
    welcome_messages.enqueue(connection, me, seminar, now)
    redelivery_service.redeliver(connection, owners, now)
    broadcast_card_service.offer(connection, me.id, now)
    headcount_service.ask_who_came(connection, me.id, now)
    attendance_service.ask_who_came(connection, me.id, now)
    self_rating_service.ask_who_came(connection, me, seminar, now)
    if (member := person.by_id(connection, me.id)) is not None:
        role_service.announce(connection, member, owners=owners, now=now)
    return True


def decline(
    connection: sqlite3.Connection, me: Person, *, update_id: int, owners: Collection[int], now: datetime
) -> Declined:
    """Someone does not agree and is forgotten, also in the inbox, but for the update `update_id` that says so.

    Organizers hear of it where the person has been in before, and would be looked for.
    """
    departure = None
    if joining_store.was_in(connection, me.id):
        departure = departure_service.leave(
            connection, me, DepartureReason.DECLINED, named=True, owners=owners, now=now
        )
    by_link = joining_store.decline(connection, me, now)
    inbox.forget_sender(connection, update_id, now)
    return Declined(by_link, departure)
