"""The order in which workers get the tests."""

from tests.kit import ROOT
from tests.slow_first import SLOW, ordered

TESTS = [f"tests/{letter}.py::{number}" for letter in "abcdefgh" for number in range(5)]


def file_of(test: str) -> str:
    return test.partition("::")[0]


def test_every_worker_begins_with_a_slow_file() -> None:
    slow = [f"{file}::{number}" for file in SLOW[:4] for number in range(2)]
    found = ordered([*TESTS[:34], *slow], file_of, 4)
    assert sorted(found) == sorted([*TESTS[:34], *slow])
    assert [file_of(found[begin]) for begin in (0, 10, 20, 31)] == list(SLOW[:4]), "42 are dealt as 10, 10, 11, 11"


def test_one_process_has_slow_files_first_and_nothing_else_moves() -> None:
    slow = f"{SLOW[0]}::1"
    assert ordered([*TESTS, slow], file_of, 1) == [slow, *TESTS]
    assert ordered(TESTS, file_of, 1) == ordered(TESTS, file_of, 3) == TESTS


def test_more_slow_tests_than_a_workers_share_are_all_kept() -> None:
    slow = [f"{SLOW[0]}::{number}" for number in range(30)]
    assert sorted(ordered([*TESTS, *slow], file_of, 4)) == sorted([*TESTS, *slow])


def test_every_slow_file_exists() -> None:
    assert [file for file in SLOW if not (ROOT / file).is_file()] == []
