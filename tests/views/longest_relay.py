"""The longest of what people write to each other through the bot."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final

from bot.store.help_message import HelpMessage
from bot.store.relay_copy import Answered, Relayed
from tests.views.longest_seminar import plain

_BIG: Final = 2**52 - 1  # the largest number that Telegram promises
_FULL: Final = 10_000_000
_WRITTEN: Final = datetime(2025, 8, 25, 3, tzinfo=UTC)


def by_type(name: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try, of people who are called so."""
    answered = Answered(name, is_mine=False, text=escape(plain(4096), quote=False))
    words = HelpMessage(
        _FULL, _FULL, _FULL, name, _FULL, _BIG, _BIG, plain(4096), None, True, written_at=_WRITTEN - timedelta(days=1)
    )
    photo = replace(words, words=plain(600), media="photo:AQAD", file="x" * 80, album="1", earlier=plain(4096))
    full = replace(photo, words=plain(4096))
    parts = (photo, *(replace(full, id=number, part_of=_BIG) for number in range(9)))
    return {
        Answered: (answered, replace(answered, by=""), replace(answered, is_mine=True)),
        Sequence[tuple[Relayed, int]]: (((Relayed(replace(words, earlier=plain(4096)), answered, _BIG), 0),),),
        Relayed: (
            Relayed(words),
            Relayed(replace(words, earlier=plain(4096)), answered, _BIG),
            Relayed(photo, answered, _BIG, parts),
            Relayed(full, answered, _BIG, parts),
            Relayed(replace(photo, person_id=1), None, _BIG, parts[:1]),
        ),
    }
