"""Certificates as PDF, each with the template that it was issued with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.documents.qr_codes import drawn_code
from bot.documents.typesetting import drawn, pictured, typeset

TEMPLATE: Final = "1"  # of what is issued now
_PICTURES: Final = ("logo", "signature", "stamp")


def certificate_pdf(design: Mapping[str, Any], personal: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    """A page of A4. `pictures` by the digests that the design names; `personal`: see `bot.certificate_file`."""
    return typeset(_template(design), _told(design, personal), files=_files(design, pictures))


def certificate_png(design: Mapping[str, Any], personal: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    """The same page as a picture."""
    return pictured(_template(design), _told(design, personal), files=_files(design, pictures), ppi=110)[0]


def _template(design: Mapping[str, Any]) -> Path:
    return Path(__file__).with_name(f"certificate_{design['template']}.typ")


def _told(design: Mapping[str, Any], personal: Mapping[str, str]) -> dict[str, Any]:
    told = {name: drawn(text) for name, text in personal.items() if name != "link"}
    words = {name: drawn(text) for name, text in design["words"].items()}
    english = design["english"] and {name: drawn(text) for name, text in design["english"].items()}
    names = {name: _name(design, name) for name in _PICTURES}
    return {**design, **names, **told, **drawn_code(personal["link"]), "words": words, "english": english}


def _files(design: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    return {_name(design, name): pictures[design[name]] for name in _PICTURES if design[name]}


def _name(design: Mapping[str, Any], name: str) -> str:
    """What the file of a picture is called in the template; empty where there is none."""
    return f"{name}{design['endings'][name]}" if design[name] else ""
