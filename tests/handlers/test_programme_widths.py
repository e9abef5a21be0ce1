"""The buttons of /programme and /upcoming on a phone 360 px wide, which cuts what does not fit."""

import pytest

from bot.languages import Language
from rehearsal.telegram import Message
from tests.kit import System

_WIDEST = {1: 38, 2: 19, 3: 12, 4: 8}  # letters of a label, by how many buttons share its row
LANGUAGES = [one.value for one in Language]


def cut(message: Message) -> list[str]:
    """The labels of which a phone cuts the end off, where that is a number or the word that matters."""
    rows = [[button.text for button in row] for row in message.keyboard]
    return [label for row in rows for label in row if len(row) > 1 and len(label) > _WIDEST.get(len(row), 5)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_step_of_a_session_is_cut(system: System, language: str) -> None:
    organizer = await system.organizer(language=language)
    card = await organizer.asks("/programme")
    for label in (0, 0, 0):  # the day, its first session, an hour earlier
        await organizer.presses(card.labels[label])
        assert cut(card) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_decision_about_a_message_is_cut(system: System, language: str) -> None:
    organizer = await system.organizer(language=language)
    await system.teacher()
    card = await organizer.asks("/upcoming")
    await organizer.presses("1", on=card)
    assert cut(card) == []
