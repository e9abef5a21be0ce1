"""What people do to come in, for the tests of many features."""

from bot.access import Role
from bot.store import invite
from rehearsal.telegram import Account
from tests.kit import House


async def link(house: House, role: Role = Role.TEACHER, days: int = 30) -> str:
    now = house.clock.now()
    return await house.app.services.db.write(lambda c: invite.create(c, role, days=days, now=now))


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.wait_idle()
    assert who.waiting_taps == 0


async def says(house: House, who: Account, text: str) -> None:
    await who.sends(text)
    await house.wait_idle()


async def opens(house: House, who: Account, code: str = "") -> None:
    await who.starts(code)
    await house.wait_idle()


async def comes_in(house: House, who: Account, code: str, *, group: bool = True) -> None:
    await opens(house, who, code)
    await presses(house, who, "English")
    await presses(house, who, who.name)
    if group:
        await presses(house, who, house.seminar.groups[0].title.get("en"))
    await presses(house, who, "I agree")
