"""Whatever is recorded in the audit trail has its words, and no words are there for what nobody records."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.audit_lines import ACTIONS, FEATURES, action_words, feature_words
from bot.languages import LANGUAGES
from tests.views.samples import CATALOGUES

_ROOT = Path(__file__).parents[2]


def recorded() -> Iterator[tuple[str, str]]:
    """Each action in a call of `audit.record`, and where; what is no text there is named as it stands in the code."""
    for folder in ("bot", "handlers"):
        for path in (_ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or ast.unparse(node.func) not in {
                    "audit.record",
                    "audit_store.record",
                }:
                    continue
                for one in _texts(node.args[1]):
                    yield one, f"{path.relative_to(_ROOT)}:{node.lineno}"


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else [ast.unparse(node)]


def test_every_action_that_is_recorded_has_words() -> None:
    without = [f"{where} records {action!r}" for action, where in recorded() if action not in ACTIONS]
    assert without == [], "bot/audit_lines.py has no words for them; record literal names"
    assert {action.partition(".")[0] for action in ACTIONS} == set(FEATURES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_two_actions_are_not_the_same(language: str) -> None:
    locale = CATALOGUES[language]
    assert len({action_words(locale, one) for one in ACTIONS}) == len(ACTIONS)
    assert len({feature_words(locale, one) for one in FEATURES}) == len(FEATURES)
