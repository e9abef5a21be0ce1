"""Answers keep their meaning when a lesson's file is changed, and whoever changed it hears what people had answered."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.learning.options import Change, is_nameless, is_number
from bot.programme.files import file_name
from bot.programme.locate import line_of
from bot.programme.model import Seminar
from bot.store import lesson_option as lesson_option_store

_LOG = logging.getLogger(__name__)


def tell(changes: Iterable[tuple[Change, int]], seminar: Seminar, folder: Path) -> None:
    """Log what changed of the options that people chose, and how many did."""
    for change, people in changes:
        _LOG.warning("%s", _told(change, people, seminar, folder))


def check(database: Path, seminar: Seminar, folder: Path) -> list[str]:
    """One warning for each option that people chose and that has changed or gone since; the database is only read."""
    return [_told(change, people, seminar, folder) for change, people in lesson_option_store.preview(database, seminar)]


def _told(change: Change, people: int, seminar: Seminar, folder: Path) -> str:
    before, now = change.before, change.now
    asked, lesson = before.asked, seminar.lesson(before.asked.lesson)
    path = folder / "lessons" / (file_name(lesson.day, lesson.key) if lesson else "")
    question = lesson.question(asked.question) if lesson else None
    place = [question.options.index(now)] if question and now else []
    line = line_of(path, "quiz", asked.question, "options", *place) if lesson else 1
    many = "1 person" if people == 1 else f"{people} people"
    said = f'"{_said(before.texts, seminar)}"'
    head = f"{path}:{line}: warning:"
    if now is None:
        what = f"{many} chose {said} in question `{asked.question}` of lesson `{asked.lesson}`, and that is gone"
        key = "" if is_nameless(before.key) else f" with `key: {before.key}`"
        return (
            f"{head} {what}, put it back{key}, or leave it: they can choose anew, and a finished lesson stays finished"
        )
    if before.right != now.right:
        graded = "right" if before.right else "wrong"
        what = f"{many} chose {said} when it was {graded}, and now it is {'right' if now.right else 'wrong'}"
        return f"{head} {what}, check `right: true`; scores of finished lessons stay as they were counted"
    what = f'{many} chose {said}, and that says "{_said(now.text.texts, seminar, before.texts)}" now'
    key = "give each option a `key`, which stays when words change" if is_number(now.key) else "give it a new `key`"
    return f"{head} {what}, leave it if it means the same; if it means something else, {key}"


def _said(texts: Mapping[str, str], seminar: Seminar, others: Mapping[str, str] | None = None) -> str:
    """The text in the seminar's first language, or in the first in which it is not what the others are."""
    order = [*(language.value for language in seminar.languages), *texts]
    shown = (texts[one] for one in order if one in texts and (others is None or others.get(one) != texts[one]))
    return next(shown, next(iter(texts.values()), ""))
