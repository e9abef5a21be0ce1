"""Arguments of messages as JSON: the same text for the same arguments, and nothing else is read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from bot import arguments as codec
from bot.arguments import Moment, NoArguments


class Part(StrEnum):
    MORNING = "morning"


@dataclass(frozen=True, slots=True)
class Everything:
    """A field of each kind that arguments may have."""

    number: int
    text: str
    on: date
    at: Moment
    part: Part
    people: tuple[int, ...]
    added_later: int | None = None


AT = datetime(2025, 8, 4, 17, 30, tzinfo=timezone(timedelta(hours=9)))
GIVEN = Everything(1, "Ҳамроҳ", date(2025, 8, 4), AT, Part.MORNING, (7, 9))
TEXT = (
    '{"number":1,"text":"Ҳамроҳ","on":"2025-08-04","at":"2025-08-04T08:30:00.000Z","part":"morning",'
    '"people":[7,9],"added_later":null}'
)


def test_each_field_is_written_under_its_name_and_a_moment_as_the_database_writes_it() -> None:
    assert codec.write(GIVEN) == TEXT
    assert codec.write(NoArguments()) == "{}"


def test_what_was_written_is_read() -> None:
    assert codec.read(Everything, TEXT) == GIVEN
    assert codec.read(Everything, TEXT).at == AT.astimezone(UTC)


def test_a_field_that_was_added_later_has_its_default() -> None:
    assert codec.read(Everything, TEXT.replace(',"added_later":null', "")) == GIVEN


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", TEXT.replace("morning", "noon"), TEXT.replace("[7,9]", '["a"]')])
def test_what_is_no_arguments_of_this_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Everything"):
        codec.read(Everything, text)


def test_a_chat_that_is_no_members_is_addressed_in_the_language_of_the_arguments() -> None:
    assert codec.language_of('{"admission":4,"language":"tg"}') == "tg"
    assert codec.language_of('{"about":"agenda:2025-08-04"}') == "en"
