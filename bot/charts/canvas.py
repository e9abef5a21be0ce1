"""A sheet of pixels: rectangles, lines and fitted text on a `Figure` of matplotlib, measured before it is drawn.

One unit is one pixel, and `y` grows downwards. 1,080 pixels are shown on 360 of a phone, so letters of 27 are 9 there.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.patheffects import withStroke
from PIL import Image

import bot.documents
from bot.charts.model import Look

WIDTH: Final = 1080
MARGIN: Final = 48
INNER: Final = WIDTH - 2 * MARGIN
SMALL, NORMAL, LARGE, TITLE = 27, 30, 34, 46
_FONTS: Final = Path(bot.documents.__file__).with_name("fonts")
_FAMILIES: Final = ("Noto Sans", "Noto Sans CJK TC")
_DOTS: Final = 72  # an inch, so that a point is a pixel
_COLORS, _FEW_COLORS = 64, 24
_LARGE: Final = 120_000  # bytes; with fewer colours it stays under 150,000


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a look; `ramp` goes from nobody to everybody, `series` tells things apart."""

    ground: str
    ink: str
    faint: str
    line: str
    series: tuple[str, str, str]
    good: str
    middle: str
    excused: str
    bad: str
    unknown: str
    ramp: tuple[str, ...]


PALETTES: Final = {
    Look.LIGHT: Palette(
        ground="#ffffff",
        ink="#1b1f24",
        faint="#59636e",
        line="#d7dce1",
        series=("#9cc3f0", "#3b82d6", "#123f7a"),
        good="#2f8f4e",
        middle="#e0a526",
        excused="#7a8fc9",
        bad="#c8402f",
        unknown="#dfe3e8",
        ramp=("#f6d5cf", "#f3dfb4", "#e6e6a8", "#bcdca2", "#86c58d", "#4aa366"),
    ),
    Look.DARK: Palette(
        ground="#17212b",
        ink="#f2f5f8",
        faint="#a9b6c3",
        line="#33414f",
        series=("#2f567f", "#4f97e0", "#a8d0ff"),
        good="#4fb56f",
        middle="#e3b341",
        excused="#8fa4e0",
        bad="#e5695a",
        unknown="#2c3a47",
        ramp=("#6b2f2a", "#6d4a22", "#62601f", "#42622b", "#2f6b3c", "#247345"),
    ),
}


def _prepare_fonts() -> None:
    for path in sorted([*_FONTS.glob("*.ttf"), *_FONTS.glob("*.otf")]):
        font_manager.fontManager.addfont(str(path))


_prepare_fonts()
_RULER: Final = RendererAgg(1, 1, _DOTS)


class Canvas:
    """A sheet of a height that is known before anything is drawn on it."""

    def __init__(self, look: Look, height: int) -> None:
        self.height = height
        self.palette = PALETTES[look]
        self._figure = Figure(figsize=(WIDTH / _DOTS, height / _DOTS), dpi=_DOTS, facecolor=self.palette.ground)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def rectangles(self, boxes: Sequence[tuple[float, float, float, float]], colors: Sequence[str]) -> None:
        """Rectangles: left, top, width, height, each in its colour."""
        corners = [((x, y), (x + w, y), (x + w, y + h), (x, y + h)) for x, y, w, h in boxes]
        self._axes.add_collection(PolyCollection(corners, facecolors=list(colors), linewidths=0), autolim=False)

    def bar(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A bar with round ends."""
        if width <= 0:
            return
        round_by = min(width, height) / 4
        style = f"round,pad=0,rounding_size={round_by}"
        self._axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=color, linewidth=0))

    def line(self, points: Sequence[tuple[float, float]], color: str, width: float = 2) -> None:
        """A line from point to point; what stands in the same place is over it."""
        self._axes.plot(*zip(*points, strict=True), color=color, linewidth=width, solid_capstyle="round", zorder=0.5)

    def dot(self, x: float, y: float, radius: float, color: str, *, filled: bool = True) -> None:
        """A point."""
        inside = color if filled else self.palette.ground
        self._axes.add_patch(Circle((x, y), radius, facecolor=inside, edgecolor=color, linewidth=4, zorder=5))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = NORMAL,
        *,
        color: str = "",
        bold: bool = False,
        align: str = "left",
        turned: bool = False,
        apart: bool = False,
    ) -> None:
        """One line of words: `y` is its middle, `x` its left end, its `center` or its right end.

        `turned` words end upwards from `y`; words that are kept `apart` can be read over a line.
        """
        ground = [withStroke(linewidth=8, foreground=self.palette.ground)] if apart else None
        self._axes.text(
            x,
            y,
            words,
            parse_math=False,
            color=color or self.palette.ink,
            fontproperties=_font(size, bold),
            ha="center" if turned else align,
            va="bottom" if turned else "center_baseline",
            rotation=90 if turned else 0,
            zorder=6,
            path_effects=ground,
        )

    def png(self) -> bytes:
        """The picture, in fewer colours where it would be large."""
        self._canvas.draw()
        picture = Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")
        made = _encoded(picture, _COLORS)
        return made if len(made) <= _LARGE else _encoded(picture, _FEW_COLORS)


def _encoded(picture: Image.Image, colors: int) -> bytes:
    made = io.BytesIO()
    few = picture.quantize(colors, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(made, "PNG", compress_level=6)
    return made.getvalue()


@lru_cache(4_096)
def width_of(words: str, size: float = NORMAL, *, bold: bool = False) -> float:
    """How many pixels a line of words takes."""
    width, _, _ = _RULER.get_text_width_height_descent(words, _font(size, bold), ismath=False)
    return float(width)


def fitted(words: str, width: float, size: float = NORMAL, *, bold: bool = False) -> str:
    """The words, cut with … where they are wider."""
    if width_of(words, size, bold=bold) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(f"{words[:middle].rstrip()}…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{words[:low].rstrip()}…"


def wrapped(words: str, width: float, size: float = NORMAL, *, lines: int, bold: bool = False) -> list[str]:
    """The words in at most so many lines, cut at spaces; what does not fit ends with …."""
    done: list[str] = []
    rest = words.split()
    while rest and len(done) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size, bold=bold) <= width:
            taken += 1
        done.append(fitted(" ".join(rest[:taken]), width, size, bold=bold))
        rest = rest[taken:]
    return [*done, fitted(" ".join(rest), width, size, bold=bold)] if rest else done


@cache
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=list(_FAMILIES), weight="bold" if bold else "normal", size=size)
