"""A few kills of the real process, so that `make soak` works when it is needed."""

from pathlib import Path

from tests.soak import inbound, outbound
from tests.soak.outbound import Plan


def _silent(_: str) -> None:
    """Nobody watches."""


async def test_a_few_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    result = await outbound.run(tmp_path, Plan(kills=2, teachers=60, seed=5, faulty=False), _silent)
    assert {name: one["examples"] for name, one in result["results"].items() if not one["held"]} == {}
    assert result["aimed_kills"] + result["random_kills"] >= 4
    assert result["aimed"]["migration"] >= 5, "one in each migration"
    assert result["figures"]["deliveries"] > 60
    assert result["stopped_well"]


async def test_what_people_do_under_kills_is_kept_once(tmp_path: Path) -> None:
    result = await inbound.run(tmp_path, kills=2, updates=100, seed=5, tell=_silent)
    assert {name: one["examples"] for name, one in result["results"].items() if not one["held"]} == {}
    assert result["updates"] >= 100
    assert result["kills"] == 2
