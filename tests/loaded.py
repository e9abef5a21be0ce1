"""What every bot of the tests reads from the disk, read once a process: the catalogues and the project's seminars."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot import i18n
from bot.programme import Seminar, load

_SEMINARS: Final = Path(__file__).parent.parent / "seminars"

_catalogue = cache(i18n._catalogue)
_seminar = cache(load)


def keep_catalogues() -> None:
    """From now on this process reads a language's catalogue of the project once."""
    i18n._catalogue = _words_of


def seminar(path: Path, *, starts_on: date | None = None) -> Seminar:
    """As `load`; read again only where tests may have changed it."""
    read = _seminar if path.is_relative_to(_SEMINARS) else load
    return read(path, starts_on=starts_on)


@contextmanager
def once() -> Iterator[None]:
    """Inside of the block a bot or a rehearsal that starts takes the project's seminars as they were read before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.startup.load", seminar)
        patch.setattr("rehearsal.harness.load", seminar)
        yield


def _words_of(folder: Path, language: str) -> gettext.NullTranslations:
    return _catalogue(folder, language) if folder == i18n.LOCALES else _catalogue.__wrapped__(folder, language)
