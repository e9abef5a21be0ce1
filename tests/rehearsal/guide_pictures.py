"""Pictures for the guides: `make screenshots` writes docs/screenshots/guides/*.png, one phone each, in four languages.

The first day of the sample seminar with twelve simulated teachers, as a teacher and one of two organizers see it.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import TypeVar

from playwright.async_api import Browser

from bot.buttons.broadcast import BroadcastAudience, BroadcastOption, BroadcastSend
from bot.buttons.duty import DutyDay, DutyShow, DutyTake
from bot.buttons.headcount import HeadcountStart
from bot.buttons.help import AskHelp
from bot.buttons.programme import (
    ProgrammeConfirm,
    ProgrammeDay,
    ProgrammeDraft,
    ProgrammePublish,
    ProgrammeSession,
    ProgrammeTime,
)
from bot.buttons.roster import RosterReadFile, RosterTake
from bot.buttons.staff_group import ConnectGroup
from bot.languages import LANGUAGES, Language
from bot.payload import Payload
from rehearsal import ui_driver
from rehearsal.phones import Phone
from rehearsal.session import RehearsalSession
from rehearsal.telegram.group import GroupChat
from tests.rehearsal.browser import browser, visit
from tests.rehearsal.png_palette import with_palette
from tests.rehearsal.sessions import open_session

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots" / "guides"
LARGEST = 60 * 1024  # bytes
TEACHERS = 12
REASONS = {
    Language.ENGLISH: "The bus is in a traffic jam",
    Language.TAJIK: "Автобус дар роҳбандӣ мондааст",
    Language.RUSSIAN: "Автобус стоит в пробке",
    Language.KOREAN: "버스가 길에서 막혀 있습니다",
}
MESSAGES = {
    Language.ENGLISH: "Tomorrow we leave at <b>08:30</b>, not at nine. Please bring your passport.",
    Language.TAJIK: "Фардо на соати нӯҳ, балки соати <b>08:30</b> меравем. Лутфан шиносномаро гиред.",
    Language.RUSSIAN: "Завтра выезжаем в <b>08:30</b>, а не в девять. Пожалуйста, возьмите паспорт.",
    Language.KOREAN: "내일은 9시가 아니라 <b>08:30</b>에 출발합니다. 여권을 가져와 주세요.",
}
GROUPS = {
    Language.ENGLISH: "Organizers",
    Language.TAJIK: "Ташкилотчиён",
    Language.RUSSIAN: "Организаторы",
    Language.KOREAN: "담당자",
}
TALK = {
    Language.ENGLISH: ("I am at a large bridge", "Stay there, I am coming in ten minutes"),
    Language.TAJIK: ("Ман дар назди пули калон", "Ҳамон ҷо бошед, баъди даҳ дақиқа меоям"),
    Language.RUSSIAN: ("Тут большой мост", "Оставайтесь там, буду через десять минут"),
    Language.KOREAN: ("큰 다리 앞에 있습니다", "거기 계세요. 10분 뒤에 가겠습니다"),
}
STATION = (36.5040, 127.2494)
ROSTER = """name,school,room,phone
Зарина Раҳимова,№ 12,,+992 901 23 45 01
Фирӯз Назаров,№ 3,,+992 901 23 45 02
Малика Шарипова,№ 27,,+992 901 23 45 03
Ҷамшед Каримов,№ 8,,+992 901 23 45 04
"""

P = TypeVar("P", bound=Payload)


def first(offered: list[P]) -> P:
    """The first of the buttons of this kind."""
    return offered[0]


def last(offered: list[P]) -> P:
    """The last of them."""
    return offered[-1]


async def main() -> None:
    """Play a first day in each language, and take the pictures on the way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with browser() as opened:
        for language in LANGUAGES:
            async with open_session(phones=False) as (session, address):
                await Guide(session, address, opened, Language(language)).play()


