"""What a message type declares, and the rows and occurrences that it makes."""

from datetime import timedelta

import pytest

from bot import arguments as codec
from bot.access import MEMBERS
from bot.arguments import NoArguments
from bot.delivery.message_types import MessageType, MessageTypes, no_context
from bot.priority import Priority
from tests.clocks import START

TTL = timedelta(hours=2)
DATED = MessageType(
    "dated", NoArguments, no_context, lambda _: None, priority=Priority.NOTICE, title=lambda _: "Dated", ttl=TTL,
    catch_up="agenda",
)  # fmt: skip
UNDATED = MessageType(
    "undated", NoArguments, no_context, lambda _: None, priority=Priority.NUDGE, title=lambda _: "Undated",
    at_most_once=True, repeatable=True, counted=True,
)  # fmt: skip


def test_a_row_has_its_types_policy_where_it_does_not_say_otherwise() -> None:
    row = DATED.draft(NoArguments(), key="k", occurrence="o", chat_id=1, person_id=None, due_at=START)
    assert (row.kind, row.priority, row.expires_at, row.data) == ("dated", Priority.NOTICE, START + TTL, "{}")
    other = DATED.draft(
        NoArguments(),
        key="k",
        occurrence="o",
        chat_id=1,
        person_id=None,
        due_at=START,
        expires_at=START + 3 * TTL,
        priority=Priority.SOS,
    )
    assert (other.priority, other.expires_at) == (Priority.SOS, START + 3 * TTL)


def test_without_a_time_to_live_each_row_and_occurrence_has_to_say_when_it_expires() -> None:
    with pytest.raises(ValueError, match="time to live"):
        UNDATED.draft(NoArguments(), key="k", occurrence="o", chat_id=1, person_id=None, due_at=START)
    with pytest.raises(ValueError, match="time to live"):
        UNDATED.occurrence(NoArguments(), key="k", due_at=START, roles=MEMBERS)
    dated = UNDATED.occurrence(NoArguments(), key="k", due_at=START, roles=MEMBERS, expires_at=START + TTL)
    assert dated.expires_at == START + TTL
    assert codec.read(NoArguments, dated.data) == NoArguments()


def test_two_types_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two message types are named 'dated'"):
        MessageTypes([DATED, UNDATED, DATED])


def test_the_registry_names_the_types_of_each_policy() -> None:
    types = MessageTypes([DATED, UNDATED])
    assert types.at_most_once == types.repeatable == types.counted == {"undated"}
    assert types.catch_up == {"dated": "agenda"}
