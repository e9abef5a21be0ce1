"""Arguments of proactive messages: frozen dataclasses, written to outbox rows as JSON and read back here alone.

A field is `int`, `str`, `bool`, `date`, `Moment`, an enum, another such dataclass, or a tuple or an optional of these.
Its name is its key in the JSON. Rows outlive a release: a new field needs a default, a former one is ignored.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import BeforeValidator, PlainSerializer, TypeAdapter

from bot.clock import from_text, to_text

A = TypeVar("A")

# Written as the database writes moments, because SQL compares them.
Moment = Annotated[datetime, BeforeValidator(from_text), PlainSerializer(to_text)]


@dataclass(frozen=True, slots=True)
class NoArguments:
    """Of a message that is rendered from its recipient alone."""


def write(arguments: object) -> str:
    """The arguments as JSON; the same arguments always give the same text."""
    kind: Any = type(arguments)
    return _adapter(kind).dump_json(arguments).decode()


def read(kind: type[A], text: str) -> A:
    """The arguments in a row. Raises ValueError when they are not of this kind."""
    hashable: Any = kind
    arguments: A = _adapter(hashable).validate_json(text)
    return arguments


def language_of(text: str) -> str:
    """The language that arguments name, for a chat that is no member's; English where they name none."""
    return str(orjson.loads(text).get("language", "en"))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Made when it is first needed: to make them all would take a noticeable part of a start."""
    return TypeAdapter(kind)
