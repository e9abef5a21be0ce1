"""Marks are only added, and their roll-up is what they are, whoever moves where."""

import random
import sqlite3
from collections import Counter

import pytest

from bot.access import Role
from bot.store import mark as mark_store
from bot.store import me as me_store
from bot.store import person
from bot.store.mark import MarkMethod, MarkState
from tests.kit import System

SUBJECT = "headcount:1"


def counted(connection: sqlite3.Connection) -> Counter[tuple[str, str, str]]:
    """What the roll-up should be: the newest mark of every active teacher, by group."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in connection.execute("SELECT id, group_key FROM person WHERE role = 'teacher' AND state = 'active'"):
        if (mark := mark_store.newest(connection, SUBJECT, row["id"])) is not None:
            found[row["group_key"] or "", mark.state, mark.how] += 1
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_the_roll_up_is_what_the_marks_say(system: System, seed: int) -> None:
    for number in range(6):
        await system.teacher(f"Teacher {number}")
    chance = random.Random(seed)

    def shuffle(connection: sqlite3.Connection) -> None:
        for _ in range(120):
            number = chance.randrange(1, 7)
            match chance.randrange(4):
                case 0:
                    person.set_group(connection, number, chance.choice(["pamir", "zarafshon", None]))
                case 1:
                    person.set_role(connection, number, chance.choice([Role.TEACHER, Role.ORGANIZER]))
                case _:
                    state, how = chance.choice(list(MarkState)), chance.choice(list(MarkMethod))
                    now = system.clock.now()
                    mark_store.add(connection, SUBJECT, number, state, how, by_id=1, now=now)
            kept = Counter(
                {
                    (row["group_key"], row["state"], row["how"]): row["people"]
                    for row in connection.execute("SELECT * FROM mark_tally WHERE people <> 0")
                }
            )
            assert kept == counted(connection)
        someone = person.by_id(connection, 3)
        assert someone is not None
        me_store.forget(connection, someone, system.clock.now())
        assert sum(mark_store.tally(connection, SUBJECT, ()).values()) == sum(counted(connection).values())
        assert mark_store.history(connection, SUBJECT, 3) == []

    await system.write(shuffle)


async def test_a_mark_is_not_changed(system: System) -> None:
    await system.teacher()

    def change(connection: sqlite3.Connection) -> None:
        now = system.clock.now()
        mark_store.add(connection, SUBJECT, 1, MarkState.PRESENT, MarkMethod.TAP, by_id=1, now=now)
        with pytest.raises(sqlite3.IntegrityError, match="a newer one is added"):
            connection.execute("UPDATE mark SET state = 'absent'")

    await system.write(change)
