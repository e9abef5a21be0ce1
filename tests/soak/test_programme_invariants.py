"""Each invariant of the programme in a soak is broken here once, in made-up evidence, and is reported."""

from collections.abc import Callable

import pytest

from tests.soak.programme_invariants import ProgrammeEvidence, Published, check_programme

OLD, NEW = "17:00–18:00", "17:05–18:05"


def evidence() -> ProgrammeEvidence:
    """One version after the folder's: chat 7 was told, pressed Seen, and has its agenda; chat 8 is of another group."""
    return ProgrammeEvidence(
        versions={1: Published(0.0, OLD), 2: Published(100.0, NEW)},
        published=1,
        halves=[],
        chats={7},
        told=[(7, 2)],
        unclear=set(),
        texts={7: f"The programme has changed\n{NEW} (it was {OLD})\nToday\n{NEW}"},
        agendas={7: (50.0, f"Today\n{NEW}")},
        seen={(7, 2)},
        pressed_seen={(7, 2)},
        marks={(8, 1): 1},
        counted={(8, 1): 200.0},
        closing={1: 220.0},
        decisions=[("lesson:2025-08-05", "keep", 2)],
        undone=1,
    )


def broken(given: ProgrammeEvidence) -> set[str]:
    return {name for name, result in check_programme(given).items() if not result["held"]}


def test_what_went_well_is_held() -> None:
    assert broken(evidence()) == set()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda it: it.halves.append("version 2 is there"), "11 a version is there whole, and once"),
        (lambda it: setattr(it, "published", 2), "11 a version is there whole, and once"),
        (lambda it: it.versions.update({3: Published(110.0, NEW)}), "11 a version is there whole, and once"),
        (lambda it: it.told.append((8, 2)), "11 told is who reads something else"),
        (lambda it: it.told.append((7, 2)), "11 told is who reads something else"),
        (lambda it: it.texts.update({7: OLD}), "11 a phone shows the newest version"),
        (lambda it: it.agendas.update({7: (50.0, OLD)}), "11 a delivered agenda follows"),
        (lambda it: it.seen.clear(), "7 Seen is kept as it was pressed"),
        (lambda it: it.seen.add((8, 2)), "7 Seen is kept as it was pressed"),
        (lambda it: it.marks.update({(8, 1): 2}), "7 a tap in a headcount is one mark"),
        (lambda it: it.marks.clear(), "7 a tap in a headcount is one mark"),
        (lambda it: it.decisions.append(("agenda", "skip", 1)), "7 a decision is taken and undone once"),
        (lambda it: setattr(it, "undone", 2), "7 a decision is taken and undone once"),
    ],
)
def test_what_went_wrong_is_named(change: Callable[[ProgrammeEvidence], object], name: str) -> None:
    given = evidence()
    change(given)
    assert name in broken(given)


def test_an_agenda_that_came_while_a_version_was_published_may_stay_where_its_reader_was_told() -> None:
    given = evidence()
    given.agendas[7] = (100.5, OLD)
    assert broken(given) == set()


def test_who_may_have_been_told_of_the_version_before_gets_two_notices() -> None:
    given = evidence()
    given.told.append((7, 2))
    given.unclear.add((7, 2))
    assert broken(given) == set()
    given.told.append((7, 2))
    assert broken(given) == {"11 told is who reads something else"}
