"""Former names are gone: identifiers, modules, comments and docstrings say what the field says.

Words to people (the arguments of `_`), stored states and test data are other strings, and not read here.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("bot", "handlers", "rehearsal", "tests")
# A former name -> the term to use instead. Case is ignored; each part of snake_case and CamelCase counts as a word.
TERMS: Final = {
    "flights": "attempts",
    "settlement": "retry policy",
    "begun": "started",
    "newcomer": "joined person, welcome",
    "newcomers": "joined people",
    "doorbell": "admission request",
    "poisoned": "rejected",
    "house": "system, package",
    "houses": "systems, packages",
    "hands": "UI driver; give, pass on (the verb)",
    "deed": "action",
    "deeds": "actions",
    "playhouse": "rehearsal",
    "hop": "thread call",
    "hops": "thread calls",
    "crowd": "simulated users",
    "habits": "behaviours",
    "victim": "fork server, process run",
    "linger": "batch window",
    "aftermath": "side effects",
    "alarm": "help alert",
    "contested": "polling conflict",
    "crowds": "simulated users",
    "die": "end, crash",
    "died": "ended, crashed",
    "dies": "ends, crashes",
    "door": "decoding, admission request",
    "ledger": "queries",
    "patiently": "until it is granted, with retries",
    "scene": "session",
    "settlements": "retry policies",
    "storm": "repeated 429s",
    "swiped": "reply to",
    "verdict": "result",
    "verdicts": "results",
    "witness": "recorder",
    "worded": "rendered",
    "patience": "time-out",
    "glance": "poll interval",
}
# Modules of before whose names are words of every day.
MODULES: Final = {
    "begun": "attempt_log",
    "cast": "personas",
    "company": "simulated users, system",
    "door": "decoding",
    "flights": "attempts",
    "ground": "setup",
    "hands": "ui_driver",
    "ledger": "queries",
    "letters": "relay",
    "life": "process_run",
    "missed": "catch_up",
    "missing": "absence",
    "names": "text",
    "newcomer": "welcome",
    "orders": "commands",
    "outcomes": "send_errors",
    "pace": "rate_limiter",
    "rounds": "periodic_task",
    "scene": "session",
    "settlement": "retry",
    "shape": "validation",
    "stage": "runner",
    "stand": "telegram",
    "trouble": "circuit_breaker",
    "undelivered": "operator_alert",
    "witness": "recorder",
    "wording": "rendering",
    "words": "labels, locale (a person's words are `words`)",
}
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TEXT_WORD: Final = re.compile(r"[A-Za-z_]+")
_ANY: Final = re.compile("|".join(TERMS), re.IGNORECASE)
_IN_FLIGHT: Final = re.compile(r"\bin[ _-]flight|(?<=_)in_flight", re.IGNORECASE)


def words(text: str) -> Iterator[str]:
    """Each word of a text, each part of an identifier, in small letters."""
    for identifier in _TEXT_WORD.findall(_IN_FLIGHT.sub("", text)):
        for part in _WORD.findall(identifier):
            yield part.lower()


def docstring_lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The docstrings of a file by line, those of attributes and constants included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from enumerate(node.value.value.splitlines(), node.lineno)


def former_names(path: str, source: str) -> list[str]:
    """`file:line: word, say term instead` for each former name in a file, or in its path."""
    if not _ANY.search(path + source):
        return []  # to read every token of every file takes long
    texts = [(1, path.removesuffix(".py"))]
    texts += docstring_lines(ast.parse(source))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in {tokenize.NAME, tokenize.COMMENT}:
            texts.append((token.start[0], token.string))
    return [
        f"{path}:{line}: {word!r}, say: {TERMS[word]}"
        for line, text in sorted(texts)
        for word in words(text)
        if word in TERMS
    ]


def python_files() -> list[Path]:
    return [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


def test_no_former_name_is_left() -> None:
    files = python_files()
    assert len(files) > 400
    others = [file for file in files if file != Path(__file__)]
    reports = [former_names(str(file.relative_to(ROOT)), file.read_text("utf-8")) for file in others]
    assert [line for report in reports for line in report] == []


def test_no_module_has_a_former_name() -> None:
    production = [file for file in python_files() if file.relative_to(ROOT).parts[0] != "tests"]
    former = {file.relative_to(ROOT).as_posix(): MODULES[file.stem] for file in production if file.stem in MODULES}
    assert former == {}


@pytest.mark.parametrize(
    ("source", "report"),
    [
        ("class NewcomerCard: ...", "x.py:1: 'newcomer', say: joined person, welcome"),
        ("\nown_begun = 1", "x.py:2: 'begun', say: started"),
        ("#\n# The deed of a person.", "x.py:2: 'deed', say: action"),
        ('"""One.\n\nThe house rules.\n"""', "x.py:3: 'house', say: system, package"),
    ],
)
def test_a_former_name_is_reported_with_its_line_and_the_term(source: str, report: str) -> None:
    assert former_names("x.py", source) == [report]


def test_words_to_people_and_stored_states_are_not_names() -> None:
    assert (
        former_names("x.py", "x = _('The bus is in good hands.')\nSTATE = 'poisoned'\nin_flight = warehouse = 1") == []
    )
