"""Which option an answer means after somebody changed the lesson's file."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import Localized
from bot.learning.options import Asked, Choice, compare
from bot.programme.lesson_model import Lesson, Option
from tests.views.samples import lesson

LESSON = lesson("passwords", 1)
ASKED = Asked("passwords", "q1")


def of(*options: tuple[str, str], right: str = "Long words") -> Lesson:
    """The lesson with these options in its first question: their keys, what they say, and what the right one says."""
    question = replace(
        LESSON.quiz[0],
        options=tuple(
            Option(key, Localized({"en": said, "ru": f"{said} по-русски"}), said == right, _because())
            for key, said in options
        ),
    )
    return replace(LESSON, quiz=(question,))


def _because() -> Localized:
    return Localized({"en": "so"})


def after(before: Lesson, now: Lesson) -> tuple[Mapping[str, str], list[tuple[str, bool]]]:
    """New keys by the old ones, and whose change is told: by the old key, and whether it is gone."""
    comparison = compare(compare([], [before]).choices, [now])
    return (
        {old: new for (_, old), new in comparison.renamed.items()},
        [(one.before.key, one.now is None) for one in comparison.changes],
    )


ABC = (("1", "Long words"), ("2", "My birthday"), ("3", "qwerty"))
KEYED = (("long", "Long words"), ("birthday", "My birthday"), ("keys", "qwerty"))


@pytest.mark.parametrize(
    ("before", "now", "renamed", "told"),
    [
        (ABC, ABC, {}, []),
        # Numbers shift, and answers with them.
        (ABC, (("1", "qwerty"), ("2", "Long words"), ("3", "My birthday")), {"1": "2", "2": "3", "3": "1"}, []),
        (ABC, (("1", "A pet"), ("2", "Long words"), ("3", "My birthday")), {"1": "2", "2": "3"}, [("3", True)]),
        (ABC, (("1", "Long words"), ("2", "qwerty")), {"3": "2"}, [("2", True)]),
        # Keys are given to what had none.
        (ABC, KEYED, {"1": "long", "2": "birthday", "3": "keys"}, []),
        # A word is mended, under the same number; a text that is quite another is another option.
        (ABC, (("1", "Long words"), ("2", "My birthday!"), ("3", "qwerty")), {}, [("2", False)]),
        (ABC, (("1", "Long words"), ("2", "An old phone number"), ("3", "qwerty")), {}, [("2", True)]),
        # A key is the meaning, wherever it stands and whatever it says.
        (KEYED, KEYED[::-1], {}, []),
        (KEYED, (KEYED[0], ("birthday", "The day I was born"), KEYED[2]), {}, [("birthday", False)]),
        (KEYED, (KEYED[0], ("born", "My birthday"), KEYED[2]), {}, [("birthday", True)]),
        (KEYED, KEYED[:2], {}, [("keys", True)]),
    ],
)  # fmt: skip
def test_an_answer_follows_its_option(
    before: tuple[tuple[str, str], ...],
    now: tuple[tuple[str, str], ...],
    renamed: Mapping[str, str],
    told: list[tuple[str, bool]],
) -> None:
    keys, changes = after(of(*before), of(*now))
    assert {old: new for old, new in keys.items() if not new.startswith("~")} == renamed
    gone = [key for key, is_gone in told if is_gone and key.isdecimal()]
    assert [old for old, new in keys.items() if new.startswith("~")] == gone
    assert changes == told


def test_another_right_answer_is_told() -> None:
    assert after(of(*KEYED), of(*KEYED, right="qwerty"))[1] == [("long", False), ("keys", False)]


def test_a_text_that_is_mended_in_one_language_is_known_by_the_other() -> None:
    now = of(*ABC)
    options = list(now.quiz[0].options[::-1])
    options[0] = replace(options[0], text=Localized({"en": "qwerty", "ru": "йцукен"}))
    numbered = tuple(replace(one, key=str(number)) for number, one in enumerate(options, 1))
    turned = replace(now, quiz=(replace(now.quiz[0], options=numbered),))
    renamed, told = after(of(*ABC), turned)
    assert renamed == {"1": "3", "3": "1"}
    assert told == [("3", False)]


def test_what_is_gone_is_not_taken_for_what_comes_in_its_place_and_can_come_back() -> None:
    all_three, two, other = of(*ABC), of(*ABC[:2]), of(*ABC[:2], ("3", "A rose is a rose"))
    first = compare(compare([], [all_three]).choices, [two])
    [gone] = first.renamed.values()
    second = compare(first.choices, [other])
    assert second.renamed == {}
    assert [one.before.key for one in second.changes] == [gone]
    third = compare(second.choices, [all_three])
    assert third.renamed[ASKED, gone] == "3"


def test_a_question_or_a_lesson_that_is_gone_keeps_its_answers() -> None:
    before = compare([], [of(*KEYED)]).choices
    for lessons in ([], [replace(LESSON, quiz=LESSON.quiz[1:])]):
        comparison = compare(before, lessons)
        assert comparison.renamed == {}
        kept = {(one.key, one.gone) for one in comparison.choices if one.asked == ASKED}
        assert kept == {("birthday", True), ("keys", True), ("long", True)}
        again = compare(comparison.choices, [of(*KEYED)])
        assert [one for one in again.changes if one.before.asked == ASKED] == []


def test_what_was_answered_by_numbers_before_anything_was_remembered_gets_the_keys() -> None:
    comparison = compare([], [of(*KEYED)])
    assert comparison.renamed == {(ASKED, "1"): "long", (ASKED, "2"): "birthday", (ASKED, "3"): "keys"}
    assert comparison.changes == ()


WORDS = st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True)


@given(WORDS, WORDS)
def test_comparing_again_changes_nothing_and_no_two_become_one(before: list[str], now: list[str]) -> None:
    old, new = (of(*((str(n), word * 9) for n, word in enumerate(words, 1))) for words in (before, now))
    first = compare(compare([], [old]).choices, [new])
    keys = {choice.key for choice in compare([], [old]).choices}
    moved = [first.renamed.get((ASKED, key), key) for key in keys]
    assert len(set(moved)) == len(keys)
    again = compare(first.choices, [new])
    assert again.renamed == {}
    assert set(map(_plain, again.choices)) == set(map(_plain, first.choices))


def _plain(choice: Choice) -> tuple[str, bool]:
    return choice.key, choice.gone
