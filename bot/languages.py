"""The languages of the project, and a text that exists in all of them.

A new language starts here; `python -m bot check` then names every text of a seminar that lacks it.
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
FALLBACK = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in several languages, from code to text; English is always there."""

    texts: Mapping[str, str]

    def get(self, language: str) -> str:
        """The text in this language, or in English where there is none."""
        return self.texts.get(language) or self.texts[FALLBACK]
