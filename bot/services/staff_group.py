"""The staff group: connected, looked at, and kept up with what is passed on. Whatever is done twice is done once."""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.messages import staff_group as staff_group_messages
from bot.messages import staff_group_card as staff_group_card_messages
from bot.messages import staff_group_post as staff_group_post_messages
from bot.messages.relay_copy import GATHERS
from bot.messages.staff_group_watch import GroupFacts, GroupWork
from bot.quoted import fits_caption, in_pieces
from bot.store import alert as alert_store
from bot.store import audit as audit_store
from bot.store import forum_topic, outbox, person
from bot.store import help_message as help_message_store
from bot.store import staff_group as staff_group_store
from bot.store import staff_group_post as staff_group_post_store
from bot.store.help_message import HelpMessage
from bot.store.person import Person
from bot.store.staff_group import GroupProblem, StaffGroup

_MOST: Final = 100  # messages and alerts that one transaction brings to the group
_ALERTS_SINCE: Final = timedelta(days=1)  # what is open for longer is in /open
_WITHHELD: Final = timedelta(days=2)  # words that the group did not show while something was wrong come for so long
_TOO_SOON: Final = timedelta(minutes=1)  # to post a card again that did not stay


def connect(connection: sqlite3.Connection, me: Person, chat_id: int, title: str, now: datetime) -> None:
    """Connect a group; the same one again is looked at again."""
    group = staff_group_store.get(connection)
    if group is not None and group.chat_id == chat_id:
        staff_group_store.ask_again(connection)
        return
    staff_group_store.connect(connection, chat_id, title, me.language, now)
    audit_store.record(connection, "group.connected", by_id=me.id, now=now, subject=str(chat_id))


def disconnect(connection: sqlite3.Connection, me: Person, now: datetime) -> bool:
    """Disconnect the group; return False where none is connected."""
    if (group := staff_group_store.get(connection)) is None:
        return False
    staff_group_store.disconnect(connection, now)
    audit_store.record(connection, "group.disconnected", by_id=me.id, now=now, subject=str(group.chat_id))
    return True


def came(
    connection: sqlite3.Connection, telegram_id: int, name: str, *, owners: Collection[int], now: datetime
) -> None:
    """Somebody is in the group: who is no organizer is reported once, and nothing is said there from then on."""
    staff_group_store.ask_again(connection)
    staff = person.staff(connection, owners)
    if telegram_id in {one.telegram_id for one in staff}:
        return
    if staff_group_store.add_stranger(connection, telegram_id, name):
        _set_problem(connection, GroupProblem.STRANGERS, staff, now, strangers=[telegram_id])


def record(
    connection: sqlite3.Connection, chat_id: int, facts: GroupFacts, now: datetime, *, owners: Collection[int]
) -> None:
    """Write what Telegram tells of the group; organizers hear of what is wrong, and once nothing is any more."""
    group = staff_group_store.get(connection)
    if group is None or group.chat_id != chat_id:
        return
    staff = person.staff(connection, owners)
    if facts.problem is not GroupProblem.NONE:
        staff_group_store.checked(connection, chat_id, facts.title or group.title, 0, now)
        _set_problem(connection, facts.problem, staff, now)
        return
    staff_group_store.set_members(connection, facts.present)
    known = staff_group_store.strangers(connection)
    staff_group_store.forget_strangers(connection, known.keys() - facts.others.keys())
    new = [one for one, name in facts.others.items() if staff_group_store.add_stranger(connection, one, name)]
    unknown = max(0, facts.count - 1 - len(facts.present) - len(facts.others))
    staff_group_store.checked(connection, chat_id, facts.title, unknown, now)
    has_strangers = bool(unknown or facts.others)
    problem = GroupProblem.STRANGERS if has_strangers else GroupProblem.NONE
    _set_problem(connection, problem, staff, now, strangers=new)


def _set_problem(
    connection: sqlite3.Connection,
    problem: GroupProblem,
    staff: Collection[Person],
    now: datetime,
    *,
    strangers: Collection[int] = (),
) -> None:
    """What is wrong now. Each stranger is reported once; anything else when it begins, and when all is well again.

    Whoever has just connected the group reads in that chat how it is; a group that works at once needs no other word.
    """
    before = staff_group_store.get(connection)
    if before is None or (before.problem is problem and not strangers):
        return
    is_first = before.problem is GroupProblem.GONE and before.since == before.connected_at
    if before.problem is not problem:
        staff_group_store.set_problem(connection, problem, now)
    if problem is GroupProblem.NONE and is_first:
        return
    if strangers:
        drafts = [
            draft for one in strangers for draft in staff_group_messages.notices(problem, staff, now, stranger=one)
        ]
    else:
        drafts = staff_group_messages.notices(problem, staff, now)
    outbox.enqueue(connection, drafts, now)


