"""What the page calls things, in each language."""

import pytest

from bot.i18n import Locales
from bot.languages import LANGUAGES
from bot.messages.registry import MESSAGE_TYPES
from rehearsal.page.labels import page_labels

LOCALES = Locales.load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_message_has_a_name_on_the_page(language: str) -> None:
    names = page_labels(LOCALES[language], None)["kinds"]

    assert isinstance(names, dict)
    assert set(names) == set(MESSAGE_TYPES)
    assert all(name.strip() for name in names.values())
