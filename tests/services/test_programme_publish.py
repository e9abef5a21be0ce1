"""Whom a version is told, in rows: compared with what each was last told."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from bot.access import Role
from bot.programme.edits import Cancelled, Edit, Moved
from bot.services import programme as programme_service
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Published
from bot.store import claims
from bot.store import fanout as fanout_store
from bot.store.person import Person
from tests import loaded
from tests.kit import SEMINAR as FOLDER
from tests.services.conftest import Join

SEMINAR = loaded.seminar(FOLDER)
FIRST, SECOND = SEMINAR.days[0].sessions[:2]
NOW = SEMINAR.moment(1, FIRST.start) - timedelta(hours=3)


@pytest.fixture
def minji(db: sqlite3.Connection, join: Join) -> Person:
    programme_service.adopt_folder(db, SEMINAR, NOW)
    return join("Minji", Role.ORGANIZER)


def publish(db: sqlite3.Connection, me: Person, *edits: Edit, now: datetime = NOW) -> Published:
    for one in edits:
        changes = programme_draft_service.edit(db, SEMINAR, me, one, now)
    outcome = programme_publish_service.publish(db, SEMINAR, me, changes.mark, base=changes.base, now=now)
    assert isinstance(outcome, Published)
    while fanout_store.fan_out(db, now, 50) is not None:
        pass
    return outcome


def notices(db: sqlite3.Connection, person: Person) -> list[str]:
    rows = db.execute(
        "SELECT event FROM outbox WHERE kind = 'programme.change' AND person_id = ? ORDER BY id", (person.id,)
    )
    return [row["event"].removeprefix(f"programme:{SEMINAR.key}:") for row in rows]


def arrived(db: sqlite3.Connection, person: Person) -> None:
    db.execute("UPDATE outbox SET state = 'sent', message_id = id WHERE person_id = ?", (person.id,))


def test_each_is_told_what_is_different_from_what_they_were_last_told(
    db: sqlite3.Connection, minji: Person, join: Join
) -> None:
    told, waits = join("Told"), join("Waits")
    publish(db, minji, Moved(FIRST.key, 5))
    arrived(db, told)
    publish(db, minji, Moved(FIRST.key, 5))
    assert (notices(db, told), notices(db, waits)) == (["2:1", "3:2"], ["2:1", "3:1"])
    arrived(db, told)
    publish(db, minji, Cancelled(FIRST.key))
    assert (notices(db, told)[-1], notices(db, waits)[-1]) == ("4:3", "4:1")
    assert notices(db, minji) == []


def test_a_batch_is_one_notice(db: sqlite3.Connection, minji: Person, join: Join) -> None:
    teacher = join("Teacher")
    publish(db, minji, Moved(FIRST.key, 5), Cancelled(SECOND.key))
    assert notices(db, teacher) == ["2:1"]


def test_what_is_over_is_told_to_nobody(db: sqlite3.Connection, minji: Person, join: Join) -> None:
    teacher = join("Teacher")
    publish(db, minji, Cancelled(FIRST.key), now=SEMINAR.moment(1, FIRST.end) + timedelta(minutes=1))
    assert notices(db, teacher) == []
    assert db.execute("SELECT count(*) FROM fanout").fetchone()[0] == 0


def test_the_number_that_is_shown_is_the_number_of_rows(db: sqlite3.Connection, minji: Person, join: Join) -> None:
    for name in ("One", "Two", "Three"):
        join(name)
    changes = programme_draft_service.edit(db, SEMINAR, minji, Moved(FIRST.key, 5), NOW)
    reach = programme_draft_service.reach(db, SEMINAR, minji, changes, NOW)
    published = publish(db, minji, Moved(FIRST.key, 0))
    assert programme_publish_service.reach(db, published, NOW) == reach
    assert db.execute("SELECT count(*) FROM outbox").fetchone()[0] == reach.recipients == 3


def test_the_same_publish_twice_tells_once(db: sqlite3.Connection, minji: Person, join: Join) -> None:
    teacher = join("Teacher")
    changes = programme_draft_service.edit(db, SEMINAR, minji, Moved(FIRST.key, 5), NOW)
    outcomes = [
        programme_publish_service.publish(db, SEMINAR, minji, changes.mark, base=1, now=NOW) for _press in range(2)
    ]
    assert [one.is_new for one in outcomes if isinstance(one, Published)] == [True, False]
    while fanout_store.fan_out(db, NOW, 50) is not None:
        pass
    assert notices(db, teacher) == ["2:1"]


@pytest.mark.parametrize("state", ["sending", "unknown", "due"])
def test_who_may_be_reading_it_as_it_is_undone_is_told_of_that(
    db: sqlite3.Connection, minji: Person, join: Join, state: str
) -> None:
    teacher = join("Teacher")
    publish(db, minji, Moved(FIRST.key, 5))
    # `due`: its answer was lost, and it would be sent once more.
    db.execute("UPDATE outbox SET state = ?, attempts = 1 WHERE person_id = ?", (state, teacher.id))
    publish(db, minji, Moved(FIRST.key, -5))
    # Compared with the folder nothing has changed: only against what is on its way there is something to say.
    assert notices(db, teacher) == ["2:1", "3:2"]


def test_nobody_is_sent_a_notice_that_another_version_follows(
    db: sqlite3.Connection, minji: Person, join: Join
) -> None:
    join("Teacher")
    publish(db, minji, Moved(FIRST.key, 5))
    publish(db, minji, Moved(FIRST.key, 5))
    claimed = [
        claims.claim(db, 9, NOW, rate_limited=lambda _chat, _priority: 0, load_context=lambda _db, _row: None).claims
        for _turn in range(2)
    ]
    assert [[one.row.occurrence for one in turn] for turn in claimed] == [[], [f"programme:{SEMINAR.key}:3:1"]]
    states = db.execute("SELECT state, attempts FROM outbox ORDER BY id").fetchall()
    assert [tuple(row) for row in states] == [("cancelled", 0), ("sending", 1)]


def test_notices_that_another_version_follows_are_cancelled_in_short_transactions(
    db: sqlite3.Connection, minji: Person, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("One", "Two", "Three"):
        join(name)
    publish(db, minji, Moved(FIRST.key, 5))
    publish(db, minji, Moved(FIRST.key, -5))
    monkeypatch.setattr(claims, "_CANCEL_AT_ONCE", 2)
    left = []
    for _turn in range(2):
        more = claims.claim(db, 9, NOW, rate_limited=lambda _chat, _p: 0, load_context=lambda _db, _row: None).more
        left.append((db.execute("SELECT count(*) FROM outbox WHERE state = 'due'").fetchone()[0], more))
    assert left == [(1, True), (0, True)]
