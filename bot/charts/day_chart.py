"""Check-ins and mood over the days: bars of how many answered, and under them a line of how they felt."""

from typing import Final

from bot.charts.canvas import INNER, MARGIN, NORMAL, PALETTES, SMALL, Canvas, fitted, width_of
from bot.charts.frame import Frame
from bot.charts.model import DayChart, Look, Share

_BARS: Final = 420
_MOOD: Final = 300
_LOWEST, _HIGHEST = 1.0, 5.0
_AXIS: Final = 56  # for the numbers beside the chart
_NUMBERS: Final = 40  # over the bars
_COUNT: Final = 23
_WIDEST_DAY: Final = 200.0


def draw(chart: DayChart, look: Look) -> Canvas:
    """The sheet with both parts on it."""
    frame = Frame(chart.head, chart.series)
    palette = PALETTES[look]
    turned = _turned(chart)
    days = turned or 44.0
    height = _NUMBERS + _BARS + days + 60 + _MOOD
    canvas = frame.canvas(look, height, [palette.series[at % 2 + 1 if at else 0] for at in range(len(chart.series))])
    _draw_bars(canvas, chart, frame.top + _NUMBERS)
    y = frame.top + _NUMBERS + _BARS
    for at, day in enumerate(chart.days):
        x = _left(chart, at) + _width(chart) / 2
        if turned:
            canvas.text(x, y + turned - 4, day.label, SMALL, color=canvas.palette.faint, turned=True)
        else:
            canvas.text(x, y + 26, day.label, SMALL, color=canvas.palette.faint, align="center")
    _draw_mood(canvas, chart, y + days + 60)
    return canvas


def _width(chart: DayChart) -> float:
    return min(_WIDEST_DAY, (INNER - _AXIS) / max(1, len(chart.days)))


def _left(chart: DayChart, at: int) -> float:
    return MARGIN + _AXIS + at * _width(chart)


def _turned(chart: DayChart) -> float:
    widest = max((width_of(day.label, SMALL) for day in chart.days), default=0.0)
    return widest + 16 if widest > _width(chart) - 8 else 0.0


def _shares(chart: DayChart) -> list[Share]:
    return [one for day in chart.days for one in day.answers if one is not None]


def _draw_bars(canvas: Canvas, chart: DayChart, top: float) -> None:
    most = max((one.whole for one in _shares(chart)), default=0) or 1
    palette = canvas.palette
    for part in (0.0, 0.5, 1.0):
        y = top + _BARS * (1 - part)
        canvas.line([(MARGIN + _AXIS, y), (MARGIN + INNER, y)], palette.line)
    width = _width(chart)
    thick = (width - 12) / max(1, len(chart.series))
    turn = any(width_of(str(one.part), _COUNT) > thick - 2 for one in _shares(chart))
    for at, day in enumerate(chart.days):
        for series, share in enumerate(day.answers):
            if share is None:
                continue
            x = _left(chart, at) + 6 + series * thick
            asked, answered = (_BARS * count / most for count in (share.whole, share.part))
            canvas.rectangles([(x, top + _BARS - asked, thick - 3, asked)], [palette.unknown])
            color = palette.series[series % 2 + 1 if series else 0]
            canvas.rectangles([(x, top + _BARS - answered, thick - 3, answered)], [color])
            middle, tip = x + thick / 2 - 1, top + _BARS - answered
            if not turn:
                canvas.text(middle, tip - 16, str(share.part), _COUNT, align="center")
            elif thick >= _COUNT - 2:
                canvas.text(middle, tip - 4, str(share.part), _COUNT, turned=True)
    canvas.text(MARGIN, top, str(most), SMALL, color=palette.faint)


def _draw_mood(canvas: Canvas, chart: DayChart, top: float) -> None:
    palette = canvas.palette
    canvas.text(MARGIN, top - 34, fitted(chart.mood, INNER, NORMAL, bold=True), NORMAL, bold=True)
    bottom = top + _MOOD - 30

    def height(mood: float) -> float:
        return bottom - (mood - _LOWEST) / (_HIGHEST - _LOWEST) * (bottom - top - 40)

    for step in (1, 3, 5):
        canvas.line([(MARGIN + _AXIS, height(step)), (MARGIN + INNER, height(step))], palette.line)
        canvas.text(MARGIN, height(step), str(step), SMALL, color=palette.faint)
    before: tuple[float, float] | None = None
    for at, day in enumerate(chart.days):
        here = None if day.mood is None else (_left(chart, at) + _width(chart) / 2, height(day.mood))
        if here is not None and before is not None:
            canvas.line([before, here], palette.middle, 6)
        if here is not None:
            x, y = here
            canvas.dot(x, y, 9, palette.middle)
            canvas.text(x, y - 28, day.mood_text, _COUNT + 2, align="center", bold=True, apart=True)
        before = here
