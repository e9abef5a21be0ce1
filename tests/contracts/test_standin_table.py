"""The stand-in's table of the Bot API is small, licensed, and the same API that the bot's own library speaks."""

import inspect
import re
from importlib import resources

import orjson
from telegram import Bot

from rehearsal.telegram.methods import METHODS
from rehearsal.telegram.spec import method_table

FOLDER = resources.files("rehearsal.telegram")
OLD = {"user_id", "reply_to_message_id", "disable_web_page_preview", "allow_sending_without_reply"}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_it_is_small_and_its_licence_lies_beside_it() -> None:
    assert len(FOLDER.joinpath("bot_api.json").read_bytes()) < 200_000
    assert "MIT License" in FOLDER.joinpath("LICENSE.telegram-bot-api-spec").read_text()


def test_every_played_method_exists_under_this_name() -> None:
    assert [name for name in METHODS if method_table().method(name).name != name] == []


def test_python_telegram_bot_knows_every_method_and_its_required_parameters() -> None:
    table = orjson.loads(FOLDER.joinpath("bot_api.json").read_bytes())
    for name, fields in table["methods"].items():
        method = getattr(Bot, snake(name), None)
        assert method is not None, name
        known = set(inspect.signature(method).parameters)
        required = {field for field, kind in fields.items() if kind.startswith("!")}
        assert required <= known | {"photo", "is_enabled"}, name
