"""Whom people read of under a message that says that the bot alone is not enough."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import phones
from bot.i18n import Locale
from bot.programme.model import Contact
from bot.screen import Screen
from bot.store.alert import AlertState
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage
from bot.store.receipt import DeliveryStage, DeliveryStatus
from bot.views import receipt as receipt_view
from tests.views.samples import SEMINAR, text, words

DUTY = SEMINAR.contacts[0]
NURSE = Contact("nurse", text("Nurse"), text("Room 5"), "", "nurse_5")
DRIVER = Contact("driver", text("Driver"), text("The bus"), "")
_CALL = HelpCall(
    1, 5, HelpKind.LOST, AlertState.OPEN, "Ann", 7, None, None, None, None, datetime(2025, 8, 4, tzinfo=UTC), 1
)
_TO_ONE = DeliveryStatus(message=HelpMessage(1, 5, 5, "Ann", None, 7, 3, "Hello", None, passed=False), reader="Minji")


def test_who_has_a_number_is_called() -> None:
    said = phones.under(words(), "Help.", (DUTY, NURSE, DRIVER))
    assert said == "Help.\n\n📞 Or call:\nMinji &lt;on duty&gt; (Day and night): +82 10 0000 0001"


def test_where_nobody_has_a_number_who_is_on_telegram_is_written_to() -> None:
    said = phones.under(words("ru"), "Help.", (NURSE, DRIVER))
    assert said == 'Help.\n\n💬 Или напишите:\nNurse (Room 5): <a href="https://t.me/nurse_5">@nurse_5</a>'


def test_where_there_is_neither_no_number_is_promised() -> None:
    said = phones.under(words(), "Help.", (DRIVER, replace(NURSE, telegram=None)))
    assert said.splitlines()[2:] == [
        "🧭 There is no phone number here: if it cannot wait, please find an organizer in person."
    ]
    assert phones.under(words(), "Help.", ()) == "Help."


@pytest.mark.parametrize("contacts", [(NURSE, DRIVER), (DRIVER,)])
def test_nobody_is_told_to_call_where_there_is_no_number(contacts: tuple[Contact, ...]) -> None:
    for language, calling in (("en", "call"), ("ru", "позвон"), ("tg", "занг"), ("ko", "전화")):
        _ = words(language)
        for screens in zip(_while_unreachable(_, contacts), _while_unreachable(_, (DUTY,)), strict=True):
            without, with_number = (screen.text.split("\n\n")[0] for screen in screens)
            assert calling not in without
            assert calling in with_number


def _while_unreachable(_: Locale, contacts: Sequence[Contact]) -> list[Screen]:
    """All that is said while no organizer, or one of them, cannot be reached, and of what Telegram refuses."""
    return [
        receipt_view.call(_, _CALL, DeliveryStage.HELD, replace(SEMINAR, contacts=tuple(contacts)), _CALL.asked_at),
        receipt_view.written(_, DeliveryStatus(), DeliveryStage.HELD, contacts),
        receipt_view.written(_, _TO_ONE, DeliveryStage.HELD, contacts),
        receipt_view.request(_, DeliveryStage.HELD, contacts),
        receipt_view.dead(_, contacts),
    ]
