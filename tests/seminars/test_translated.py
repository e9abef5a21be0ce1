"""The samples say the same in all their languages, and their options have keys."""

from pathlib import Path

import pytest

from bot.learning.options import is_number
from bot.programme import load
from bot.programme.folder_warnings import folder_warnings

SAMPLES = sorted((Path(__file__).parents[2] / "seminars").iterdir())


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_no_text_was_edited_in_some_languages_only(folder: Path) -> None:
    assert (folder / "translated.txt").is_file()
    assert folder_warnings(folder) == []


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_answers_are_kept_by_keys(folder: Path) -> None:
    questions = [question for lesson in load(folder).lessons for question in lesson.quiz]
    assert questions
    assert not [one.key for one in questions if any(is_number(option.key) for option in one.options)]
