"""Forks the real bot with a crash point in it: `python -m tests.soak.fork_server`, one for each line of its input.

A line is JSON: {"env": {...}, "point": "claim.after" or null, "nth": 3, "log": PATH}. The answers are lines as well:
the process id of the bot, and when it is gone `exit STATUS` as `waitpid` tells it. The modules are imported once, so a
process run starts after 0.3 s instead of 1; what runs is `python -m bot run`, from its settings on.

A crash point is a kind of transaction, and right before or right after its commit; `migration` crashes inside of it.
"""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from bot import cli, run_command
from bot.store import claims, database, fanout, inbox, migrations
from bot.store import programme as programme_store

T = TypeVar("T")

KINDS: Final = ("claim", "complete", "fan_out", "store", "end", "effect", "any")
POINTS: Final = tuple(f"{kind}.{when}" for kind in KINDS for when in ("before", "after"))
PUBLISH_POINTS: Final = ("publish.before", "publish.after")  # reached only where an organizer publishes
_WATCHED: Final[Sequence[tuple[Any, str, str, Callable[[Any, tuple[Any, ...], dict[str, Any]], bool]]]] = (
    (claims, "claim", "claim", lambda result, _, __: bool(result.claims)),
    (claims, "complete", "complete", lambda _, given, __: bool(given[1])),
    (fanout, "fan_out", "fan_out", lambda result, _, __: result is not None and result.made > 0),
    (fanout, "schedule", "plan", lambda *_: True),
    (inbox, "store", "store", lambda result, _, __: result > 0),
    (inbox, "end", "end", lambda *_: True),
    (inbox, "prune", "prune", lambda *_: True),
    (programme_store, "add", "publish", lambda *_: True),
)


def crash(*_: object) -> None:
    """Kill this process with SIGKILL."""
    os.kill(os.getpid(), signal.SIGKILL)


class CrashPoint:
    """Crashes at the n-th transaction of a kind, right `before` or right `after` its commit."""

    def __init__(self, kind: str, when: str, nth: int) -> None:
        self._kind = kind
        self._when = when
        self._left = nth
        self._seen: set[str] = set()

    def install(self) -> None:
        """Watch the store from now on."""
        for module, name, kind, counts in _WATCHED:
            setattr(module, name, self._watched(getattr(module, name), kind, counts))
        atomic = database._atomic

        def instrumented(connection: sqlite3.Connection, transaction: Callable[[sqlite3.Connection], T]) -> T:
            self._seen.clear()

            def whole(inner: sqlite3.Connection) -> T:
                result = transaction(inner)
                self._pass("before")
                return result

            result = atomic(connection, whole)
            self._pass("after")
            return result

        database._atomic = instrumented

    def _watched(
        self, function: Callable[..., Any], kind: str, counts: Callable[[Any, tuple[Any, ...], dict[str, Any]], bool]
    ) -> Callable[..., Any]:
        def recording(*given: Any, **named: Any) -> Any:
            result = function(*given, **named)
            self._seen.add(kind if counts(result, (*given, *named.values()), named) else "idle")
            return result

        return recording

    def _pass(self, when: str) -> None:
        hit = self._kind in self._seen or (self._kind == "effect" and not self._seen) or self._kind == "any"
        if when != self._when or not hit:
            return
        self._left -= 1
        if self._left <= 0:
            crash()


def crash_in_migration(nth: int) -> None:
    """Crash at the end of migration `nth`, or in one of the soak's own where the database has that already."""
    known = migrations.scripts()

    def scripts() -> list[tuple[int, str, str]]:
        crashing = [(number, name, script + ";\nSELECT crash();" * (number == nth)) for number, name, script in known]
        slow = "ALTER TABLE outbox ADD COLUMN soak TEXT; UPDATE outbox SET soak = key; SELECT crash();"
        return [*crashing, (len(known) + 1, "soak", slow)]

    migrate = migrations.migrate

    def instrumented(connection: sqlite3.Connection) -> int:
        connection.create_function("crash", 0, crash)
        return migrate(connection)

    migrations.scripts = scripts
    migrations.migrate = instrumented


def _run(order: dict[str, Any]) -> int:
    os.setsid()
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order["env"])
    point, nth = order["point"], int(order["nth"])
    if point == "migration":
        crash_in_migration(nth)
    elif point:
        kind, when = point.split(".")
        CrashPoint(kind, when, nth).install()
    return cli.main(["run"])


def main() -> None:
    """Fork a process for each line, until standard input ends."""
    assert run_command
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                code = _run(json.loads(line))
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
