"""What a visitor of the page does: each order is a JSON object whose `do` names it."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.access import Role
from rehearsal.phones import Phone
from rehearsal.saying import whereabouts
from rehearsal.telegram.account import START_PARAMETER
from rehearsal.telegram.model import Json, Message

if TYPE_CHECKING:
    from rehearsal.scene import Scene

_MOST_TEACHERS = 1000
_ROLES = {role.value for role in (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR, Role.STRANGER)}

Act = Callable[[Json], Awaitable[Json]]


class Orders:
    """The orders by name. A wrong one raises KeyError, LookupError, TypeError or ValueError."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._acts: dict[str, Act] = {
            "start": self._start,
            "text": self._text,
            "press": self._press,
            "keyboard": self._keyboard,
            "again": self._again,
            "vote": self._vote,
            "send": self._send,
            "block": self._block,
            "add": self._add,
            "show": self._show,
            "close": self._close,
            "next-event": self._next_event,
            "next-day": self._next_day,
            "stop": self._stop,
            "speed": self._speed,
            "crowd": self._crowd,
        }

    async def obey(self, order: Json) -> Json:
        """Do it and return what the page needs to know of it."""
        answer = await self._acts[str(order["do"])](order)
        self._scene.world.changed.happened()
        return answer

    # --- a phone ----------------------------------------------------------------------------------------------------

    async def _start(self, order: Json) -> Json:
        phone = self._phone(order)
        await phone.account.starts(_code(order) or phone.code)
        phone.code = ""
        return {}

    async def _text(self, order: Json) -> Json:
        text = str(order["text"]).strip()
        if text:
            await self._phone(order).account.sends(text)
        return {}

    async def _press(self, order: Json) -> Json:
        phone, bubble = self._bubble(order)
        button = bubble.keyboard[_number(order, "row")][_number(order, "column")]
        if button.payload is not None:
            await phone.account.presses_payload(button.payload, on=bubble)
        return {}

    async def _keyboard(self, order: Json) -> Json:
        await self._phone(order).account.presses(str(order["label"]))
        return {}

    async def _again(self, order: Json) -> Json:
        account = self._phone(order).account
        if account.last:
            await account.taps_again()
        return {}

    async def _vote(self, order: Json) -> Json:
        phone, bubble = self._bubble(order)
        await phone.account.votes(bubble, _number(order, "option"))
        return {}

    async def _send(self, order: Json) -> Json:
        account = self._phone(order).account
        match order["what"]:
            case "voice":
                await account.sends_voice()
            case "sticker":
                await account.sends_sticker()
            case "location":
                await account.sends_location(*whereabouts(self._scene.seminar))
            case other:
                raise ValueError(f"nobody can send {other!r}")
        return {}

    async def _block(self, order: Json) -> Json:
        account = self._phone(order).account
        if account.blocked:
            await account.unblocks()
        else:
            await account.blocks()
        return {}

    # --- the row of phones ------------------------------------------------------------------------------------------

    async def _add(self, order: Json) -> Json:
        role, language = str(order["role"]), str(order["language"])
        if role not in _ROLES or language not in self._scene.languages:
            raise ValueError(f"there is no {role} who speaks {language}")
        phone = await self._scene.add_phone(role, language, code=_code(order))
        return {"phone": phone.account.id}

    async def _show(self, order: Json) -> Json:
        self._scene.show_from_crowd(_number(order, "phone"))
        return {}

    async def _close(self, order: Json) -> Json:
        self._scene.shown.pop(_number(order, "phone"), None)
        return {}

    # --- time and the crowd -----------------------------------------------------------------------------------------

    async def _next_event(self, _: Json) -> Json:
        return {"moved": await self._scene.to_next_event()}

    async def _next_day(self, _: Json) -> Json:
        return {"moved": await self._scene.to_next_day()}

    async def _stop(self, _: Json) -> Json:
        self._scene.driver.stop()
        return {}

    async def _speed(self, order: Json) -> Json:
        self._scene.run(_number(order, "speed"))
        return {}

    async def _crowd(self, order: Json) -> Json:
        teachers = _number(order, "teachers") if order.get("on") else 0
        if not 0 <= teachers <= _MOST_TEACHERS:
            raise ValueError(f"the crowd has at most {_MOST_TEACHERS} teachers")
        await self._scene.set_crowd(teachers)
        return {}

    def _phone(self, order: Json) -> Phone:
        return self._scene.shown[_number(order, "phone")]

    def _bubble(self, order: Json) -> tuple[Phone, Message]:
        phone = self._phone(order)
        return phone, phone.account.messages[_number(order, "message")]


def _code(order: Json) -> str:
    code = str(order.get("code") or "")
    if len(code) > START_PARAMETER:
        raise ValueError(f"a link's code has at most {START_PARAMETER} letters")
    return code


def _number(order: Json, name: str) -> int:
    value = order[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number")
    return value
