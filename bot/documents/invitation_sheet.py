"""Sheets of invitations as PDF: for each person a card with a QR code, to be cut out."""

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from bot.documents.qr_codes import qr_modules

FONTS: Final = Path(__file__).with_name("fonts")
_PICTURES: Final = 0x2600  # from here on: № stands before
_TEMPLATE: Final = Path(__file__).with_name("invitation_sheet.typ")


def sheet(order: Mapping[str, Any]) -> bytes:
    """The sheet of a `SheetOrder`, as PDF."""
    codes = [qr_modules(card["link"]) for card in order["cards"]]
    told = {
        **order["words"],
        "cards": [
            {
                **{name: _drawn(text) for name, text in card.items() if name != "link"},
                "code": runs(code),
                "side": len(code),
            }
            for card, code in zip(order["cards"], codes, strict=True)
        ],
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]),
        sys_inputs={"told": orjson.dumps(told).decode()},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def _drawn(text: str) -> str:
    """The text without pictures, for which the fonts have boxes."""
    kept = (char for char in text if ord(char) < _PICTURES or unicodedata.category(char) not in {"So", "Sk"})
    return " ".join("".join(kept).split())


def runs(modules: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """The dark modules of each row, side by side ones together: row, first column, how many."""
    found: list[tuple[int, int, int]] = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            first = x
            while x < len(row) and row[x]:
                x += 1
            if x > first:
                found.append((y, first, x - first))
            x += 1
    return found
