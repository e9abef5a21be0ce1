"""What became of the options of quizzes since people could choose them: which one an answer means now. Pure rules.

A key that was written into the file is the meaning: with another key it is another option. An option without one is
called by its number, and numbers shift: it is known again by what it says in one language at least, or by something
like it under its number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from hashlib import blake2s
from typing import Final, NamedTuple

from bot.programme.lesson_model import Lesson, Option, Question

_ALIKE: Final = 0.6  # of two texts: one is the other, mended; below it they are two
_NAMELESS: Final = "~"  # begins the key of an option that is gone and had none of its own


class Asked(NamedTuple):
    """A question, by the keys of its lesson and its own."""

    lesson: str
    question: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it was when people could choose it. `texts` are by language; `gone`: that it is gone was told."""

    asked: Asked
    key: str
    texts: Mapping[str, str]
    right: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A choice that says something else now, is judged otherwise, or is gone (`now` is None)."""

    before: Choice
    now: Option | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What to remember from now on, which keys of answers become others, and what to tell."""

    choices: tuple[Choice, ...]
    renamed: Mapping[tuple[Asked, str], str]
    changes: tuple[Change, ...]


def compare(before: Iterable[Choice], lessons: Iterable[Lesson]) -> Comparison:
    """Compare what people could choose with the lessons as they are now.

    A question that nothing is remembered of was answered by the numbers of its options as they are now.
    """
    remembered: dict[Asked, list[Choice]] = {}
    for choice in before:
        remembered.setdefault(choice.asked, []).append(choice)
    questions = {Asked(lesson.key, one.key): one for lesson in lessons for one in lesson.quiz}
    choices, renamed, changes = [], {}, []
    for asked in sorted(remembered.keys() | questions.keys()):
        question = questions.get(asked)
        old = remembered.get(asked) or list(_by_number(asked, question))
        for choice, option in _matched(old, question):
            key = _kept_key(choice) if option is None else option.key
            if key != choice.key:
                renamed[asked, choice.key] = key
            if option is None:
                choices.append(replace(choice, key=key, gone=True))
            if option is None or _differ(choice, option):
                changes.append(Change(choice, option))
        choices += [_choice(asked, option) for option in question.options] if question else []
    return Comparison(tuple(choices), renamed, tuple(changes))


def is_number(key: str) -> bool:
    """Whether an option has no key of its own, and is called by its number."""
    return key.isdecimal()


def is_nameless(key: str) -> bool:
    """Whether an option had no key of its own, as long as it was there or now that it is gone."""
    return is_number(key) or key.startswith(_NAMELESS)


def _matched(old: Sequence[Choice], question: Question | None) -> Iterator[tuple[Choice, Option | None]]:
    free = list(question.options) if question else []
    left = list(old)
    for fits in (_is_same_key, _says_the_same, _says_alike, _is_same_number):
        for choice in tuple(left):
            matches = sorted((one for one in free if fits(choice, one)), key=lambda one: one.key != choice.key)
            if matches:
                free.remove(matches[0])
                left.remove(choice)
                yield choice, matches[0]
    yield from ((choice, None) for choice in left)


def _is_same_key(choice: Choice, option: Option) -> bool:
    return choice.key == option.key and not is_number(choice.key)


def _says_the_same(choice: Choice, option: Option) -> bool:
    return is_nameless(choice.key) and _same_words(choice, option)


def _says_alike(choice: Choice, option: Option) -> bool:
    return is_nameless(choice.key) and any(one == other for one, other in _pairs(choice, option))


def _is_same_number(choice: Choice, option: Option) -> bool:
    return choice.key == option.key and any(
        SequenceMatcher(None, one, other).ratio() > _ALIKE for one, other in _pairs(choice, option)
    )


def _same_words(choice: Choice, option: Option) -> bool:
    pairs = _pairs(choice, option)
    return bool(pairs) and all(one == other for one, other in pairs)


def _pairs(choice: Choice, option: Option) -> list[tuple[str, str]]:
    """What it said and says, in each language of both."""
    return [(choice.texts[one], text) for one, text in option.text.texts.items() if one in choice.texts]


def _differ(choice: Choice, option: Option) -> bool:
    return not _same_words(choice, option) or choice.right != option.right


def _kept_key(choice: Choice) -> str:
    """The key of an option that is gone: not its number, which another option may get."""
    if not is_number(choice.key):
        return choice.key
    said = repr(sorted(choice.texts.items()))
    return _NAMELESS + blake2s(said.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _by_number(asked: Asked, question: Question | None) -> Iterator[Choice]:
    for number, option in enumerate(question.options if question else (), 1):
        yield replace(_choice(asked, option), key=str(number))


def _choice(asked: Asked, option: Option) -> Choice:
    return Choice(asked, option.key, option.text.texts, option.right)
