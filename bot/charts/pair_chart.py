"""What was before and what is after: two points on steps, and the way between them."""

from typing import Final

from bot.charts.canvas import INNER, MARGIN, NORMAL, PALETTES, SMALL, Canvas, fitted, width_of, wrapped
from bot.charts.frame import Frame
from bot.charts.model import Look, PairChart

_LINE: Final = 38
_TRACK: Final = 54
_GAP: Final = 24
_ENDS: Final = 50
_DOT: Final = 12


def draw(chart: PairChart, look: Look) -> Canvas:
    """The sheet with the pairs on it."""
    palette = PALETTES[look]
    frame = Frame(chart.head, chart.keys)
    labels = [wrapped(pair.label, INNER, NORMAL, lines=2) for pair in chart.pairs]
    beside = [
        len(lines) == 1 and width_of(lines[0], NORMAL) + width_of(pair.text, SMALL) + 24 <= INNER
        for lines, pair in zip(labels, chart.pairs, strict=True)
    ]
    heights = [
        (len(lines) + (0 if one else 1)) * _LINE + _TRACK + _GAP for lines, one in zip(labels, beside, strict=True)
    ]
    canvas = frame.canvas(look, sum(heights) + _ENDS, [palette.series[0], palette.series[1]])
    first, last = chart.ends
    canvas.text(MARGIN, frame.top + 18, fitted(f"1 · {first}", INNER / 2 - 20, SMALL), SMALL, color=palette.faint)
    words = fitted(f"{chart.steps} · {last}", INNER / 2 - 20, SMALL)
    canvas.text(MARGIN + INNER, frame.top + 18, words, SMALL, color=palette.faint, align="right")
    left, right = MARGIN + _DOT, MARGIN + INNER - _DOT

    def place(value: float) -> float:
        return left + (value - 1) / max(1, chart.steps - 1) * (right - left)

    y = frame.top + _ENDS
    for pair, lines, one, height in zip(chart.pairs, labels, beside, heights, strict=True):
        line = y + _LINE / 2
        for label in lines:
            canvas.text(MARGIN, line, label, NORMAL)
            line += _LINE
        if one:
            line -= _LINE
        canvas.text(MARGIN + INNER, line, pair.text, SMALL, color=palette.faint, align="right")
        track = line + _LINE / 2 + _TRACK / 2
        canvas.line([(left, track), (right, track)], palette.line, 4)
        for step in range(1, chart.steps + 1):
            canvas.line([(place(step), track - 8), (place(step), track + 8)], palette.line, 3)
        canvas.line([(place(pair.before), track), (place(pair.after), track)], palette.series[1], 8)
        canvas.dot(place(pair.before), track, _DOT, palette.series[0])
        canvas.dot(place(pair.after), track, _DOT, palette.series[1])
        y += height
    return canvas
