"""The files of tests that take longest come first on each worker, so that none of them is left when the others end."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")

# The longest first; ten seconds and more in `make test` on two cores.
SLOW: Final = (
    "tests/rehearsal/test_browser.py",
    "tests/benchmarks/test_bench.py",
    "tests/contracts/test_recipe.py",
    "tests/rehearsal/test_headless.py",
    "tests/rehearsal/test_anywhere.py",
    "tests/lifecycle/test_start.py",
    "tests/soak/test_soak.py",
    "tests/rehearsal/test_shutdown.py",
)


def ordered(tests: Sequence[T], file_of: Callable[[T], str], workers: int) -> list[T]:
    """The tests as xdist's `worksteal` deals them out, a stretch for each worker: slow files at the head of each."""
    heads: list[list[T]] = [[] for _ in range(workers)]
    for number, file in enumerate(SLOW):
        heads[number % workers] += [one for one in tests if file_of(one) == file]
    quick = iter([one for one in tests if file_of(one) not in SLOW])
    found: list[T] = []
    for number, head in enumerate(heads):
        stretch = (len(tests) - len(found)) // (workers - number)  # as long as xdist makes it
        found += head
        found += islice(quick, max(stretch - len(head), 0))
    return [*found, *quick]
