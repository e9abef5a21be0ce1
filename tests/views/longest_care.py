"""The longest values of what views of care cards are given."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.store.care import WORDS_LIMIT, Allergen, CareCard, CareField, Diet, Meals, Openings
from bot.text import NAME_LIMIT
from tests.views.longest_seminar import plain

_MANY: Final = 10_000_000
_MOMENT: Final = "2025-09-24T03:00:00.000Z"
_ALL: Final = frozenset(Allergen) - {Allergen.OTHER}

SAMPLES: Final[Mapping[object, Sequence[object]]] = {
    CareCard: (
        *(CareCard(_MANY, _MOMENT, diet, _ALL, dict.fromkeys(CareField, plain(WORDS_LIMIT))) for diet in Diet),
        CareCard(_MANY, _MOMENT, None, frozenset(), dict.fromkeys(CareField, "")),
    ),
    Openings: (Openings(_MANY, plain(NAME_LIMIT), _MOMENT), Openings(_MANY, None, _MOMENT), Openings(0, None, "")),
    Meals: (
        Meals(_MANY, dict.fromkeys(Diet, _MANY), _MANY, dict.fromkeys(Allergen, _MANY)),
        Meals(0, {}, 0, {}),
    ),
}
