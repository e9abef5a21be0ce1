"""The longest that a file with data can be about."""

from collections.abc import Mapping, Sequence

from bot.export_columns import LABELS
from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme import parts
from bot.views.export import ExportChoice
from tests.views.longest_seminar import GROUPS, LONGEST, plain

_FULL = 10_000_000
_LONG = plain(parts.TITLE)
_PEOPLE = PeopleFilter(tuple(group.key for group in GROUPS), (_LONG,) * 50, (_LONG,) * 50, tuple(Language))
_SESSION, _LESSON = LONGEST.days[0].sessions[0].key, LONGEST.lessons[0].key

BY_TYPE: Mapping[object, Sequence[object]] = {
    ExportChoice: (
        ExportChoice(0, FigureFilter()),
        ExportChoice(_FULL, FigureFilter(_PEOPLE, 1, LONGEST.days_count, _SESSION, _LESSON)),
        *(ExportChoice(_FULL, FigureFilter(_PEOPLE, 24, 24), table) for table in LABELS),
    ),
}
BY_NAME: Mapping[str, Sequence[object]] = {"table": ("", *LABELS)}
