"""Who plays in a rehearsal: people with names that fit their languages, always the same for a seed."""

import random
from collections.abc import Iterator

from bot.access import Role
from bot.languages import Language
from bot.rehearsal.telegram.account import Account
from bot.rehearsal.telegram.world import World

# First and last names; women's and men's surnames differ in Tajik and Russian, so they come in pairs.
_TAJIK = (
    ("Ситора", "Раҳимова"), ("Фарҳод", "Назаров"), ("Мадина", "Шарипова"), ("Ҷамшед", "Қодиров"),
    ("Нигора", "Ғаниева"), ("Рустам", "Ҳакимов"), ("Зарина", "Юсуфӣ"), ("Баҳром", "Файзуллоев"),
    ("Гулнора", "Муродова"), ("Сорбон", "Тӯраев"), ("Парвина", "Ализода"), ("Далер", "Саидзода"),
    ("Манижа", "Давлатова"), ("Комрон", "Исмоилов"), ("Шаҳло", "Қурбонова"), ("Хуршед", "Бобоев"),
)  # fmt: skip
_RUSSIAN = (
    ("Лариса", "Ким"), ("Тимур", "Каримов"), ("Ольга", "Юлдашева"), ("Анвар", "Сафаров"),
    ("Наталья", "Петрова"), ("Фаррух", "Мирзоев"), ("Елена", "Хван"), ("Камила", "Рахматова"),
)  # fmt: skip
_ENGLISH = (("Lola", "Nazarova"), ("Daler", "Umarov"), ("Anna", "Fischer"), ("James", "Carter"))
_KOREAN = (("지우", "김"), ("서연", "박"), ("민준", "이"), ("하은", "최"))
NAMES = {
    Language.TAJIK: _TAJIK,
    Language.RUSSIAN: _RUSSIAN,
    Language.ENGLISH: _ENGLISH,
    Language.KOREAN: _KOREAN,
}
# Of ten teachers from Tajikistan, how many read which language.
_MIXTURE = (*[Language.TAJIK] * 6, *[Language.RUSSIAN] * 3, Language.ENGLISH)


class Cast:
    """Makes people. Names repeat, with a number behind, once a language's list is used up."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._names = {language: self._endless(language, seed) for language in NAMES}
        self._random = random.Random(f"cast {seed}")  # noqa: S311 - chance that can be repeated, not secrets

    def person(self, language: str, role: Role = Role.TEACHER) -> Account:
        """Someone new whose phone speaks `language`; staff in Korea have Korean names by their language alone."""
        first, last = next(self._names[Language(language)])
        number = len(self._world.accounts) + 1
        return self._world.account(first, last, language, username=f"{role}_{number}" if number % 3 else "")

    def teacher(self) -> Account:
        """A teacher of the crowd, in one of the languages that they read."""
        return self.person(self._random.choice(_MIXTURE))

    @staticmethod
    def _endless(language: Language, seed: int) -> Iterator[tuple[str, str]]:
        names = list(NAMES[language])
        random.Random(f"names {seed} {language}").shuffle(names)  # noqa: S311 - as above
        yield from names
        turn = 2
        while True:
            yield from ((first, f"{last} {turn}") for first, last in names)
            turn += 1
