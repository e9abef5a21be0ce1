"""The commands of a page. Each is a JSON object whose `do` is the name of the command."""

from collections.abc import Awaitable, Callable

from bot.access import Role
from rehearsal.group_commands import GroupCommands
from rehearsal.phone_commands import PhoneCommands, code_of, number_of
from rehearsal.session import RehearsalSession
from rehearsal.telegram.model import Json

_MAX_TEACHERS = 1000
_ROLES = {role.value for role in (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR, Role.STRANGER)}

Handler = Callable[[Json], Awaitable[Json]]


class Commands:
    """The commands of a page, applied to its session."""

    def __init__(self, session: RehearsalSession) -> None:
        self._session = session
        self._handlers: dict[str, Handler] = {
            **PhoneCommands(session).handlers,
            **GroupCommands(session).handlers,
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
        """Run a command and return its result.

        A wrong one raises KeyError, LookupError, TypeError or ValueError, and RefusedError where Telegram refuses.
        """
        result = await self._handlers[str(command["do"])](command)
        self._session.phones_changed()
        self._session.world.changed.notify()
        return result

    # --- the row of phones ------------------------------------------------------------------------------------------

    async def _add(self, command: Json) -> Json:
        role, language = str(command["role"]), str(command["language"])
        if role not in _ROLES or language not in self._session.languages:
            raise ValueError(f"there is no {role} who speaks {language}")
        phone = await self._session.add_phone(role, language, code=code_of(command))
        return {"phone": phone.account.id}

    async def _show(self, command: Json) -> Json:
        self._session.show_user(number_of(command, "phone"))
        return {}

    async def _close(self, command: Json) -> Json:
        self._session.phones.pop(number_of(command, "phone"), None)
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
        self._session.set_speed(number_of(command, "speed"))
        return {}

    async def _simulate(self, command: Json) -> Json:
        teachers = number_of(command, "teachers") if command.get("on") else 0
        if not 0 <= teachers <= _MAX_TEACHERS:
            raise ValueError(f"there are at most {_MAX_TEACHERS} teachers")
        await self._session.simulate_teachers(teachers)
        return {}
