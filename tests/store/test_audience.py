"""Whom a message would go to now is counted as the fan-out makes its rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import product

import orjson
import pytest

from bot.access import MEMBERS, Role
from bot.store import audience, fanout, outbox, person
from bot.store.audience import CONDITIONS, Reader
from bot.store.fanout import Occurrence
from tests.clocks import START
from tests.connections import connect
from tests.members import activate

_CHECKIN = {"seminar": "s", "date": "2025-08-04", "slot": "morning", "opens": "2026-01-01T00:00:00+00:00"}
_LESSON = {"lesson": "passwords", "owners": [103], "group": "pamir", "others": ["vakhsh"], "minutes": 10}
_REST = {"groups": [], "headcount": 1, "told": [], "later": [], "author": 1, "version": 1}
DATA = orjson.dumps({**_CHECKIN, **_LESSON, **_REST}).decode()
_AT = "2025-08-04T00:00:00.000Z"
_FACTS = (
    "UPDATE person SET reminder_minutes = 10 WHERE id % 3 = 0 AND :at",
    "UPDATE person SET owner = 1 WHERE id = 9 AND :at",
    "UPDATE person SET reachable = 0 WHERE id = 4 AND :at",
    """INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late)
       VALUES ('s', '2025-08-04', 'morning', 1, '', :at, 0)""",
    """INSERT INTO accounted (seminar, date, slot, person_id, group_key, by_id, at)
       VALUES ('s', '2025-08-04', 'morning', 2, '', 5, :at)""",
    """INSERT INTO excuse (seminar, date, person_id, reason, by_id, at)
       VALUES ('s', '2025-08-04', 3, 'ill', 5, :at)""",
    """INSERT INTO lesson_progress (person_id, seminar, lesson_key, reached, begun_at)
       VALUES (3, 's', 'passwords', 1, :at)""",
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """Twelve people of every role and two groups: some have answered, learned, or are accounted for."""
    with closing(connect()) as connection:
        roles, groups = (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR), ("pamir", "vakhsh", None, "pamir")
        for number, (role, group) in enumerate(product(roles, groups)):
            one = person.add(connection, 100 + number, username=None, language="en", role=role, now=START)
            person.set_group(connection, one.id, group)
            activate(connection, one.id, START)
        for fact in _FACTS:
            connection.execute(fact, {"at": _AT})
        yield connection


@pytest.mark.parametrize(("name", "roles"), [*product(CONDITIONS, (MEMBERS, frozenset({Role.TEACHER})))])
def test_the_count_is_that_of_the_rows(db: sqlite3.Connection, name: str, roles: frozenset[Role]) -> None:
    event = Occurrence("event", "agenda", 50, START, START + timedelta(days=1), roles, name, DATA)
    fanout.schedule(db, [event], START)
    fanout.fan_out(db, START, 100)
    assert audience.count(db, roles, name, DATA) == sum(outbox.counts(db, "event").values())


def test_an_example_reads_the_language_and_is_of_the_group_where_somebody_is(db: sqlite3.Connection) -> None:
    assert audience.example(db, MEMBERS, "all", "{}", Reader("en", "vakhsh")) == 2
    assert audience.example(db, MEMBERS, "all", "{}", Reader("ru", None)) is not None
    assert audience.example(db, frozenset({Role.OWNER}), "all", "{}", Reader("en", None)) is None
