"""Every part of the benchmark runs, with almost nothing to do, and comes out as a page. No time is checked."""

import asyncio
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.buttons.checkin import CheckinHere
from tests.benchmarks.goals import lines
from tests.benchmarks.message import TODAY
from tests.benchmarks.parts import PARTS, flood, jobs, memory, pace, publish, rounds, send, start
from tests.benchmarks.parts.rounds import Contender
from tests.benchmarks.processes import ClientFailedError, client, counters
from tests.benchmarks.report import table, write
from tests.benchmarks.server import Options, listening
from tests.benchmarks.sizes import TINY
from tests.benchmarks.telegram import busiest


@contextmanager
def beside(**options: Any) -> Iterator[str]:
    """The stand-in in a thread of this process: no time is lost with another interpreter."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    serving = listening(Options(**options))
    try:
        port = asyncio.run_coroutine_threadsafe(serving.__aenter__(), loop).result(10)
        yield f"http://127.0.0.1:{port}"
        asyncio.run_coroutine_threadsafe(serving.__aexit__(None, None, None), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def url() -> Iterator[str]:
    with beside(data=CheckinHere(TODAY).pack(), latency=0.001) as address:
        yield address


def measured(name: str, **options: Any) -> dict[str, Any]:
    """The client's own function, in this process too."""
    options.pop("uvloop", None)
    module, _, function = name.partition(".")
    run = getattr(importlib.import_module(f"tests.benchmarks.clients.{module}"), function or "run")
    figures: dict[str, Any] = asyncio.run(run(**options))
    return figures


class RunOnce:
    """Runs each client once for real; then bare sockets send as many messages, and it says what it said before."""

    def __init__(self) -> None:
        self._measured: dict[str, dict[str, Any]] = {}

    def __call__(self, name: str, **options: Any) -> dict[str, Any]:
        if name not in self._measured:
            self._measured[name] = measured(name, **options)
        elif options.get("count") and "url" in options:
            measured("bare.ceiling", url=options["url"], count=options["count"], at_once=10)
        return self._measured[name]


def test_presses_are_answered_while_a_broadcast_runs(url: str) -> None:
    result = measured("hamroh_pace", url=url, rate=500.0, count=30, taps=5, seconds=0.1)

    assert result["taps"]["count"] == 5
    assert result["unanswered"] == 0
    assert len(counters(url)["moments"]) == 60 + 30 + 1  # the warm-up, the broadcast, and one /today


def test_the_flood_limit_is_strict() -> None:
    with beside(flood=10) as url:
        measured("bare.ceiling", url=url, count=30, at_once=30)

        assert counters(url)["accepted"] == 10
        assert counters(url)["refused"] == 20


def test_the_busiest_second_is_half_open() -> None:
    assert busiest([0.0, 0.5, 0.999, 1.0, 1.2]) == 4
    assert busiest([]) == 0


def test_the_gate_counts_who_is_served_side_by_side(url: str) -> None:
    # The second request for a press may come before the last first one: then there are more.
    assert measured("hamroh_receive", url=url, count=10, people=10, gate=10)["side_by_side"] >= 10


@pytest.mark.parametrize("part", PARTS)
def test_every_part_gives_what_its_goals_are_checked_against(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (flood, jobs, memory, pace, publish, rounds, send, start):
        monkeypatch.setattr(module, "server", beside)

    figures = PARTS[part](TINY, RunOnce())

    results = list(lines({part: figures}))
    assert results
    assert all(line.measured for line in results)


def test_a_sender_that_leaves_someone_out_is_noticed() -> None:
    def lazy(name: str, **options: Any) -> dict[str, Any]:
        return measured(name, **{**options, "count": 90})

    with pytest.raises(ClientFailedError, match="90 sent, 0 answered"):
        Contender("bare.ceiling", {"count": 100, "at_once": 30}).measure(lazy)


def test_a_client_that_fails_says_why() -> None:
    with pytest.raises(ClientFailedError, match="no_such_client"):
        client("no_such_client")


def test_the_figures_become_a_table_and_a_page(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"
    page.write_text("# Figures\n\n## Proof under kills\n\nNothing lost.\n")

    write(FIGURES, page)
    write(FIGURES, page)

    text = page.read_text()
    assert text.count("## Speed") == 1
    assert "Nothing lost." in text
    assert "| memory that a broadcast to 10,000 adds | ≤ 5 MB | 6.0 MB | **missed** |" in text
    assert "ok      /stats itself, p99" in table(FIGURES["parts"])
    assert {line.part for line in lines(FIGURES["parts"])} <= set(PARTS)


FIGURES: dict[str, Any] = {
    "machine": {
        "day": "2026-11-23",
        "cpu": "AMD EPYC",
        "cores": 2,
        "load": 0.1,
        "system": "Linux",
        "python": "3.11.7",
        "packages": {"aiohttp": "3.14"},
    },
    "parts": {
        "memory": {"count": 10_000, "added": 6.0, "before": 50.0, "most": 56.0, "taken": "now", "load": 0.1},
        "stats": {
            "checkins": 1_820_000,
            "ratio": {"median": 2.0, "min": 1.5, "max": 2.5},
            "idle": {"p99_ms": 1.0},
            "busy": {"p99_ms": 2.0},
            "stats": {"p99_ms": 9.0},
            "figures": {"people": 130_000, "everybody": {"overview": 19.0}, "group": {"overview": 5.0}},
            "taken": "now",
            "load": 0.1,
        },
    },
}
