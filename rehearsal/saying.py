"""What people send besides plain text and presses, by a word: real chats are full of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from bot.programme.model import Seminar
from rehearsal.telegram.account import Account
from rehearsal.telegram.people_media import picture

_SHADES = (40, 120, 200)  # of the pictures of an album
_SOMEWHERE = (51.4779, -0.0015)  # Greenwich, where no seminar says otherwise

Point = tuple[float, float]


class Thing(StrEnum):
    """The kinds."""

    ALBUM = "album"
    PHOTO = "photo"
    VIDEO = "video"
    ROUND = "round video"
    VOICE = "voice"
    STICKER = "sticker"
    DICE = "dice"
    FORWARD = "forward"
    LINK = "link"
    BOLD = "bold"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Say:
    """One thing, with the words that go with it where it can have any."""

    thing: Thing
    words: str = ""


def whereabouts(seminar: Seminar | None) -> Point:
    """Where people are who send their place, in degrees: at the seminar's first one."""
    place = next(iter(seminar.places.values()), None) if seminar else None
    return _SOMEWHERE if place is None else (place.latitude, place.longitude)


async def say(account: Account, what: Say, here: Point = _SOMEWHERE) -> None:
    """Send it to the bot, from `here`."""
    if what.thing is Thing.PLACE:
        await account.sends_location(*here)
    else:
        await _ACTS[what.thing](account, what.words)


async def _album(account: Account, words: str) -> object:
    return await account.sends_album(*(picture(shade) for shade in _SHADES), caption=words)


_ACTS: Mapping[Thing, Callable[[Account, str], Awaitable[object]]] = {
    Thing.ALBUM: _album,
    Thing.PHOTO: lambda account, words: account.sends_photo(picture(), words),
    Thing.VIDEO: lambda account, words: account.sends_video(words),
    Thing.ROUND: lambda account, _: account.sends_video_note(),
    Thing.VOICE: lambda account, _: account.sends_voice(),
    Thing.STICKER: lambda account, _: account.sends_sticker(),
    Thing.DICE: lambda account, _: account.sends_dice(),
    Thing.FORWARD: lambda account, words: account.forwards(words),
    Thing.LINK: lambda account, words: account.sends_marked(
        f'{escape(words)} <a href="https://example.org/?a=1&amp;b=2">↗</a>'
    ),
    Thing.BOLD: lambda account, words: account.sends_marked(f"<b>{escape(words)}</b>"),
}
