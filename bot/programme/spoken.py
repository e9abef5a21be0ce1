"""The languages that a seminar's folder is written in, and what to say of texts that lack one or have one more.

That is said once the whole folder is read: a language that is nowhere is one line to write, not hundreds.
"""

from dataclasses import dataclass, field

from bot.languages import DEFAULT_LANGUAGES, LANGUAGES, Language
from bot.programme.problems import Log, listed

_ENGLISH = {
    Language.TAJIK: "Tajik",
    Language.RUSSIAN: "Russian",
    Language.ENGLISH: "English",
    Language.KOREAN: "Korean",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text lacks a language or has one too many; `name` says what the text is of."""

    log: Log
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """`languages` are those of every text, the fallback first; None where that could not be read.

    `named` is whether the folder names them itself: then a text in another one is a mistake, too.
    """

    languages: tuple[Language, ...] | None
    named: bool = False
    _seen: set[Language] = field(default_factory=set)
    _missing: list[tuple[Language, _Place]] = field(default_factory=list)
    _extra: dict[tuple[str, Language], list[_Place]] = field(default_factory=dict)

    @property
    def understood(self) -> tuple[Language, ...]:
        """The languages whose texts are read: the fallback first."""
        return self.languages or DEFAULT_LANGUAGES

    @property
    def others(self) -> tuple[Language, ...]:
        """The languages that the bot speaks and the folder does not."""
        return tuple(one for one in LANGUAGES if one not in self.understood)

    def each(self) -> str:
        """How a text is written in each of them."""
        return f"write below it {', '.join(f'`{one}: ...`' for one in self.understood)}"

    def add_text(self, language: Language) -> None:
        """A text is there in this language."""
        self._seen.add(language)

    def add_missing(self, language: Language, log: Log, line: int, name: str) -> None:
        """A text is not there in this language."""
        self._missing.append((language, _Place(log, line, name)))

    def add_extra(self, language: Language, log: Log, line: int, name: str) -> None:
        """A text is there in a language that the folder does not name."""
        self._extra.setdefault((log.file, language), []).append(_Place(log, line, name))

    def report(self, top: Log) -> None:
        """Note what was found, once everything is read; `top` is of seminar.yaml."""
        if self.languages is None:
            return
        absent = [one for one in self.languages if one not in self._seen] if self._seen and not self.named else []
        if absent:
            written = ", ".join(one for one in self.languages if one in self._seen)
            what = f"no text of this folder is in {listed(map(english, absent), 'or')}"
            top.add(1, what, f"name the languages that it is in with a line `languages: [{written}]`")
        for language, place in self._missing:
            if language not in absent:
                what = f"{place.name} has no {english(language)} text"
                place.log.add(place.line, what, f"add a line `{language}: ...`")
        for (_file, language), places in self._extra.items():
            self._report_extra(language, min(places, key=_line), len(places) - 1)

    def _report_extra(self, language: Language, first: _Place, more: int) -> None:
        others = "" if not more else f", as {more} more text{'s' if more > 1 else ''} of this file"
        named = ", ".join(self.understood)
        what = f"{first.name} is written in {english(language)}{others}, but `languages` in seminar.yaml are {named}"
        first.log.add(
            first.line, what, f"remove each text that begins with `{language}:`, or add {language} to `languages`"
        )


def english(language: Language) -> str:
    """What the command line calls a language."""
    return _ENGLISH[language]


def _line(place: _Place) -> int:
    return place.line
