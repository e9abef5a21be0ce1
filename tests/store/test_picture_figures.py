"""What pictures show, beside a slow and obvious count over made-up histories: people who join, move and are erased."""

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

import pytest

from bot.clock import to_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme import load
from bot.programme.attendance import Taken, of_day
from bot.programme.checkin import Slot, window
from bot.store import picture as picture_store
from tests.connections import connect
from tests.kit import SEMINAR
from tests.store.test_people_filter import add
from tests.views.samples import at

_SEMINAR: Final = load(SEMINAR)
_NOW: Final = at("2025-08-08 23:30")
_GROUPS: Final = ("pamir", "zarafshon", "vakhsh", None)
_STATES: Final = ("present", "late", "excused", "absent")
_SESSIONS: Final = [one for number in range(1, 15) for one in of_day(_SEMINAR, _SEMINAR.date_of(number))]
_CHECKIN: Final = "INSERT INTO checkin VALUES (?, ?, ?, ?, ?, '2025-08-04T12:00:00.000Z', 0, ?, NULL)"
_LESSON: Final = _SEMINAR.lessons[0]


class Person(NamedTuple):
    """What is true of somebody in the end."""

    group: str | None
    joined: datetime
    marks: dict[str, str]
    checkins: dict[tuple[str, Slot], int | None]
    reached: int
    right: bool | None


def history(connection: sqlite3.Connection, chance: Random) -> list[Person]:
    people = []
    for account in range(1, chance.randint(1, 25)):
        number = add(connection, account)
        joined = at("2025-08-03 00:00") + timedelta(hours=chance.randint(0, 150), minutes=chance.randint(0, 59))
        one = Person(chance.choice(_GROUPS), joined, {}, {}, chance.randint(0, 9), chance.choice((True, False, None)))
        connection.execute(
            "UPDATE person SET group_key = ?, joined_at = ? WHERE id = ?",
            (chance.choice(_GROUPS), to_text(joined), number),
        )
        for taken in chance.choices(_SESSIONS, k=chance.randint(0, 12)):  # some are marked twice: the newest is true
            one.marks[taken.on.subject] = chance.choice(_STATES)
            values = (taken.on.subject, number, one.marks[taken.on.subject], number, to_text(joined))
            connection.execute("INSERT INTO mark VALUES (NULL, ?, ?, ?, 'tap', ?, ?)", values)
        for day in range(1, 6):
            for slot in chance.sample(tuple(Slot), chance.randint(0, 2)):
                on = _SEMINAR.date_of(day).isoformat()
                mood = chance.randint(1, 5) if slot is Slot.EVENING else None
                one.checkins[on, slot] = mood
                connection.execute(_CHECKIN, (_SEMINAR.key, on, slot.value, number, one.group or "", mood))
        if one.reached:
            learn(connection, number, one, to_text(joined))
        connection.execute("UPDATE person SET group_key = ? WHERE id = ?", (one.group, number))  # they may have moved
        if chance.random() < 0.1:
            connection.execute("DELETE FROM mark WHERE person_id = ?", (number,))
            connection.execute("DELETE FROM person WHERE id = ?", (number,))
        else:
            people.append(one)
    return people


def learn(connection: sqlite3.Connection, number: int, one: Person, now: str) -> None:
    key, question = (number, _SEMINAR.key, _LESSON.key), _LESSON.quiz[0]
    connection.execute("INSERT INTO lesson_progress VALUES (?, ?, ?, ?, ?, NULL, 0, 0)", (*key, one.reached, now))
    if one.right is not None:
        option = next(each.key for each in question.options if each.right is one.right)
        connection.execute("INSERT INTO lesson_answer VALUES (?, ?, ?, ?, ?, ?)", (*key, question.key, option, now))


def hour(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H")


def expected_days(people: list[Person], started: list[Taken]) -> dict[tuple[str, object], tuple[int, int]]:
    """By group and date: who was there, of who had joined by the end of each session."""
    counted: dict[tuple[str, object], list[int]] = defaultdict(lambda: [0, 0])
    for taken in started:
        for group in {one.group or "" for one in people}:
            its = [one for one in people if (one.group or "") == group]
            if not taken.is_for(group or None):
                continue
            here = sum(one.marks.get(taken.on.subject) in {"present", "late"} for one in its)
            by_then = sum(hour(one.joined) <= hour(taken.ends) for one in its)
            counted[group, taken.on.date][0] += here
            counted[group, taken.on.date][1] += max(here, by_then)
    return {key: (here, of) for key, (here, of) in counted.items() if of}


@pytest.mark.parametrize("seed", range(12))
def test_figures_are_those_of_a_slow_count(seed: int) -> None:
    connection = connect()
    everybody = history(connection, Random(seed))
    for chosen in (
        FigureFilter(),
        FigureFilter(PeopleFilter(groups=("pamir", ""))),
        FigureFilter(first_day=2, last_day=4),
    ):
        groups = chosen.people.groups
        people = [one for one in everybody if not groups or (one.group or "") in groups]
        days = range(chosen.first_day or 1, (chosen.last_day or 14) + 1)
        started = [one for one in _SESSIONS if one.starts <= _NOW and one.session.day in days]
        attended = picture_store.attendance(connection, _SEMINAR, chosen, _NOW)
        told = {(one.group, one.date): (one.here, one.expected) for one in attended.days}
        assert told == expected_days(people, started)
        marks = [[one.marks.get(taken.on.subject, "unknown") for taken in started] for one in people]
        shown = [list(one.states) for one in attended.people]
        for state in _STATES:
            assert sum(row.count(state) for row in shown) == sum(row.count(state) for row in marks)
        for day in picture_store.days(connection, _SEMINAR, chosen, _NOW):
            number = _SEMINAR.day_number_on(day.date)
            assert number is not None
            assert number in days
            for slot, (answered, of) in day.answered.items():
                its = window(_SEMINAR, number, slot)
                assert its is not None
                assert answered == sum((day.date.isoformat(), slot) in one.checkins for one in people)
                assert of == max(answered, sum(hour(one.joined) <= hour(its.alert) for one in people))
            moods = [one.checkins.get((day.date.isoformat(), Slot.EVENING)) for one in people]
            said = [mood for mood in moods if mood is not None]
            if not groups:
                assert day.mood == (pytest.approx(sum(said) / len(said)) if len(said) >= 5 else None)
        lessons = {one.key: one for one in picture_store.lessons(connection, _SEMINAR, chosen, _NOW)}
        if _LESSON.key in lessons:
            counted = lessons[_LESSON.key]
            assert counted.opened == sum(one.reached > 0 for one in people)
            assert counted.in_quiz == sum(one.reached > len(_LESSON.cards) for one in people)
        questions = picture_store.questions(connection, _SEMINAR, chosen, _NOW)
        answers = [one.right for one in people if one.reached and one.right is not None]
        if len(answers) >= 5 and _LESSON.day in days:
            [question] = questions
            assert (question.right, question.answered) == (sum(answers), len(answers))
        else:
            assert questions == ()
