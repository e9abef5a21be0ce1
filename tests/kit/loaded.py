"""What every bot of the tests reads from the disk, read once a process: the catalogues and the project's seminars."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot import i18n
from bot.programme import Seminar, load
from tests.kit.settings import ROOT

SEMINARS = ROOT / "seminars"

_catalogue = cache(i18n._catalogue)
_seminar = cache(load)


@contextmanager
def once() -> Iterator[None]:
    """Inside of the block a bot or a rehearsal that starts reads them again only where tests may have changed them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", _words_of)
        patch.setattr("bot.startup.load", _seminar_of)
        patch.setattr("rehearsal.harness.load", _seminar_of)
        yield


def _words_of(folder: Path, language: str) -> gettext.NullTranslations:
    return _catalogue(folder, language) if folder == i18n.LOCALES else _catalogue.__wrapped__(folder, language)


def _seminar_of(path: Path, *, starts_on: date | None = None) -> Seminar:
    read = _seminar if path.is_relative_to(SEMINARS) else load
    return read(path, starts_on=starts_on)
