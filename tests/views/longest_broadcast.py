"""The longest messages to many, and their cards."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_progress import BroadcastProgress
from bot.store.broadcast_version import ContentKind, Version
from tests.views.longest_seminar import GROUPS, plain

_BIG: Final = 2**52 - 1  # the largest number that Telegram promises
_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
_REACH: Final = Reach(_FULL, _FULL)


def by_type(group: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try; `group` is the key of the group with the longest name."""
    version = Version(_FULL, "", _FULL, ContentKind.TEXT, plain(4096), _BIG, _NOON)
    failed = {f"{n}{plain(900)}": _FULL - n for n in range(9)}
    chosen = [Audience("all"), Audience("teachers"), *(Audience("group", one.key) for one in GROUPS)]
    return {
        Audience: (Audience("all"), Audience("teachers"), Audience("group", group)),
        Reach: (_REACH,),
        Broadcast: tuple(
            Broadcast(
                _FULL,
                _FULL,
                _BIG,
                Audience("group", group),
                state,
                _FULL,
                _FULL,
                _BIG,
                ended=False,
                versions=(version,),
            )
            for state in BroadcastState
        ),
        BroadcastProgress: (
            BroadcastProgress(_FULL, _FULL, _FULL, failed, _FULL, _FULL),
            BroadcastProgress(_FULL, _FULL, _FULL, {}, _FULL, 0),
        ),
        Mapping[Audience, Reach]: (dict.fromkeys(chosen, _REACH),),
    }
