"""Pictures of the longest content: nothing leaves the sheet, no letter is missing, and each is small."""

import io
import warnings
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont
from PIL import Image

import bot.documents
from bot.charts.model import BarChart, Head, Look
from bot.languages import LANGUAGES
from rehearsal.personas import NAMES
from tests.charts import samples
from tests.kit import ROOT

FONTS = Path(bot.documents.__file__).with_name("fonts")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_longest_content_stays_on_the_sheet_and_the_picture_is_small(language: str) -> None:
    from bot.charts import drawing
    from bot.charts.canvas import WIDTH

    for number, chart in enumerate(samples.every(language)):
        name = f"{type(chart).__name__} {number}"
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # matplotlib warns of a letter that it cannot draw
            sheet = drawing.sheet(chart, tuple(Look)[number % 2])
            png = sheet.png()
        assert len(png) < 150_000, name
        with Image.open(io.BytesIO(png)) as picture:
            assert picture.size == (WIDTH, sheet.height), name
            assert picture.width * 2.2 >= picture.height, f"{name}: a phone shows this as a strip"
        for text in sheet._axes.texts:
            box = text.get_window_extent()
            inside = 0 <= box.x0 <= box.x1 <= WIDTH and 0 <= box.y0 <= box.y1 <= sheet.height
            assert inside, (name, text.get_text(), box)
            assert float(text.get_fontsize()) >= 23, "a letter of less than eight pixels on a phone"


def test_both_looks_differ_and_every_letter_can_be_told_from_the_ground() -> None:
    from bot.charts import drawing
    from bot.charts.canvas import PALETTES

    chart = BarChart(Head("A", "", ""), ())
    light, dark = (Image.open(io.BytesIO(drawing.draw(chart, look))).convert("L") for look in Look)
    assert light.getpixel((0, 0)) > 240  # type: ignore[operator]
    assert dark.getpixel((0, 0)) < 60  # type: ignore[operator]
    for palette in PALETTES.values():
        for ink in (palette.ink, palette.faint):
            assert _contrast(ink, palette.ground) >= 4.5
        for step in palette.ramp:  # numbers stand on them
            assert _contrast(palette.ink, step) >= 4.5, step


def test_the_fonts_have_every_letter_of_the_catalogues_and_of_names() -> None:
    known = {code for path in FONTS.glob("*.[ot]tf") for code in TTFont(path).getBestCmap()}
    bold = set(TTFont(FONTS / "NotoSans-Bold.ttf").getBestCmap())
    assert not set(map(ord, "ғӣқӯҳҷҒӢҚӮҲҶ")) - bold
    assert not set(range(ord("가"), ord("힣") + 1)) - known
    words = ["".join(one) for names in NAMES.values() for one in names]
    for path in ROOT.glob("locales/*/LC_MESSAGES/hamroh.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if any(place == "bot/picture_charts.py" for place, _ in message.locations):
                    words += [*_texts(message.id), *_texts(message.string)]
    letters = {ord(letter) for word in words for letter in word}
    assert sorted(chr(letter) for letter in letters - known if not _is_picture(letter)) == []


def _texts(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The text, or its plurals."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _is_picture(letter: int) -> bool:
    """What stands on buttons and in captions, which phones draw."""
    return letter >= 0x1F300 or 0x2600 <= letter < 0x2800 or letter == 0xFE0F


def _contrast(one: str, other: str) -> float:
    lights = sorted(_luminance(color) for color in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
