"""What a soak needs: a seminar that happens in the next minutes, members, and the database between process runs."""

import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.access import Role
from bot.programme import Seminar, load
from bot.store import person
from rehearsal.telegram import Account
from tests.members import activate
from tests.soak.process_run import ROOT
from tests.soak.telegram import TOKEN

_HOUR_THERE: Final = 10  # o'clock where the seminar is, so that no soak crosses its midnight
MOVED_SESSION: Final = "lake-walk"  # of day 1 at 17:00, which organizers move; it is this group's alone
MOVED_GROUP: Final = "pamir"
COUNTED_GROUP: Final = "zarafshon"  # whose heads organizers count


def copy_seminar(folder: Path, *, agenda: int, morning: int, lesson: int, evening: int) -> Seminar:
    """The sample with its first day today and its hours so many minutes from now (of a zone where it is morning)."""
    target = folder / "seminar"
    shutil.copytree(ROOT / "seminars" / "sejong-2025", target)
    file = target / "seminar.yaml"
    now = datetime.now(UTC)
    ahead = (_HOUR_THERE - now.hour + 11) % 24 - 11
    there = now + timedelta(hours=ahead, seconds=30)  # people have that long to come in before the first hour
    values = {
        "zone": f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT",
        "starts_on": there.date().isoformat(),
        "agenda": f'"{there + timedelta(minutes=agenda):%H:%M}"',
        "morning": f'"{there + timedelta(minutes=morning):%H:%M}"',
        "lesson": f'"{there + timedelta(minutes=lesson):%H:%M}"',
        "evening": f'"{there + timedelta(minutes=evening):%H:%M}"',
        "nudge_after_minutes": "1",
        "alert_after_minutes": "2",
    }
    text = file.read_text("utf-8")
    for name, value in values.items():
        text, count = re.subn(rf"(?m)^( *{name}): .*$", rf"\1: {value}", text)
        assert count == 1, f"seminar.yaml has {count} lines for {name}"
    file.write_text(text, "utf-8")
    programme = target / "programme.yaml"
    key = f"      - key: {MOVED_SESSION}\n"
    text = programme.read_text("utf-8")
    assert text.count(key) == 1
    programme.write_text(text.replace(key, f"{key}        groups: [{MOVED_GROUP}]\n"), "utf-8")
    return load(target)


def environment(folder: Path, url: str, *, owner: int = 0) -> dict[str, str]:
    """The bot's settings."""
    return {
        "HAMROH_TOKEN": TOKEN,
        "HAMROH_API_URL": url,
        "HAMROH_DATABASE": str(folder / "hamroh.db"),
        "HAMROH_SEMINAR": str(folder / "seminar"),
        "HAMROH_STARTS_ON": "",
        "HAMROH_OWNERS": str(owner) if owner else "",
        "HAMROH_RATE": "1000",
        "HAMROH_ALLOW_PAID_BROADCAST": "false",
        "HAMROH_LOG_LEVEL": "INFO",
    }


@contextmanager
def write_transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on the database while no bot runs, as durable as the bot's own."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A look that changes nothing: what a kill left in the log of the database stays there for the next run."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def add_members(path: Path, seminar: Seminar, teachers: Sequence[Account], organizers: Sequence[Account]) -> None:
    """Make members of these accounts, as if they had joined."""
    now = datetime.now(UTC) - timedelta(days=1)
    with write_transaction(path) as connection:
        for role, accounts in ((Role.TEACHER, teachers), (Role.ORGANIZER, organizers)):
            for number, account in enumerate(accounts):
                added = person.add(connection, account.id, username=None, language="en", role=role, now=now)
                person.set_name(connection, added.id, account.name)
                if role is Role.TEACHER:
                    person.set_group(connection, added.id, seminar.groups[number % len(seminar.groups)].key)
                activate(connection, added.id, now)
                account.started = True
