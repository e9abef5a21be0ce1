"""The commands of a page. Each is a JSON object whose `do` is the name of the command."""

from collections.abc import Awaitable, Callable

from bot.access import Role
from rehearsal.message_content import seminar_location
from rehearsal.phones import Phone
from rehearsal.session import RehearsalSession
from rehearsal.telegram.account import START_PARAMETER
from rehearsal.telegram.model import Json, Message

_MAX_TEACHERS = 1000
_ROLES = {role.value for role in (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR, Role.STRANGER)}

Handler = Callable[[Json], Awaitable[Json]]


class Commands:
    """The commands of a page, applied to its session."""

    def __init__(self, session: RehearsalSession) -> None:
        self._session = session
        self._handlers: dict[str, Handler] = {
            "start": self._start,
            "text": self._text,
            "press": self._press,
            "keyboard": self._keyboard,
            "again": self._again,
            "vote": self._vote,
            "unpin": self._unpin,
            "send": self._send,
            "block": self._block,
            "add": self._add,
            "show": self._show,
            "close": self._close,
            "next-event": self._next_event,
            "next-day": self._next_day,
            "stop": self._stop,
            "speed": self._speed,
            "simulate": self._simulate,
        }

    async def run(self, command: Json) -> Json:
        """Run a command and return its result. A wrong one raises KeyError, LookupError, TypeError or ValueError."""
        result = await self._handlers[str(command["do"])](command)
        self._session.world.changed.notify()
        return result

    # --- a phone ----------------------------------------------------------------------------------------------------

    async def _start(self, command: Json) -> Json:
        phone = self._phone(command)
        await phone.account.starts(_code(command) or phone.code)
        phone.code = ""
        return {}

    async def _text(self, command: Json) -> Json:
        text = str(command["text"]).strip()
        if text:
            await self._phone(command).account.sends(text)
        return {}

    async def _press(self, command: Json) -> Json:
        phone, message = self._message(command)
        button = message.keyboard[_number(command, "row")][_number(command, "column")]
        if button.payload is not None:
            await phone.account.presses_payload(button.payload, on=message)
        return {}

    async def _keyboard(self, command: Json) -> Json:
        await self._phone(command).account.presses(str(command["label"]))
        return {}

    async def _again(self, command: Json) -> Json:
        account = self._phone(command).account
        if account.last:
            await account.taps_again()
        return {}

    async def _vote(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.votes(message, _number(command, "option"))
        return {}

    async def _unpin(self, command: Json) -> Json:
        phone, message = self._message(command)
        await phone.account.unpins(message)
        return {}

    async def _send(self, command: Json) -> Json:
        account = self._phone(command).account
        match command["what"]:
            case "voice":
                await account.sends_voice()
            case "sticker":
                await account.sends_sticker()
            case "location":
                await account.sends_location(*seminar_location(self._session.seminar))
            case other:
                raise ValueError(f"nobody can send {other!r}")
        return {}

    async def _block(self, command: Json) -> Json:
        account = self._phone(command).account
        if account.blocked:
            await account.unblocks()
        else:
            await account.blocks()
        return {}

    # --- the row of phones ------------------------------------------------------------------------------------------

    async def _add(self, command: Json) -> Json:
        role, language = str(command["role"]), str(command["language"])
        if role not in _ROLES or language not in self._session.languages:
            raise ValueError(f"there is no {role} who speaks {language}")
        phone = await self._session.add_phone(role, language, code=_code(command))
        return {"phone": phone.account.id}

    async def _show(self, command: Json) -> Json:
        self._session.show_user(_number(command, "phone"))
        return {}

    async def _close(self, command: Json) -> Json:
        self._session.phones.pop(_number(command, "phone"), None)
        return {}

    # --- time and simulated users -----------------------------------------------------------------------------------

    async def _next_event(self, _: Json) -> Json:
        return {"moved": await self._session.advance_to_next_event()}

    async def _next_day(self, _: Json) -> Json:
        return {"moved": await self._session.advance_to_next_day()}

    async def _stop(self, _: Json) -> Json:
        self._session.simulation.stop()
        return {}

    async def _speed(self, command: Json) -> Json:
        self._session.set_speed(_number(command, "speed"))
        return {}

    async def _simulate(self, command: Json) -> Json:
        teachers = _number(command, "teachers") if command.get("on") else 0
        if not 0 <= teachers <= _MAX_TEACHERS:
            raise ValueError(f"there are at most {_MAX_TEACHERS} teachers")
        await self._session.simulate_teachers(teachers)
        return {}

    def _phone(self, command: Json) -> Phone:
        return self._session.phones[_number(command, "phone")]

    def _message(self, command: Json) -> tuple[Phone, Message]:
        phone = self._phone(command)
        return phone, phone.account.messages[_number(command, "message")]


def _code(command: Json) -> str:
    code = str(command.get("code") or "")
    if len(code) > START_PARAMETER:
        raise ValueError(f"a link's code has at most {START_PARAMETER} letters")
    return code


def _number(command: Json, name: str) -> int:
    value = command[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number")
    return value
