"""The people of a rehearsal: their names and the languages that they read. A seed always gives the same ones."""

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
    """The languages that people read, in the order of `LANGUAGES`: all of them where there is no seminar."""
    return LANGUAGES if seminar is None else tuple(one for one in LANGUAGES if one in seminar.languages)


class PersonaFactory:
    """Creates people who read `languages`. Once the names of a language are used up they repeat with a number.

    Most teachers read the first language and the hosts the last; where there are fewer, they share them.
    """

    def __init__(self, world: World, seed: int, languages: Sequence[Language] = LANGUAGES) -> None:
        self.first_language, self.second_language = languages[0], languages[min(1, len(languages) - 1)]  # of teachers
        self.host_language = languages[-1]
        self.staff_language = languages[max(0, len(languages) - 2)]  # which hosts use with their guests
        self._world = world
        self._weighted = [language for language, share in zip(languages, _SHARES, strict=False) for _ in range(share)]
        self._names = {language: self._endless_names(language, seed) for language in NAMES}
        # The texts of the seeds stay as they are: others would change what a seed stands for.
        self._random = random.Random(f"cast {seed}")  # noqa: S311 - repeatable, for no secrets

    def create(self, language: str, role: Role = Role.TEACHER) -> Account:
        """A new person whose phone is set to `language`; the name fits the language, whatever the role."""
        first, last = next(self._names[Language(language)])
        number = len(self._world.accounts) + 1
        return Account(self._world, first, last, language, username=f"{role}_{number}" if number % 3 else "")

    def create_teacher(self) -> Account:
        """A new teacher, in one of the languages that teachers read."""
        return self.create(self._random.choice(self._weighted))

    @staticmethod
    def _endless_names(language: Language, seed: int) -> Iterator[tuple[str, str]]:
        names = list(NAMES[language])
        random.Random(f"names {seed} {language}").shuffle(names)  # noqa: S311 - as above
        yield from names
        turn = 2
        while True:
            yield from ((first, f"{last} {turn}") for first, last in names)
            turn += 1
