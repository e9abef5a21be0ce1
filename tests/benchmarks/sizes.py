"""How much is measured: enough for a figure in the usual run, everything in a full one, almost nothing in a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Counts of messages, presses, people; `seconds` is how long presses come in beside nothing and beside 1,000/s."""

    rounds: int = 5
    ceiling: int = 50_000
    broadcast: int = 20_000
    bare: int = 6_000
    telebot: int = 3_000
    aiogram: int = 1_500
    ptb: int = 500
    far: int = 1_500  # of each, with 50 ms to the server; python-telegram-bot one by one a tenth of it
    paced_rounds: int = 3
    paced: int = 10_000
    at_30: int = 1_000
    seconds: float = 100.0
    presses: int = 2_000
    presses_far: int = 1_000
    side_by_side: int = 200
    memory: int = 10_000
    backlog: int = 100_000
    people: tuple[int, ...] = (1_000, 10_000, 130_000)
    publish_seconds: float = 30.0
    flood: int = 10_000  # messages of a stranger before each of so many calls for help
    calls: int = 3
    reads: int = 2_000
    starts: int = 7
    idle: float = 2.0  # seconds before memory is read


USUAL = Sizes()
FULL = Sizes(at_30=10_000, seconds=300.0)
TINY = Sizes(
    rounds=1,
    ceiling=60,
    broadcast=40,
    bare=40,
    telebot=40,
    aiogram=40,
    ptb=20,
    far=20,
    paced_rounds=1,
    paced=40,
    at_30=5,
    seconds=0.2,
    presses=10,
    presses_far=10,
    side_by_side=10,
    memory=40,
    backlog=40,
    people=(100, 200),
    publish_seconds=0.2,
    flood=50,
    calls=2,
    reads=10,
    starts=1,
    idle=0.0,
)
