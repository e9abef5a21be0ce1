"""Signs in a text that nobody sees: they turn its direction, or hide in it, or are all that there is of it."""

import re
import unicodedata
from typing import Final, NamedTuple

# Marks, embeddings, overrides and isolates: what follows is read from the other side, whatever it says.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# The same, and what has no width, no ink (also fillers of the Korean alphabet and blank braille) or no agreed shape.
_SUSPECT: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010fffd]"
)
_JOINERS: Final = frozenset("\u200c\u200d")
# Of these alphabets no letter is joined or parted by a sign; others (Persian, Hindi ...) are written with them.
_UNJOINED: Final = ("LATIN", "CYRILLIC", "HANGUL", "GEORGIAN", "ARMENIAN", "GREEK", "CJK")
_BLACK_FLAG: Final = "\U0001f3f4"  # flags of regions are this one and invisible letters
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp", "Mn", "Me", "Mc"})


class Sign(NamedTuple):
    """What is wrong with a text; `line` counts from 0 within it."""

    line: int
    what: str
    instead: str


def find_sign(text: str) -> Sign | None:
    """The first sign in the text that nobody sees, or None; of a text without any visible sign, that."""
    for match in _SUSPECT.finditer(text):
        place, char = match.start(), match.group()
        if _is_in_place(text, place):
            continue
        does = "turns the direction of the text" if char in _TURNING else "nobody sees"
        return Sign(text.count("\n", 0, place), f"has {_named(char)}, which {does}", _again(text, place))
    if text and not any(_seen(char) for char in text):
        return Sign(0, "has no visible sign", "write a text that people can read")
    return None


def _is_in_place(text: str, place: int) -> bool:
    """Whether the sign at a place is a part of what is seen: of an emoji, a flag, or a Persian or Hindi word."""
    char = text[place]
    if char in _JOINERS:
        return _joins(text[:place].rstrip("\ufe0f")[-1:]) and _joins(text[place + 1 : place + 2])
    return "\U000e0020" <= char <= "\U000e007f" and _BLACK_FLAG in text[:place]


def _joins(char: str) -> bool:
    """Whether a joiner may stand beside the sign: emoji, and letters of alphabets that are written with it."""
    name = unicodedata.name(char, "") if char and not char.isspace() else ""
    return bool(name) and not char.isascii() and not name.startswith(_UNJOINED)


def _seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN


def _named(char: str) -> str:
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a sign without a name').lower()})"


def _again(text: str, place: int) -> str:
    """What to do: type that word anew, which is what an editor that does not show the sign allows."""
    word = (text[:place].split() or [""])[-1] if text[:place][-1:].strip() else ""
    rest = (text[place + 1 :].split() or [""])[0] if text[place + 1 : place + 2].strip() else ""
    shown = "".join(char for char in word + rest if _seen(char))[:30]
    return f"delete `{shown}` and type it again" if shown else "delete it, or type the text again"
