"""Each invariant of a soak is broken here once, in made-up evidence, and is reported."""

from typing import Any

import pytest

from tests.soak.evidence import Evidence, Row
from tests.soak.invariants import check_invariants
from tests.soak.journal import Accepted, Kill, Left, Pause, Unclear
from tests.soak.telegram import identify

BUTTON = {"inline_keyboard": [[{"text": "I am here", "callback_data": "here2:2025-08-04"}]]}


def row(number: int = 1, **changes: Any) -> Row:
    values: dict[str, Any] = {
        "id": number, "key": f"note:{number}", "event": "note", "kind": "broadcast", "chat": 7,
        "what": f"broadcast:{number}", "due_at": 100.0, "expires_at": 200.0, "state": "sent", "attempts": 1,
        "message": number, "error": "",
        "done_at": 110.0, **changes,
    }  # fmt: skip
    return Row(**values)


def said(number: int = 1, at: float = 110.0, *, message: int = 0, chat: int = 7, what: str = "") -> Accepted:
    return Accepted(message or number, at, at, "sendMessage", chat, message or number, what or f"broadcast:{number}")


def evidence(rows: list[Row], accepted: list[Accepted], **changes: Any) -> Evidence:
    values: dict[str, Any] = {
        "unclear": [], "pauses": [], "kills": [], "left": [], "members": {7: "teacher"}, "inbox": {"done": 3},
        "failed": [], "fanned_out": [], "gone": set(), "called_back": set(), "changed": [], "broken_file": "",
        **changes,
    }  # fmt: skip
    return Evidence(rows=rows, accepted=accepted, **values)


def broken(given: Evidence) -> set[str]:
    return {name for name, result in check_invariants(given)["results"].items() if not result["held"]}


def test_what_went_well_is_held() -> None:
    assert broken(evidence([row(1), row(2)], [said(1), said(2, 111.0)])) == set()


def test_a_copy_with_a_cause_is_held() -> None:
    twice = [said(1, 110.0, message=1), said(1, 120.0, message=9)]
    kill = Kill(111.0, "at random", False, ["note:1"], {})
    assert broken(evidence([row(message=9)], twice, kills=[kill])) == set()
    assert broken(evidence([row(message=9)], twice, unclear=[Unclear(110.0, 7, "broadcast:1", "sendMessage")])) == set()


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (evidence([row()], []), "1 nothing that is due is lost"),
        (evidence([row(state="due", message=None)], []), "1 nothing that is due is lost"),
        (evidence([row(state="unknown", attempts=3, message=None)], []), "1 nothing that is due is lost"),
        (evidence([row(state="cancelled", error="unreachable", message=None)], []), "1 nothing that is due is lost"),
        (evidence([row()], [said()], fanned_out=["agenda:1"]), "1 nothing that is due is lost"),
        (evidence([row()], [said(), said(1, 120.0, message=9)]), "2 every copy has its cause"),
        (evidence([], [said()]), "2 every copy has its cause"),
        (evidence([row()], [said(1, 110.0 + n, message=n) for n in (1, 2, 3, 4)]), "2 never over three of one key"),
        (
            evidence([row(kind="checkin.nudge")], [said(), said(1, 120.0, message=9)]),
            "3 a reminder is never said twice",
        ),
        (evidence([row(1), row(2)], [said(2, 110.0), said(1, 111.0)]), "4 in order within a chat"),
        (evidence([row(due_at=115.0)], [said()]), "5 nothing before its time"),
        (evidence([row(expires_at=105.0)], [said()]), "5 nothing after its expiry"),
        (evidence([row(state="cancelled", done_at=100.0)], [said()]), "5 nothing after a cancel or a goodbye"),
        (evidence([row()], [said()], left=[Left(100.0, 7)]), "5 nothing after a cancel or a goodbye"),
        (evidence([row()], [said()], changed=["row 1"]), "6 last states never change"),
        (evidence([row()], [said()], failed=["KeyError: 'x'"]), "7 every update is handled"),
        (evidence([row()], [said()], inbox={"new": 1}), "7 every update is handled"),
        (evidence([row()], [said()], pauses=[Pause(109.0, 111.0, 7, "sendMessage")]), "8 silence during a 429 pause"),
        (evidence([row()], [said()], broken_file="page 3"), "the database is whole"),
    ],
)
def test_what_went_wrong_is_named(given: Evidence, name: str) -> None:
    assert name in broken(given)


def test_a_pause_that_a_kill_kept_from_the_bot_is_not_held_against_it() -> None:
    pause = Pause(109.0, 111.0, 7, "sendMessage")
    unheard, heard = Kill(109.1, "", False, [], {}), Kill(109.1, "", False, [], {"7": 111.0})
    assert broken(evidence([row()], [said()], pauses=[pause], kills=[unheard])) == set()
    assert broken(evidence([row()], [said()], pauses=[pause], kills=[heard])) == {"8 silence during a 429 pause"}


@pytest.mark.parametrize(
    ("params", "what"),
    [
        ({"text": "[soak 12] The bus leaves"}, "broadcast:12"),
        ({"text": "Good morning", "reply_markup": BUTTON}, "ask:2025-08-04:morning"),
        ({"text": "Are you there?", "reply_markup": BUTTON, "disable_notification": True}, "nudge:2025-08-04:morning"),
        ({"text": "☀️ Good morning! <b>Tuesday</b>\nDay 2 of 14 · 🏠 Dushanbe: −4 h"}, "agenda:2"),
        ({"text": "Anything else"}, ""),
    ],
)
def test_a_message_is_told_by_its_content(params: dict[str, Any], what: str) -> None:
    assert identify(params) == what
