"""Which figures of few people are not told, so that nobody's mood is, not by a difference of two figures either. Pure.

Everybody belongs to one part (a group). Parts of five or more are told; those of fewer are told of together with
others, as one block of five or more. Whoever asks for some parts is told of them where they are whole blocks. Whatever
can be had from all that is told, by adding and taking away, is then of whole blocks again, whoever puts it together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

FEWEST: Final = 5  # of fewer, a figure would be told of persons

T = TypeVar("T")


class Withheld(StrEnum):
    """What stands in the place of a figure that is not told."""

    FEW = "few"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The parts that are told one by one, and those that are told together alone. Parts without anybody are neither."""

    apart: frozenset[str]
    together: frozenset[str]
    everybody: bool  # whether all of them are five or more

    def may_tell(self, parts: Iterable[str]) -> bool:
        """Whether a figure of all people of these parts may be told."""
        asked = set(parts)
        return self.everybody and (not asked & self.together or self.together <= asked)


def disclosure(people: Mapping[str, int]) -> Disclosure:
    """What may be told of parts with so many people each.

    Parts of fewer than five come together with the smallest others until they are five; which those are follows from
    the numbers and the keys alone.
    """
    counted = sorted((count, key) for key, count in people.items() if count > 0)
    few = [(count, key) for count, key in counted if count < FEWEST]
    for one in counted[len(few) :]:
        if not few or sum(count for count, _ in few) >= FEWEST:
            break
        few.append(one)
    together = frozenset(key for _, key in few)
    apart = frozenset(key for _, key in counted) - together
    return Disclosure(apart, together, sum(count for count, _ in counted) >= FEWEST)


def told(figure: T, people: int) -> T | Withheld:
    """A figure that is of so many people, or that it is not told."""
    return figure if people >= FEWEST else Withheld.FEW
