"""The locale lint of words, broken on purpose."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from ruamel.yaml import YAML

from tests import glossary, words
from tests.glossary import LANGUAGES, TERMS, WITHOUT

TEXTS = sorted([*(words.ROOT / "seminars").rglob("*.yaml"), *(words.ROOT / "docs").glob("*.??.md")])


def localized(node: object) -> Iterator[tuple[str, str]]:
    """Each text of a seminar's file, with its language: what stands under the code of one."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node if isinstance(node, list) else ()):
        if key in LANGUAGES and isinstance(value, str):
            yield str(key), value
        else:
            yield from localized(value)


def guide(path: Path) -> Iterator[tuple[str, str]]:
    """Each line of a guide, with the language that its file is named after."""
    return ((path.suffixes[0].strip("."), line) for line in path.read_text("utf-8").splitlines())


def catalogue(*messages: tuple[str, str]) -> Catalog:
    made = Catalog()
    for source, text in messages:
        made.add(source, text)
    return made


def lint(language: str, source: str, text: str) -> list[str]:
    return list(words.problems(language, catalogue((source, "")), catalogue((source, text))))


@pytest.mark.parametrize(
    ("language", "source", "text", "said"),
    [
        ("tg", "Ask an organizer.", "Аз мизбон пурсед.", "'organizer' without ташкилотчи"),
        ("tg", "Ask an organizer.", "Аз мизбон пурсед.", "has 'мизбон'; say ташкилотчӣ"),
        ("tg", "All of it.", "Ҳама маълумот.", "write Ҳамаи маълумот"),
        ("tg", "One tap is enough.", "Як пахш кофист.", "пахш alone is no noun"),
        ("tg", "I was away.", "Ман дар алоқа набудам.", "write дастрас"),
        ("tg", "Yes", "Очень", "the Tajik alphabet has none"),
        ("ru", "The evening check-in is over.", "Вечерняя перекличка закончена.", "say вечерний вопрос"),
        ("ru", "Teachers", "Педагоги", "'Teachers' without учител; use the word of docs/glossary.md"),
        ("ru", "Erase it", "Стереть всё о вас", "write все ваши данные"),
        ("ru", "Companion", "Ҳамроҳ", "write Russian letters"),
        ("ru", "They ask.", "Организаторы заглянут к вам.", "promise no visit"),
        ("ko", "Lessons", "강좌", "'Lessons' without 강의 or 퀴즈"),
        ("ko", "Lessons", "강좌", "say 짧은 강의"),
        ("ko", "Thank you", "고마워요!", "end it in -ㅂ니다"),
        ("ko", "Yes", "<b>동의해요</b>", "end it in -ㅂ니다"),
        ("ko", "How was it?", "어떠셨어요?", "end questions in -ㅂ니까"),
        ("ko", "You are in.", "이미 들어와 계세요.", "write 참가 중이십니다"),
        ("ko", "On Telegram", "Telegram에서", "write 텔레그램"),
        ("ko", "From {n}", "{n}: 9:15", "write hours with two digits"),
        ("ru", "Open", "Открыто 08:00-22:00", "write a dash between hours"),
    ],
)
def test_a_translation_with_another_word_is_named(language: str, source: str, text: str, said: str) -> None:
    found = lint(language, source, text)
    assert [problem for problem in found if said in problem and problem.startswith("locales/")], found


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("tg", "Ask the organizers of {group}.", "Аз ташкилотчиёни {group} пурсед."),
        ("tg", "Press it.", "Тугмаро пахш кунед."),
        ("ru", "The evening check-in is over: /broadcast", "Вечерний вопрос уже закрыт: /broadcast"),
        ("ko", "No, help is needed at once.", "아니요, 도움이 필요합니다. 필요 없으면 눌러 주세요. 보낼까요?"),
        ("ko", "From {since} to {until}", "{since}–{until}, 08:00–22:00"),
    ],
)
def test_the_words_of_the_glossary_are_let_be(language: str, source: str, text: str) -> None:
    assert lint(language, source, text) == []


def test_archaic_english_is_named_with_its_place() -> None:
    source = Catalog()
    source.add("Who shall get it? Write it anew.", locations=[("bot/views/broadcast.py", 7)])
    source.add("Shall I pass this on? In which language shall we speak?", locations=[("bot/views/relay.py", 8)])
    found = list(words.archaic(source))
    assert [problem.split(";")[0] for problem in found] == [
        "bot/views/broadcast.py:7: 'Who shall get it? Write it anew.' has 'anew'",
        "bot/views/broadcast.py:7: 'Who shall get it? Write it anew.' has 'Who shall'",
        "bot/views/broadcast.py:7: 'Who shall get it? Write it anew.' has 'shall'",
    ]


def test_the_lint_and_the_glossary_say_the_same_words() -> None:
    rows = {row[0]: dict(zip(LANGUAGES, row, strict=True)) for row in glossary.rows()}
    assert len(rows) > 30
    for row in rows.values():
        assert all(row.values()), row
    for term in TERMS:
        for language in ("tg", "ru", "ko"):
            cell = rows[term.name][language].lower()
            assert any(stem in cell for stem in term.stems(language)), (term.name, language)


def test_the_glossary_itself_avoids_what_it_tells_to_avoid() -> None:
    for row in glossary.rows():
        for language, cell in zip(LANGUAGES, row, strict=True):
            assert list(glossary.avoided(language, cell)) == [], cell


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_samples_and_guides_avoid_what_is_avoided_everywhere(path: Path) -> None:
    for language, text in guide(path) if path.suffix == ".md" else localized(YAML(typ="safe").load(path)):
        assert list(glossary.avoided(language, text, message=False)) == [], text


def test_an_exception_is_about_a_message_that_needs_it() -> None:
    for language, exceptions in WITHOUT.items():
        spoken = words.load(language)
        for source in exceptions:
            message = spoken.get(source)
            assert message is not None, source
            assert list(glossary.astray(language, source, str(message.string))), source
