"""For every parameter of every view the longest value that `check`, a table or a person can bring, by its type.

A view with a parameter of a new type or an unknown name has no sample here, and its test fails until it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from html import escape
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from bot.access import Role
from bot.i18n import Locale
from bot.languages import LANGUAGES
from bot.learning.progress import LessonProgress, LessonStage
from bot.learning.quiz import Score
from bot.programme import parts
from bot.programme.checkin import Slot, Window, window
from bot.programme.lesson_model import Lesson
from bot.programme.model import Contact, DriverRequest, InfoPage, Place, Seminar, Session, SessionKind
from bot.screen import Screen
from bot.store import admission as admission_store
from bot.store import departure as departure_store
from bot.store import receipt as receipt_store
from bot.store import role as role_store
from bot.store import stats as stats_store
from bot.store.admission_card import RequestCardContent
from bot.store.alert import AlertState
from bot.store.checkin import Checkin
from bot.store.checkin_part import Part
from bot.store.headcount import Departing, Headcount, HeadcountNumbers
from bot.store.headcount_list import HeadcountList, HeadcountPage
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import Pin
from bot.store.invite import Link
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.mark_list import PAGE, MarkedPerson
from bot.store.person import Person
from bot.text import NAME_LIMIT
from bot.views.checkin import HardDay
from bot.views.progress import Counts
from tests.views import (
    longest_absence,
    longest_alert,
    longest_attendance,
    longest_audit,
    longest_broadcast,
    longest_care,
    longest_certificate,
    longest_duty,
    longest_export,
    longest_people,
    longest_programme,
    longest_relay,
    longest_roster,
    longest_self_rating,
    longest_sheet,
    longest_upcoming,
)
from tests.views.longest_seminar import GROUPS, LONGEST, key, plain
from tests.views.samples import CATALOGUES

BIG = 2**52 - 1  # the largest number that Telegram promises
FULL = 10_000_000  # rows of ours
NOON = datetime(2025, 8, 27, 3, tzinfo=UTC)
_ALL = [CATALOGUES[language] for language in LANGUAGES]
NAME = plain(NAME_LIMIT)
_GROUP = GROUPS[-1].key
_DAY = 24  # it and its neighbours have long dates
_ADMISSION = admission_store.Admission(FULL, BIG, NAME, "a" * 32, "tg", "asked", Role.COORDINATOR, NAME)
_SAID = stats_store.Said(FULL, NAME, 5, plain(4096))
_NUMBERS = stats_store.Numbers(
    FULL,
    FULL - 1,
    {slot: stats_store.SlotNumbers(FULL, FULL, FULL, FULL) for slot in Slot},
    (FULL, FULL, FULL, FULL, FULL),
    FULL,
)


def _window(slot: Slot) -> Window:
    found = window(LONGEST, _DAY, slot)
    assert found is not None
    return found


_LETTER = HelpMessage(
    FULL, FULL, FULL, NAME, FULL, BIG, BIG, plain(4096), "media", True, written_at=NOON - timedelta(days=1)
)


def _message(**changes: Any) -> HelpMessage:
    return replace(_LETTER, **changes)


def _standing(lesson: Lesson, stage: LessonStage) -> LessonProgress:
    return LessonProgress(lesson, stage, 10, 12, Score(9, 10, 10))


_SESSION = LONGEST.days[_DAY - 1].sessions[0]
_HEADCOUNT = Headcount(
    FULL,
    LONGEST.key,
    tuple(group.key for group in GROUPS),
    Departing(LONGEST.date_of(_DAY), _SESSION.key),
    NAME,
    NOON,
    NOON + timedelta(hours=3),
    None,
    None,
    FULL,
    NOON,
)
_COUNTED = HeadcountNumbers(FULL, tuple((how, FULL // 9) for how in MarkMethod), FULL // 9, FULL // 9)


def _counted_person(number: int) -> MarkedPerson:
    state, how = (MarkState.ABSENT, MarkMethod.TAP) if number % 2 else (MarkState.PRESENT, MarkMethod.BUDDY)
    return MarkedPerson(FULL, BIG, NAME, _GROUP, number < PAGE // 2, state, how, NAME, NOON, "+999999999999999")


_COUNTED_PEOPLE = tuple(_counted_person(number) for number in range(PAGE))
_LINK = Link(FULL, Role.COORDINATOR, FULL, NOON, NOON, NAME, False, FULL, FULL)
_CALL = (NAME, 1, NOON - timedelta(days=1), FULL)

_CALLS = tuple(
    HelpCall(FULL, FULL, kind, state, NAME, BIG, "a" * 32, _GROUP, *_CALL) for kind in HelpKind for state in AlertState
)

_PEOPLE = tuple(
    Person(FULL, BIG, "a" * 32, NAME, "tg", one, _GROUP, "active", True, reminder=minutes)
    for one in Role
    if one is not Role.STRANGER
    for minutes in (None, 30)
)

# By type: everything that is worth a try.
BY_TYPE: Mapping[object, Sequence[object]] = {
    **longest_programme.BY_TYPE,
    **longest_attendance.BY_TYPE,
    Locale: _ALL,
    bool: (False, True),
    Seminar: (LONGEST,),
    Window: (_window(Slot.MORNING), _window(Slot.EVENING)),
    datetime: (NOON,),
    date: (LONGEST.date_of(_DAY), LONGEST.first - timedelta(days=99), LONGEST.last + timedelta(days=1)),
    ZoneInfo: (LONGEST.zone,),
    Screen: (Screen(escape(plain(1_500), quote=False)),),
    RequestCardContent: tuple(
        RequestCardContent(
            admission_store.AdmissionQueue(FULL, FULL, 1, (_ADMISSION,) * admission_store.PAGE), opened, _ADMISSION
        )
        for opened in (None, _ADMISSION)
    ),
    admission_store.Admission: (_ADMISSION,),
    **longest_broadcast.by_type(_GROUP, NAME),
    **longest_certificate.by_type(_GROUP, NAME),
    Checkin: tuple(Checkin(NOON, True, mood, plain(4096) if mood else None) for mood in (None, 1, 5)),
    Part: tuple(Part(LONGEST.first, plain(4096), earlier) for earlier in (None, plain(4096))),
    HardDay: (HardDay(FULL, NAME, 1, 5, plain(4096)),),
    Headcount: (_HEADCOUNT, replace(_HEADCOUNT, closed_by=NAME, closed_at=NOON), replace(_HEADCOUNT, groups=())),
    HeadcountPage: tuple(HeadcountPage(_COUNTED, shown, 5, FULL, _COUNTED_PEOPLE) for shown in HeadcountList),
    Counts: (Counts(FULL, FULL, FULL), Counts(0, 0, 0)),
    # Its own kind has a shorter label, so that another kind is tried, too.
    Session: (_SESSION, replace(_SESSION, cancelled=True, kind=SessionKind.MEAL)),
    PresenceMark: tuple(PresenceMark(state, how, FULL, NAME, NOON) for how in MarkMethod for state in MarkState),
    Sequence[MarkedPerson]: (_COUNTED_PEOPLE,),
    Mapping[str, int]: ({"": FULL, **{group.key: FULL for group in GROUPS}},),
    Sequence[tuple[Headcount, HeadcountNumbers]]: ([], [(_HEADCOUNT, _COUNTED)]),
    HelpMessage: (
        _message(),
        _message(earlier=plain(4096)),
        _message(words=plain(4096), pin=Pin(-89.123456, 179.123456, NOON + timedelta(days=1))),
        _message(words="", media="media"),
    ),
    departure_store.Departure: tuple(
        departure_store.Departure(FULL, NAME, Role.TEACHER, _GROUP, how, FULL, FULL)
        for how in departure_store.DepartureReason
    ),
    Sequence[tuple[str, str]]: ([("c" * 32, plain(80))] * 20,),
    Sequence[Contact]: (LONGEST.contacts, LONGEST.contacts[:-1], ()),
    HelpCall: _CALLS,
    InfoPage: (LONGEST.info[0],),
    receipt_store.DeliveryStatus: (
        receipt_store.DeliveryStatus(_CALLS[0], _message(), NAME, True),
        receipt_store.DeliveryStatus(_CALLS[0], _message(), "", True),
        receipt_store.DeliveryStatus(None, None, "", False),
    ),
    Link: (_LINK, replace(_LINK, maker=None, by_command_line=True, uses_left=None)),
    Sequence[Link]: ((_LINK,) * 60, ()),
    **dict.fromkeys((list[Locale], Sequence[Locale]), (_ALL,)),
    Lesson: (LONGEST.lessons[-1],),
    LessonProgress: tuple(_standing(LONGEST.lessons[-1], stage) for stage in LessonStage),
    Sequence[LessonProgress]: tuple([_standing(one, stage) for one in LONGEST.lessons] for stage in LessonStage),
    Person: _PEOPLE,
    **longest_duty.by_type(_PEOPLE),
    **longest_export.BY_TYPE,
    **longest_care.SAMPLES,
    **longest_alert.BY_TYPE,
    **longest_absence.by_type(NAME, _GROUP),
    **longest_relay.by_type(NAME),
    **longest_self_rating.BY_TYPE,
    **longest_sheet.BY_TYPE,
    **longest_audit.by_type(NAME, _GROUP),
    **longest_roster.by_type(_GROUP),
    **longest_people.by_type(NAME, _GROUP),
    DriverRequest: (DriverRequest("ko", plain(parts.TITLE)),),
    Place: (LONGEST.places[key("p", 1)],),
    **longest_upcoming.BY_TYPE,
    role_store.RoleGrant: tuple(
        role_store.RoleGrant(FULL, FULL, BIG, NAME, Role.COORDINATOR, how, NAME, stands, end, NAME)
        for how in role_store.GrantMethod
        for stands, end in ((True, None), (False, role_store.Demotion.OUT))
    ),
    stats_store.Numbers: (_NUMBERS,),
    stats_store.Stats: (
        stats_store.Stats(_NUMBERS, {**{one.key: _NUMBERS for one in GROUPS}, "": _NUMBERS}, FULL, FULL),
    ),
    stats_store.DayWords: (
        stats_store.DayWords(FULL, FULL - 9, (_SAID,) * 8, (_SAID,) * 8),
        stats_store.DayWords(FULL, FULL - 9, (replace(_SAID, words="ҷ"),) * 8, (replace(_SAID, words="ҷ"),) * 8),
    ),
}

# By the parameter's name, where a type says too little.
BY_NAME: Mapping[str, Sequence[object]] = {
    **longest_export.BY_NAME,
    **dict.fromkeys(("phones", "changed", "entries", "said", "total", "people"), (0, FULL)),
    "about": (NAME,),
    "act": ("paused", "taken_back"),
    "pages": (6,),
    "first": (FULL,),
    "source": (BIG,),
    "account_name": (plain(129),),
    "answered": (_message(),),
    "address": (plain(parts.ADDRESS),),
    "at": ("23:59",),
    "by": (None, NAME),
    "chosen": (None, 0, 5),
    "ticket": ("x" * 22,),
    "base": (FULL,),
    "phone": ("+999999999999999", ""),
    "day": (_DAY, 59),
    "digits": ("4815",),
    "serial": ("SEMINAR-OF-2025-ABCDE-10000000",),
    "error": (plain(1_000),),
    "event": ("x" * 200,),
    "group": (None, _GROUP),
    "item_token": ("f" * 12,),
    "limit": (4096,),
    "listed": (FULL,),
    "link": (f"https://t.me/{'a' * 32}?start={'x' * 22}",),
    "most": (50_000,),
    "name": (NAME,),
    "number": (10,),
    "page": (0, 5),
    "mark": ("f" * 8,),
    "part": (0,),
    "present": ("tg",),
    "title": (plain(parts.TITLE),),
    "text": (escape(plain(4096), quote=False),),
    "code": ("x" * 22,),
    "line": (escape(plain(120), quote=False),),
    "today": (LONGEST.first,),
    "typed": (plain(4096),),
    "language": ("tg", ""),
    "author": (NAME, ""),
    "username": ("a" * 32,),
    "version": (FULL,),
    "was": (FULL - 999,),
    "message": (BIG,),
    "written": (None, BIG),
}
_HUGE = frozenset({
    "length", "count", "message_id", "days", "agendas", "lessons", "checkins", "calls", "mornings", "evenings",
    "questions", "broadcast", "telegram_id", "to_go", "person_id", "call_id", "people", "headcount_id",
    "links", "unknown", "minutes", "missing",
})  # fmt: skip


def values(name: str, kind: Any) -> Sequence[object]:
    """What to try for a parameter. Raises LookupError for one that nobody has thought of."""
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    if name in BY_NAME and kind in {str, int, str | None, int | None} | {type(one) for one in BY_NAME[name]}:
        return BY_NAME[name]
    if kind is int and name in _HUGE:
        return (FULL,)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(kind)
    if get_origin(kind) in {Union, UnionType} and NoneType in get_args(kind):
        [rest] = (one for one in get_args(kind) if one is not NoneType)
        return (None, *values(name, rest))
    raise LookupError(f"no sample for a parameter {name}: {kind}; add one to tests/views/longest.py")
