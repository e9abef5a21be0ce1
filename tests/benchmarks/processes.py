"""The processes of a measurement: the server on one core, the client on the other, nothing else in either."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson

ROOT: Final = Path(__file__).parents[2]
_CLIENT_TIMEOUT_SECONDS: Final = 600


class ClientFailedError(Exception):
    """A client ended with an error; the message is the end of what it wrote."""


def cores() -> tuple[int | None, int | None]:
    """The server's and the client's core; (None, None) on a machine with one."""
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[-1]) if len(usable) > 1 else (None, None)


def counters(url: str) -> dict[str, Any]:
    """What has happened on the stand-in so far."""
    totals: dict[str, Any] = orjson.loads(_post(url, "counters", {}))
    return totals


def tap(url: str, *, every: float, count: int, people: int, today_each: int = 0, gate: int = 0) -> None:
    """Let `people` people press a button `count` times, one each `every` seconds; each `today_each`th writes /today.

    `gate`: the server holds its answers until so many wait, or for 5 s.
    """
    options: dict[str, object] = {
        "every": every,
        "count": count,
        "people": people,
        "today_each": today_each,
        "gate": gate,
    }
    _post(url, "tap", options)


def words(url: str, *, account: int, count: int) -> None:
    """Let an account write `count` messages at once."""
    _post(url, "words", {"account": account, "count": count})


def call(url: str, *, index: int, watched: int) -> None:
    """Let person number `index` press a button; until `watched` is sent a message is counted ("reached")."""
    _post(url, "call", {"index": index, "watched": watched})


def until_answered(url: str, count: int) -> None:
    """Return when so many presses have been answered."""
    _post(url, "answered", {"count": count})


@contextmanager
def server(**options: Any) -> Iterator[str]:
    """The stand-in in a process of its own, with `tests.benchmarks.server.Options`; gives the Bot API's base URL."""
    command = [sys.executable, "-m", "tests.benchmarks.server", orjson.dumps({**options, "core": cores()[0]}).decode()]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()
            process.wait(10)


Client = Callable[..., dict[str, Any]]  # (name of a client, what it is told) -> what it measured


def client(name: str, **options: Any) -> dict[str, Any]:
    """Run `tests.benchmarks.clients.<name>` in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.clients", name, orjson.dumps(options).decode()]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_CLIENT_TIMEOUT_SECONDS,
        check=False,
        preexec_fn=_on_client_core,
    )
    if done.returncode:
        raise ClientFailedError(f"{name}: {done.stderr[-2_000:]}")
    measured: dict[str, Any] = orjson.loads(done.stdout.splitlines()[-1])
    return measured


def _on_client_core() -> None:
    core = cores()[1]
    if core is not None:
        os.sched_setaffinity(0, {core})


def _post(url: str, method: str, params: dict[str, object]) -> bytes:
    request = urllib.request.Request(f"{url}/bench/{method}", data=orjson.dumps(params), method="POST")
    with urllib.request.urlopen(request, timeout=_CLIENT_TIMEOUT_SECONDS) as response:
        body: bytes = response.read()
        return body
