"""Whom people read of under a message that says that the bot alone is not enough."""

from dataclasses import replace

from bot import phones
from bot.programme.model import Contact
from tests.views.samples import SEMINAR, text, words

DUTY = SEMINAR.contacts[0]
NURSE = Contact("nurse", text("Nurse"), text("Room 5"), "", "nurse_5")
DRIVER = Contact("driver", text("Driver"), text("The bus"), "")


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
