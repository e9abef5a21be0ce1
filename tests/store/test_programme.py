"""Versions are kept in order, one on top of the other; what names their authors goes with them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.access import Role
from bot.store import me as me_store
from bot.store import person
from bot.store import programme as programme_store
from bot.store.programme import NewVersion, Source
from tests.clocks import START
from tests.connections import connect

KEY = "sejong-2025"


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


def add(db: sqlite3.Connection, base: int, by_id: int | None = None, reason: str = "") -> None:
    said = {"en": reason} if reason else {}
    new = NewVersion(f"[{base}]", Source.CHAT, by_id, said)
    programme_store.add(db, KEY, base, new, START + timedelta(minutes=base))


def test_the_newest_and_the_history_page_by_page(db: sqlite3.Connection) -> None:
    assert programme_store.newest(db, KEY) is None
    for base in range(12):
        add(db, base)
    newest = programme_store.newest(db, KEY)
    assert newest is not None
    assert (newest.number, newest.published_at) == (12, START + timedelta(minutes=11))
    first = programme_store.history(db, KEY)
    assert [one.number for one in first] == list(range(12, 2, -1))
    assert [one.number for one in programme_store.history(db, KEY, before=first[-1].number)] == [2, 1]
    assert programme_store.document_of(db, KEY, 7) == "[6]"
    assert programme_store.document_of(db, KEY, 99) is None
    assert programme_store.newer_than(db, KEY, 11) == (12, "[11]")
    assert programme_store.newer_than(db, KEY, 12) is None
    assert programme_store.newest(db, "another") is None


def test_nothing_is_added_but_on_top_of_the_newest(db: sqlite3.Connection) -> None:
    add(db, 0)
    with pytest.raises(sqlite3.IntegrityError):
        add(db, 0)


def test_an_organizer_has_one_draft_of_this_seminar(db: sqlite3.Connection) -> None:
    minji = person.add(db, 100, username=None, language="en", role=Role.ORGANIZER, now=START)
    for base in (1, 2):
        programme_store.save_draft(db, KEY, minji.id, base=base, document=f"[{base}]", now=START, source=Source.FILE)
    draft = programme_store.draft(db, KEY, minji.id)
    assert draft is not None
    assert (draft.base, draft.document, draft.source) == (2, "[2]", Source.FILE)
    assert programme_store.draft(db, "another", minji.id) is None
    assert [programme_store.delete_draft(db, minji.id) for _ in range(2)] == [True, False]


def test_an_author_who_erases_themselves_takes_name_reason_and_draft_but_not_the_programme(
    db: sqlite3.Connection,
) -> None:
    minji = person.add(db, 100, username=None, language="en", role=Role.ORGANIZER, now=START)
    person.set_name(db, minji.id, "Minji")
    add(db, 0, minji.id, "My bus is late")
    programme_store.save_draft(db, KEY, minji.id, base=1, document="[]", now=START)
    exported = me_store.export(db, minji)
    assert "My bus is late" in str(exported["programme_version"])
    assert exported["programme_draft"]
    me_store.forget(db, minji, START)
    newest = programme_store.newest(db, KEY)
    assert newest is not None
    assert (newest.by_id, newest.author, newest.reason) == (None, "", {})
    assert programme_store.document_of(db, KEY, 1) == "[0]"
    assert programme_store.draft(db, KEY, minji.id) is None