class Guide:
    """One language's pictures."""

    def __init__(self, session: RehearsalSession, address: str, opened: Browser, language: Language) -> None:
        self._session = session
        self._address = address
        self._browser = opened
        self._language = language

    async def play(self) -> None:
        """From the roster to a call for help that nobody takes, in the order of the guide as far as the hours allow."""
        self._organizer = await self._session.add_phone("organizer", self._language, join=True)
        self._colleague = await self._session.add_phone("organizer", self._language, join=True)
        self._teacher = await self._session.add_phone("teacher", self._language, join=True)
        await self._before_they_land()
        await self._session.simulate_teachers(TEACHERS)
        await self._until(9, 16)
        await self._picture(self._organizer, "missing")
        await self._until(11, 20)
        await self._picture(self._teacher, "today", pinned=True)
        await self._writes("/code")
        await self._picture(self._organizer, "code")
        await self._change_the_programme()
        await self._write_to_many()
        await self._writes("/headcount")
        await self._presses(HeadcountStart)
        await self._until(11, 24)
        await self._picture(self._organizer, "headcount")
        await self._call_for_help()
        await self._writes("/audit")
        await self._picture(self._organizer, "audit")
        await self._talk_in_the_group()

    async def _before_they_land(self) -> None:
        """The list of who was invited, and who is on duty."""
        await self._organizer.account.sends_document("roster.csv", ROSTER.encode())
        await self._session.simulation.wait_idle()
        await self._presses(RosterReadFile)
        await self._presses(RosterTake)
        await self._writes("/roster")
        await self._picture(self._organizer, "roster")
        await self._writes("/duty", self._colleague)
        await self._presses(DutyTake, last, self._colleague)
        await self._writes("/duty")
        await self._presses(DutyTake)
        await self._presses(DutyDay)
        await self._presses(DutyShow)
        await self._picture(self._organizer, "duty")

    async def _write_to_many(self) -> None:
        """A message to all teachers, before it goes."""
        await self._writes("/broadcast")
        await self._presses(BroadcastAudience, lambda offered: next(one for one in offered if one.to == "teachers"))
        await self._organizer.account.sends_marked(MESSAGES[self._language])
        await self._session.simulation.wait_idle()
        await self._presses(
            BroadcastOption, lambda offered: next(one for one in offered if one.option == "confirmable")
        )
        await self._picture(self._organizer, "broadcast")
        await self._presses(BroadcastSend)

    async def _call_for_help(self) -> None:
        """Somebody is lost, and nobody takes it for three minutes."""
        await self._writes("/help", self._teacher)
        await self._presses(AskHelp, lambda offered: next(one for one in offered if one.kind == "lost"), self._teacher)
        await self._picture(self._teacher, "lost")
        await self._teacher.account.sends_location(*STATION)
        await self._until(11, 28)
        await self._picture(self._organizer, "call")

    async def _talk_in_the_group(self) -> None:
        """A staff group, and the topic of whoever is lost."""
        me, colleague, teacher = self._organizer.account, self._colleague.account, self._teacher.account
        asks, answers = TALK[self._language]
        group = GroupChat(self._session.world, GROUPS[self._language], [me, colleague], forum=True, with_bot=False)
        await self._writes("/group")
        await self._presses(ConnectGroup)
        await me.uses_keyboard(me.keyboard_buttons()[0], group=group)
        await self._session.simulation.wait_idle()
        await teacher.sends(asks)
        await self._until(11, 30)
        topic = next(one.id for one in group.topics.values() if one.name == teacher.name)
        with colleague.at(group, topic):
            await colleague.sends(answers)
        await self._until(11, 32)
        self._organizer.opens(group.id, topic)
        await self._picture(self._organizer, "group")

    async def _change_the_programme(self) -> None:
        """The last session half an hour later."""
        await self._writes("/programme")
        await self._presses(ProgrammeDay)
        await self._presses(ProgrammeSession, last)
        await self._presses(ProgrammeTime, lambda offered: min(offered, key=lambda one: abs(one.start - 17 * 60 - 30)))
        await self._presses(ProgrammeDraft)
        await self._presses(ProgrammeConfirm)
        await self._writes(REASONS[self._language])
        await self._picture(self._organizer, "publish")
        await self._presses(ProgrammePublish)
        await self._picture(self._teacher, "change")

    async def _until(self, hour: int, minute: int) -> None:
        seminar = self._session.seminar
        assert seminar is not None
        moment = datetime.combine(seminar.first, time(hour, minute), seminar.zone)
        await self._session.simulation.advance_to(moment)

    async def _writes(self, text: str, by: Phone | None = None) -> None:
        await (by or self._organizer).account.sends(text)
        await self._session.simulation.wait_idle()

    async def _presses(self, kind: type[P], choose: Callable[[list[P]], P] = first, by: Phone | None = None) -> None:
        account = (by or self._organizer).account
        found = ui_driver.find_buttons(account, kind)
        assert found is not None, account.describe()
        message, offered = found
        await account.presses_payload(choose(offered).pack(), on=message)
        await self._session.simulation.wait_idle()

    async def _picture(self, phone: Phone, name: str, *, pinned: bool = False) -> None:
        """What the phone shows; the end of the chat, or the pinned message from its beginning."""
        page = await visit(self._browser, self._address, width=1240, height=860, language=self._language)
        device = page.locator(f"#phone-{phone.account.id} .device")
        if pinned:
            await device.locator(f'[data-message="{phone.account.chat[-1].id}"]').wait_for()
            await device.locator(".pinned button").first.click()
        else:
            await page.evaluate("document.fonts.ready")
            await device.locator(".chat").evaluate("chat => chat.scrollTo(0, chat.scrollHeight)")
        await page.wait_for_timeout(300)  # until it has scrolled there
        content = with_palette(await device.screenshot())
        if len(content) > LARGEST:
            raise ValueError(f"{name} has {len(content)} bytes; at most {LARGEST} are allowed")
        path = FOLDER / f"{name}.{self._language}.png"
        path.write_bytes(content)
        print(f"docs/screenshots/guides/{path.name}: {len(content) // 1024} KB")  # noqa: T201 - the script's only output
        await page.context.close()


if __name__ == "__main__":
    asyncio.run(main())
