"""The longest messages to many, and their cards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.languages import LANGUAGES
from bot.programme.checkin import CheckinKey, Slot
from bot.store.broadcast import Broadcast, BroadcastState, Options
from bot.store.broadcast_audience import MOST_NAMED, Audience, LessonOf, Reach, Silence, Uncounted, Unseen
from bot.store.broadcast_draft import DraftCard
from bot.store.broadcast_progress import PAGE, BroadcastProgress, ChangeProgress, Unconfirmed
from bot.store.broadcast_version import ContentKind, Part, Version
from bot.views.broadcast_audience import Offered
from bot.views.broadcast_list import ListedBroadcast
from tests.views.longest_seminar import GROUPS, LONGEST, plain

_BIG: Final = 2**52 - 1  # the largest number that Telegram promises
_FULL: Final = 10_000_000
_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
SIGNATURE: Final = 80  # units of the longest


def by_type(group: str, name: str) -> Mapping[object, Sequence[object]]:
    """For each type of a parameter the values to try, of people who are called so; `group` has the longest name."""
    reach = Reach(_FULL, _FULL, (name,) * 3, _FULL)
    failed = {f"{n}{plain(900)}": _FULL - n for n in range(9)}
    plain_ones = [Audience("all"), Audience("teachers"), *(Audience("group", one.key) for one in GROUPS)]
    seminar = LONGEST.key
    silence = Silence(CheckinKey(seminar, _NOON.date(), Slot.MORNING), _NOON)
    narrow = Audience(
        "teachers",
        group,
        silence,
        "ru",
        lesson=LessonOf(seminar, LONGEST.lessons[-1].key),
        uncounted=Uncounted(_FULL),
        unseen=Unseen(seminar, _FULL, ("x",)),
    )
    whom = (*plain_ones[:2], Audience("group", group), narrow, Audience("people", people=(_FULL,) * MOST_NAMED))
    text, caption, place = (_version(kind) for kind in (ContentKind.TEXT, ContentKind.PHOTO, ContentKind.LOCATION))
    album = replace(_version(ContentKind.ALBUM), parts=tuple(Part(_BIG, _BIG + n) for n in range(10)))
    options = Options(True, True, True, _NOON, _NOON)
    made = Broadcast(
        _FULL, _FULL, _BIG, narrow, BroadcastState.SENDING, _FULL, _FULL, _BIG, ended=False, options=options
    )
    split = tuple(replace(text, language=one.value, edition=n) for n, one in enumerate(LANGUAGES))
    drafts = [
        replace(made, state=BroadcastState.DRAFT, audience=narrow, versions=versions)
        for versions in ((text,), (album,), split[:1], split)
    ]
    change = ChangeProgress(_FULL, 0, failed)
    changed = BroadcastProgress(
        _FULL,
        _FULL,
        _FULL,
        failed,
        _FULL,
        _FULL,
        timedelta(days=9),
        _NOON,
        _FULL,
        correction=change,
        deletion=change,
        author=name,
    )
    readers = {one.value: _FULL for one in LANGUAGES}
    accepted = replace(drafts[2], fallback=frozenset(readers))
    return {
        Audience: whom,
        Audience | None: (None, narrow),
        Reach: (reach,),
        Version: (text, caption, place, album),
        Broadcast: tuple(replace(made, state=state, versions=(text,)) for state in BroadcastState),
        DraftCard: tuple(DraftCard(one, narrow, reach, readers, name) for one in (*drafts, accepted)),
        Offered: (Offered(LONGEST.lessons[-2:], checkin=True, headcount=True, notice=True), Offered()),
        Sequence[datetime]: ((_NOON,) * 6, ()),
        Unconfirmed: (Unconfirmed(_FULL, 1, 3, (name,) * PAGE), Unconfirmed(0, 0, 1)),
        Sequence[ListedBroadcast]: (
            tuple(ListedBroadcast(made, changed) for _ in range(8)),
            (ListedBroadcast(replace(made, state=BroadcastState.SCHEDULED), changed),),
            (),
        ),
        BroadcastProgress: (
            BroadcastProgress(_FULL, _FULL, _FULL, failed, _FULL, _FULL),
            changed,
            BroadcastProgress(_FULL, _FULL, _FULL, {}, _FULL, 0),
        ),
        Mapping[Audience, Reach]: (dict.fromkeys([*plain_ones, narrow], reach),),
    }


def _version(kind: ContentKind) -> Version:
    length = 4096 if kind is ContentKind.TEXT else 1024 if kind.has_caption else SIGNATURE
    return Version(_FULL, "", _FULL, kind, "ҷ" * (length - SIGNATURE), _BIG, _NOON, (Part(_BIG, _BIG),))
