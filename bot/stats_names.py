"""What the programme and the roster name, looked up by the words that people type. Pure."""

from collections import defaultdict
from typing import Final, NamedTuple

from bot.name_folding import folded
from bot.programme.model import Seminar
from bot.stats_words import KEYWORDS, Sort

_ENDING: Final = 2  # letters that a word may have more than a name, or less: Помира
_STEM: Final = 4


class Meaning(NamedTuple):
    """One thing that words can mean: of which sort, and its key, name or number there."""

    sort: Sort
    value: str


class Names:
    """What the programme and the roster name, by whole names and by single words of them, folded."""

    def __init__(self) -> None:
        self.whole: dict[str, list[Meaning]] = defaultdict(list)
        self.parts: dict[str, set[Meaning]] = defaultdict(set)

    def add(self, name: str, meaning: Meaning) -> None:
        """A thing is called so."""
        key = folded(name.replace("№", " "))
        if not key:
            return
        if meaning not in self.whole[key]:
            self.whole[key].append(meaning)
        for word in key.split():
            if word not in KEYWORDS:
                self.parts[word].add(meaning)

    def of_word(self, word: str) -> set[Meaning]:
        """What a single word can name, perhaps with another ending."""
        if word in self.parts:
            return self.parts[word]
        return {meaning for known, its in self.parts.items() if _same(word, known) for meaning in its}


def names_of(seminar: Seminar, districts: tuple[str, ...], schools: tuple[str, ...]) -> Names:
    """The names of a seminar's groups, lessons and sessions in all its languages, and of these places."""
    names = Names()
    for group in seminar.groups:
        for title in group.title.texts.values():
            names.add(title, Meaning(Sort.GROUP, group.key))
    for district in filter(None, districts):
        names.add(district, Meaning(Sort.DISTRICT, district))
    for school in filter(None, schools):
        names.add(school, Meaning(Sort.SCHOOL, school))
    for lesson in seminar.lessons:
        for title in lesson.title.texts.values():
            names.add(title, Meaning(Sort.LESSON, lesson.key))
    sessions = [one for day in seminar.days for one in day.sessions]
    for session in sorted(sessions, key=lambda one: not one.attendance):
        for title in session.title.texts.values():
            names.add(title, Meaning(Sort.SESSION, session.key))
    return names


def _same(word: str, known: str) -> bool:
    shorter, longer = sorted((word, known), key=len)
    return len(shorter) >= _STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING
