"""Versions of the programme: published on top of what was seen, once each, and never silently from the folder."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.access import Role
from bot.languages import Localized
from bot.programme import document as documents
from bot.programme.differences import SessionChange
from bot.programme.edits import Cancelled, Edit, Moved, edited
from bot.programme.model import Seminar
from bot.services import programme as programme_service
from bot.services.programme import Published, Stale
from bot.store import programme as programme_store
from bot.store.person import Person
from bot.store.programme import Source
from tests import loaded
from tests.clocks import START
from tests.kit import SEMINAR as FOLDER
from tests.services.conftest import Join

SEMINAR = loaded.seminar(FOLDER)
FIRST, SECOND = next(day for day in SEMINAR.days if len(day.sessions) > 2).sessions[:2]


@pytest.fixture
def minji(db: sqlite3.Connection, join: Join) -> Person:
    programme_service.adopt_folder(db, SEMINAR, START)
    return join("Minji", Role.ORGANIZER)


def publish(db: sqlite3.Connection, author: Person, edit: Edit, base: int = 1) -> Published | Stale:
    document = documents.write(edited(programme_service.version(db, SEMINAR, base), edit).days)
    return programme_service.publish(db, SEMINAR, document, base=base, author=author, reason={"en": "Rain"}, now=START)


def numbers(db: sqlite3.Connection) -> list[int]:
    return [one.number for one in programme_store.history(db, SEMINAR.key)]


def changed(seminar: Seminar, edit: Edit = Moved(SECOND.key, 15)) -> Seminar:  # noqa: B008 - immutable
    return edited(seminar, edit)


def test_the_folder_is_the_first_version(db: sqlite3.Connection) -> None:
    for _start in range(2):
        newest = programme_service.adopt_folder(db, SEMINAR, START)
        assert (newest.number, newest.source, newest.author) == (1, Source.FOLDER, "")
    assert programme_service.version(db, SEMINAR, 1) == SEMINAR
    assert programme_service.offered(db, SEMINAR) is None


def test_what_is_published_is_the_next_version(db: sqlite3.Connection, minji: Person) -> None:
    published = publish(db, minji, Moved(FIRST.key, 5))
    assert isinstance(published, Published)
    assert published.is_new
    [difference] = published.differences
    assert isinstance(difference, SessionChange)
    assert difference.key == FIRST.key
    newest = programme_store.newest(db, SEMINAR.key)
    assert newest is not None
    assert (newest.number, newest.author, newest.reason, newest.published_at) == (2, "Minji", {"en": "Rain"}, START)


def test_the_same_publish_twice_is_one_version(db: sqlite3.Connection, minji: Person) -> None:
    first, again = (publish(db, minji, Moved(FIRST.key, 5)) for _ in range(2))
    assert isinstance(first, Published)
    assert isinstance(again, Published)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.version == again.version
    assert first.differences == again.differences
    assert numbers(db) == [2, 1]


def test_the_same_publish_is_known_again_after_others(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    publish(db, minji, Moved(FIRST.key, 5), base=2)
    again = publish(db, minji, Moved(FIRST.key, 5))
    assert isinstance(again, Published)
    assert (again.version.number, again.is_new) == (2, False)


def test_what_runs_already_is_not_published_again(db: sqlite3.Connection, minji: Person) -> None:
    published = publish(db, minji, Moved(FIRST.key, 0))
    assert isinstance(published, Published)
    assert (published.is_new, published.differences) == (False, ())
    assert numbers(db) == [1]


def test_nothing_is_published_over_what_was_not_seen(db: sqlite3.Connection, minji: Person, join: Join) -> None:
    yusuf = join("Yusuf", Role.ORGANIZER)
    publish(db, minji, Moved(FIRST.key, 5))
    publish(db, minji, Cancelled(SECOND.key), base=2)
    refused = publish(db, yusuf, Moved(FIRST.key, 60))
    assert isinstance(refused, Stale)
    assert (refused.newest.number, refused.author) == (3, "Minji")
    assert [one.key for one in refused.differences if isinstance(one, SessionChange)] == [FIRST.key, SECOND.key]
    assert numbers(db) == [3, 2, 1]


def test_a_draft_goes_with_its_publish_and_stays_with_a_refusal(
    db: sqlite3.Connection, minji: Person, join: Join
) -> None:
    yusuf = join("Yusuf", Role.ORGANIZER)
    for one in (minji, yusuf):
        programme_store.save_draft(db, SEMINAR.key, one.id, base=1, document="[]", now=START)
    publish(db, minji, Moved(FIRST.key, 5))
    publish(db, yusuf, Moved(FIRST.key, 60))
    assert programme_store.draft(db, SEMINAR.key, minji.id) is None
    kept = programme_store.draft(db, SEMINAR.key, yusuf.id)
    assert kept is not None
    assert (kept.base, kept.document, kept.updated_at) == (1, "[]", START)


def test_what_is_no_document_is_not_published(db: sqlite3.Connection, minji: Person) -> None:
    too_short, whole = documents.write(SEMINAR.days[1:]), documents.write(SEMINAR.days)
    for text, base, why in (("{}", 1, "list of days"), (too_short, 1, "has 14 days"), (whole, 7, "no version 7")):
        with pytest.raises((ValueError, LookupError), match=why):
            programme_service.publish(db, SEMINAR, text, base=base, author=minji, reason={}, now=START)
    assert numbers(db) == [1]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"key": SECOND.key}, "the same key"),
        ({"end": FIRST.start}, "ends before"),
        ({"title": Localized({})}, "is empty"),
        ({"title": Localized({"en": ""})}, "is empty"),
        ({"title": Localized({"en": "x" * 10_000})}, "longer than"),
        ({"note": Localized({"en": "x" * 10_000})}, "longer than"),
        ({"speaker": Localized({"en": "😀" * 60})}, "longer than"),
    ],
)
def test_what_nobody_could_be_sent_is_not_published(
    db: sqlite3.Connection, minji: Person, wrong: dict[str, Any], why: str
) -> None:
    document = documents.write(
        tuple(
            replace(day, sessions=tuple(replace(one, **wrong) if one == FIRST else one for one in day.sessions))
            for day in SEMINAR.days
        )
    )
    with pytest.raises(ValueError, match=why):
        programme_service.publish(db, SEMINAR, document, base=1, author=minji, reason={}, now=START)
    assert numbers(db) == [1]


def test_an_earlier_version_is_brought_back_as_a_new_one(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    for is_new in (True, False):
        back = programme_service.bring_back(db, SEMINAR, 1, base=2, author=minji, reason={}, now=START)
        assert isinstance(back, Published)
        assert (back.version.number, back.version.restores, back.is_new) == (3, 1, is_new)
        assert back.after == SEMINAR
    assert programme_service.bring_back(db, SEMINAR, 9, base=3, author=minji, reason={}, now=START) is None
    stale = programme_service.bring_back(db, SEMINAR, 2, base=2, author=minji, reason={}, now=START)
    assert isinstance(stale, Stale)


# --- the folder ---------------------------------------------------------------------------------------------------


def test_a_changed_folder_is_the_next_version_while_nothing_came_from_the_chat(db: sqlite3.Connection) -> None:
    for number, folder in enumerate([SEMINAR, changed(SEMINAR), SEMINAR], 1):
        assert programme_service.adopt_folder(db, folder, START).number == number
        assert programme_service.version(db, folder, number) == folder
        assert programme_service.offered(db, folder) is None


def test_a_changed_folder_is_offered_after_a_publish_from_the_chat(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    folder = changed(SEMINAR)
    for _start in range(2):
        assert programme_service.adopt_folder(db, folder, START).number == 2
    offer = programme_service.offered(db, folder)
    assert offer is not None
    assert [one.key for one in offer.differences if isinstance(one, SessionChange)] == [FIRST.key, SECOND.key]
    for is_new in (True, False):
        taken = programme_service.accept_offer(
            db, folder, offer.key, base=offer.base, author=minji, reason={}, now=START
        )
        assert isinstance(taken, Published)
        assert (taken.version.source, taken.is_new, taken.after) == (Source.FOLDER, is_new, folder)
    assert programme_service.offered(db, folder) is None
    # It is the folder's again: the next change of the folder is a version by itself.
    assert programme_service.adopt_folder(db, SEMINAR, START).number == 4


def test_an_offer_is_not_taken_over_what_was_not_seen(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    folder = changed(SEMINAR)
    programme_service.adopt_folder(db, folder, START)
    offer = programme_service.offered(db, folder)
    assert offer is not None
    publish(db, minji, Moved(FIRST.key, 5), base=2)
    refused = programme_service.accept_offer(db, folder, offer.key, base=2, author=minji, reason={}, now=START)
    assert isinstance(refused, Stale)
    assert programme_service.offered(db, folder) is not None


def test_an_offer_that_was_declined_is_made_again_only_when_the_folder_changes(
    db: sqlite3.Connection, minji: Person
) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    programme_service.adopt_folder(db, changed(SEMINAR), START)
    offer = programme_service.offered(db, SEMINAR)
    assert offer is not None
    assert not programme_service.decline_offer(db, SEMINAR, "another")
    assert programme_service.decline_offer(db, SEMINAR, offer.key)
    assert programme_service.offered(db, SEMINAR) is None
    assert programme_service.accept_offer(db, SEMINAR, offer.key, base=2, author=minji, reason={}, now=START) is None
    programme_service.adopt_folder(db, changed(SEMINAR), START)
    assert programme_service.offered(db, SEMINAR) is None
    programme_service.adopt_folder(db, changed(SEMINAR, Moved(SECOND.key, 30)), START)
    assert programme_service.offered(db, SEMINAR) is not None


def test_a_folder_that_is_reverted_offers_nothing(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    programme_service.adopt_folder(db, changed(SEMINAR), START)
    assert programme_service.adopt_folder(db, SEMINAR, START).number == 2
    assert programme_service.offered(db, SEMINAR) is None


def test_a_folder_that_caught_up_with_the_chat_offers_nothing(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    folder = programme_service.version(db, SEMINAR, 2)
    assert programme_service.adopt_folder(db, folder, START).number == 2
    assert programme_service.offered(db, folder) is None


def test_another_first_day_is_no_other_programme(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    moved = SEMINAR.moved(SEMINAR.starts_on + timedelta(days=7))
    assert programme_service.adopt_folder(db, moved, START).number == 2
    assert programme_service.offered(db, moved) is None
    assert programme_service.version(db, moved, 2).first == moved.first


def test_a_group_that_the_folder_lost_is_not_told_to_others(db: sqlite3.Connection, minji: Person) -> None:
    lost, stays = SEMINAR.groups[0].key, SEMINAR.groups[1].key
    theirs = next(one for day in SEMINAR.days for one in day.sessions if one.groups == (lost,))
    publish(db, minji, Moved(FIRST.key, 5))
    folder = replace(SEMINAR, groups=SEMINAR.groups[1:])
    after = programme_service.version(db, folder, 2).session(theirs.key)
    assert after is not None
    assert not after.is_for(stays)
    assert after.is_for(None)  # whose group is gone sees everything


def test_another_seminar_has_versions_of_its_own(db: sqlite3.Connection, minji: Person) -> None:
    publish(db, minji, Moved(FIRST.key, 5))
    other = replace(SEMINAR, key="another")
    assert programme_service.adopt_folder(db, other, START).number == 1
