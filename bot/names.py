"""What people type, made fit to keep and to show."""

import unicodedata

NAME_LIMIT = 64

# Letters by their category, yet nothing that an eye can see: fillers of the Korean alphabet.
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")


def clean_name(text: str) -> str:
    """A name on one line without control, direction and invisible characters; "" when no letter or digit is left.

    It may be longer than `NAME_LIMIT`: whoever asks says so.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if char.isspace() else char for char in composed if char.isspace() or _seen(char))
    name = " ".join(visible.split())
    return name if any(char.isalnum() for char in name) else ""


def clean_words(text: str) -> str:
    """Someone's words as they wrote them, without what no phone shows and no database takes (lone surrogates, NUL)."""
    kept = (char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units (2 or more), cut at a space or line end where one is near."""
    found: list[str] = []
    while units(text) > limit:
        end = _fitting(text, limit)
        space = max(text.rfind(" ", end // 2, end), text.rfind("\n", end // 2, end))
        end = space if space > 0 else end
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text]


def _seen(char: str) -> bool:
    return unicodedata.category(char)[0] != "C" and char not in _INVISIBLE


def _fitting(text: str, limit: int) -> int:
    length = 0
    for index, char in enumerate(text):
        length += 2 if ord(char) > 0xFFFF else 1
        if length > limit:
            return index
    return len(text)
