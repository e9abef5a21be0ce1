"""What is not wanted any more when its turn comes is not sent."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.message_types import MessageType, MessageTypes, Recipient, Rendering, Row
from bot.messages import admission
from bot.messages import help as calls
from bot.store.admission import Admission
from bot.store.help import Call, Trouble
from tests.views.samples import SEMINAR, words

MESSAGE_TYPES = MessageTypes([*calls.MESSAGE_TYPES, *admission.MESSAGE_TYPES])


def call(state: str) -> Call:
    return Call(
        1, 1, Trouble.LOST, state, "Ann", 7, None, None, "Minji", 2, "Minji", 2, datetime(2025, 8, 4, tzinfo=UTC)
    )


def request(state: str) -> Admission:
    return Admission(1, 7, "Karim", None, "en", state, None, "Minji")


def rendering(kind: MessageType, context: object) -> Rendering:
    row = Row(1, "key", "event", kind.name, 7, 1, '{"call": 1, "message": 1, "part": 0, "admission": 1}', "", "", 1, 0)
    recipient = Recipient(1, 7, "Minji", "en", "organizer", None)
    return Rendering(row, recipient, context, SEMINAR, words(), datetime(2025, 8, 4, tzinfo=UTC), timedelta())


@pytest.mark.parametrize("name", sorted(MESSAGE_TYPES))
def test_what_was_erased_is_not_sent(name: str) -> None:
    assert MESSAGE_TYPES[name].render(rendering(MESSAGE_TYPES[name], None)) is None


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("help.alert", (call("closed"), None)),
        ("help.taken", (call("open"), None)),
        ("help.taken", (call("closed"), None)),
        ("admission.alert", request("admitted")),
        ("admission.alert", request("refused")),
        ("admission.answer", request("asked")),
    ],
)
def test_what_is_settled_is_not_announced(name: str, context: object) -> None:
    assert MESSAGE_TYPES[name].render(rendering(MESSAGE_TYPES[name], context)) is None


def test_what_is_wanted_is_said() -> None:
    said = {
        name: MESSAGE_TYPES[name].render(rendering(MESSAGE_TYPES[name], context))
        for name, context in (
            ("help.alert", (call("taken"), None)),
            ("help.taken", (call("taken"), None)),
            ("help.closed", (call("closed"), None)),
            ("admission.alert", request("asked")),
            ("admission.answer", request("refused")),
        )
    }
    assert all(screen is not None and screen.text for screen in said.values())
