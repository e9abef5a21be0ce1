"""Attendance sheets as PDF: who was there, a column to sign in, and a place for the stamp."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_TEMPLATE: Final = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True, slots=True)
class SheetPdf:
    """Makes the PDF of what `bot.sheet_lines` tells; `logo` is a picture of the seminar's folder."""

    told: Mapping[str, Any]
    logo: Path | None

    def perform(self, _files: object) -> bytes:
        """The PDF."""
        from bot.documents.typesetting import typeset  # heavy, and for the jobs' process alone

        files = {f"logo{self.logo.suffix}": self.logo.read_bytes()} if self.logo is not None else {}
        return typeset(_TEMPLATE, {**_drawn(self.told), "logo": next(iter(files), "")}, files=files)


def _drawn(told: Any) -> Any:
    """The same with every text in one line and without what the fonts have no picture of."""
    from bot.documents.typesetting import drawn

    if isinstance(told, str):
        return drawn(told)
    if isinstance(told, Mapping):
        return {key: _drawn(value) for key, value in told.items()}
    return [_drawn(one) for one in told] if isinstance(told, list | tuple) else told
