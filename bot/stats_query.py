"""What somebody asks for in words: "/stats group B yesterday", "/stats Суғд", "/stats 어제 B조". Pure.

A small grammar: dates, numbers with a word beside them ("lesson 3", "3강"), names of what the programme and the roster
have, and topics; in any of the languages, whatever the person's own is. What is not understood is told, never guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from bot import stats_words
from bot.languages import Language
from bot.name_folding import folded
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.model import Seminar
from bot.stats_names import Meaning, Names, names_of
from bot.stats_words import KEYWORDS, SORT_TOPICS, Ago, Keyword, Month, Noise, Sort, StatsTopic, Weekday

_OFFERED: Final = 4
_CLOSE: Final = 0.6
_STEM: Final = 4
_LONGEST: Final = 300  # letters that are looked at
_WORDS: Final = 6  # of one name that are looked at together
_SCRIPTS: Final = re.compile(r"(?<=[가-힣])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[가-힣])")
_KOREAN_DATE: Final = re.compile(r"(\d{1,2})월\s*(\d{1,2})일")
_ISO_DATE: Final = re.compile(r"\b\d{4}-(\d{1,2})-(\d{1,2})\b")
_DOTTED_DATE: Final = re.compile(r"\b(\d{1,2})\.(\d{1,2})(?:\.(?:\d{4}|\d{2}))?\b")
_ORDINAL: Final = re.compile(r"\b(\d+)-?(?:st|nd|rd|th|й|я|е|го|ый|ой|ум|юм|уми|юми)\b")
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʻ-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may have been meant by a word, and what would be asked for then."""

    meaning: Meaning
    chosen: FigureFilter
    topic: StatsTopic


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood, the words that were not, and what these may have meant."""

    chosen: FigureFilter
    topic: StatsTopic
    unknown: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


def understood(
    query: str, seminar: Seminar, *, districts: tuple[str, ...], schools: tuple[str, ...], today: date
) -> Asked:
    """What the words ask for. `districts`, `schools`: of the people whom one may ask for; `today`: at the seminar."""
    reader = _Reader(seminar, names_of(seminar, districts, schools), today)
    found = reader.read(query[:_LONGEST].casefold().replace("№", " "))
    chosen, topic = _applied(seminar, found, today)
    nearest = [one for one in dict.fromkeys(reader.nearest()) if one not in found][:_OFFERED]
    offers = tuple(Offer(one, *_applied(seminar, [*found, one], today)) for one in nearest)
    # A session that was named by its place in a day that has not so many.
    places = [one.value for one in found if one.sort is Sort.SESSION and one.value.startswith("#")]
    return Asked(chosen, topic, (*reader.unknown, *(places if chosen.session is None else ())), offers)


@dataclass(slots=True)
class _Reader:
    """Reads the words from left to right; `unknown` are those that mean nothing."""

    seminar: Seminar
    names: Names
    today: date
    unknown: list[str] = field(default_factory=list)

    def read(self, query: str) -> list[Meaning]:
        """What the words mean, in their order; `unknown` has the others."""
        found: list[Meaning] = []
        query = self._dates(query, found)
        words = _WORD.findall(_ORDINAL.sub(r"\1 ", _SCRIPTS.sub(" ", query)))
        at = 0
        while at < len(words):
            at += self._next(words, at, found)
        return list(dict.fromkeys(found))

    def nearest(self) -> Iterator[Meaning]:
        """What the words that were not understood may have meant."""
        known = [*self.names.whole, *self.names.parts, *KEYWORDS]
        for word in self.unknown:
            several = self.names.of_word(folded(word))
            yield from sorted(several)
            for one in get_close_matches(folded(word), known, _OFFERED, _CLOSE):
                if one in KEYWORDS:
                    yield from _offered(KEYWORDS[one], self.today, self.seminar)
                else:
                    yield from self.names.whole.get(one) or sorted(self.names.parts[one])

    def _dates(self, query: str, found: list[Meaning]) -> str:
        for pattern, day_first in ((_KOREAN_DATE, False), (_ISO_DATE, False), (_DOTTED_DATE, True)):
            for match in pattern.finditer(query):
                first, second = int(match[1]), int(match[2])
                self._date(match[0], *((second, first) if day_first else (first, second)), found)
            query = pattern.sub(" ", query)
        return query

    def _date(self, said: str, month: int, day: int, found: list[Meaning]) -> None:
        days = [one for one in _days(self.seminar) if (one.month, one.day) == (month, day)]
        if days:
            found.append(Meaning(Sort.DAY, str(self.seminar.day_number_on(days[0]))))
        else:
            self.unknown.append(said)

    def _next(self, words: list[str], at: int, found: list[Meaning]) -> int:
        """Read on from a word, and return how many words that took."""
        for length in range(min(_WORDS, len(words) - at), 0, -1):
            meanings = self.names.whole.get(folded(" ".join(words[at : at + length])))
            if meanings and (length > 1 or not isinstance(KEYWORDS.get(folded(words[at])), Sort | Noise)):
                found.append(meanings[0])
                return length
        following = words[at + 1] if at + 1 < len(words) else ""
        return self._pair(words[at], following, found) or self._single(words[at], following, found)

    def _pair(self, word: str, following: str, found: list[Meaning]) -> int:
        """Two words that say one thing: "lesson 3", "3강", "4 August"."""
        for number, other in ((following, word), (word, following)):
            keyword = KEYWORDS.get(folded(other)) if other else None
            if number.isdigit() and isinstance(keyword, Month):
                self._date(f"{number} {other}", keyword.number, int(number), found)
                return 2
            if isinstance(keyword, Sort) and (meaning := self._numbered(keyword, number)) is not None:
                found.append(meaning)
                return 2
        return 0

    def _numbered(self, sort: Sort, number: str) -> Meaning | None:
        """The thing of a sort with that number or letter; None where there is none."""
        place = int(number) if number.isdigit() and len(number) < _STEM else 0
        match sort:
            case Sort.GROUP if len(number) == 1 or place:
                return self._named(sort, number) or _at(sort, [one.key for one in self.seminar.groups], _place(number))
            case Sort.LESSON:
                return _at(sort, [one.key for one in self.seminar.lessons], place)
            case Sort.DAY:
                return _at(sort, [str(one) for one in range(1, self.seminar.days_count + 1)], place)
            case Sort.SESSION:
                return Meaning(sort, f"#{place}") if place else None
            case Sort.SCHOOL | Sort.DISTRICT if number.isdigit():
                return self._named(sort, number)
        return None

    def _named(self, sort: Sort, word: str) -> Meaning | None:
        """The one thing of a sort that has the word in its name."""
        found = [one for one in self.names.parts.get(folded(word), ()) if one.sort is sort]
        return found[0] if len(found) == 1 else None

    def _single(self, word: str, following: str, found: list[Meaning]) -> int:
        keyword = KEYWORDS.get(folded(word))
        if isinstance(keyword, Sort):
            named = self.names.of_word(folded(following)) if following else set()
            if not any(one.sort is keyword for one in named) and not any(one.sort is keyword for one in found):
                found.append(Meaning(Sort.TOPIC, SORT_TOPICS[keyword]))
        elif isinstance(keyword, Noise):
            pass
        elif keyword is not None and not isinstance(keyword, Month):
            found += _offered(keyword, self.today, self.seminar) or self._not_understood(word)
        else:
            meanings = self.names.of_word(folded(word))
            # A word of several things of one name, as lunch is, says too little; so does a number alone.
            if len(meanings) == 1 and not word.isdigit():
                found += meanings
            else:
                self._not_understood(word)
        return 1

    def _not_understood(self, word: str) -> list[Meaning]:
        self.unknown.append(word)
        return []


def _offered(keyword: Keyword, today: date, seminar: Seminar) -> list[Meaning]:
    """What a keyword means by itself."""
    match keyword:
        case Sort():
            return [Meaning(Sort.TOPIC, SORT_TOPICS[keyword])]
        case StatsTopic():
            return [Meaning(Sort.TOPIC, keyword)]
        case Language():
            return [Meaning(Sort.LANGUAGE, keyword)]
        case Ago():
            number = seminar.day_number_on(today - timedelta(days=keyword.days))
            return [Meaning(Sort.DAY, str(number))] if number is not None else []
        case Weekday():
            days = [one for one in _days(seminar) if one.weekday() == keyword.number]
            newest = ([one for one in days if one <= today][-1:] or days)[:1]
            return [Meaning(Sort.DAY, str(seminar.day_number_on(one))) for one in newest]
        case Month() | Noise():
            return []


def _place(number: str) -> int:
    """The place that a number or a letter says, from 1 on; 0 for none."""
    if number.isdigit():
        return int(number)
    return next((letters.index(number) + 1 for letters in stats_words.ALPHABETS if number in letters), 0)


def _at(sort: Sort, values: Sequence[str], place: int) -> Meaning | None:
    return Meaning(sort, values[place - 1]) if 0 < place <= len(values) else None


def _days(seminar: Seminar) -> list[date]:
    return [seminar.date_of(number) for number in range(1, seminar.days_count + 1)]


def _applied(seminar: Seminar, found: list[Meaning], today: date) -> tuple[FigureFilter, StatsTopic]:
    """The filter and the topic that all of it makes: values of one sort widen each other, of two sorts narrow."""
    by_sort: dict[Sort, list[str]] = defaultdict(list)
    for one in found:
        by_sort[one.sort].append(one.value)
    days = sorted(map(int, by_sort[Sort.DAY]))
    people = PeopleFilter(
        tuple(by_sort[Sort.GROUP]),
        tuple(by_sort[Sort.DISTRICT]),
        tuple(by_sort[Sort.SCHOOL]),
        tuple(Language(one) for one in by_sort[Sort.LANGUAGE]),
    )
    chosen = FigureFilter(people, days[0] if days else None, days[-1] if days else None)
    for value in by_sort[Sort.SESSION]:
        chosen = replace(chosen, session=_session(seminar, value, chosen.first_day or seminar.day_number_on(today)))
    for value in by_sort[Sort.LESSON]:
        chosen = replace(chosen, lesson=value)
    if by_sort[Sort.TOPIC]:
        return chosen, StatsTopic(by_sort[Sort.TOPIC][-1])
    if chosen.lesson is not None:
        return chosen, StatsTopic.LESSONS
    return chosen, StatsTopic.SESSIONS if chosen.session is not None else StatsTopic.OVERVIEW


def _session(seminar: Seminar, value: str, day: int | None) -> str | None:
    """The key of a session, also where it was named by its place in the day."""
    if not value.startswith("#"):
        return value
    found = seminar.day(day) if day is not None else None
    sessions = found.sessions if found is not None else ()
    place = int(value[1:])
    return sessions[place - 1].key if place <= len(sessions) else None
