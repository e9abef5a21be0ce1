"""The longest cards of who is missing and excused."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.store.absence import PAGE, AbsenceList, AbsenceMark, Absentee, RollCall
from bot.store.excuse import Excuse, ExcuseReason

_BIG: Final = 2**52 - 1  # the largest number that Telegram promises
_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)


def by_type(name: str, group: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try, of people who are called so and are in this group."""

    def absentee(number: int) -> Absentee:
        by, travelling = (None if number % 3 else name), ExcuseReason.TRAVELLING
        return Absentee(
            _FULL + number, _BIG, name, group, number % 2 == 0, by, travelling, name, _NOON, "+999999999999999"
        )

    people = tuple(absentee(number) for number in range(PAGE))
    mark = AbsenceMark(_FULL, name, _NOON, is_excuse=True)
    full = [RollCall(_FULL, _FULL, _FULL, _FULL, _FULL, shown, 5, people, mark) for shown in AbsenceList]
    return {
        Excuse: (Excuse(_FULL, ExcuseReason.TRAVELLING, name, _NOON),),
        RollCall: (*full, RollCall(_FULL, 0, 0, 0, 0, AbsenceList.MISSING, 0, ())),
    }
