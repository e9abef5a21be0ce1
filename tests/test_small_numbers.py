"""What may be told of parts of people: somebody who adds and takes away all that is told learns of no few."""

from collections.abc import Mapping
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.small_numbers import FEWEST, Disclosure, Withheld, disclosure, told


def subsets(keys: str) -> list[frozenset[str]]:
    return [frozenset(some) for size in range(1, len(keys) + 1) for some in combinations(keys, size)]


def learned(shown: set[frozenset[str]]) -> set[frozenset[str]]:
    """All sets of parts whose figure follows from those shown: by differences of one in another, and by sums."""
    known = set(shown)
    while True:
        pairs = [(one, other) for one in known for other in known if one != other]
        more = {one - other for one, other in pairs if other < one}
        more |= {one | other for one, other in pairs if not one & other}
        if more <= known:
            return known
        known |= more


def few(shown: set[frozenset[str]], people: Mapping[str, int]) -> list[frozenset[str]]:
    """What follows of fewer than five people, who are not nobody."""
    return [some for some in learned(shown) if 0 < sum(people[key] for key in some) < FEWEST]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_nothing_of_few_follows_from_all_that_is_told(counts: list[int]) -> None:
    people = dict(zip("abcde", counts, strict=False))
    rules = disclosure(people)
    told_of = {some for some in subsets("".join(people)) if rules.may_tell(key for key in some if people[key])}
    assert not few({some for some in told_of if any(people[key] for key in some)}, people)
    assert (frozenset(people) in told_of) == (sum(counts) >= FEWEST)
    if min(counts) >= FEWEST:
        assert told_of == set(subsets("".join(people)))


def test_few_are_told_of_with_the_smallest_others() -> None:
    rules = disclosure({"a": 2, "b": 9, "c": 6, "d": 0})
    assert rules == Disclosure(frozenset("b"), frozenset("ac"), everybody=True)
    assert rules.may_tell("b")
    assert rules.may_tell("ac")
    assert not rules.may_tell("ab")
    assert not disclosure({"a": 2, "b": 2}).may_tell("ab")
    assert (told(3.5, 4), told(3.5, 5)) == (Withheld.FEW, 3.5)
