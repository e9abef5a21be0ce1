"""PDFs and pictures from typst templates, with the fonts that stand beside them. Run it in a process of its own.

A template reads what it is told with `#let told = json(bytes(sys.inputs.told))`, imports what templates share from
"typesetting.typ", and finds `files` by their names: `image("logo.png")`.
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import orjson
import typst

FONTS: Final = Path(__file__).with_name("fonts")
_SHARED: Final = Path(__file__).with_suffix(".typ")
_PICTURES: Final = 0x2600  # from here on: № stands before


def typeset(template: Path, told: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """The template as PDF. `told` is made JSON; names in `files` have the ending of their kind ("logo.png")."""
    made = _compiled(template, told, files, "pdf", None)
    assert isinstance(made, bytes)
    return made


def pictured(
    template: Path, told: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None, ppi: float = 144
) -> list[bytes]:
    """The template as PNGs, one a page, of so many pixels an inch."""
    made = _compiled(template, told, files, "png", ppi)
    return [made] if isinstance(made, bytes) else list(made or ())


def drawn(text: str) -> str:
    """The text in one line without pictures, for which the fonts have boxes."""
    kept = (char for char in text if ord(char) < _PICTURES or unicodedata.category(char) not in {"So", "Sk"})
    return " ".join("".join(kept).split())


def _compiled(
    template: Path,
    told: Mapping[str, Any],
    files: Mapping[str, bytes] | None,
    made_as: Literal["pdf", "png"],
    ppi: float | None,
) -> bytes | list[bytes] | None:
    with TemporaryDirectory(prefix="typst-") as folder:
        root = Path(folder)  # a template sees what is in it, and nothing else of this machine
        for name, content in {template.name: template.read_bytes(), _SHARED.name: _SHARED.read_bytes()}.items():
            (root / name).write_bytes(content)
        for name, content in (files or {}).items():
            (root / name).write_bytes(content)
        return typst.compile(
            root / template.name,
            root=root,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]),
            sys_inputs={"told": orjson.dumps(told).decode()},
            format=made_as,
            ppi=ppi,
        )
