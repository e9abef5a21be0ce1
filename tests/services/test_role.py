"""Roles of the staff: taken by a link, announced once, taken back once."""

import sqlite3

from bot.access import Role
from bot.services import role as role_service
from bot.store import invite as invite_store
from bot.store import person
from bot.store.role import Demotion
from tests.clocks import START
from tests.services.conftest import Join, kinds


def link(db: sqlite3.Connection, role: Role) -> str:
    return invite_store.create(db, role, days=3, now=START)


def test_a_member_takes_a_role_once_and_every_organizer_hears_of_it_once(db: sqlite3.Connection, join: Join) -> None:
    join("Minji", Role.ORGANIZER)
    ann, code = join("Ann"), link(db, Role.COORDINATOR)
    for _ in range(2):
        assert role_service.accept(db, ann, code, owners=(), now=START).good
    now_is = person.by_id(db, ann.id)
    assert now_is is not None
    assert now_is.role is Role.COORDINATOR
    assert kinds(db) == ["role.notice"]


def test_a_link_for_teachers_makes_nobody_anything_else(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    assert role_service.accept(db, minji, link(db, Role.TEACHER), owners=(), now=START).good
    now_is = person.by_id(db, minji.id)
    assert now_is is not None
    assert now_is.role is Role.ORGANIZER


def test_a_role_is_taken_back_once_and_its_link_lets_nobody_back(db: sqlite3.Connection, join: Join) -> None:
    minji, ann, code = join("Minji", Role.ORGANIZER), join("Ann"), link(db, Role.COORDINATOR)
    role_service.accept(db, ann, code, owners=(), now=START)
    grant_id = db.execute("SELECT id FROM role_grant").fetchone()["id"]
    first = role_service.take_back(db, grant_id, Demotion.TEACHER, minji, owners=(), now=START)
    second = role_service.take_back(db, grant_id, Demotion.OUT, minji, owners=(), now=START)
    assert first is not None
    assert second is None
    now_is = person.by_id(db, ann.id)
    assert now_is is not None
    assert (now_is.role, now_is.active) == (Role.TEACHER, True)
    assert not invite_store.check(db, code, ann.telegram_id, START).good
    assert kinds(db).count("role.lost") == 1
