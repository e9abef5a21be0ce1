"""The longest values that attendance brings to a view, by their types."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.access import Role
from bot.i18n import Html
from bot.programme.attendance import SessionOn, Taken
from bot.store.attendance import (
    Attendance,
    AttendanceList,
    AttendanceNumbers,
    AttendancePage,
    Attendee,
    CodesOff,
    PersonAttendance,
)
from bot.store.excuse import Excuse, ExcuseReason
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.mark_list import PAGE, MarkedPerson
from bot.store.person import Person
from bot.text import NAME_LIMIT
from tests.views.longest_seminar import GROUPS, LONGEST, plain

_BIG: Final = 2**52 - 1
_FULL: Final = 10_000_000
_NAME: Final = plain(NAME_LIMIT)
_DAY: Final = LONGEST.days[23]
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
_SESSION: Final = replace(_DAY.sessions[0], attendance=True, groups=tuple(group.key for group in GROUPS))
_ON: Final = SessionOn(LONGEST.key, LONGEST.date_of(_DAY.number), _SESSION.key)
_TAKEN: Final = Taken(_ON, _SESSION, _NOON - timedelta(minutes=10), _NOON, _NOON + timedelta(hours=1))
_NUMBERS: Final = AttendanceNumbers(
    _FULL, _FULL // 9, _FULL // 9, _FULL // 9, tuple((how, _FULL // 9) for how in MarkMethod), _FULL
)
_NOBODY: Final = AttendanceNumbers(0, 0, 0, 0, (), 0)
_MARK: Final = PresenceMark(MarkState.EXCUSED, MarkMethod.ROLL_CALL, _FULL, _NAME, _NOON, ExcuseReason.FAMILY)
_STATES: Final = tuple(MarkState)


def _attendee(number: int) -> Attendee:
    state = _STATES[number % len(_STATES)]
    person = MarkedPerson(_FULL, _BIG, _NAME, GROUPS[-1].key, number < 5, state, MarkMethod.ROLL_CALL, _NAME, _NOON)
    return Attendee(person, ExcuseReason.FAMILY if state is MarkState.EXCUSED else None)


_PERSON: Final = Person(_FULL, _BIG, "a" * 32, _NAME, "tg", Role.TEACHER, GROUPS[-1].key, "active", True)

BY_TYPE: Mapping[object, Sequence[object]] = {
    Sequence[Html]: ((), (Html("&amp;" * 250),) * 20),  # what a picture shows, in words
    Taken: (_TAKEN,),
    Attendance: (Attendance(_FULL, _ON, b""),),
    AttendanceNumbers: (_NUMBERS, _NOBODY),
    AttendancePage: tuple(
        AttendancePage(_NUMBERS, shown, 5, _FULL, tuple(_attendee(n) for n in range(PAGE)), CodesOff(_FULL, windows))
        for shown in AttendanceList
        for windows in (40, -20)
    ),
    PersonAttendance: (
        PersonAttendance(_PERSON, (_MARK,) * 40, Excuse(_FULL, ExcuseReason.FAMILY, _NAME, _NOON)),
        PersonAttendance(_PERSON, (), None),
    ),
    Sequence[tuple[Taken, AttendanceNumbers]]: ([], [(_TAKEN, _NUMBERS)] * 30),
    Sequence[Taken]: ([_TAKEN] * 30,),
    Sequence[date]: ((_ON.date - timedelta(days=1), _ON.date + timedelta(days=1)),),
}
