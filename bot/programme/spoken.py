"""The languages that a seminar's folder is written in, and what to say of a text that lacks one or has one more."""

from dataclasses import dataclass

from bot.languages import DEFAULT_LANGUAGES, LANGUAGES, Language

_ENGLISH = {
    Language.TAJIK: "Tajik",
    Language.RUSSIAN: "Russian",
    Language.ENGLISH: "English",
    Language.KOREAN: "Korean",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """`languages` are those of every text, the fallback first; None where that could not be read.

    `named` is whether the folder names them itself: then a text in another one is a mistake, too.
    """

    languages: tuple[Language, ...] | None
    named: bool = False

    @property
    def expected(self) -> tuple[Language, ...]:
        """The languages whose texts are missed where they are not there."""
        return self.languages or ()

    @property
    def understood(self) -> tuple[Language, ...]:
        """The languages whose texts are read: the fallback first."""
        return self.languages or DEFAULT_LANGUAGES

    def each(self) -> str:
        """How a text is written in each of them."""
        return f"write below it {', '.join(f'`{one}: ...`' for one in self.understood)}"

    def missing(self, language: Language) -> str:
        """What to do about a text that is not there."""
        line = f"add a line `{language}: ...`"
        if self.named:
            return line
        return f"{line}; or name the languages of the folder in seminar.yaml, like `languages: [en, ru]`"

    def too_many(self, language: Language) -> tuple[str, str]:
        """What is wrong with a text in a language that the folder does not name, and what to do about it."""
        return (
            f"is written in {english(language)}, but `languages` in seminar.yaml are {', '.join(self.expected)}",
            f"remove the text, or add {language} to `languages`",
        )

    def others(self) -> tuple[Language, ...]:
        """The languages that the bot speaks and the folder does not."""
        return () if self.languages is None else tuple(one for one in LANGUAGES if one not in self.languages)


UNKNOWN = Spoken(None)


def english(language: Language) -> str:
    """What the command line calls a language."""
    return _ENGLISH[language]
