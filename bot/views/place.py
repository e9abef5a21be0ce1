"""A place: its pin on the map, and its address as drivers there read it, to copy or to show."""

from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.buttons.agenda import ShowDriver
from bot.i18n import Locale
from bot.programme.model import DriverRequest, MapProvider, Place, Seminar
from bot.screen import Screen, in_rows

_MAPS_IN_A_ROW = 2


def pin(_: Locale, seminar: Seminar, place: Place) -> Screen:
    """The map pin of a place, with the maps that people there use, and its local address where it has one."""
    rows = in_rows([_map(_, seminar, place, provider) for provider in seminar.maps], _MAPS_IN_A_ROW)
    if place.local_address is not None:
        rows += [[_copy(_, place.local_address)], [ShowDriver(place.key).button(_.plain("🚕 Show to a driver"))]]
    venue = (place.latitude, place.longitude, place.title.get(_.language), place.address.get(_.language))
    return Screen("", rows, venue=venue)


def for_driver(_: Locale, driver: DriverRequest, place: Place, address: str) -> Screen:
    """The local address of a place as a driver reads it on someone's phone: a request, and little else.

    The name of the place is there where the seminar is written in the driver's language, too. Only the button is in
    the passenger's words.
    """
    lines = [f"🚕 {escape(driver.please_take_me, quote=False)}", ""]
    if title := place.title.texts.get(driver.language):
        lines += [f"<b>{escape(title, quote=False)}</b>", ""]
    lines.append(f"<b>{escape(address, quote=False)}</b>")
    return Screen("\n".join(lines), [[_copy(_, address)]])


def _map(_: Locale, seminar: Seminar, place: Place, provider: MapProvider) -> InlineKeyboardButton:
    """A link to the place, which is called there as people there read it, where the seminar is written so."""
    local = place.title.texts.get(seminar.driver.language) if seminar.driver else None
    link = provider.link(place, local or place.title.get(_.language))
    return InlineKeyboardButton(f"🗺 {provider.name.get(_.language)}", url=link)


def _copy(_: Locale, address: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(_.plain("📋 Copy the local address"), copy_text=CopyTextButton(address))
