"""The most that there is to say about self-ratings: every aspect, answered or not, of very many people."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.programme.competency import Aspect
from bot.store.self_rating import Ratings
from bot.store.self_rating_figures import AspectFigures, SelfRatingFigures

_FULL = 10_000_000
_EACH = (_FULL,) * 5
_TOLD = tuple(AspectFigures(one, _FULL, _EACH, _EACH, _FULL, _FULL) for one in Aspect)

BY_TYPE: Mapping[object, Sequence[Any]] = {
    Aspect: tuple(Aspect),
    Sequence[Aspect]: (tuple(Aspect),),
    tuple[Ratings, Ratings]: (
        ({}, {}),
        ({Aspect.POLICY: 5}, {}),
        (dict.fromkeys(Aspect, 5), dict.fromkeys(Aspect, 1)),
    ),
    SelfRatingFigures: (
        SelfRatingFigures(_TOLD, _FULL, _FULL, _FULL),
        SelfRatingFigures(tuple(AspectFigures(one, None) for one in Aspect), 0, 0, 0),
    ),
}
