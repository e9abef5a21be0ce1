"""What a soak says of broadcasts that phones do not show as they were decided."""

import pytest

from tests.soak.broadcast_invariants import SentBroadcast, check_broadcasts

NEW = "[soak 1] at 10:00"


@pytest.mark.parametrize(
    ("one", "broken"),
    [
        (SentBroadcast(7, "[soak 1]", NEW, "sent"), []),
        (SentBroadcast(7, "[soak 1]", "[soak 1] at 9:00", "unknown"), []),
        (SentBroadcast(7, "[soak 1]", "[soak 1] at 9:00", "sent"), ["12 a corrected broadcast says its new words"]),
        (SentBroadcast(7, "[soak 2]", None, "sent"), []),
        (SentBroadcast(7, "[soak 2]", "[soak 2] at 9:00", None), ["12 what was taken back is on no phone"]),
        (SentBroadcast(7, "[soak 3]", "[soak 3] at 9:00", None), []),
    ],
)
def test_what_phones_show_is_what_was_decided(one: SentBroadcast, broken: list[str]) -> None:
    results = check_broadcasts([one], {"[soak 1]": NEW}, {"[soak 2]"})
    assert [name for name, result in results.items() if not result["held"]] == broken
