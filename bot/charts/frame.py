"""What every picture has around its chart: title, subtitle, the words of its colours, and a note."""

from collections.abc import Sequence
from typing import Final

from bot.charts.canvas import INNER, MARGIN, SMALL, TITLE, WIDTH, Canvas, fitted, width_of, wrapped
from bot.charts.model import Head, Look

_TITLE_LINE: Final = 58
_LINE: Final = 40
_GAP: Final = 26
_MARK: Final = 26  # the square before a word of the legend


class Frame:
    """The head and the foot of a picture. `top` is where the chart begins, once they are drawn."""

    def __init__(self, head: Head, keys: Sequence[str]) -> None:
        self._title = wrapped(head.title, INNER, TITLE, lines=2, bold=True)
        self._subtitle = wrapped(head.subtitle, INNER, SMALL + 3, lines=2)
        self._note = wrapped(head.note, INNER, SMALL, lines=3)
        self._legend = _in_lines([fitted(key, INNER - _MARK - 12, SMALL) for key in keys])
        self.top = MARGIN + len(self._title) * _TITLE_LINE + len(self._subtitle) * _LINE + _GAP
        self.top += len(self._legend) * (_LINE + 8) + (_GAP // 2 if self._legend else 0)

    def canvas(self, look: Look, height: float, colors: Sequence[str]) -> Canvas:
        """A sheet with room for a chart of this height, and everything around it drawn. `colors` are the legend's."""
        under = _GAP + len(self._note) * _LINE + MARGIN if self._note else MARGIN
        canvas = Canvas(look, int(self.top + height + under))
        palette = canvas.palette
        y = MARGIN + _TITLE_LINE / 2
        for line in self._title:
            canvas.text(MARGIN, y, line, TITLE, bold=True)
            y += _TITLE_LINE
        y += (_LINE - _TITLE_LINE) / 2
        for line in self._subtitle:
            canvas.text(MARGIN, y, line, SMALL + 3, color=palette.faint)
            y += _LINE
        y += _GAP / 2
        left = iter(colors)
        for keys in self._legend:
            x: float = MARGIN
            for key in keys:
                canvas.bar(x, y - _MARK / 2, _MARK, _MARK, next(left))
                canvas.text(x + _MARK + 12, y, key, SMALL)
                x += _width_of_key(key)
            y += _LINE + 8
        y = self.top + height + _GAP + _LINE / 2
        for line in self._note:
            canvas.text(MARGIN, y, line, SMALL, color=palette.faint)
            y += _LINE
        return canvas


def _width_of_key(key: str) -> float:
    return _MARK + 12 + width_of(key, SMALL) + 36


def _in_lines(keys: Sequence[str]) -> list[list[str]]:
    lines: list[list[str]] = []
    room = 0.0
    for key in keys:
        width = _width_of_key(key)
        if not lines or width > room:
            lines.append([])
            room = WIDTH - 2 * MARGIN + 36
        lines[-1].append(key)
        room -= width
    return lines
