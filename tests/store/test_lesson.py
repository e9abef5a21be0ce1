"""What is kept of lessons: one effect for one tap, and counts that always agree with the rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access import Role
from bot.store import lesson as lesson_store
from bot.store import person
from bot.store.lesson import Standing
from tests.connections import connect
from tests.members import activate
from tests.views.samples import lesson

NOW = datetime(2025, 8, 4, 9, tzinfo=UTC)
LESSON = lesson("passwords", 1)
KEY = "sejong-2025"
Q1, Q2 = LESSON.quiz


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


def member(db: sqlite3.Connection, number: int, *, role: Role = Role.TEACHER, group: str | None = "a") -> int:
    added = person.add(db, number, username=None, language="tg", role=role, now=NOW)
    person.set_group(db, added.id, group)
    activate(db, added.id, NOW)
    return added.id


def answer(db: sqlite3.Connection, who: int, number: int, option: int, *, later: int = 0) -> Standing:
    now = NOW + timedelta(minutes=later)
    return lesson_store.answer(db, who, KEY, LESSON, question=LESSON.quiz[number - 1], option=str(option + 1), now=now)


def totals(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """What statistics read: seminar, lesson, group, started, done, right answers, questions."""
    return [
        tuple(row)
        for row in db.execute(
            "SELECT seminar, lesson_key, group_key, begun, done, score, questions FROM lesson_total WHERE begun > 0"
        )
    ]


def test_nothing_is_kept_before_a_lesson_is_started(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    assert lesson_store.get(db, who, KEY, "passwords") == Standing(0, {})
    assert lesson_store.get_all(db, who, KEY) == {}
    assert totals(db) == []


def test_cards_seen_only_grow(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    assert lesson_store.record_shown(db, who, KEY, LESSON, number=2, now=NOW).reached == 2
    assert lesson_store.record_shown(db, who, KEY, LESSON, number=1, now=NOW + timedelta(hours=1)).reached == 2
    assert lesson_store.record_shown(db, who, KEY, LESSON, number=99, now=NOW).reached == 4
    [row] = db.execute("SELECT * FROM lesson_progress").fetchall()
    assert (row["reached"], row["begun_at"], row["done_at"]) == (4, "2025-08-04T09:00:00.000Z", None)


def test_the_first_answer_counts(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    assert answer(db, who, 1, 1).answers == {"q1": "2"}
    assert answer(db, who, 1, 0, later=1).answers == {"q1": "2"}
    assert answer(db, who, 1, 1, later=2).answers == {"q1": "2"}
    assert db.execute("SELECT answered_at FROM lesson_answer").fetchone()[0] == "2025-08-04T09:00:00.000Z"


def test_the_last_first_answer_ends_the_lesson_once(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    answer(db, who, 1, 1)
    assert db.execute("SELECT done_at FROM lesson_progress").fetchone()[0] is None
    answer(db, who, 2, 0, later=1)
    answer(db, who, 2, 0, later=2)
    answer(db, who, 2, 1, later=3)
    [row] = db.execute("SELECT * FROM lesson_progress").fetchall()
    assert (row["done_at"], row["score"], row["questions"]) == ("2025-08-04T09:01:00.000Z", 1, 2)
    assert totals(db) == [(KEY, "passwords", "a", 1, 1, 1, 2)]


def test_an_answer_that_became_impossible_is_replaced(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    answer(db, who, 1, 2)
    shorter = replace(Q1, options=Q1.options[:2])
    changed = replace(LESSON, quiz=(shorter, Q2))
    after = lesson_store.answer(db, who, KEY, changed, question=shorter, option="2", now=NOW)
    assert after.answers == {"q1": "2"}


def test_everything_about_a_person_by_lesson(db: sqlite3.Connection) -> None:
    who, other = member(db, 1), member(db, 2)
    answer(db, who, 1, 2)
    lesson_store.record_shown(db, who, KEY, lesson("networks", 3), number=1, now=NOW)
    answer(db, other, 2, 1)
    assert lesson_store.get_all(db, who, KEY) == {"passwords": Standing(4, {"q1": "3"}), "networks": Standing(1, {})}
    assert lesson_store.get(db, who, KEY, "passwords") == Standing(4, {"q1": "3"})


def test_a_finished_lesson_stays_finished_with_its_score_whatever_becomes_of_its_questions(
    db: sqlite3.Connection,
) -> None:
    who = member(db, 1)
    right = Q1.options[Q1.right].key
    answer(db, who, 1, int(right) - 1)
    answer(db, who, 2, 1)
    before = lesson_store.get(db, who, KEY, "passwords").progress(LESSON)
    other = tuple(replace(one, right=one.key == "3") for one in Q1.options)
    for quiz in ((replace(Q1, options=other), Q2), (Q2,), (Q1, Q2, replace(Q1, key="q9"))):
        changed = replace(LESSON, quiz=quiz)
        for standing in (lesson_store.get(db, who, KEY, "passwords"), lesson_store.get_all(db, who, KEY)["passwords"]):
            now = standing.progress(changed)
            assert (now.done, now.score) == (True, before.score)
        assert lesson_store.record_shown(db, who, KEY, changed, number=1, now=NOW).progress(changed).done
    assert before.score.right >= 1


def test_the_same_lesson_of_the_next_seminar_is_new(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    answer(db, who, 1, 1)
    answer(db, who, 2, 1)
    assert lesson_store.get_all(db, who, "next") == {}
    assert lesson_store.get(db, who, "next", "passwords") == Standing(0, {})
    after = lesson_store.answer(db, who, "next", LESSON, question=Q1, option="1", now=NOW)
    assert after.answers == {"q1": "1"}
    assert totals(db) == [("next", "passwords", "a", 1, 0, 0, 0), (KEY, "passwords", "a", 1, 1, 2, 2)]


def test_only_active_teachers_are_counted(db: sqlite3.Connection) -> None:
    for number, role in enumerate((Role.ORGANIZER, Role.COORDINATOR), 1):
        who = member(db, number, role=role, group=None)
        answer(db, who, 1, 1)
        answer(db, who, 2, 1)
    assert totals(db) == []


def test_counts_follow_a_person_into_another_group_and_out(db: sqlite3.Connection) -> None:
    who, other = member(db, 1), member(db, 2)
    for one in (who, other):
        answer(db, one, 1, 1)
    answer(db, who, 2, 1)
    person.set_group(db, who, None)
    assert totals(db) == [(KEY, "passwords", "", 1, 1, 2, 2), (KEY, "passwords", "a", 1, 0, 0, 0)]
    person.set_group(db, who, "b")
    person.set_role(db, other, Role.ORGANIZER)
    assert totals(db) == [(KEY, "passwords", "b", 1, 1, 2, 2)]
    db.execute("DELETE FROM person WHERE id = ?", (who,))
    assert totals(db) == []
    assert db.execute("SELECT count(*) FROM lesson_answer WHERE person_id = ?", (who,)).fetchone()[0] == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("show"), st.integers(1, 3), st.integers(1, 5)),
        st.tuples(st.just("answer"), st.integers(1, 3), st.integers(0, 7)),
        st.tuples(st.just("group"), st.integers(1, 3), st.sampled_from([None, "a", "b"])),
        st.tuples(st.just("role"), st.integers(1, 3), st.sampled_from(list(Role)[1:4])),
        st.tuples(st.just("leave"), st.integers(1, 3), st.none()),
        st.tuples(st.just("erase"), st.integers(1, 3), st.none()),
    ),
    max_size=25,
)
BY_COUNTING = """
SELECT seminar, lesson_key, coalesce(p.group_key, ''), count(*), count(done_at), sum(score), sum(questions)
FROM lesson_progress l JOIN person p ON p.id = l.person_id WHERE p.role = 'teacher' AND p.state = 'active'
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_counts_always_agree_with_the_rows(steps: list[tuple[str, int, object]]) -> None:
    with closing(connect()) as db:
        ids = {number: member(db, number) for number in (1, 2, 3)}
        for verb, number, value in steps:
            if verb == "erase":
                db.execute("DELETE FROM person WHERE id = ?", (ids[number],))
                ids[number] = member(db, number)
            else:
                _step(db, verb, ids[number], value)
            assert totals(db) == [tuple(row) for row in db.execute(BY_COUNTING)]
            assert db.execute("SELECT count(*) FROM lesson_total WHERE min(begun, done, score) < 0").fetchone()[0] == 0


def _step(db: sqlite3.Connection, verb: str, who: int, value: object) -> None:
    match verb, value:
        case "show", int(number):
            lesson_store.record_shown(db, who, ("first", "second")[number % 2], LESSON, number=number, now=NOW)
        case "answer", int(choice):
            seminar, question = ("first", "second")[choice // 4], LESSON.quiz[choice % 2]
            lesson_store.answer(db, who, seminar, LESSON, question=question, option=str(1 + choice % 4 // 2), now=NOW)
        case "group", (str() | None) as group:
            person.set_group(db, who, group)
        case "role", Role() as role:
            person.set_role(db, who, role)
        case _:
            db.execute("UPDATE person SET state = 'left' WHERE id = ?", (who,))
