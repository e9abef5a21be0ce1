"""The longest numbers of each topic."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.buttons.stats import StatsMeaning, StatsOf
from bot.escalation import AlertKind
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.checkin import Slot
from bot.programme.competency import COMPETENCIES
from bot.stats_words import StatsTopic
from bot.store.alert_figures import AlertFigure, Waited
from bot.store.attendance_figures import AttendanceFigure
from bot.store.checkin_figures import CheckinFigure
from bot.store.figure_query import By, Share
from bot.store.figures import Attention, DayFigure, Overview
from bot.store.lesson_figures import CompetencyFigure, LessonFigure, OptionFigure, QuestionFigure
from bot.store.people_figures import ReachFigure
from bot.store.punctuality_figures import PunctualityFigure
from bot.store.stats_topic import Part, TopicTold
from tests.views.longest_seminar import GROUPS, LONGEST, plain

_FULL: Final = 10_000_000
_SHARE: Final = Share(_FULL - 1, _FULL, _FULL)
_ON: Final = LONGEST.date_of(24)
_SESSION: Final = LONGEST.days[0].sessions[0].key
_LESSON: Final = LONGEST.lessons[0]
_QUESTION: Final = QuestionFigure(
    _LESSON.key,
    _LESSON.quiz[0].key,
    _FULL,
    tuple(OptionFigure(one.key, _FULL // 3, right=one.right) for one in _LESSON.quiz[0].options),
    0,
)
_CAME: Final = AttendanceFigure(_SESSION, _ON, "", _FULL, _FULL, _FULL, _FULL, _FULL, _FULL, {})
_DAY: Final = DayFigure(
    _ON,
    tuple(CheckinFigure(_ON, slot, "", _SHARE, _FULL, _FULL, 4.5) for slot in Slot),
    _SHARE,
    LessonFigure(_LESSON.key, "", _FULL, _FULL, _FULL, _FULL),
)
_REACH: Final = ReachFigure("", _FULL, _FULL, _FULL, _FULL, _FULL, _FULL, _FULL)
_WAITED: Final = Waited(_FULL, timedelta(hours=99), timedelta(days=99))
_FIGURES: Final = (
    Overview(_REACH, _DAY, (_DAY,) * 60, _SHARE, _SHARE, Attention((_CAME,) * 60, _FULL, _QUESTION)),
    (_DAY,) * 60,
    tuple(Part(By.GROUP, one.key, _FULL, _SHARE, _SHARE, _SHARE) for one in GROUPS),
    (Part(By.DISTRICT, plain(200), _FULL, _SHARE, _SHARE, _SHARE),) * 60,
    (_CAME,) * 60,
    (LessonFigure(_LESSON.key, "", _FULL, _FULL, _FULL, _FULL),) * 60,
    (_QUESTION,) * 60,
    tuple(CompetencyFigure(one, (_LESSON.key,), _SHARE, _SHARE) for one in COMPETENCIES),
    (_REACH,),
    tuple(AlertFigure(kind, _FULL, _FULL, _WAITED, _WAITED) for kind in AlertKind),
    (PunctualityFigure("agenda", _FULL, _FULL, _FULL, _FULL),) * 60,
    (),
)
_PEOPLE: Final = PeopleFilter(tuple(group.key for group in GROUPS), (plain(200),) * 60)

BY_TYPE: Mapping[object, Sequence[object]] = {
    StatsMeaning: tuple(StatsMeaning(topic.value, _FULL) for topic in StatsTopic),
    StatsOf: tuple(StatsOf(topic.value, _FULL, 1) for topic in (StatsTopic.OVERVIEW, StatsTopic.SESSIONS)),
    TopicTold: tuple(TopicTold(_PEOPLE, FigureFilter(_PEOPLE, 1, 24, _SESSION, _LESSON.key), one) for one in _FIGURES),
    Mapping[str, str]: ({"agenda": plain(200)},),
    Sequence[tuple[str, StatsOf]]: ([(plain(200), StatsOf(StatsTopic.OVERVIEW.value, _FULL, 0))] * 4, []),
}
