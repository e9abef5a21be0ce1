"""A rehearsal that people watch and take part in: its phones, its time, its simulated users, the state of the bot."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from bot.access import Role
from bot.i18n import Locales
from bot.languages import FALLBACK
from bot.programme.model import Seminar
from rehearsal import ui_driver
from rehearsal.bot_port import BotPort
from rehearsal.clock import RehearsalClock
from rehearsal.personas import PersonaFactory, languages_of
from rehearsal.phones import Phone
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.simulation import Simulation
from rehearsal.telegram import GroupChat, World
from rehearsal.telegram.journal import AcceptedCall
from rehearsal.telegram.model import Json

_BEFORE_AGENDA = timedelta(minutes=30)  # where "next day" leads
_REFRESH_INTERVAL_SECONDS = 0.4  # of real time
_MAX_UPCOMING = 5
_MAX_VIOLATIONS = 3

PhoneListener = Callable[[int], None]
"""Is called with the id of a phone on which something may have changed."""


class RehearsalSession:
    """A rehearsal that people watch and take part in. `bot` and `seminar` are None for a stand-in server alone.

    It knows nothing of its page: a page reads it, and hears of changes as one of `phone_listeners`.
    """

    def __init__(
        self, clock: RehearsalClock, world: World, *, bot: BotPort | None, seminar: Seminar | None, seed: int, url: str
    ) -> None:
        self.clock = clock
        self.world = world
        self.bot = bot
        self.seminar = seminar
        self.seed = seed
        self.url = url
        self.locales = Locales.load()
        self.languages = languages_of(seminar)
        self.personas = PersonaFactory(world, seed, self.languages)
        self.users = SimulatedUsers(world, clock, seminar, seed)
        self.simulation = Simulation(clock, world, bot, self.users, requests=bot.requests if bot else None)
        self.phones: dict[int, Phone] = {}
        self.phone_listeners: list[PhoneListener] = []
        self._panel: Json = {}
        self._refreshed_at = -_REFRESH_INTERVAL_SECONDS
        world.on_accept.append(self._on_accepted)
        world.updates.listeners.append(self._on_update)

    # --- phones -----------------------------------------------------------------------------------------------------

    async def add_phone(self, role: str, language: str, *, code: str = "", join: bool = False) -> Phone:
        """Add a phone; with a bot and a role it holds a real invitation, and can `join` at once."""
        account = self.personas.create(language, Role(role))
        if not code and self.bot is not None and role != Role.STRANGER:
            code = await self.bot.create_invitation(Role(role))
        phone = self.phones[account.id] = Phone(account, role, language, code=code)
        if join and code:
            await ui_driver.join(account, code, language=language, group=len(self.phones))
            phone.code = ""
        return phone

    async def add_first_phones(self) -> None:
        """Add the phones that a page shows first: all have joined but one teacher, who has just pressed Start."""
        personas = self.personas
        for role, language, arriving in (
            (Role.TEACHER, personas.first_language, False),
            (Role.TEACHER, personas.second_language, True),
            (Role.ORGANIZER, personas.staff_language, False),
            (Role.COORDINATOR, personas.host_language, False),
        ):
            phone = await self.add_phone(role, language, join=self.bot is not None and not arriving)
            if self.bot is not None and arriving:
                await phone.account.starts(phone.code)
                phone.code = ""

    def show_user(self, user_id: int) -> None:
        """Show the phone of a simulated user. Raises LookupError."""
        account = self.users.by_id[user_id].account
        self.phones.setdefault(user_id, Phone(account, Role.TEACHER, account.language_code, simulated=True))

    async def simulate_teachers(self, count: int) -> None:
        """Let so many other teachers act; 0 pauses them."""
        self.users.paused = count == 0
        missing = count - len(self.users.by_id)
        if self.bot is not None and missing > 0:
            code = await self.bot.create_invitation(Role.TEACHER)
            for _ in range(missing):
                self.users.add_teacher(self.personas.create_teacher(), code)
        self.world.changed.notify()

    # --- time -------------------------------------------------------------------------------------------------------

    def set_speed(self, speed: float) -> None:
        """Let time pass at this speed; 0 pauses the calendar. While time is being advanced, this stops it instead."""
        if self.simulation.advancing:
            self.simulation.stop()
        elif speed:
            self.clock.run(speed)
        else:
            self.clock.pause()

    async def advance_to_next_event(self) -> bool:
        """Advance to the next planned event; False when nothing is planned or it was stopped before."""
        upcoming = self.bot.upcoming(self.clock.now()) if self.bot else []
        return bool(upcoming) and await self._advance_to(upcoming[0][0])

    async def advance_to_next_day(self) -> bool:
        """Advance to the next morning; False when it was stopped before."""
        now = self.clock.now()
        today, tomorrow = (self._morning(now + timedelta(days=ahead)) for ahead in (0, 1))
        return await self._advance_to(today if today > now else tomorrow)

    def _morning(self, moment: datetime) -> datetime:
        """Shortly before the agenda of that day."""
        if self.bot is None:
            return datetime.combine(moment.date(), time(7), UTC) - _BEFORE_AGENDA
        seminar = self.bot.seminar
        number = (seminar.today(moment) - seminar.first).days + 1
        return seminar.moment(number, seminar.hours_of(number).agenda) - _BEFORE_AGENDA

    async def _advance_to(self, moment: datetime) -> bool:
        if self.simulation.advancing:
            return False
        return await self.simulation.advance_to(moment)

    # --- what a page reads ------------------------------------------------------------------------------------------

    def offered_languages(self) -> Json:
        """The languages of phones and the page: each one's own name by its code, and which one stands for others."""
        return {
            "languages": {language.value: language.own_name for language in self.languages},
            "fallback": self.seminar.languages[0] if self.seminar else FALLBACK,
        }

    def seminar_info(self, language: str) -> Json:
        """What does not change while a page is open, in its language."""
        seminar = self.seminar
        return {
            "title": seminar.title.get(language) if seminar else "",
            "place": seminar.place.get(language) if seminar else "",
            "zone": seminar.zone.key if seminar else "UTC",
            "first": seminar.first.isoformat() if seminar else "",
            "days_count": seminar.days_count if seminar else 0,
            "username": self.world.me["username"],
            "url": "" if self.bot else self.url,
        }

    async def refresh(self) -> None:
        """Read the status of the bot again, at most a few times a second however many pages are open."""
        now = asyncio.get_running_loop().time()
        if now - self._refreshed_at < _REFRESH_INTERVAL_SECONDS:
            return
        self._refreshed_at = now
        status = await self.bot.status() if self.bot else {}
        upcoming = self.bot.upcoming(self.clock.now())[:_MAX_UPCOMING] if self.bot else []
        self._panel = {
            **status,
            "upcoming": [{"at": round(at.timestamp() * 1000), "kind": kind} for at, kind in upcoming],
            "floods": self.world.throttled.total(),
            "violations": len(self.world.violations),
            "mistakes": [f"{one.method}: {one.description}" for one in self.world.violations[-_MAX_VIOLATIONS:]],
        }
        if self.bot:
            members = await self.bot.members()
            for phone in self.phones.values():
                phone.role, phone.language = members.get(phone.account.id, (phone.role, phone.language))
                self._notify(phone.account.id)

    def state(self) -> Json:
        """Everything but the phones and the clock."""
        return {
            "panel": self._panel,
            "users": self.users.as_json(),
            "advancing": self.simulation.advancing,
            "has_bot": self.bot is not None,
        }

    # --- changes ----------------------------------------------------------------------------------------------------

    def phones_changed(self) -> None:
        """Something may have changed on any phone."""
        for phone_id in self.phones:
            self._notify(phone_id)

    def _notify(self, chat_id: int | None) -> None:
        group = self.world.chats.get(chat_id or 0)
        for number in [one.id for one in group.members] if isinstance(group, GroupChat) else [chat_id]:
            if number in self.phones:
                for listener in self.phone_listeners:
                    listener(number)

    def _on_accepted(self, call: AcceptedCall) -> None:
        if call.chat_id is not None:
            self._notify(call.chat_id)
            return
        self.phones_changed()  # an answered press names no chat, a menu may be everyone's

    def _on_update(self, update: Json) -> None:
        for content in update.values():
            for part in (content.get("from"), content.get("chat")) if isinstance(content, dict) else ():
                if isinstance(part, dict):
                    self._notify(part["id"])
