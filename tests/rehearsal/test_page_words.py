"""What the page calls things, in each language."""

import pytest

from bot.i18n import Catalogues
from bot.languages import LANGUAGES
from bot.messages.registry import MESSAGE_TYPES
from rehearsal.page.words import page_words

WORDS = Catalogues.load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_message_has_a_name_on_the_page(language: str) -> None:
    names = page_words(WORDS[language], None)["kinds"]

    assert isinstance(names, dict)
    assert set(names) == set(MESSAGE_TYPES)
    assert all(name.strip() for name in names.values())
