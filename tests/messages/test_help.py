"""What is not wanted any more when its turn comes is not sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import arguments
from bot.delivery.message_types import MessageType, MessageTypes, Rendering
from bot.escalation import AlertKind
from bot.messages import admission as admission_messages
from bot.messages import help as help_messages
from bot.messages import relay as relay_messages
from bot.messages import relay_copy as relay_copy_messages
from bot.messages.alert_cards import AlertCard, Subject
from bot.screen import Screen
from bot.store.admission import Admission
from bot.store.alert import Alert, AlertState
from bot.store.claims import Recipient
from bot.store.help import HelpCall, HelpKind
from tests.views.samples import SEMINAR, words

MESSAGE_TYPES = MessageTypes(
    [
        *help_messages.MESSAGE_TYPES,
        *relay_messages.MESSAGE_TYPES,
        *relay_copy_messages.MESSAGE_TYPES,
        *admission_messages.MESSAGE_TYPES,
    ]
)


def call(state: AlertState) -> HelpCall:
    return HelpCall(1, 1, HelpKind.LOST, state, "Ann", 7, None, None, "Minji", 2, datetime(2025, 8, 4, tzinfo=UTC), 1)


def card(state: AlertState) -> AlertCard:
    moment = datetime(2025, 8, 4, tzinfo=UTC)
    alert = Alert(
        1,
        AlertKind.LOST,
        "help:1",
        "",
        1,
        "Ann",
        state,
        moment,
        moment,
        2,
        "Minji",
        moment,
        2,
        "Minji",
        moment,
        0,
        0,
        0,
    )
    return AlertCard(alert, Subject(None, lambda _locale, _seminar, _now: Screen("Ann is lost.")), ())


def request(state: str) -> Admission:
    return Admission(1, 7, "Karim", None, "en", state, None, "Minji")


def rendering(message_type: MessageType[Any, Any], context: object) -> Rendering[Any, Any]:
    data = '{"call": 1, "message": 1, "part": 0, "admission": 1, "newest": 1, "language": "en"}'
    asked = arguments.read(message_type.arguments, data)
    recipient = Recipient(1, 7, "Minji", "en", "organizer", None)
    return Rendering(asked, recipient, context, SEMINAR, words(), datetime(2025, 8, 4, tzinfo=UTC), timedelta())


@pytest.mark.parametrize("name", sorted(MESSAGE_TYPES))
def test_what_was_erased_is_not_sent(name: str) -> None:
    assert MESSAGE_TYPES[name].render(rendering(MESSAGE_TYPES[name], None)) is None


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("help.alert", card(AlertState.SETTLED)),
        ("help.taken", call(AlertState.OPEN)),
        ("help.taken", call(AlertState.SETTLED)),
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
            ("help.alert", card(AlertState.TAKEN)),
            ("help.taken", call(AlertState.TAKEN)),
            ("help.closed", call(AlertState.SETTLED)),
            ("admission.alert", request("asked")),
            ("admission.answer", request("refused")),
        )
    }
    assert all(screen is not None and screen.text for screen in said.values())
