"""The real bot with a bullet in it: `python -m tests.soak.victim` forks one for each line of its standard input.

A line is JSON: {"env": {...}, "point": "claim.after" or null, "nth": 3, "log": PATH}. The answers are lines as well:
the process id of the bot, and when it is gone `exit STATUS` as `waitpid` tells it. The modules are imported once, so a
life begins after 0.3 s instead of 1; what runs is `python -m bot run`, from its settings on.

A point is a kind of transaction and whether to die right before or right after its commit; `migration` dies inside.
"""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from bot import cli, service
from bot.store import claims, database, fanout, inbox, migrations

T = TypeVar("T")

KINDS: Final = ("claim", "complete", "fan_out", "store", "end", "effect", "any")
POINTS: Final = tuple(f"{kind}.{when}" for kind in KINDS for when in ("before", "after"))
_WATCHED: Final[Sequence[tuple[Any, str, str, Callable[[Any, tuple[Any, ...], dict[str, Any]], bool]]]] = (
    (claims, "claim", "claim", lambda result, _, __: bool(result.claims)),
    (claims, "complete", "complete", lambda _, given, __: bool(given[1])),
    (fanout, "fan_out", "fan_out", lambda result, _, __: result is not None and result.made > 0),
    (fanout, "schedule", "plan", lambda *_: True),
    (inbox, "store", "store", lambda result, _, __: result > 0),
    (inbox, "end", "end", lambda *_: True),
    (inbox, "prune", "prune", lambda *_: True),
)


def die(*_: object) -> None:
    """Kill -9, by one's own hand."""
    os.kill(os.getpid(), signal.SIGKILL)


class Trap:
    """Dies at the n-th transaction of a kind, right `before` or right `after` its commit."""

    def __init__(self, kind: str, when: str, nth: int) -> None:
        self._kind = kind
        self._when = when
        self._left = nth
        self._noted: set[str] = set()

    def set(self) -> None:
        """Watch the store from now on."""
        for module, name, kind, counts in _WATCHED:
            setattr(module, name, self._watched(getattr(module, name), kind, counts))
        atomic = database._atomic

        def trapped(connection: sqlite3.Connection, transaction: Callable[[sqlite3.Connection], T]) -> T:
            self._noted.clear()

            def whole(inner: sqlite3.Connection) -> T:
                result = transaction(inner)
                self._pass("before")
                return result

            result = atomic(connection, whole)
            self._pass("after")
            return result

        database._atomic = trapped

    def _watched(
        self, function: Callable[..., Any], kind: str, counts: Callable[[Any, tuple[Any, ...], dict[str, Any]], bool]
    ) -> Callable[..., Any]:
        def noting(*given: Any, **named: Any) -> Any:
            result = function(*given, **named)
            self._noted.add(kind if counts(result, (*given, *named.values()), named) else "idle")
            return result

        return noting

    def _pass(self, when: str) -> None:
        hit = self._kind in self._noted or (self._kind == "effect" and not self._noted) or self._kind == "any"
        if when != self._when or not hit:
            return
        self._left -= 1
        if self._left <= 0:
            die()


def die_in_migration(nth: int) -> None:
    """Die at the end of migration `nth`, or in one of the soak's own where the database has that already."""
    known = migrations.scripts()

    def scripts() -> list[tuple[int, str, str]]:
        deadly = [(number, name, script + ";\nSELECT die();" * (number == nth)) for number, name, script in known]
        heavy = "ALTER TABLE outbox ADD COLUMN soak TEXT; UPDATE outbox SET soak = key; SELECT die();"
        return [*deadly, (len(known) + 1, "soak", heavy)]

    migrate = migrations.migrate

    def trapped(connection: sqlite3.Connection) -> int:
        connection.create_function("die", 0, die)
        return migrate(connection)

    migrations.scripts = scripts
    migrations.migrate = trapped


def _live(life: dict[str, Any]) -> int:
    os.setsid()
    log = os.open(life["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(life["env"])
    point, nth = life["point"], int(life["nth"])
    if point == "migration":
        die_in_migration(nth)
    elif point:
        kind, when = point.split(".")
        Trap(kind, when, nth).set()
    return cli.main(["run"])


def main() -> None:
    """Fork a life for each line, until standard input ends."""
    assert service
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                code = _live(json.loads(line))
            except BaseException:  # noqa: BLE001 - a fork must never run on in its parent's loop
                sys.excepthook(*sys.exc_info())
                code = 70
            sys.stderr.flush()
            os._exit(code)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"exit {status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    main()
