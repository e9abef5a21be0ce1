"""People or groups by sessions or days: a cell each, in the colour of what is known."""

from itertools import groupby, pairwise
from typing import Final

from bot.charts.canvas import INNER, MARGIN, PALETTES, SMALL, Canvas, Palette, fitted, width_of, wrapped
from bot.charts.frame import Frame
from bot.charts.model import Cell, HeatMap, Look, Row, Shade, Share

_TALLEST: Final = 1_150  # of all rows together
_TALL, _LABELLED = 62, 36  # of a row: at most, and at least where it has a name
_NAMED: Final = 36  # rows that have their names
_HIGHEST_DAY: Final = 230.0  # of a day that is turned
_WIDEST: Final = 130  # of a cell
_BAND: Final = 46  # the heading of rows that stand together
_LABEL: Final = 0.38  # of the width, at most
_BELOW: Final = 40
_TEXT: Final = 24


def draw(chart: HeatMap, look: Look) -> Canvas:
    """The sheet with the map on it."""
    return _Map(chart, look).drawn()


class _Map:
    def __init__(self, chart: HeatMap, look: Look) -> None:
        self._chart = chart
        self._look = look
        self._bands = [(band, list(rows)) for band, rows in groupby(chart.rows, key=lambda row: row.band)]
        self._headed = [band for band, _ in self._bands if band]
        room = _TALLEST - len(self._headed) * _BAND
        least = _LABELLED if len(chart.rows) <= _NAMED else 2.0
        self._row = max(least, min(_TALL, room / max(1, len(chart.rows))))
        widest = max((width_of(row.label, SMALL) for row in chart.rows), default=0)
        self._names = min(widest + 20, INNER * _LABEL) if widest and len(chart.rows) <= _NAMED else 0.0
        self._lefts, self._cell = self._columns()
        self._days = [(day, len(list(columns))) for day, columns in groupby(chart.columns, key=lambda one: one.day)]
        self._labels = self._labels_fit()
        self._turned = self._days_turned()
        self._below = [
            line for one in chart.below for line in wrapped(one, INNER, SMALL, lines=2 if len(chart.below) <= 3 else 1)
        ]

    def _columns(self) -> tuple[list[float], float]:
        """The left end of each column, and how wide one is; a gap parts the days."""
        columns = self._chart.columns
        changes = sum(1 for one, other in pairwise(columns) if one.day != other.day)
        several = changes + 1 < len(columns)
        gap = 8.0 if several else 0.0
        cell = min(_WIDEST, (INNER - self._names - changes * gap) / max(1, len(columns)))
        lefts, x = [], MARGIN + self._names
        for at, column in enumerate(columns):
            x += gap if at and column.day != columns[at - 1].day else 0.0
            lefts.append(x)
            x += cell
        return lefts, cell

    def _labels_fit(self) -> bool:
        labels = [one.label for one in self._chart.columns]
        return any(labels) and all(width_of(one, _TEXT) <= self._cell - 6 for one in labels)

    def _days_turned(self) -> float:
        """How high the days are where they do not fit beside each other, else 0."""
        if all(width_of(day, SMALL) <= count * self._cell - 8 for day, count in self._days):
            return 0.0
        return min(_HIGHEST_DAY, max((width_of(day, SMALL) for day, _ in self._days), default=0.0)) + 16

    def drawn(self) -> Canvas:
        """Everything, from the days on top to the list under it."""
        above = (self._turned or 44) + (38 if self._labels else 0)
        rows = len(self._chart.rows) * self._row + len(self._headed) * _BAND
        frame = Frame(self._chart.head, [word for _, word in self._chart.keys])
        height = above + rows + (20 + len(self._below) * _BELOW if self._below else 0)
        canvas = frame.canvas(self._look, height, self._colors_of_keys())
        self._draw_days(canvas, frame.top)
        y = frame.top + above
        for band, band_rows in self._bands:
            if band:
                canvas.text(MARGIN, y + _BAND / 2, fitted(band, INNER, SMALL, bold=True), SMALL, bold=True)
                y += _BAND
            y = self._draw_rows(canvas, band_rows, y)
        y += 20 + _BELOW / 2
        for line in self._below:
            canvas.text(MARGIN, y, line, SMALL)
            y += _BELOW
        return canvas

    def _colors_of_keys(self) -> list[str]:
        return [_color(PALETTES[self._look], shade) for shade, _ in self._chart.keys]

    def _draw_days(self, canvas: Canvas, top: float) -> None:
        at = 0
        for words, count in self._days:
            left = self._lefts[at]
            middle = (left + self._lefts[at + count - 1] + self._cell) / 2
            if self._turned:
                day = fitted(words, _HIGHEST_DAY, SMALL)
                canvas.text(middle, top + self._turned - 8, day, SMALL, color=canvas.palette.faint, turned=True)
            else:
                canvas.text(middle, top + 22, words, SMALL, color=canvas.palette.faint, align="center")
            at += count
        if self._labels:
            y = top + (self._turned or 44) + 16
            for left, column in zip(self._lefts, self._chart.columns, strict=True):
                canvas.text(left + self._cell / 2, y, column.label, _TEXT, color=canvas.palette.faint, align="center")

    def _draw_rows(self, canvas: Canvas, rows: list[Row], y: float) -> float:
        boxes, colors = [], []
        space = 3.0 if self._row > 14 else 1.0 if self._row > 5 else 0.0
        for row in rows:
            if self._names and row.label:
                label = fitted(row.label, self._names - 16, SMALL)
                canvas.text(MARGIN, y + self._row / 2, label, SMALL)
            for left, cell in zip(self._lefts, row.cells, strict=True):
                if cell is None:
                    continue
                boxes.append((left, y, self._cell - min(space, self._cell / 5), self._row - space))
                colors.append(_color(canvas.palette, cell))
                if isinstance(cell, Share):
                    self._draw_share(canvas, cell, left + self._cell / 2, y + self._row / 2)
            y += self._row
        canvas.rectangles(boxes, colors)
        return y

    def _draw_share(self, canvas: Canvas, cell: Share, x: float, y: float) -> None:
        """How many of how many: in one line, in two, or not at all where a cell is too small."""
        room = self._cell - 8
        line = f"{cell.part}/{cell.whole}"
        if width_of(line, _TEXT) <= room and self._row >= 30:
            canvas.text(x, y, line, _TEXT, align="center")
        elif max(width_of(str(cell.part), _TEXT), width_of(f"/{cell.whole}", _TEXT)) <= room and self._row >= 56:
            canvas.text(x, y - 13, str(cell.part), _TEXT, align="center")
            canvas.text(x, y + 13, f"/{cell.whole}", _TEXT, align="center")


def _color(palette: Palette, cell: Cell) -> str:
    if isinstance(cell, Share):
        step = len(palette.ramp) - 1
        return palette.ramp[round(step * cell.part / cell.whole)] if cell.whole else palette.unknown
    return {
        Shade.PRESENT: palette.good,
        Shade.LATE: palette.middle,
        Shade.EXCUSED: palette.excused,
        Shade.ABSENT: palette.bad,
    }.get(cell or Shade.UNKNOWN, palette.unknown)
