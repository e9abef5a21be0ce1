"""Headcounts: who starts, answers, vouches, calls the roll and closes; each with the messages that follow from it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messages import headcount as headcount_messages
from bot.messages import headcount_cards as headcount_cards_messages
from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import fanout, outbox, person
from bot.store import headcount as headcount_store
from bot.store import headcount_list as headcount_list_store
from bot.store import live_card as live_card_store
from bot.store import mark as mark_store
from bot.store.headcount import Departing, Headcount
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.mark_list import MarkedPerson
from bot.store.person import Person


class Outcome(StrEnum):
    """What became of what somebody pressed."""

    DONE = "done"
    ALREADY = "already"  # it was so before
    OVER = "over"  # the headcount is closed
    GONE = "gone"  # there is no such headcount or person, or it does not expect them
    REFUSED = "refused"  # that is not theirs to say
    TOO_SOON = "too soon"


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer, in which headcount, and the newest mark or the name of whom it is about."""

    outcome: Outcome
    headcount: Headcount | None = None
    mark: PresenceMark | None = None
    name: str = ""


_GONE = Answered(Outcome.GONE)


def start(
    connection: sqlite3.Connection,
    me: Person,
    seminar: Seminar,
    groups: Sequence[str],
    before: Departing | None = None,
    *,
    now: datetime,
) -> Headcount:
    """Start a headcount and ask everyone who is expected, or join the one that there is.

    Before a departure, every organizer's offer becomes its card; one that nobody closed after an earlier departure is
    closed, since those who were there then may be missing now.
    """
    session = seminar.session(before.session) if before else None
    if before is not None and session is not None:
        leaves = seminar.moment(session.day, session.start)
        if outdated := headcount_store.outdated(connection, seminar.key, groups, before, leaves):
            close(connection, me, outdated.id, now=now)
    on = seminar.today(now)
    headcount, is_new = headcount_store.start(connection, seminar.key, groups, before, on=on, by=me, now=now)
    if is_new:
        audit_store.record(connection, "headcount.started", by_id=me.id, now=now, subject=headcount.subject)
        fanout.schedule(connection, [headcount_messages.question(headcount, now)], now)
    if before is not None and headcount.is_open(now):
        live_card_store.adopt(
            connection,
            feature=headcount_cards_messages.CARDS.name,
            subject=headcount.subject,
            shown_list=headcount_list_store.HeadcountList.MISSING,
            occurrences=headcount_messages.offer_occurrences(before),
            kind=headcount_messages.OFFER.name,
        )
    return headcount


