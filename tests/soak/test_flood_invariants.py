"""Each invariant of a flood is broken here once, and is reported."""

from contextlib import closing
from pathlib import Path

from tests.connections import connect
from tests.soak.flood_invariants import Call, FloodEvidence, check_invariants
from tests.soak.journal import Pause

KNOWN = "The organizers know that you feel unwell."


def evidence(folder: Path) -> FloodEvidence:
    """One call at 100 s that both organizers have after a second, and whose caller reads so."""
    path = folder / "hamroh.db"
    with closing(connect(path)) as connection:
        connection.executescript(
            """
            INSERT INTO person (id, telegram_id, language, role, state, created_at)
            VALUES (1, 5, 'en', 'teacher', 'active', '2025-08-04T00:00:00.000Z');
            INSERT INTO help (id, person_id, kind, asked_in, asked_at)
            VALUES (1, 1, 'unwell', 7, '2025-08-04T00:00:00.000Z');
            INSERT INTO outbox (key, event, kind, chat_id, priority, due_at, next_at, expires_at, created_at)
            VALUES ('help:1:person-2', 'help:1', 'help.alert', 8, 5, '', '', '', '');
            """
        )
    seen = FloodEvidence(
        path, {8, 9}, calls=[Call(100.0, 5, "Caller 1x", urgent=True)], ready=[50.0], stopped_well=True
    )
    seen.saw(101.0, 8, "🆘 Caller 1x feels unwell.", new=True)
    seen.saw(101.1, 9, "🆘 Caller 1x feels unwell.", new=True)
    seen.saw(101.2, 5, KNOWN, new=False)
    return seen


def broken(seen: FloodEvidence) -> set[str]:
    return {name for name, result in check_invariants(seen)["results"].items() if not result["held"]}


def test_a_flood_in_which_everything_held(tmp_path: Path) -> None:
    assert broken(evidence(tmp_path)) == set()


def test_each_broken_invariant_is_named(tmp_path: Path) -> None:
    seen = evidence(tmp_path)
    seen.calls += [Call(98.0, 5, "Caller 1x", urgent=True), Call(80.0, 5, "Caller 1x", urgent=False)]
    seen.moments += [200.0 + number / 40 for number in range(40)]
    seen.pauses = [Pause(300.0, 301.0, 8, "sendMessage")]
    seen.told.insert(0, (90.0, 5, KNOWN))
    seen.erased = [(8, "help:1")]
    seen.stopped_well = False
    assert len(broken(seen)) == len(check_invariants(seen)["results"])


def test_a_pause_right_after_a_kill_is_explained(tmp_path: Path) -> None:
    seen = evidence(tmp_path)
    seen.kills = [299.0]
    seen.pauses = [Pause(300.0, 301.0, 8, "sendMessage"), Pause(350.0, 360.0, -5, "sendMessage")]
    assert broken(seen) == set()
