"""What people do besides plain text and presses: pictures, places, marked text, reactions, answers, corrections."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from bot.programme.model import Seminar
from rehearsal.telegram.account import Account
from rehearsal.telegram.account_media import picture
from rehearsal.telegram.model import Message

_ALBUM_SHADES = (40, 120, 200)
_DEFAULT_LOCATION = (51.4779, -0.0015)  # Greenwich, for a seminar without places

_LIVE_SECONDS = 3600
_STEP = 0.0012  # degrees that a live location moves at once

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
    LIVE_LOCATION = "place that moves"
    CONTACT = "contact"
    POLL = "poll"


@dataclass(frozen=True, slots=True)
class Content:
    """One message of a type, with text or a caption where the type can have any."""

    type: ContentType
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji that is put on the message."""

    emoji: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A text that replies to the message."""

    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """The newest text of one's own that is `before` becomes `after`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """The newest text of one's own that is `text` is deleted."""

    text: str


MessageAction = Reaction | Reply | Correction | Deletion


def seminar_location(seminar: Seminar | None) -> Coordinates:
    """Where simulated people are: at the first place of the seminar."""
    place = next(iter(seminar.places.values()), None) if seminar else None
    return _DEFAULT_LOCATION if place is None else (place.latitude, place.longitude)


async def act_on(account: Account, message: Message, action: MessageAction) -> None:
    """Do it, unless the message is not there any more."""
    if message.id not in account.messages:
        return
    match action:
        case Reaction(emoji=emoji):
            await account.reacts(message, emoji)
        case Reply(text=text):
            await account.replies(message, text)
        case Correction(before=before, after=after):
            if (own := _newest_own(account, before)) is not None:
                await account.edits(own, after)
        case Deletion(text=text):
            if (own := _newest_own(account, text)) is not None:
                await account.deletes(own)


def _newest_own(account: Account, text: str) -> Message | None:
    return next((one for one in reversed(account.chat) if one.sender == account.user and one.text == text), None)


async def move(account: Account, *, stops: bool) -> None:
    """Move the newest live location a little, or stop sharing it; nothing where none is live."""
    live = [one for one in account.recent() if one.sender == account.user and (one.location or {}).get("live_period")]
    if not live:
        return
    with suppress(LookupError):  # its time is over
        if stops:
            await account.stops_sharing(live[-1])
        else:
            latitude, longitude = (float(str((live[-1].location or {})[name])) for name in ("latitude", "longitude"))
            await account.moves(live[-1], latitude + _STEP, longitude + _STEP)


async def send_content(account: Account, content: Content, location: Coordinates = _DEFAULT_LOCATION) -> None:
    """Send it to the bot; `location` is where the person is."""
    if content.type is ContentType.LOCATION:
        await account.sends_location(*location)
    elif content.type is ContentType.LIVE_LOCATION:
        await account.shares_location(*location, _LIVE_SECONDS)
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
    ContentType.CONTACT: lambda account, _: account.sends_contact(),
    ContentType.POLL: lambda account, text: account.sends_poll(text, "1", "2"),
    ContentType.FORWARD: lambda account, text: account.forwards(text),
    ContentType.LINK: lambda account, text: account.sends_marked(
        f'{escape(text)} <a href="https://example.org/?a=1&amp;b=2">↗</a>'
    ),
    ContentType.BOLD: lambda account, text: account.sends_marked(f"<b>{escape(text)}</b>"),
}
