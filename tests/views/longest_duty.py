"""The longest values of what views of duty are given."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from bot.programme.duty import DutyPeriod, periods
from bot.store.alert import AlertState
from bot.store.duty import DutyBoard, DutySlot, DutyTurn
from bot.store.duty_note import DutyNote
from bot.store.duty_request import DutyRequest, DutyRequestKind
from bot.store.help import HelpCall, HelpKind
from bot.store.person import Person
from bot.text import NAME_LIMIT
from bot.views import duty as duty_view
from bot.views import duty_notice as duty_notice_view
from tests.views.longest_seminar import LONGEST, key, plain

_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
_NAME: Final = plain(NAME_LIMIT)
_FIRST: Final = date(2025, 9, 23)  # a long name of a month
_PERIODS: Final = periods(LONGEST, _FIRST, date(2025, 9, 27))


def _turn(number: int, one: DutyPeriod) -> DutyTurn:
    return DutyTurn(_FULL + number, one.on, one.shift.key, _FULL + number, _NAME, _NOON)


_SLOTS: Final = tuple(DutySlot(one, tuple(_turn(number, one) for number in range(9))) for one in _PERIODS)
_CALL: Final = HelpCall(
    _FULL, _FULL, HelpKind.LOST, AlertState.OPEN, _NAME, _FULL, None, None, None, None, _NOON, _FULL
)


def _request(kind: DutyRequestKind, state: str) -> DutyRequest:
    on, shift = _FIRST, key("d", 5)
    return DutyRequest(_FULL, kind, LONGEST.key, on, shift, _FULL, _NAME, _FULL, _NAME, on, shift, state)


def by_type(people: Sequence[Person]) -> Mapping[object, Sequence[object]]:
    """The samples by their types; `people` are of every role."""
    return {
        DutyPeriod: (_PERIODS[-1],),
        DutySlot: (_SLOTS[0], DutySlot(_PERIODS[0], ())),
        DutyTurn: (_turn(0, _PERIODS[-1]),),
        DutyBoard: (DutyBoard(_SLOTS[:6], _SLOTS[-1], _SLOTS, 1, 9), DutyBoard((), None, _SLOTS, 0, 1)),
        DutyRequest: tuple(
            _request(kind, state) for kind in DutyRequestKind for state in ("asked", "agreed", "refused", "ended")
        ),
        tuple[DutySlot, ...]: (_SLOTS[:6], ()),
        Sequence[DutySlot]: (_SLOTS * 3, ()),
        Sequence[DutyTurn]: (_SLOTS[0].turns, ()),
        Sequence[DutyPeriod]: (_PERIODS[:5], ()),
        Sequence[DutyNote]: ((DutyNote(_NAME, plain(duty_notice_view.NOTE), _NOON),) * 9, ()),
        Sequence[HelpCall]: ((_CALL,) * 99, ()),
        Sequence[Person]: ((*people, *people) * duty_view.PAGE, ()),
    }
