"""The longest values of what views of alerts are given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.escalation import AlertKind
from bot.programme.checkin import CheckinKey, Slot
from bot.store.alert import Alert, AlertState
from bot.store.alert_list import PAGE, OpenAlerts
from bot.text import NAME_LIMIT
from bot.views.alert import COLLEAGUES, Colleague
from tests.views import longest_staff_group
from tests.views.longest_seminar import LONGEST, plain

_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
_NAME: Final = plain(NAME_LIMIT)


def _alert(kind: AlertKind, state: AlertState, settler: str | None = _NAME) -> Alert:
    moments = (_NOON - timedelta(days=99), _NOON - timedelta(hours=9))
    return Alert(
        _FULL,
        kind,
        "help:1",
        "",
        _FULL,
        _NAME,
        state,
        *moments,
        _FULL - 1 if state is AlertState.TAKEN else None,
        _NAME if state is AlertState.TAKEN else None,
        None,
        _FULL,
        settler,
        _NOON,
        2,
        1,
        1,
    )


_ALERTS: Final = tuple(_alert(kind, state) for kind in AlertKind for state in AlertState)
_LISTED: Final = tuple(replace(_alert(kind, AlertState.TAKEN), id=_FULL) for kind in [*AlertKind][:PAGE])

BY_TYPE: Mapping[object, Sequence[object]] = {
    **longest_staff_group.BY_TYPE,
    Alert: (*_ALERTS, _alert(AlertKind.LOST, AlertState.SETTLED, None)),
    OpenAlerts: (OpenAlerts(_LISTED, 5, _FULL, _FULL // 2), OpenAlerts((), 0, 0, 0)),
    CheckinKey: tuple(CheckinKey(LONGEST.key, date(2025, 9, 23), slot) for slot in Slot),
    Sequence[Colleague]: (tuple(Colleague(_FULL + n, _NAME, n % 2 == 0) for n in range(3 * COLLEAGUES)), ()),
}
