"""Joining: who arrives goes on where they were, becomes a member once, and may decline."""

import sqlite3

from bot.access import Role
from bot.services import joining as joining_service
from bot.services.joining import Arrival
from bot.store import conversation
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store.joining import JoiningStep
from bot.store.person import Person
from tests.clocks import START
from tests.services.conftest import Join, kinds
from tests.views.samples import SEMINAR

ANN = 7


def arrives(db: sqlite3.Connection, code: str = "", *, owner: bool = False) -> Arrival:
    return joining_service.arrive(db, ANN, code=code, owner=owner, username=None, language="en", now=START)


def joins(db: sqlite3.Connection, role: Role = Role.TEACHER) -> Person:
    someone = arrives(db, invite_store.create(db, role, days=3, now=START)).someone
    assert someone is not None
    return someone


def test_without_a_code_nobody_is_let_in_but_an_owner(db: sqlite3.Connection) -> None:
    assert arrives(db) == Arrival(None, None)
    someone = arrives(db, owner=True).someone
    assert someone is not None
    assert someone.role is Role.ORGANIZER


def test_a_staff_code_lifts_who_joins_already_and_a_teachers_does_not_lower_them(db: sqlite3.Connection) -> None:
    joins(db)
    assert joins(db, Role.COORDINATOR).role is Role.COORDINATOR
    assert joins(db, Role.TEACHER).role is Role.COORDINATOR


def test_the_questions_come_in_their_order_and_an_old_answer_changes_nothing(db: sqlite3.Connection) -> None:
    me = joins(db)
    assert joining_service.ask(db, me, ANN, SEMINAR, START) is JoiningStep.LANGUAGE
    joining_service.set_language(db, me, "ru")
    assert joining_service.ask(db, me, ANN, SEMINAR, START) is JoiningStep.NAME
    awaits = conversation.get(db, ANN)
    assert awaits is not None
    assert awaits.waits_for == joining_service.NAME.name
    joining_service.set_name(db, me, "Ann")
    joining_service.set_name(db, me, "Somebody else")
    joining_service.set_group(db, me, "no such group", SEMINAR)
    assert joining_store.step(db, me.id) is JoiningStep.GROUP
    joining_service.set_group(db, me, SEMINAR.groups[0].key, SEMINAR)
    assert joining_service.ask(db, me, ANN, SEMINAR, START) is JoiningStep.CONSENT
    assert db.execute("SELECT name, language FROM person").fetchone()[:] == ("Ann", "ru")


def test_agreeing_twice_is_one_welcome(db: sqlite3.Connection) -> None:
    me = joins(db)
    joining_store.set_step(db, me.id, JoiningStep.CONSENT)
    agreed = [joining_service.agree(db, me, ANN, SEMINAR, owners=(), now=START) for _ in range(2)]
    assert agreed == [True, False]
    assert len(kinds(db)) == 1


def test_who_has_never_been_in_declines_unheard(db: sqlite3.Connection, join: Join) -> None:
    join("Minji", Role.ORGANIZER)
    declined = joining_service.decline(db, joins(db), update_id=1, owners=(), now=START)
    assert declined.by_link
    assert declined.departure is None
    assert db.execute("SELECT count(*) FROM person WHERE telegram_id = ?", (ANN,)).fetchone()[0] == 0
    assert kinds(db) == []
