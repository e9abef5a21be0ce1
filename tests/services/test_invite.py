"""A link is withdrawn once: who has come in stays, who still answers the questions does not come in."""

import sqlite3

from bot.access import Role
from bot.services import invite as invite_service
from bot.services import joining as joining_service
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from tests.clocks import START
from tests.members import activate


def test_a_link_is_withdrawn_once(db: sqlite3.Connection) -> None:
    code = invite_store.create(db, Role.TEACHER, days=3, now=START)
    for account in (7, 8):
        joining_service.arrive(db, account, code=code, owner=False, username=None, language="en", now=START)
    activate(db, 1, START)
    (link,) = invite_store.working(db, START)
    assert [invite_service.withdraw(db, link.id, START) for _ in range(2)] == [True, False]
    assert not invite_store.check(db, code, 9, START).good
    assert [tuple(row) for row in db.execute("SELECT telegram_id, state FROM person")] == [(7, "active")]
    assert joining_store.was_in(db, 1)


def test_a_link_that_nobody_made_is_not_withdrawn(db: sqlite3.Connection) -> None:
    assert not invite_service.withdraw(db, 1, START)
    assert not invite_service.revoke(db, 1, START)
