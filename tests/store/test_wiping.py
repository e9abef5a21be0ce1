"""What was deleted is in no byte of the file or of its log."""

import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import wiping
from tests.connections import connect

_MARK = re.compile(rb"mark-\d{6}")


def connected(folder: Path) -> sqlite3.Connection:
    connection = connect(folder / "hamroh.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connected(tmp_path)) as connection:
        yield connection


def grow_and_shrink(db: sqlite3.Connection, chance: random.Random) -> set[bytes]:
    """Write and delete rows of all sizes, as weeks of a seminar do; return the marks of those that are left."""
    living: dict[str, str] = {}
    db.execute("BEGIN")
    for number in range(700):
        mark = f"mark-{number:06}"
        key = f"{chance.random()}"
        value = mark + "x" * chance.choice([0, 5, 20, 200, 900, 3_000])
        db.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (key, value))
        living[key] = mark
        while len(living) > 50:
            gone = chance.choice(list(living))
            db.execute("DELETE FROM setting WHERE key = ?", (gone,))
            del living[gone]
    db.execute("COMMIT")
    return {mark.encode() for mark in living.values()}


def marks(folder: Path) -> set[bytes]:
    return {mark for file in folder.iterdir() for mark in _MARK.findall(file.read_bytes())}


def test_not_a_byte_is_left_of_what_was_deleted(tmp_path: Path) -> None:
    more = 0
    for seed in range(3, 10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with closing(connected(folder)) as db:
            living = grow_and_shrink(db, random.Random(seed))
            assert wiping.empty_log(db)
            more += len(marks(folder) - living)
            wiping.ask(db)
            assert wiping.wipe(db)
            assert marks(folder) == living
            assert not wiping.is_due(db)
    assert more, "secure_delete alone would do"


def test_while_a_reader_reads_only_the_log_is_left_to_be_emptied(db: sqlite3.Connection, tmp_path: Path) -> None:
    db.execute("INSERT INTO setting (key, value) VALUES ('a', 'mark-000001')")
    with closing(connect(tmp_path / "hamroh.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM setting").fetchone()
        db.execute("DELETE FROM setting")
        wiping.ask(db)
        assert not wiping.wipe(db)
        assert db.execute("SELECT part FROM wipe").fetchone()["part"] == "log"
        assert marks(tmp_path)
        reader.execute("COMMIT")
        assert wiping.wipe(db)
    assert marks(tmp_path) == set()


def test_what_is_erased_while_the_log_is_awaited_is_overwritten_too(db: sqlite3.Connection) -> None:
    wiping.ask(db)
    db.execute("UPDATE wipe SET part = 'log'")
    wiping.ask(db)
    assert db.execute("SELECT part FROM wipe").fetchone()["part"] == "file"
