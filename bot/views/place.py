"""A place: its pin on the map, and its Korean address to copy or to show to a driver."""

from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.buttons import ShowDriver
from bot.i18n import Words
from bot.programme.model import Place
from bot.screen import Screen


def pin(_: Words, place: Place) -> Screen:
    """The map pin of a place, with buttons for its Korean address."""
    rows = [[_copy(_, place)], [ShowDriver(place.key).button(_.plain("🚕 Show to a driver"))]]
    venue = (place.latitude, place.longitude, place.title.get(_.language), place.address.get(_.language))
    return Screen("", rows, venue=venue)


def for_driver(_: Words, korean: Words, place: Place) -> Screen:
    """The Korean address as a driver reads it on someone's phone: a request in Korean, and little else.

    `korean` are the words of the driver; `_` those of the passenger, who only gets the button.
    """
    title, address = place.title.get(korean.language), place.korean_address
    lines = [
        korean("🚕 Please take me here:"),
        "",
        f"<b>{escape(title, quote=False)}</b>",
        "",
        f"<b>{escape(address, quote=False)}</b>",
    ]
    return Screen("\n".join(lines), [[_copy(_, place)]])


def _copy(_: Words, place: Place) -> InlineKeyboardButton:
    return InlineKeyboardButton(_.plain("📋 Copy the Korean address"), copy_text=CopyTextButton(place.korean_address))
