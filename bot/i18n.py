"""Catalogues, plurals and dates. English is the source; `locales/<language>/LC_MESSAGES/hamroh.po` holds the rest.

Three ways to say a thing, one a place: `_("...")` for message text (HTML; every value that is put in is escaped),
`_.plain("...")` for buttons, toasts and commands (no HTML), `_.plural("...", "...", n)` for what is counted.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.languages import DEFAULT_LANGUAGES, LANGUAGES, Language

LOCALES = Path(__file__).parent.parent / "locales"

# What a Telegram app may call a language that these people also read.
_CLOSEST = {"tg": "tg", "ru": "ru", "en": "en", "ko": "ko", "uz": "ru", "kk": "ru", "ky": "ru", "uk": "ru", "fa": "tg"}


class Html(str):
    """Text that is HTML already and is put into messages as it is."""

    __slots__ = ()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a message for the catalogue where no language is known yet."""
    return message


class Locale:
    """The texts of one language, its plurals, dates and numbers. Short-named `_` where it is used."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, message: str, /, **values: object) -> Html:
        """The message as HTML, with each value escaped unless it is `Html`."""
        return _fill(self._catalogue.gettext(message), values)

    def plain(self, message: str, /, **values: object) -> str:
        """The message without markup, for buttons, toasts and menus; values go in as they are."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Html:
        """The message in the form that `n` things need, with `{n}` filled in, as HTML."""
        return _fill(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def day(self, day: date) -> str:
        """A day with its weekday: `Monday, 4 August`, `душанбе, 4 август`, `8월 4일 월요일`."""
        return _date(self._catalogue.pgettext("date with weekday", "EEEE, d MMMM"), day, self.language)

    def short_day(self, day: date) -> str:
        """A day without its weekday: `4 August`, `8월 4일`."""
        return _date(self._catalogue.pgettext("date", "d MMMM"), day, self.language)

    def full_day(self, day: date) -> str:
        """A day with its year: `4 August 2025`, `4 августа 2025 г.`, `2025년 8월 4일`."""
        return _date(self._catalogue.pgettext("date with year", "d MMMM y"), day, self.language)

    def time(self, moment: datetime, zone: ZoneInfo) -> str:
        """The hour and minute of an aware moment in `zone`: `09:30`, in every language."""
        return moment.astimezone(zone).strftime("%H:%M")

    def decimal(self, number: float) -> str:
        """A number with one decimal: `3.5`, `3,5`."""
        return format_decimal(number, format="0.0", locale=self.language)

    def city(self, zone: ZoneInfo) -> str:
        """The city that a zone is named after: `Dushanbe`, `Душанбе`, `두샨베`."""
        return get_timezone_location(zone, locale=self.language, return_city=True)


class Locales:
    """The locales of a seminar's languages, loaded once at start-up; the first one is for any other language."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._locales = dict(locales)
        self.fallback = next(iter(self._locales.values()))

    @classmethod
    def load(cls, languages: Sequence[Language] = DEFAULT_LANGUAGES, folder: Path = LOCALES) -> "Locales":
        """Read these languages' .po under `folder`; a language without a file speaks English."""
        return cls({language: Locale(language, _catalogue(folder, language)) for language in languages})

    def __getitem__(self, language: str) -> Locale:
        """The locale of a language; of a stored one that this seminar is not in, that of its first."""
        return self._locales.get(language, self.fallback)

    def closest(self, code: str | None) -> Locale:
        """The locale to start with for a phone that says its language is `code` (IETF tag, or nothing).

        That of the seminar's first language, where it is not in one that the person reads.
        """
        return self[_CLOSEST.get((code or "").split("-")[0].lower(), "")]

    def all(self) -> list[Locale]:
        """Every locale, in the order in which languages are offered."""
        return [self._locales[language] for language in LANGUAGES if language in self._locales]


def _fill(text: str, values: Mapping[str, object]) -> Html:
    if not values:
        return Html(text)
    safe = {k: v if isinstance(v, (Html, int)) else escape(str(v), quote=False) for k, v in values.items()}
    return Html(text.format(**safe))


def _catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    path = folder / language / "LC_MESSAGES" / "hamroh.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)  # a catalogue without a locale forgets its plural rule
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=512)
def _date(pattern: str, day: date, language: str) -> str:
    text = format_date(day, pattern, locale=language)
    # CLDR writes Tajik weekdays and months with capitals, which Tajik does not do inside a text.
    return text.lower() if language == "tg" else text