# --- what stands in the group -----------------------------------------------------------------------------------------


def is_behind(connection: sqlite3.Connection, now: datetime) -> bool:
    """Whether something is to appear in the group that is not on its way."""
    group = staff_group_store.get(connection)
    if group is None or not group.usable:
        return False
    since = _since(group, now)
    return bool(
        staff_group_post_store.unposted(connection, group, 1, since=since)
        or staff_group_post_store.waiting_media(connection, group, 1, since=since)
        or staff_group_post_store.waiting_people(connection)
        or _new_alerts(connection, group, now, 1)
    )


def catch_up(connection: sqlite3.Connection, now: datetime) -> None:
    """Make the rows that bring to the group what is not there: cards of alerts first, then words."""
    group = staff_group_store.get(connection)
    if group is None or not group.usable:
        return
    for number, made in reversed(_new_alerts(connection, group, now, _MOST)):
        if (alert := alert_store.get(connection, number)) is not None:
            outbox.enqueue(connection, [staff_group_card_messages.card(group, alert, made, now)], now)
    since = _since(group, now)
    for one in staff_group_post_store.unposted(connection, group, _MOST, since=since):
        if (message := help_message_store.get(connection, one.letter)) is not None:
            _add(connection, group, one, message, now)
    for letter in staff_group_post_store.waiting_media(connection, group, _MOST, since=since):
        if (message := help_message_store.get(connection, letter)) is not None:
            _add_media(connection, group, message, now)
    for someone, first in staff_group_post_store.waiting_people(connection):
        due_at = _next_place(connection, group, someone, now)
        outbox.enqueue(connection, [staff_group_post_messages.words(group, someone, first, due_at)], now)


def _add(
    connection: sqlite3.Connection,
    group: StaffGroup,
    one: staff_group_post_store.Unposted,
    message: HelpMessage,
    now: datetime,
) -> None:
    is_in_caption = one.edited_at is None and fits_caption(message)
    is_bare = message.part_of is not None and not message.words
    pieces = 0 if is_in_caption or is_bare else len(in_pieces(message))
    if not message.words and one.edited_at is not None:
        pieces = 0
    if staff_group_post_store.add(
        connection, one, message.person_id, pieces=pieces, has_media=message.media is not None
    ):
        _add_media(connection, group, message, now)


def _add_media(connection: sqlite3.Connection, group: StaffGroup, message: HelpMessage, now: datetime) -> None:
    due_at = _next_place(connection, group, message.person_id, now)
    due_at = max(due_at, now + GATHERS) if message.is_in_album else due_at
    outbox.enqueue(connection, [staff_group_post_messages.media(group, message, due_at)], now)


def _since(group: StaffGroup, now: datetime) -> datetime:
    """From when on what was passed on is to stand in the group: also what was withheld until its problem was mended."""
    return min(group.since, max(group.connected_at, now - _WITHHELD))


def _next_place(connection: sqlite3.Connection, group: StaffGroup, person_id: int, now: datetime) -> datetime:
    """When the next message of words has its turn; one that has to make its topic first takes two."""
    last = staff_group_post_store.last_due(connection, group.chat_id)
    someone = person.by_id(connection, person_id)
    has_topic = someone is not None and forum_topic.get(connection, group.chat_id, forum_topic.about(someone))
    spacing = staff_group_post_messages.SPACING if has_topic else 2 * staff_group_post_messages.SPACING
    return now if last is None else max(now, last + spacing)


def _new_alerts(connection: sqlite3.Connection, group: StaffGroup, now: datetime, most: int) -> list[tuple[int, int]]:
    since, recent = now - _ALERTS_SINCE, now - _TOO_SOON
    return staff_group_post_store.new_alerts(connection, group, since=since, recent=recent, most=most)


def forget(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """Somebody erases everything: their topics go, too. Call it before anything of the person is erased."""
    topics = forum_topic.of_person(connection, someone.id)
    outbox.enqueue(connection, [staff_group_card_messages.forgotten(*one, now) for one in topics], now)


def open_topic(connection: sqlite3.Connection, group: StaffGroup, someone: Person, now: datetime) -> bool:
    """Make somebody's topic, where there is none; return whether there was."""
    if forum_topic.get(connection, group.chat_id, forum_topic.about(someone)) is not None:
        return True
    outbox.enqueue(connection, [staff_group_card_messages.opened(group, someone, now)], now)
    return False


GROUP: Final = GroupWork(record, is_behind, catch_up)
