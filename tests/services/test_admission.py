"""A request to be let in: asked once, answered once, and told to everybody concerned."""

import sqlite3

from bot.access import Role
from bot.services import admission as admission_service
from bot.store.admission import Admission
from tests.clocks import START
from tests.services.conftest import Join, kinds


def ask(db: sqlite3.Connection) -> Admission:
    return admission_service.ask(db, 7, name="Karim", username=None, language="tg", owners=frozenset(), now=START)


def test_asking_twice_is_one_request_and_one_card(db: sqlite3.Connection, join: Join) -> None:
    join("Minji", Role.ORGANIZER)
    assert ask(db) == ask(db)
    assert kinds(db) == ["admission.card"]


def test_the_first_answer_counts_and_the_stranger_joins_as_what_it_says(db: sqlite3.Connection, join: Join) -> None:
    minji, bora = join("Minji", Role.ORGANIZER), join("Bora", Role.ORGANIZER)
    request = ask(db)
    first = admission_service.decide(db, request.id, Role.COORDINATOR, minji, owners=(), now=START)
    second = admission_service.decide(db, request.id, None, bora, owners=(), now=START)
    assert (first.changed, second.changed) == (True, False)
    assert first.grant is not None
    assert first.grant.giver == "Minji"
    assert second.admission is not None
    assert second.admission.state == "admitted"
    assert db.execute("SELECT role, state FROM person WHERE telegram_id = 7").fetchone()[:] == (
        "coordinator",
        "joining",
    )
    assert kinds(db).count("admission.answer") == 1
    assert kinds(db).count("role.notice") == 1, "who has answered knows it"


def test_a_request_that_is_gone_is_told_to_nobody(db: sqlite3.Connection, join: Join) -> None:
    decision = admission_service.decide(db, 1, Role.TEACHER, join("Minji", Role.ORGANIZER), owners=(), now=START)
    assert (decision.admission, decision.changed, decision.grant) == (None, False, None)
    assert kinds(db) == []
