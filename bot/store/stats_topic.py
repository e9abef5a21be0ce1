"""What the screens of numbers show: figures of one topic, and of whom they are."""

from dataclasses import dataclass

from bot.people_filter import FigureFilter, PeopleFilter
from bot.store.alert_figures import AlertFigure
from bot.store.attendance_figures import AttendanceFigure
from bot.store.figure_query import By, Share
from bot.store.figures import DayFigure, Overview
from bot.store.lesson_figures import CompetencyFigure, LessonFigure, QuestionFigure
from bot.store.people_figures import ReachFigure
from bot.store.punctuality_figures import PunctualityFigure


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the people, of those who are members now: their check-ins, sessions and lessons so far."""

    by: By
    part: str
    members: int
    checkins: Share
    attendance: Share
    lessons: Share


TopicFigure = (
    Overview
    | DayFigure
    | AttendanceFigure
    | LessonFigure
    | QuestionFigure
    | CompetencyFigure
    | ReachFigure
    | AlertFigure
    | PunctualityFigure
    | Part
)
TopicFigures = (
    Overview
    | tuple[DayFigure, ...]
    | tuple[AttendanceFigure, ...]
    | tuple[LessonFigure, ...]
    | tuple[QuestionFigure, ...]
    | tuple[CompetencyFigure, ...]
    | tuple[ReachFigure, ...]
    | tuple[AlertFigure, ...]
    | tuple[PunctualityFigure, ...]
    | tuple[Part, ...]
)


@dataclass(frozen=True, slots=True)
class TopicTold:
    """Figures of what was `asked`, within `scope`: whom the reader may be told of."""

    scope: PeopleFilter
    asked: FigureFilter
    figures: TopicFigures
