"""Inbound: what people do reaches the database once, whatever crashes while it is on its way."""

import random
import sqlite3
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from rehearsal.telegram import Account, TelegramServer
from rehearsal.telegram.faults import FaultKind
from tests.soak import setup, snapshots
from tests.soak.inbound_users import Expected, InboundUsers
from tests.soak.outbound import KILLED, Tell
from tests.soak.process_run import Launcher, ProcessRun
from tests.soak.telegram import SoakTelegram

_POINTS: Final = tuple(f"{kind}.{when}" for kind in ("store", "effect", "end", "any") for when in ("before", "after"))
_PEOPLE: Final = 400
_LONGEST_RUN_SECONDS: Final = 1.5
_DRAIN_SECONDS: Final = 300.0
_EXAMPLES: Final = 5


async def run(folder: Path, *, kills: int, updates: int, seed: int, tell: Tell) -> dict[str, Any]:
    """Send the updates under that many kills, half of them aimed; return results and counts."""
    started = time.monotonic()
    seminar = setup.copy_seminar(folder, agenda=600, morning=-3, lesson=600, evening=-2)
    telegram = SoakTelegram(folder / "journal.jsonl", seed=seed)
    people = [Account(telegram.world, f"Teacher {number}", language_code="en") for number in range(_PEOPLE)]
    organizer = Account(telegram.world, "Minji", language_code="en")
    users = InboundUsers(telegram, seminar, people, seed=seed)
    rng = random.Random(seed)
    killed: Counter[str] = Counter()
    database = folder / "hamroh.db"
    async with AsyncExitStack() as stack:
        stack.callback(telegram.journal.close)
        server = await stack.enter_async_context(TelegramServer(telegram))
        launcher = await stack.enter_async_context(Launcher(setup.environment(folder, server.url), folder / "bot.log"))
        run = await launcher.fork()
        while not telegram.polled:
            await _check_alive(run)
        run.signal()
        await run.end(10)
        setup.add_members(database, seminar, people, [organizer])
        users.prepare_chats()
        telegram.world.faults.chances = {FaultKind.LOST_ANSWER: 0.01}
        for number in range(kills):
            await users.perform(updates // kills)
            killed[await _one_run(launcher, telegram, rng, aimed=number % 2 == 0)] += 1
            if number % 25 == 24:
                tell(f"{number + 1} of {kills} kills, {users.updates} updates")
        tell("no more kills: waiting for the rest to be handled")
        run = await launcher.fork()
        deadline = time.monotonic() + _DRAIN_SECONDS
        while time.monotonic() < deadline:
            await _check_alive(run)
            if not len(telegram.world.updates) and snapshots.is_idle(database):
                break
        run.signal()
        await run.end(10)
    expected = users.expected
    with setup.read_only(database) as connection:
        results = check_invariants(connection, expected, seminar.lessons)
    return {
        "seed": seed,
        "seconds": round(time.monotonic() - started, 1),
        "held": not any(results.values()),
        "results": {
            name: {"held": not broken, "broken": len(broken), "examples": broken[:_EXAMPLES]}
            for name, broken in results.items()
        },
        "kills": killed.total(),
        "killed": dict(sorted(killed.items())),
        "updates": len(expected.updates),
        "actions": dict(expected.kinds),
        "resent_under_another_id": expected.resent,
        "lost_answers": telegram.failure_counts["unclear answers"],
    }


async def _one_run(launcher: Launcher, telegram: SoakTelegram, rng: random.Random, *, aimed: bool) -> str:
    point = "at random"
    if aimed:
        point = rng.choice([*_POINTS, "accepted"])
    run = await launcher.fork(None if point in {"at random", "accepted"} else point, rng.randint(1, 6))
    if point == "accepted":
        telegram.arm(rng.randint(1, 30), run.signal)
    hit = aimed and await run.end(2.0) is not None
    telegram.disarm()
    if not hit:
        await run.end(rng.uniform(0.0, _LONGEST_RUN_SECONDS))
        run.signal()
    status = await run.end(10)
    if status not in KILLED:
        raise AssertionError(f"a process run ended by itself (status {status})")
    return point if hit else "at random"


async def _check_alive(run: ProcessRun) -> None:
    if await run.end(0.2) is not None:
        raise AssertionError("the bot ended by itself; see bot.log")


# --- the invariants --------------------------------------------------------------------------------------------------


def check_invariants(connection: sqlite3.Connection, expected: Expected, lessons: Any) -> dict[str, list[str]]:
    """What is wrong, by the invariant's name; empty lists where nothing is."""
    stored = _Stored(connection)
    handled = stored.set("SELECT update_id, 0 FROM inbox WHERE state = 'done'")
    ended = stored.set("SELECT update_id, 0 FROM inbox WHERE state <> 'new'")
    questions = {(lesson.key, n): question for lesson in lessons for n, question in enumerate(lesson.quiz)}
    answers = {
        (who, key, questions[key, n].key, questions[key, n].options[option].key)
        for (who, key, n), option in expected.answers.items()
    }
    moods = Counter(expected.moods.values())
    tally = connection.execute(
        "SELECT coalesce(sum(answered), 0), coalesce(sum(mood_1), 0), coalesce(sum(mood_2), 0), "
        "coalesce(sum(mood_3), 0), coalesce(sum(mood_4), 0), coalesce(sum(mood_5), 0) FROM checkin_tally"
    ).fetchone()
    counted = (len(expected.here) + len(expected.moods), *(moods[n] for n in range(1, 6)))
    totals = connection.execute("SELECT coalesce(sum(begun), 0), coalesce(sum(done), 0) FROM lesson_total").fetchone()
    progress = connection.execute("SELECT count(*), count(done_at) FROM lesson_progress").fetchone()
    return {
        "no update is lost": [f"update {number}" for number in sorted(expected.updates - {one[0] for one in ended})],
        "every update is handled": [f"update {one[0]}" for one in sorted(ended - handled)],
        "check-ins are as they were tapped": _differences(
            {(who, "morning") for who in expected.here},
            stored.set(f"SELECT {_WHO}, c.slot FROM checkin c {_OF} WHERE slot = 'morning'"),
        ),
        "moods are the last ones chosen": _differences(
            set(expected.moods.items()),
            stored.set(f"SELECT {_WHO}, c.mood FROM checkin c {_OF} WHERE slot = 'evening'"),
        ),
        "quiz answers are the first ones given": _differences(
            answers, stored.set(f"SELECT {_WHO}, c.lesson_key, c.question_key, c.option_key FROM lesson_answer c {_OF}")
        ),
        "each call for help is one call": _differences(
            expected.calls, stored.list(f"SELECT {_WHO}, c.asked_in FROM help c {_OF}")
        ),
        "and one alert": _differences(
            Counter({1: len(expected.calls)}),
            Counter({1: stored.value("SELECT count(*) FROM outbox WHERE kind = 'help.alert'")}),
        ),
        "a hard day is one alert": _differences(
            Counter({1: len(expected.low)}),
            Counter({1: stored.value("SELECT count(*) FROM outbox WHERE kind = 'checkin.mood'")}),
        ),
        "each text is kept once": _differences(
            expected.texts, stored.list("SELECT chat_id, message_id FROM help_message")
        ),
        "each text is answered": [
            f"text {number}" for _, number in sorted(expected.texts) if number not in expected.offered
        ],
        "the roll-up of check-ins is right": [] if tuple(tally) == counted else [f"{tuple(tally)} is not {counted}"],
        "the roll-up of lessons is right": [] if tuple(totals) == tuple(progress) else [f"{tuple(totals)}"],
        "the database is whole": [
            row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"
        ],
    }


_WHO: Final = "p.telegram_id"
_OF: Final = "JOIN person p ON p.id = c.person_id"


class _Stored:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list(self, sql: str) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(row) for row in self._connection.execute(sql))

    def set(self, sql: str) -> set[tuple[Any, ...]]:
        return set(self.list(sql))

    def value(self, sql: str) -> int:
        number: int = self._connection.execute(sql).fetchone()[0]
        return number


def _differences(expected: Any, stored: Any) -> list[str]:
    expected, stored = Counter(expected), Counter(stored)
    missing = [f"done but not stored: {one}" for one in expected - stored]
    return missing + [f"stored but not done: {one}" for one in stored - expected]