def ask_who_came(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Somebody joined, came back or changed the group: ask them in each headcount that expects them and has not."""
    someone = person.by_id(connection, person_id)
    if someone is None or not someone.reachable:
        return
    expecting = [one for one in headcount_store.all_open(connection, now) if one.includes(someone)]
    outbox.enqueue(connection, [headcount_messages.question_to(one, someone, now) for one in expecting], now)


def answer(connection: sqlite3.Connection, me: Person, number: int, *, now: datetime) -> Answered:
    """A teacher says that they are there. Their own word counts more than what others said of them.

    It counts in every headcount under way that expects them, whichever question was pressed: where two ask at once, or
    an earlier question is still there, one tap is enough.
    """
    headcount = headcount_store.get(connection, number)
    if headcount is None:
        return _GONE
    expecting = [one for one in headcount_store.all_open(connection, now) if one.includes(me)]
    if not expecting:
        return Answered(Outcome.GONE if headcount.is_open(now) else Outcome.OVER, headcount)
    for one in expecting:
        if not _is_own_tap(mark_store.newest(connection, one.subject, me.id)):
            mark_store.add(connection, one.subject, me.id, MarkState.PRESENT, MarkMethod.TAP, by_id=me.id, now=now)
    shown = next((one for one in expecting if one.id == number), expecting[-1])
    return Answered(Outcome.DONE, shown, mark_store.newest(connection, shown.subject, me.id))


def call(
    connection: sqlite3.Connection, me: Person, number: int, person_id: int, *, here: bool, now: datetime
) -> Answered:
    """Roll call: an organizer says that the person is here, or takes that back.

    A person's own tap stays: the page that was pressed may be older than it.
    """
    headcount, someone = headcount_store.get(connection, number), person.by_id(connection, person_id)
    if headcount is None or someone is None:
        return _GONE
    if not headcount.is_open(now):
        return Answered(Outcome.OVER, headcount)
    if not headcount.includes(someone):
        return Answered(Outcome.GONE, headcount)
    mark = mark_store.newest(connection, headcount.subject, someone.id)
    is_present = mark is not None and mark.state is MarkState.PRESENT
    if is_present == here or _is_own_tap(mark):
        return Answered(Outcome.ALREADY, headcount, mark, someone.name)
    state = MarkState.PRESENT if here else MarkState.ABSENT
    mark_store.add(connection, headcount.subject, someone.id, state, MarkMethod.ROLL_CALL, by_id=me.id, now=now)
    mark = mark_store.newest(connection, headcount.subject, someone.id)
    return Answered(Outcome.DONE, headcount, mark, someone.name)


def vouch(
    connection: sqlite3.Connection, me: Person, number: int, person_id: int, seminar: Seminar, *, now: datetime
) -> Answered:
    """A teacher who is counted says that somebody of their group is with them, who reads it."""
    headcount, buddy = headcount_store.get(connection, number), person.by_id(connection, person_id)
    if headcount is None or buddy is None or not buddy.active:
        return _GONE
    if not headcount.is_open(now):
        return Answered(Outcome.OVER, headcount)
    if not _is_counted(connection, headcount, me):
        return Answered(Outcome.TOO_SOON, headcount)
    said = mark_store.history(connection, headcount.subject, buddy.id)
    if said and said[0].state is MarkState.PRESENT:
        return Answered(Outcome.ALREADY, headcount, said[0], buddy.name)
    denied = any(one.state is MarkState.ABSENT and one.how is MarkMethod.TAP for one in said)
    of_another_group = seminar.has_groups and buddy.group != me.group
    if denied or of_another_group or not headcount.includes(buddy):
        return Answered(Outcome.REFUSED, headcount, name=buddy.name)
    number = mark_store.add(
        connection, headcount.subject, buddy.id, MarkState.PRESENT, MarkMethod.BUDDY, by_id=me.id, now=now
    )
    if buddy.reachable:
        outbox.enqueue(connection, [headcount_messages.word_to(headcount, buddy, number, now)], now)
    return Answered(Outcome.DONE, headcount, name=buddy.name)


def deny(connection: sqlite3.Connection, me: Person, number: int, *, now: datetime) -> Answered:
    """Somebody says that they are not with who has said so: they are missing again."""
    headcount = headcount_store.get(connection, number)
    if headcount is None:
        return _GONE
    if not headcount.is_open(now):
        return Answered(Outcome.OVER, headcount)
    mark = mark_store.newest(connection, headcount.subject, me.id)
    if mark is not None and mark.state is MarkState.ABSENT and mark.how is MarkMethod.TAP:
        return Answered(Outcome.ALREADY, headcount, mark)
    if mark is None or mark.how is not MarkMethod.BUDDY or mark.state is not MarkState.PRESENT:
        return Answered(Outcome.REFUSED, headcount, mark)
    mark_store.add(connection, headcount.subject, me.id, MarkState.ABSENT, MarkMethod.TAP, by_id=me.id, now=now)
    return Answered(Outcome.DONE, headcount)


def buddies(
    connection: sqlite3.Connection, me: Person, number: int, page: int, seminar: Seminar, *, now: datetime
) -> tuple[Outcome, list[MarkedPerson], bool]:
    """Whom a teacher who is counted may name: what becomes of the question, a page of them, whether there are more."""
    headcount = headcount_store.get(connection, number)
    if headcount is None or not headcount.is_open(now):
        return Outcome.OVER, [], False
    if not _is_counted(connection, headcount, me):
        return Outcome.TOO_SOON, [], False
    group = (me.group or "") if seminar.has_groups else None
    people, more = headcount_list_store.buddies(connection, headcount, me, page, group=group)
    return Outcome.DONE if people else Outcome.ALREADY, people, more


def remind(connection: sqlite3.Connection, number: int, *, now: datetime) -> tuple[Answered, int]:
    """Remind everyone who is missing, once a minute at most; and how many those are whom the bot can write to."""
    headcount = headcount_store.get(connection, number)
    if headcount is None:
        return _GONE, 0
    if not headcount.is_open(now):
        return Answered(Outcome.OVER, headcount), 0
    numbers = headcount_store.numbers(connection, headcount)
    people = numbers.missing - numbers.unreachable
    if people <= 0:
        return Answered(Outcome.REFUSED, headcount), 0
    reminder = headcount_store.ping(connection, number, now)
    if reminder is None:
        return Answered(Outcome.TOO_SOON, headcount), 0
    fanout.schedule(connection, [headcount_messages.reminder(headcount, reminder, now)], now)
    return Answered(Outcome.DONE, headcount), people


def close(connection: sqlite3.Connection, me: Person, number: int, *, now: datetime) -> Answered:
    """Close it: nobody is asked any more, and every card says so at once."""
    headcount = headcount_store.get(connection, number)
    if headcount is None:
        return _GONE
    headcount_store.end_overdue(connection, now)
    if not headcount_store.close(connection, number, by=me, now=now):
        return Answered(Outcome.ALREADY, headcount)
    audit_store.record(connection, "headcount.closed", by_id=me.id, now=now, subject=headcount.subject)
    for occurrence in headcount_messages.occurrences(headcount):
        outbox.cancel(connection, event=occurrence, now=now, why="closed")
    live_card_store.hurry(connection, headcount_cards_messages.CARDS.name, headcount.subject)
    return Answered(Outcome.DONE, headcount)


def reopen(connection: sqlite3.Connection, me: Person, number: int, *, now: datetime) -> tuple[Answered, int]:
    """Open it again, within an hour; where another counts the same people by now, that is the one.

    The missing are asked once more: who has tapped meanwhile read that it is over, and has no button any more.
    Return how many of them the bot can write to, too.
    """
    headcount = headcount_store.get(connection, number)
    if headcount is None:
        return _GONE, 0
    if headcount.is_open(now):
        return Answered(Outcome.ALREADY, headcount), 0
    if not headcount.may_reopen(now):
        return Answered(Outcome.OVER, headcount), 0
    live_card_store.hurry(connection, headcount_cards_messages.CARDS.name, headcount.subject)
    opened = headcount_store.reopen(connection, headcount, now)
    if opened.id == number:
        audit_store.record(connection, "headcount.reopened", by_id=me.id, now=now, subject=headcount.subject)
    numbers = headcount_store.numbers(connection, opened)
    if opened.id != number or numbers.missing <= numbers.unreachable:
        return Answered(Outcome.DONE, opened), 0
    due_at = max(now, (opened.pinged_at or opened.started_at) + headcount_store.PING_GAP)
    if reminder := headcount_store.ping(connection, number, due_at):
        fanout.schedule(connection, [headcount_messages.reminder(opened, reminder, due_at)], now)
    return Answered(Outcome.DONE, opened), numbers.missing - numbers.unreachable


def _is_own_tap(mark: PresenceMark | None) -> bool:
    return mark is not None and mark.state is MarkState.PRESENT and mark.how is MarkMethod.TAP


def _is_counted(connection: sqlite3.Connection, headcount: Headcount, me: Person) -> bool:
    mark = mark_store.newest(connection, headcount.subject, me.id)
    return mark is not None and mark.state is MarkState.PRESENT and headcount.includes(me)
