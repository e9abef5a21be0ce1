"""From figures by competency to the chart of a picture, in a reader's language, and to the same numbers in words."""

from collections.abc import Iterator
from datetime import date

from bot.charts.model import Bar, BarChart, Chart, Pair, PairChart
from bot.competency_lines import aspects, competency, levels, steps
from bot.i18n import Html, Locale
from bot.people_filter import FigureFilter
from bot.picture_charts import head_of
from bot.programme.competency import COMPETENCIES, Competency, Level
from bot.programme.model import Seminar
from bot.programme.self_rating import STEPS
from bot.store.picture import LessonFigures
from bot.store.self_rating_figures import SelfRatingFigures


def competencies(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: tuple[LessonFigures, ...], on: date
) -> tuple[Chart, list[Html]] | None:
    """How many finished the lessons of each competency; None where nobody has finished one that names any."""
    bars, lines, order, named = [], [], tuple(Level), aspects(_)
    for one, taught in _taught(seminar, figures):
        opened, done, of = (sum(getattr(each, name) for each in taught) for name in ("opened", "done", "people"))
        words = competency(_, one)
        # The level as a number: in words it would not fit beside the aspect, and two bars would read the same.
        label = f"{named[one.aspect]} · {order.index(one.level) + 1}"
        bars.append(Bar(label, (opened, done), of, _.plain("{n} of {of}", n=done, of=of)))
        lines.append(_("{competency}: {n} of {of}", competency=words, n=done, of=of))
    if not any(bar.parts[1] for bar in bars):
        return None
    numbered = ", ".join(f"{number} – {words}" for number, words in enumerate(levels(_).values(), 1))
    finished = _.plain("Finished lessons that teach it, of as many as there are teachers and such lessons.")
    note = f"{numbered}. {finished}"
    keys = (_.plain("opened"), _.plain("finished"))
    return BarChart(
        head_of(_, seminar, chosen, _.plain("Competencies"), on, note), tuple(bars), keys, is_relative=True
    ), lines


def change(
    _: Locale, seminar: Seminar, chosen: FigureFilter, figures: SelfRatingFigures, on: date
) -> tuple[Chart, list[Html]] | None:
    """What people say that they can do, before and after; None where there are not five pairs of any aspect."""
    words, named = steps(_), aspects(_)
    pairs, lines = [], []
    for one in figures.aspects:
        if not one.pairs:
            continue
        before, after = one.means
        text = _.plain("{before} → {after}", before=_.decimal(before), after=_.decimal(after))
        pairs.append(Pair(named[one.aspect], before, after, text))
        count = _.plural("{n} pair", "{n} pairs", one.pairs)
        lines.append(_("{aspect}: {change} ({pairs})", aspect=named[one.aspect], change=text, pairs=count))
    if not pairs:
        return None
    note = _.plain("The mean of who answered both times. What people say of themselves, nobody was examined.")
    head = head_of(_, seminar, chosen, _.plain("Before and after"), on, note)
    keys = (_.plain("first day"), _.plain("last day"))
    return PairChart(head, tuple(pairs), len(STEPS), (words[0], words[-1]), keys), lines


def _taught(seminar: Seminar, figures: tuple[LessonFigures, ...]) -> Iterator[tuple[Competency, list[LessonFigures]]]:
    """Each competency that a lesson teaches, in the framework's order, and the figures of these lessons."""
    told = {one.key: one for one in figures}
    for competency_ in COMPETENCIES:
        lessons = [told[one.key] for one in seminar.lessons if competency_ in one.competencies and one.key in told]
        if lessons:
            yield competency_, lessons
