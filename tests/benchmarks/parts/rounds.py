"""Interleaved rounds: every contender once a round, so that a slow minute of the machine slows all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.measure import Spread
from tests.benchmarks.processes import Client, ClientFailedError, counters, server


@dataclass(frozen=True)
class Contender:
    """A client, what it is told beside the server's address, and what the server is told."""

    client: str
    options: Mapping[str, Any]
    server: Mapping[str, Any] = field(default_factory=dict)

    def measure(self, client: Client) -> dict[str, Any]:
        """Run it once, against a server of its own; `count` is in its options.

        Raises ClientFailedError when the server has not seen so many messages or answers.
        """
        with server(**self.server) as url:
            measured = client(self.client, url=url, **self.options)
            seen = counters(url)
        if max(seen["accepted"], seen["answered"]) < self.options["count"] or seen["refused"]:
            raise ClientFailedError(f"{self.client}: {seen['accepted']} sent, {seen['answered']} answered")
        return measured


def interleaved(client: Client, contenders: Mapping[str, Contender], rounds: int, against: str) -> dict[str, Any]:
    """CPU ms a piece, pieces a second, and the CPU beside that of `against` in the same round; each as a spread."""
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            measured[name].append(contender.measure(client))
    cpu = {name: [_cpu(contenders[name], one) for one in all_] for name, all_ in measured.items()}
    speed = {name: [contenders[name].options["count"] / one["wall"] for one in all_] for name, all_ in measured.items()}
    return {
        name: {
            "cpu_ms": Spread.of(cpu[name]).json(),
            "per_second": Spread.of(speed[name]).json(),
            "cpu_ratio": Spread.of([a / b for a, b in zip(cpu[name], cpu[against], strict=True)]).json(),
            "speed_ratio": Spread.of([b / a for a, b in zip(speed[name], speed[against], strict=True)]).json(),
            "rounds": rounds,
            "count": contenders[name].options["count"],
        }
        for name in contenders
    }


def _cpu(contender: Contender, measured: Mapping[str, Any]) -> float:
    spent: float = measured["cpu"] * 1_000 / contender.options["count"]
    return spent
