"""Names as they are searched: in either script, with or without the Tajik letters, in any of the usual spellings.

Both the names and what is typed are folded; a name is found where its folded forms hold a folded form of what was
typed. So a letter is always folded alike, wherever in a word it stands: a part of a name is found, too.
"""

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = dict(zip("абвгдезиклмнопрстуфғқӣӯўҳхэыжҷчй", "abvgdeziklmnoprstufgkiuuhheiccci", strict=True))
_SEVERAL: Final = {"ц": "ts", "ш": "sh", "щ": "sh", "ё": "io", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
_LATIN: Final = {"y": "i", "w": "v", "q": "k", "x": "h", "j": "c", "'": "", "’": "", "ʻ": "", "`": ""}
_LETTERS: Final = str.maketrans(_CYRILLIC | _SEVERAL | _LATIN)
# Sounds that one script writes with one letter and another with several.
_SOUNDS: Final = (
    ("dzh", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "c"),
    ("ch", "c"),
    ("ph", "f"),
    ("dc", "c"),
    ("tc", "c"),
)
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")
_NO_LETTERS: Final = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """The text in small Latin letters as it sounds, words apart by one space; other scripts without their accents."""
    plain = text.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
        plain = plain.translate(_LETTERS)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return " ".join(_DOUBLED.sub(r"\1", _NO_LETTERS.sub(" ", plain)).split())


def forms(*names: str) -> str:
    """All that a person with these names is found by, one form a line."""
    found: dict[str, None] = {}
    for name in names:
        small = name.casefold()
        for written in (small, small.replace("ё", "е")) if "ё" in small else (small,):
            found |= dict.fromkeys(_variants(folded(written)))
    return "\n".join(filter(None, found))


def parts(query: str) -> list[tuple[str, str]]:
    """For each word that was typed the two forms of which a name must hold one; none where nothing can be searched."""
    found = [_variants(word) for word in folded(query).split()]
    return [(word, other) for word, other in found if word]


def _variants(word: str) -> tuple[str, str]:
    """The form itself, and the one of who writes "Tojiboev" for "Tojiboyev"."""
    return word, word.replace("ie", "e")
