"""Who plays in a rehearsal: people who read the seminar's languages, the same with the same names for a seed."""

import random
from collections.abc import Iterator, Sequence

from bot.access import Role
from bot.languages import LANGUAGES, Language
from bot.programme.model import Seminar
from rehearsal.telegram.account import Account
from rehearsal.telegram.world import World

# First and last names; women's and men's surnames differ in Tajik and Russian, so they come in pairs.
_TAJIK = (
    ("Ситора", "Раҳимова"), ("Фарҳод", "Назаров"), ("Мадина", "Шарипова"), ("Ҷамшед", "Қодиров"),
    ("Нигора", "Ғаниева"), ("Рустам", "Ҳакимов"), ("Зарина", "Юсуфӣ"), ("Баҳром", "Файзуллоев"),
    ("Гулнора", "Муродова"), ("Сорбон", "Тӯраев"), ("Парвина", "Ализода"), ("Далер", "Саидзода"),
    ("Манижа", "Давлатова"), ("Комрон", "Исмоилов"), ("Шаҳло", "Қурбонова"), ("Хуршед", "Бобоев"),
)  # fmt: skip
# Russian and English are read in many countries, so their readers' names are from many.
_RUSSIAN = (
    ("Наталья", "Петрова"), ("Тимур", "Каримов"), ("Ольга", "Соколова"), ("Арман", "Петросян"),
    ("Елена", "Ковальчук"), ("Азамат", "Сериков"), ("Марина", "Андреева"), ("Игорь", "Лебедев"),
    ("Айгуль", "Омарова"), ("Павел", "Новак"),
)  # fmt: skip
_ENGLISH = (
    ("Anna", "Fischer"), ("James", "Carter"), ("Maya", "Patel"), ("Daniel", "Novak"),
    ("Grace", "Mensah"), ("Lucas", "Silva"), ("Emma", "Larsen"), ("Omar", "Haddad"),
)  # fmt: skip
_KOREAN = (("지우", "김"), ("서연", "박"), ("민준", "이"), ("하은", "최"))
NAMES = {
    Language.TAJIK: _TAJIK,
    Language.RUSSIAN: _RUSSIAN,
    Language.ENGLISH: _ENGLISH,
    Language.KOREAN: _KOREAN,
}
_SHARES = (6, 3, 1)  # of ten teachers: how many read the first language, the second, the third


def languages_of(seminar: Seminar | None) -> tuple[Language, ...]:
    """What the people of a rehearsal read, in the order of `LANGUAGES`: all of them where there is no seminar."""
    return LANGUAGES if seminar is None else tuple(one for one in LANGUAGES if one in seminar.languages)


class Cast:
    """Makes people who read `languages`. Names repeat, with a number behind, once a language's list is used up.

    Most teachers read the first language and the hosts the last; where there are fewer, they share them.
    """

    def __init__(self, world: World, seed: int, languages: Sequence[Language] = LANGUAGES) -> None:
        self.most, self.some = languages[0], languages[min(1, len(languages) - 1)]  # teachers
        self.host, self.working = languages[-1], languages[max(0, len(languages) - 2)]  # working: hosts with guests
        self._world = world
        self._mixture = [language for language, share in zip(languages, _SHARES, strict=False) for _ in range(share)]
        self._names = {language: self._endless(language, seed) for language in NAMES}
        self._random = random.Random(f"cast {seed}")  # noqa: S311 - chance that can be repeated, not secrets

    def person(self, language: str, role: Role = Role.TEACHER) -> Account:
        """Someone new whose phone speaks `language`; the name fits the language, whatever the role."""
        first, last = next(self._names[Language(language)])
        number = len(self._world.accounts) + 1
        return Account(self._world, first, last, language, username=f"{role}_{number}" if number % 3 else "")

    def teacher(self) -> Account:
        """A teacher of the crowd, in one of the languages that they read."""
        return self.person(self._random.choice(self._mixture))

    @staticmethod
    def _endless(language: Language, seed: int) -> Iterator[tuple[str, str]]:
        names = list(NAMES[language])
        random.Random(f"names {seed} {language}").shuffle(names)  # noqa: S311 - as above
        yield from names
        turn = 2
        while True:
            yield from ((first, f"{last} {turn}") for first, last in names)
            turn += 1
