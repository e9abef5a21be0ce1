"""Sheets of invitations as PDF: for each person a card with a QR code, to be cut out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.documents.qr_codes import drawn_code
from bot.documents.typesetting import drawn, typeset

_TEMPLATE: Final = Path(__file__).with_suffix(".typ")


def sheet(order: Mapping[str, Any]) -> bytes:
    """The sheet of a `SheetOrder`, as PDF."""
    cards = [
        {**{name: drawn(text) for name, text in card.items() if name != "link"}, **drawn_code(card["link"])}
        for card in order["cards"]
    ]
    return typeset(_TEMPLATE, {**order["words"], "cards": cards})
