"""Bars under each other, each with its words over it: they are as long as they need to be, on two lines at most."""

from typing import Final

from bot.charts.canvas import INNER, MARGIN, NORMAL, PALETTES, SMALL, Canvas, Palette, fitted, width_of, wrapped
from bot.charts.frame import Frame
from bot.charts.model import BarChart, Look

_LINE: Final = 38
_WRAPPED: Final = 8  # bars whose words may take two lines
_BAR: Final = 26
_GAP: Final = 26
_LOW: Final = 7  # under the words, for letters that reach below the line


def draw(chart: BarChart, look: Look) -> Canvas:
    """The sheet with the bars on it."""
    several = len(chart.bars) <= _WRAPPED
    labels = [
        wrapped(bar.label, INNER, NORMAL, lines=2)
        if several
        else [fitted(bar.label, INNER - width_of(bar.text, SMALL) - 24, NORMAL)]
        for bar in chart.bars
    ]
    beside = [len(lines) == 1 and _fits(lines[0], bar.text) for lines, bar in zip(labels, chart.bars, strict=True)]
    heights = [
        (len(lines) + (0 if one else 1)) * _LINE + _LOW + _BAR + _GAP for lines, one in zip(labels, beside, strict=True)
    ]
    frame = Frame(chart.head, chart.keys)
    palette = PALETTES[look]
    canvas = frame.canvas(look, sum(heights), [_color(palette, chart, at) for at in range(len(chart.keys))])
    most = max((bar.whole for bar in chart.bars), default=0) or 1
    y: float = frame.top
    for bar, lines, one, height in zip(chart.bars, labels, beside, heights, strict=True):
        line = y + _LINE / 2
        for words in lines:
            canvas.text(MARGIN, line, words, NORMAL)
            line += _LINE
        if one:
            line -= _LINE
        canvas.text(MARGIN + INNER, line, bar.text, SMALL, color=palette.faint, align="right")
        whole = (bar.whole if chart.is_relative else most) or 1
        under = line + _LINE / 2 + _LOW
        canvas.bar(MARGIN, under, INNER * bar.whole / whole, _BAR, palette.unknown)
        for at, part in enumerate(bar.parts):
            canvas.bar(MARGIN, under, INNER * part / whole, _BAR, _color(palette, chart, at))
        y += height
    return canvas


def _fits(label: str, text: str) -> bool:
    return width_of(label, NORMAL) + width_of(text, SMALL) + 24 <= INNER


def _color(palette: Palette, chart: BarChart, at: int) -> str:
    """From pale to strong; a single part is the middle one."""
    return palette.series[1] if len(chart.bars[0].parts if chart.bars else ()) == 1 else palette.series[at]
