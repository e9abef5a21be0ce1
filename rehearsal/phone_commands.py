"""The commands that a page sends for one phone. They act in the chat that is open on it."""

from collections.abc import Awaitable, Callable, Mapping

from rehearsal.message_content import seminar_location
from rehearsal.phones import Phone
from rehearsal.session import RehearsalSession
from rehearsal.telegram.account import START_PARAMETER, Account
from rehearsal.telegram.account_media import picture
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Json, Message

LIVE_SECONDS = 3600  # how long a live location is shared
STEP = 0.0012  # degrees that a live location moves at once
_ALBUM_SHADES = (60, 130, 200)

Handler = Callable[[Json], Awaitable[Json]]


class PhoneCommands:
    """What somebody does with a phone."""

    def __init__(self, session: RehearsalSession) -> None:
        self._session = session
        self.handlers: Mapping[str, Handler] = {
            "start": self._start,
            "open": self._open,
            "text": self._text,
            "edit": self._edit,
            "forward": self._forward,
            "delete": self._delete,
            "react": self._react,
            "press": self._press,
            "keyboard": self._keyboard,
            "again": self._again,
            "vote": self._vote,
            "unpin": self._unpin,
            "send": self._send,
            "move": self._move,
            "privacy": self._privacy,
            "block": self._block,
        }

    async def _start(self, command: Json) -> Json:
        phone = self._phone(command)
        await phone.account.starts(code_of(command) or phone.code)
        phone.code = ""
        return {}

    async def _open(self, command: Json) -> Json:
        """Open a chat by its id, and a topic of a forum; no topic is the list of them."""
        topic = command.get("topic")
        self._phone(command).opens(number_of(command, "chat"), topic if isinstance(topic, int) else None)
        return {}

    async def _text(self, command: Json) -> Json:
        """Write a text, as an answer to the message `reply` where one is named."""
        phone, text = self._phone(command), str(command["text"]).strip()
        answered = phone.chat.messages[number_of(command, "reply")] if "reply" in command else None
        if text:
            with phone.writing(answered) as account:
                await account.types(text)
        return {}

    async def _edit(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.retypes(message, str(command["text"]).strip())
        return {}

    async def _forward(self, command: Json) -> Json:
        """Forward a message, with its album, to the chat and topic `to` and `topic`."""
        phone, message = self._message(command)
        number, topic = number_of(command, "to"), command.get("topic")
        group = next((group for group in phone.groups if group.id == number), None)
        with phone.account.at(group, topic if group and isinstance(topic, int) and topic else None):
            await phone.account.forwards_messages(*phone.account.album_of(message))
        return {}

    async def _delete(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.deletes(message)
        return {}

    async def _react(self, command: Json) -> Json:
        """Put a reaction on a message; the same once more takes it back."""
        phone, message = self._message(command)
        emoji = str(command["emoji"])
        mine = message.reactions_by.get(phone.account.id, [])
        await phone.account.reacts(message, *([] if emoji in mine else [emoji]))
        return {}

    async def _press(self, command: Json) -> Json:
        phone, message = self._message(command)
        button = message.keyboard[number_of(command, "row")][number_of(command, "column")]
        if button.payload is not None:
            await phone.account.presses_payload(button.payload, on=message)
        return {}

    async def _keyboard(self, command: Json) -> Json:
        """Press a button under the chat. One that asks for a group gives {"choose"} until a `group` is named."""
        phone, label = self._phone(command), str(command["label"])
        account, chat = phone.account, phone.chat
        account.position = seminar_location(self._session.seminar)
        button = next((one for one in chat.keyboard_buttons() if one["text"] == label), None)
        if button is None:
            raise LookupError(f"there is no button {label!r}")
        request, picked = button.get("request_chat"), None
        if isinstance(request, dict):
            offered = [group for group in account.groups_for(request) if isinstance(group, GroupChat)]
            picked = next((group for group in offered if group.id == command.get("group")), None)
            if picked is None and offered:
                return {"choose": [{"id": group.id, "title": group.title} for group in offered]}
        await account.uses_keyboard(button, chat=phone.group, group=picked)
        return {}

    async def _again(self, command: Json) -> Json:
        account = self._phone(command).account
        if account.last:
            await account.taps_again()
        return {}

    async def _vote(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.votes(message, number_of(command, "option"))
        return {}

    async def _unpin(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.unpins(message)
        return {}

    async def _send(self, command: Json) -> Json:
        phone, what = self._phone(command), str(command["what"])
        sends = _SENT.get(what)
        if sends is None:
            raise ValueError(f"nobody can send {what!r}")
        latitude, longitude = seminar_location(self._session.seminar)
        with phone.writing() as account:
            await sends(account, latitude, longitude)
        return {}

    async def _move(self, command: Json) -> Json:
        """Move a live location a little, or stop sharing it."""
        phone, message = self._message(command)
        if command.get("stop"):
            await phone.account.stops_sharing(message)
            return {}
        place = message.location or {}
        at = [float(str(place[name])) + STEP for name in ("latitude", "longitude")]
        await phone.account.moves(message, *at)
        return {}

    async def _privacy(self, command: Json) -> Json:
        """Take voice messages, or no more of them."""
        account = self._phone(command).account
        account.refuses_voice = not account.refuses_voice
        return {}

    async def _block(self, command: Json) -> Json:
        account = self._phone(command).account
        if account.blocked:
            await account.unblocks()
        else:
            await account.blocks()
        return {}

    def _phone(self, command: Json) -> Phone:
        return self._session.phones[number_of(command, "phone")]

    def _message(self, command: Json) -> tuple[Phone, Message]:
        phone = self._phone(command)
        return phone, phone.chat.messages[number_of(command, "message")]


async def _album(account: Account, latitude: float, longitude: float) -> object:
    del latitude, longitude
    return await account.sends_album(*(picture(shade, width=40, height=30) for shade in _ALBUM_SHADES))


_SENT: Mapping[str, Callable[[Account, float, float], Awaitable[object]]] = {
    "voice": lambda account, *_: account.sends_voice(),
    "sticker": lambda account, *_: account.sends_sticker(),
    "album": _album,
    "contact": lambda account, *_: account.sends_contact(),
    "video": lambda account, *_: account.sends_video(),
    "location": lambda account, latitude, longitude: account.sends_location(latitude, longitude),
    "live": lambda account, latitude, longitude: account.shares_location(latitude, longitude, LIVE_SECONDS),
}


def code_of(command: Json) -> str:
    """The code of a link. Raises ValueError for one that no link can have."""
    code = str(command.get("code") or "")
    if len(code) > START_PARAMETER:
        raise ValueError(f"a link's code has at most {START_PARAMETER} letters")
    return code


def number_of(command: Json, name: str) -> int:
    """A whole number of a command. Raises KeyError or TypeError."""
    value = command[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number")
    return value
