"""What people send besides plain text and presses: pictures, voice messages, stickers, marked text and the like."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from bot.programme.model import Seminar
from rehearsal.telegram.account import Account
from rehearsal.telegram.account_media import picture

_ALBUM_SHADES = (40, 120, 200)
_DEFAULT_LOCATION = (51.4779, -0.0015)  # Greenwich, for a seminar without places

Coordinates = tuple[float, float]  # latitude and longitude in degrees


class ContentType(StrEnum):
    """What a message holds."""

    ALBUM = "album"
    PHOTO = "photo"
    VIDEO = "video"
    VIDEO_NOTE = "round video"
    VOICE = "voice"
    STICKER = "sticker"
    DICE = "dice"
    FORWARD = "forward"
    LINK = "link"
    BOLD = "bold"
    LOCATION = "place"


@dataclass(frozen=True, slots=True)
class Content:
    """One message of a type, with text or a caption where the type can have any."""

    type: ContentType
    text: str = ""


def seminar_location(seminar: Seminar | None) -> Coordinates:
    """Where simulated people are: at the first place of the seminar."""
    place = next(iter(seminar.places.values()), None) if seminar else None
    return _DEFAULT_LOCATION if place is None else (place.latitude, place.longitude)


async def send_content(account: Account, content: Content, location: Coordinates = _DEFAULT_LOCATION) -> None:
    """Send it to the bot; `location` is where the person is."""
    if content.type is ContentType.LOCATION:
        await account.sends_location(*location)
    else:
        await _SENDERS[content.type](account, content.text)


async def _send_album(account: Account, text: str) -> object:
    return await account.sends_album(*(picture(shade) for shade in _ALBUM_SHADES), caption=text)


_SENDERS: Mapping[ContentType, Callable[[Account, str], Awaitable[object]]] = {
    ContentType.ALBUM: _send_album,
    ContentType.PHOTO: lambda account, text: account.sends_photo(picture(), text),
    ContentType.VIDEO: lambda account, text: account.sends_video(text),
    ContentType.VIDEO_NOTE: lambda account, _: account.sends_video_note(),
    ContentType.VOICE: lambda account, _: account.sends_voice(),
    ContentType.STICKER: lambda account, _: account.sends_sticker(),
    ContentType.DICE: lambda account, _: account.sends_dice(),
    ContentType.FORWARD: lambda account, text: account.forwards(text),
    ContentType.LINK: lambda account, text: account.sends_marked(
        f'{escape(text)} <a href="https://example.org/?a=1&amp;b=2">↗</a>'
    ),
    ContentType.BOLD: lambda account, text: account.sends_marked(f"<b>{escape(text)}</b>"),
}
