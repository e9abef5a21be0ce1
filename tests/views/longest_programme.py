"""The longest that the views of a programme's changes can be given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import escape

from bot.languages import LANGUAGES, Localized
from bot.programme.differences import Difference, HoursChange, SessionChange
from bot.programme.draft_warnings import DraftWarnings
from bot.programme.model import Hours
from bot.programme.table import TableError, TableProblem
from bot.store.programme import Source, Version
from bot.store.programme_notice import PAGE, Reach, SeenList, Unseen
from tests.views.longest_seminar import GROUPS, LONGEST, key, plain

_FULL = 10_000_000
_NAME = plain(64)
_NOON = datetime(2025, 8, 27, 3, tzinfo=UTC)
_SESSIONS = [session for day in LONGEST.days for session in day.sessions]
_LONG = max(
    _SESSIONS, key=lambda session: len(session.title.get("ru")) + len(session.note.get("ru") if session.note else "")
)
_BEFORE = replace(
    _LONG,
    start=time(0, 1),
    end=time(23, 59),
    place=key("p", 1),
    title=Localized({language.value: plain(120) for language in LANGUAGES}),
    speaker=Localized({language.value: plain(100) for language in LANGUAGES}),
    note=Localized({language.value: plain(300) for language in LANGUAGES}),
)
_AFTER = replace(
    _BEFORE, start=time(0, 2), place=key("p", 2), title=_LONG.title, speaker=_LONG.speaker, note=_LONG.note
)
_HOURS = Hours(time(6), time(9), time(8), time(20), timedelta(minutes=30), timedelta(minutes=60))
_MANY: Sequence[SessionChange] = [
    SessionChange(one, replace(one, start=time(0, 1), note=_BEFORE.note)) for one in _SESSIONS[:300]
]
_FEW: Sequence[SessionChange] = [
    SessionChange(_BEFORE, _AFTER),
    SessionChange(None, _AFTER),
    SessionChange(_BEFORE, None),
    SessionChange(_BEFORE, replace(_AFTER, cancelled=True)),
    SessionChange(replace(_BEFORE, cancelled=True), _AFTER),
    SessionChange(_BEFORE, replace(_AFTER, place=None, speaker=None, note=None, day=1)),
]
_VERSION = Version(_FULL, Source.CHAT, "f" * 64, _FULL, _FULL, _NAME, _NOON, {"tg": plain(300), "ru": plain(300)})
_UNSEEN = tuple(Unseen(_FULL + one, _NAME, GROUPS[-1].key, True, 10**10) for one in range(PAGE))
_UNTOLD = tuple(replace(one, reachable=False, told=False) for one in _UNSEEN)

BY_TYPE: Mapping[object, Sequence[object]] = {
    DraftWarnings: (DraftWarnings(((_BEFORE, _AFTER),) * 9, (_BEFORE,) * 9, (_BEFORE,) * 9), DraftWarnings()),
    Version: (_VERSION, replace(_VERSION, author="", source=Source.FOLDER, restores=None, reason={})),
    Sequence[Version]: ([_VERSION] * 5,),
    Sequence[str]: ([escape(plain(120), quote=False)] * 5,),
    Sequence[Difference]: (
        [*_MANY, HoursChange(1, LONGEST.hours, _HOURS)],
        [*_FEW, HoursChange(1, LONGEST.hours, _HOURS)],
        (),
    ),
    Sequence[SessionChange]: (_MANY, _FEW, _FEW[:1]),
    Mapping[str, str]: ({}, {language.value: plain(300) for language in LANGUAGES}),
    Reach: (Reach(_FULL, _FULL), Reach(0, 0)),
    Sequence[TableProblem]: (
        [TableProblem(f"{plain(31)}!CC10000", one, plain(200), plain(2_000)) for one in TableError],
        [TableProblem(f"{plain(31)}!CC10000", TableError.UNKNOWN, plain(200), plain(2_000))] * 2_000,
        [TableProblem("10000", TableError.NOT_YAML)],
    ),
    SeenList: (
        SeenList(_FULL, _FULL, _FULL, _UNSEEN, 5, _FULL),
        SeenList(_FULL, _FULL, _FULL, _UNTOLD, 5, _FULL, _FULL),
        SeenList(_FULL, 0, 0, (), 0, 0),
    ),
}
