"""Telegram says what is a command and where it ends."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity

from bot.router import _command as command

BOT = "hamroh_bot"


def message(text: str, length: int, *before: MessageEntity, offset: int = 0) -> Message:
    marked = MessageEntity(MessageEntity.BOT_COMMAND, offset, length)
    return Message(1, datetime(2025, 8, 4, tzinfo=UTC), Chat(5, "private"), text=text, entities=[*before, marked])


@pytest.mark.parametrize(
    ("text", "length", "name", "arguments"),
    [
        ("/help", 5, "help", ""),
        ("/help!", 5, "help", "!"),
        ("/help, please", 5, "help", ", please"),
        ("/help\tplease", 5, "help", "please"),
        ("/help\u00a0please", 5, "help", "please"),
        ("/help🙏", 5, "help", "🙏"),
        ("/HELP", 5, "help", ""),
        ("/start CODE", 6, "start", "CODE"),
        ("/start\nCODE", 6, "start", "CODE"),
        ("/start@hamroh_bot\nCODE", 17, "start", "CODE"),
        ("/start@Hamroh_Bot, please", 17, "start", ", please"),
        ("/start@another_bot CODE", 18, "", ""),
    ],
)
def test_a_command_ends_where_telegram_says(text: str, length: int, name: str, arguments: str) -> None:
    assert command(message(text, length), BOT) == (name, arguments)


def test_a_command_may_be_bold_as_well() -> None:
    assert command(message("/help", 5, MessageEntity(MessageEntity.BOLD, 0, 5)), BOT) == ("help", "")


def test_a_command_begins_the_message() -> None:
    assert command(message("please /help", 5, offset=7), BOT) is None
    assert command(Message(1, datetime(2025, 8, 4, tzinfo=UTC), Chat(5, "private"), text="/1234"), BOT) is None
    assert command(Message(1, datetime(2025, 8, 4, tzinfo=UTC), Chat(5, "private")), BOT) is None
