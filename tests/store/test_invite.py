"""Codes: good, expired, used up, unknown; kept only as a hash."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.access import Role
from bot.store import invite as invite_store
from bot.store.invite import CodeStatus
from tests.connections import connect

NOW = datetime(2025, 8, 4, 9, tzinfo=UTC)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


def test_a_code_fits_into_a_link_and_is_not_in_the_database(db: sqlite3.Connection) -> None:
    codes = {invite_store.create(db, Role.TEACHER, days=30, now=NOW) for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{20,64}", code) for code in codes)
    dump = "\n".join(db.iterdump())
    assert not any(code in dump for code in codes)
    assert invite_store.make_link("hamroh_bot", "abc") == "https://t.me/hamroh_bot?start=abc"


def test_teachers_share_a_link_and_staff_do_not(db: sqlite3.Connection) -> None:
    teachers = invite_store.create(db, Role.TEACHER, days=30, now=NOW)
    staff = invite_store.create(db, Role.COORDINATOR, days=30, now=NOW)
    assert [invite_store.redeem(db, teachers, person, NOW).status for person in range(1, 40)] == [CodeStatus.GOOD] * 39
    assert invite_store.redeem(db, staff, 1, NOW).role is Role.COORDINATOR
    assert invite_store.redeem(db, staff, 2, NOW).status is CodeStatus.USED_UP
    assert invite_store.redeem(db, staff, 1, NOW).good, "the same person again"
    assert invite_store.check(db, staff, 1, NOW).good
    assert invite_store.check(db, staff, 2, NOW).status is CodeStatus.USED_UP


def test_a_code_lives_as_long_as_it_says(db: sqlite3.Connection) -> None:
    code = invite_store.create(db, Role.TEACHER, days=2, now=NOW)
    last = NOW + timedelta(days=2)
    assert invite_store.redeem(db, code, 1, last - timedelta(milliseconds=1)).good
    assert invite_store.redeem(db, code, 1, last).status is CodeStatus.EXPIRED
    assert invite_store.redeem(db, code[:-1], 1, NOW).status is CodeStatus.UNKNOWN


def test_checking_uses_nothing_up_and_a_use_can_be_given_back(db: sqlite3.Connection) -> None:
    code = invite_store.create(db, Role.ORGANIZER, days=2, now=NOW)
    for _ in range(3):
        assert invite_store.check(db, code, 1, NOW).good
    invite_store.redeem(db, code, 1, NOW)
    assert invite_store.was_used(db, 1)
    invite_store.give_back(db, 1)
    invite_store.give_back(db, 1)
    assert not invite_store.was_used(db, 1)
    assert invite_store.redeem(db, code, 2, NOW).good
    assert invite_store.redeem(db, code, 1, NOW).status is CodeStatus.USED_UP


def test_a_sealed_code_is_as_good_as_the_code_and_a_hash_is_nothing(db: sqlite3.Connection) -> None:
    code = invite_store.create(db, Role.ORGANIZER, days=2, now=NOW)
    code_hash = db.execute("SELECT code_hash FROM invite").fetchone()[0]
    assert invite_store.check(db, invite_store.seal(code), 1, NOW).good
    for guess in (code_hash, invite_store.seal(code_hash), invite_store.seal(invite_store.seal(code)), "#"):
        assert invite_store.check(db, guess, 1, NOW).status is CodeStatus.UNKNOWN


def test_a_ticket_is_worth_something_to_one_account_alone(db: sqlite3.Connection) -> None:
    staff, teachers = (invite_store.create(db, role, days=2, now=NOW) for role in (Role.ORGANIZER, Role.TEACHER))
    ticket = invite_store.ticket(staff, 1)
    assert ticket == invite_store.ticket(invite_store.seal(staff), 1)
    assert invite_store.check(db, ticket, 1, NOW).role is Role.ORGANIZER
    assert invite_store.check(db, invite_store.seal(ticket), 1, NOW).good
    assert invite_store.check(db, ticket, 2, NOW).status is CodeStatus.UNKNOWN
    assert invite_store.check(db, invite_store.ticket(teachers, 1), 1, NOW).status is CodeStatus.UNKNOWN
    assert invite_store.redeem(db, invite_store.ticket(staff, 2), 2, NOW).good
    assert invite_store.check(db, ticket, 1, NOW).status is CodeStatus.USED_UP
