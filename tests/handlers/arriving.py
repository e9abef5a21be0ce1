"""What people do to come in, for the tests of many features."""

from bot.access import Role
from bot.store import invite
from rehearsal.telegram import Account
from tests.kit import System


async def link(system: System, role: Role = Role.TEACHER, days: int = 30) -> str:
    now = system.clock.now()
    return await system.app.runtime.db.write(invite.create, role, days=days, now=now)


async def presses(system: System, who: Account, label: str) -> None:
    await who.presses(label)
    await system.wait_idle()
    assert who.waiting_taps == 0


async def says(system: System, who: Account, text: str) -> None:
    await who.sends(text)
    await system.wait_idle()


async def opens(system: System, who: Account, code: str = "") -> None:
    await who.starts(code)
    await system.wait_idle()


async def comes_in(system: System, who: Account, code: str, *, group: bool = True) -> None:
    await opens(system, who, code)
    await presses(system, who, "English")
    await presses(system, who, who.name)
    if group:
        await presses(system, who, system.seminar.groups[0].title.get("en"))
    await presses(system, who, "I agree")
