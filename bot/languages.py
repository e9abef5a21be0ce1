"""The languages that the bot speaks, and a text in those of a seminar.

A new language starts here; each seminar then says whether it is written in it (`languages` in its seminar.yaml).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language a person can choose, by its ISO 639-1 code; the order is the order of the buttons."""

    TAJIK = "tg"
    RUSSIAN = "ru"
    ENGLISH = "en"
    KOREAN = "ko"

    @property
    def own_name(self) -> str:
        """What its speakers call it."""
        return _OWN_NAMES[self]


_OWN_NAMES = {
    Language.TAJIK: "Тоҷикӣ",
    Language.RUSSIAN: "Русский",
    Language.ENGLISH: "English",
    Language.KOREAN: "한국어",
}

LANGUAGES: tuple[Language, ...] = tuple(Language)
FALLBACK = Language.ENGLISH  # of the bot's own words, whose source it is
# Of a seminar that does not name its own; the first is what people read whose language is not among them.
DEFAULT_LANGUAGES: tuple[Language, ...] = (FALLBACK, *(one for one in LANGUAGES if one is not FALLBACK))


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in the languages of its seminar, from code to text; the first is for readers of any other language."""

    texts: Mapping[str, str]

    def get(self, language: str) -> str:
        """The text in this language, or in the seminar's first where there is none."""
        return self.texts.get(language) or next(iter(self.texts.values()))
