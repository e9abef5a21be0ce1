"""What teachers say that they can do: on the first day less than on the last."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.buttons.self_rating import RateAspect, RateStep
from bot.payload import Payload
from bot.programme.self_rating import Occasion
from rehearsal.actions import MINUTE, PlannedAction
from rehearsal.user import SimulatedUser

# How likely each of the five steps is.
_WEIGHTS: Final = {Occasion.FIRST: (3, 5, 6, 3, 1), Occasion.LAST: (1, 2, 6, 6, 3)}


def rates(user: SimulatedUser, offered: Sequence[Payload], probability: float) -> Iterator[PlannedAction]:
    """Begin, probably; then press one step of each statement. Nobody goes back or skips."""
    steps = [one for one in offered if isinstance(one, RateStep)]
    if steps:
        rng = user.rng("rates", steps[0].occasion, steps[0].aspect)
        pressed = rng.choices(steps, _WEIGHTS[Occasion(steps[0].occasion)])[0]
        yield PlannedAction(rng.uniform(5, 20), pressed)
        return
    for one in offered:
        if isinstance(one, RateAspect) and one.aspect == "first":
            rng = user.rng("rates", one.occasion)
            if rng.random() < probability:
                yield PlannedAction(rng.uniform(MINUTE / 2, 30 * MINUTE), one)
