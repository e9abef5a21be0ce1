"""A database without the bot around it: a service is a function of a connection."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.access import Role
from bot.store import person
from bot.store.person import Person
from tests.clocks import START
from tests.connections import connect
from tests.members import activate

Join = Callable[..., Person]


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


@pytest.fixture
def join(db: sqlite3.Connection) -> Join:
    """Makes a member: `join("Ann", Role.TEACHER)`."""

    def member(name: str, role: Role = Role.TEACHER) -> Person:
        count = db.execute("SELECT count(*) FROM person").fetchone()[0]
        one = person.add(db, 100 + count, username=None, language="en", role=role, now=START)
        person.set_name(db, one.id, name)
        activate(db, one.id, START)
        found = person.by_id(db, one.id)
        assert found is not None
        return found

    return member


def kinds(connection: sqlite3.Connection) -> list[str]:
    """The types of the outbox rows, in their order."""
    return [row["kind"] for row in connection.execute("SELECT kind FROM outbox ORDER BY id")]
