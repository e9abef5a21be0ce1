"""Inbound: what people do reaches the database once, whatever dies while it is on its way."""

import random
import sqlite3
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from rehearsal.telegram import TelegramServer
from rehearsal.telegram.faults import Kind as Trouble
from tests.soak import ground, snapshots
from tests.soak.life import Life, Lives
from tests.soak.outbound import KILLED, Tell
from tests.soak.phones import Done, Phones
from tests.soak.stand import Stand

_POINTS: Final = tuple(f"{kind}.{when}" for kind in ("store", "effect", "end", "any") for when in ("before", "after"))
_PEOPLE: Final = 400
_LONGEST_LIFE: Final = 1.5
_DRAIN: Final = 300.0
_EXAMPLES: Final = 5


async def run(folder: Path, *, kills: int, updates: int, seed: int, tell: Tell) -> dict[str, Any]:
    """Send the updates under that many kills, half of them aimed; return verdicts and counts."""
    begun = time.monotonic()
    seminar = ground.copy_seminar(folder, agenda=600, morning=-3, lesson=600, evening=-2)
    stand = Stand(folder / "journal.jsonl", seed=seed)
    people = [stand.account(f"Teacher {number}", language_code="en") for number in range(_PEOPLE)]
    organizer = stand.account("Minji", language_code="en")
    phones = Phones(stand, seminar, people, seed=seed)
    fate = random.Random(seed)
    killed: Counter[str] = Counter()
    database = folder / "hamroh.db"
    async with AsyncExitStack() as stack:
        stack.callback(stand.journal.close)
        server = await stack.enter_async_context(TelegramServer(stand))
        lives = await stack.enter_async_context(Lives(ground.environment(folder, server.url), folder / "bot.log"))
        life = await lives.fork()
        while not stand.polled:
            await _still(life)
        life.signal()
        await life.end(10)
        ground.settle_in(database, seminar, people, [organizer])
        phones.settle_in()
        stand.faults.chances = {Trouble.LOST_ANSWER: 0.01}
        for number in range(kills):
            await phones.act(updates // kills)
            killed[await _one_life(lives, stand, fate, aimed=number % 2 == 0)] += 1
            if number % 25 == 24:
                tell(f"{number + 1} of {kills} kills, {phones.updates} updates")
        tell("no more kills: waiting for the rest to be handled")
        life = await lives.fork()
        deadline = time.monotonic() + _DRAIN
        while time.monotonic() < deadline:
            await _still(life)
            if not len(stand.updates) and snapshots.at_rest(database):
                break
        life.signal()
        await life.end(10)
    done = phones.done
    with ground.reading(database) as connection:
        verdicts = judge(connection, done, seminar.lessons)
    return {
        "seed": seed,
        "seconds": round(time.monotonic() - begun, 1),
        "held": not any(verdicts.values()),
        "verdicts": {
            name: {"held": not broken, "broken": len(broken), "examples": broken[:_EXAMPLES]}
            for name, broken in verdicts.items()
        },
        "kills": killed.total(),
        "killed": dict(sorted(killed.items())),
        "updates": len(done.updates),
        "acts": dict(done.kinds),
        "resent_under_another_id": done.resent,
        "lost_answers": stand.happened["unclear answers"],
    }


async def _one_life(lives: Lives, stand: Stand, fate: random.Random, *, aimed: bool) -> str:
    point = "at random"
    if aimed:
        point = fate.choice([*_POINTS, "accepted"])
    life = await lives.fork(None if point in {"at random", "accepted"} else point, fate.randint(1, 6))
    if point == "accepted":
        stand.aim(fate.randint(1, 30), life.signal)
    shot = aimed and await life.end(2.0) is not None
    stand.lower()
    if not shot:
        await life.end(fate.uniform(0.0, _LONGEST_LIFE))
        life.signal()
    status = await life.end(10)
    if status not in KILLED:
        raise AssertionError(f"a life ended by itself (status {status})")
    return point if shot else "at random"


async def _still(life: Life) -> None:
    if await life.end(0.2) is not None:
        raise AssertionError("the bot ended by itself; see bot.log")


# --- the judge ------------------------------------------------------------------------------------------------------


def judge(connection: sqlite3.Connection, done: Done, lessons: Any) -> dict[str, list[str]]:
    """What is wrong, by the invariant's name; empty lists where nothing is."""
    kept = _Kept(connection)
    handled = kept.set("SELECT update_id, 0 FROM inbox WHERE state = 'done'")
    ended = kept.set("SELECT update_id, 0 FROM inbox WHERE state <> 'new'")
    questions = {(lesson.key, n): question for lesson in lessons for n, question in enumerate(lesson.quiz)}
    answers = {
        (who, key, questions[key, n].key, questions[key, n].options[option].key)
        for (who, key, n), option in done.answers.items()
    }
    moods = Counter(done.moods.values())
    tally = connection.execute(
        "SELECT coalesce(sum(answered), 0), coalesce(sum(mood_1), 0), coalesce(sum(mood_2), 0), "
        "coalesce(sum(mood_3), 0), coalesce(sum(mood_4), 0), coalesce(sum(mood_5), 0) FROM checkin_tally"
    ).fetchone()
    counted = (len(done.here) + len(done.moods), *(moods[n] for n in range(1, 6)))
    totals = connection.execute("SELECT coalesce(sum(begun), 0), coalesce(sum(done), 0) FROM lesson_total").fetchone()
    progress = connection.execute("SELECT count(*), count(done_at) FROM lesson_progress").fetchone()
    return {
        "no update is lost": [f"update {number}" for number in sorted(done.updates - {one[0] for one in ended})],
        "every update is handled": [f"update {one[0]}" for one in sorted(ended - handled)],
        "check-ins are as they were tapped": _differ(
            {(who, "morning") for who in done.here},
            kept.set(f"SELECT {_WHO}, c.slot FROM checkin c {_OF} WHERE slot = 'morning'"),
        ),
        "moods are the last ones chosen": _differ(
            set(done.moods.items()), kept.set(f"SELECT {_WHO}, c.mood FROM checkin c {_OF} WHERE slot = 'evening'")
        ),
        "quiz answers are the first ones given": _differ(
            answers, kept.set(f"SELECT {_WHO}, c.lesson_key, c.question_key, c.option_key FROM lesson_answer c {_OF}")
        ),
        "each call for help is one call": _differ(
            done.calls, kept.list(f"SELECT {_WHO}, c.asked_in FROM help c {_OF}")
        ),
        "and one alert": _differ(
            Counter({1: len(done.calls)}),
            Counter({1: kept.value("SELECT count(*) FROM outbox WHERE kind = 'help.alert'")}),
        ),
        "a hard day is one alert": _differ(
            Counter({1: len(done.low)}),
            Counter({1: kept.value("SELECT count(*) FROM outbox WHERE kind = 'checkin.mood'")}),
        ),
        "each text is kept once": _differ(done.texts, kept.list("SELECT chat_id, message_id FROM help_message")),
        "each text is answered": [f"text {number}" for _, number in sorted(done.texts) if number not in done.offered],
        "the roll-up of check-ins is right": [] if tuple(tally) == counted else [f"{tuple(tally)} is not {counted}"],
        "the roll-up of lessons is right": [] if tuple(totals) == tuple(progress) else [f"{tuple(totals)}"],
        "the database is whole": [
            row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"
        ],
    }


_WHO: Final = "p.telegram_id"
_OF: Final = "JOIN person p ON p.id = c.person_id"


class _Kept:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list(self, sql: str) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(row) for row in self._connection.execute(sql))

    def set(self, sql: str) -> set[tuple[Any, ...]]:
        return set(self.list(sql))

    def value(self, sql: str) -> int:
        number: int = self._connection.execute(sql).fetchone()[0]
        return number


def _differ(done: Any, kept: Any) -> list[str]:
    done, kept = Counter(done), Counter(kept)
    return [f"done but not kept: {one}" for one in done - kept] + [f"kept but not done: {one}" for one in kept - done]
