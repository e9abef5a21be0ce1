"""Which lesson to offer next."""

from collections.abc import Iterable

from bot.learning.progress import LessonProgress, LessonStage


def suggestion(lessons: Iterable[LessonProgress], day: int | None, *, besides: str = "") -> LessonProgress | None:
    """The lesson to offer on a day of the seminar (None: outside it), or None when all are done.

    What was started comes first, then the day's own lesson, then the earliest one. `besides` is the key of a lesson
    that is not meant, as someone has just ended it.
    """
    open_ones = [one for one in lessons if not one.done and one.lesson.key != besides]
    return min(open_ones, default=None, key=lambda one: _rank(one, day))


def _rank(one: LessonProgress, day: int | None) -> tuple[bool, bool, int]:
    return one.stage is LessonStage.NOT_STARTED, one.lesson.day != day, one.lesson.day
