"""A rehearsal as its page sees it: phones, time, the crowd, and what the bot is doing."""

import asyncio
from datetime import UTC, datetime, time, timedelta

from bot.access import Role
from bot.i18n import Catalogues
from bot.languages import FALLBACK
from bot.programme.model import Seminar
from rehearsal import hands
from rehearsal.cast import Cast, languages_of
from rehearsal.clock import RehearsalClock
from rehearsal.crowd import Crowd
from rehearsal.driver import Driver
from rehearsal.hamroh import Company
from rehearsal.orders import Orders
from rehearsal.page.feed import Feed
from rehearsal.phones import Phone
from rehearsal.telegram import World
from rehearsal.telegram.journal import Entry
from rehearsal.telegram.model import Json

_BEFORE_AGENDA = timedelta(minutes=30)  # where "next day" leads
_PANEL_EVERY = 0.4  # real seconds
_COMING_SHOWN = 5
_VIOLATIONS_SHOWN = 3


class Scene:
    """A rehearsal as its page sees it. `bot` and `seminar` are None for a stand-in server alone."""

    def __init__(
        self, clock: RehearsalClock, world: World, *, bot: Company | None, seminar: Seminar | None, seed: int, url: str
    ) -> None:
        self.clock = clock
        self.world = world
        self.bot = bot
        self.seminar = seminar
        self.seed = seed
        self.url = url
        self.catalogues = Catalogues.load()
        self.languages = languages_of(seminar)
        self.cast = Cast(world, seed, self.languages)
        self.crowd = Crowd(world, clock, seminar, seed)
        self.driver = Driver(clock, world, bot, self.crowd, traffic=bot.traffic if bot else None)
        self.shown: dict[int, Phone] = {}
        self.feeds: set[Feed] = set()
        self.error = ""
        self._orders = Orders(self)
        self._panel: Json = {}
        self._panel_at = -_PANEL_EVERY
        world.on_accept.append(self._accepted)
        world.updates.listeners.append(self._sent)

    # --- phones -----------------------------------------------------------------------------------------------------

    async def add_phone(self, role: str, language: str, *, code: str = "", join: bool = False) -> Phone:
        """Put a new phone on the page; with a bot and a role it holds a real invitation, and can `join` at once."""
        account = self.cast.person(language, Role(role))
        if not code and self.bot is not None and role != Role.STRANGER:
            code = await self.bot.invitation(Role(role))
        phone = self.shown[account.id] = Phone(account, role, language, code=code)
        if join and code:
            await hands.join(account, code, language=language, group=len(self.shown))
            phone.code = ""
        return phone

    async def open_system(self) -> None:
        """The first phones: everyone has joined, but one teacher has just pressed Start."""
        cast = self.cast
        for role, language, arriving in (
            (Role.TEACHER, cast.most, False),
            (Role.TEACHER, cast.some, True),
            (Role.ORGANIZER, cast.working, False),
            (Role.COORDINATOR, cast.host, False),
        ):
            phone = await self.add_phone(role, language, join=self.bot is not None and not arriving)
            if self.bot is not None and arriving:
                await phone.account.starts(phone.code)
                phone.code = ""

    def show_from_crowd(self, phone_id: int) -> None:
        """Show the phone of somebody of the crowd. Raises LookupError."""
        player = self.crowd.players[phone_id]
        self.shown.setdefault(phone_id, Phone(player.account, Role.TEACHER, player.account.language_code, crowd=True))

    async def set_crowd(self, teachers: int) -> None:
        """Play so many other teachers; 0 lets them put their phones down."""
        self.crowd.resting = teachers == 0
        missing = teachers - len(self.crowd.players)
        if self.bot is not None and missing > 0:
            code = await self.bot.invitation(Role.TEACHER)
            for _ in range(missing):
                self.crowd.add(self.cast.teacher(), code)
        self.world.changed.happened()

    async def do(self, order: Json) -> Json:
        """An order of the page. A wrong one raises KeyError, LookupError, TypeError or ValueError."""
        return await self._orders.obey(order)

    # --- time -------------------------------------------------------------------------------------------------------

    def run(self, speed: float) -> None:
        """Let time pass at this speed; 0 pauses the calendar. While time is being moved it stays where it is."""
        if self.driver.moving:
            self.driver.stop()
        elif speed:
            self.clock.run(speed)
        else:
            self.clock.pause()

    async def to_next_event(self) -> bool:
        """Play on to the next planned event; False when nothing is planned or it was stopped before."""
        coming = self.bot.coming(self.clock.now()) if self.bot else []
        return bool(coming) and await self._to(coming[0][0])

    async def to_next_day(self) -> bool:
        """Play on to the next morning."""
        here = self.clock.now()
        today, tomorrow = (self._morning(here + timedelta(days=ahead)) for ahead in (0, 1))
        return await self._to(today if today > here else tomorrow)

    def _morning(self, moment: datetime) -> datetime:
        """Shortly before the agenda of that day."""
        if self.seminar is None:
            return datetime.combine(moment.date(), time(7), UTC) - _BEFORE_AGENDA
        number = (self.seminar.today(moment) - self.seminar.first).days + 1
        return self.seminar.moment(number, self.seminar.hours_of(number).agenda) - _BEFORE_AGENDA

    async def _to(self, moment: datetime) -> bool:
        if self.driver.moving:
            return False
        return await self.driver.to(moment)

    # --- what the page is told --------------------------------------------------------------------------------------

    def offered(self) -> Json:
        """What phones and the page can speak: each language's own name by its code, and which one stands for others."""
        return {
            "languages": {language.value: language.own_name for language in self.languages},
            "fallback": self.seminar.languages[0] if self.seminar else FALLBACK,
        }

    def about(self, language: str) -> Json:
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
        """Look at the bot's queues again, at most a few times a second however many pages are open."""
        now = asyncio.get_running_loop().time()
        if now - self._panel_at < _PANEL_EVERY:
            return
        self._panel_at = now
        counted = await self.bot.panel() if self.bot else {}
        coming = self.bot.coming(self.clock.now())[:_COMING_SHOWN] if self.bot else []
        self._panel = {
            **counted,
            "coming": [{"at": round(at.timestamp() * 1000), "kind": kind} for at, kind in coming],
            "floods": self.world.floods.total(),
            "violations": len(self.world.violations),
            "mistakes": [f"{one.method}: {one.description}" for one in self.world.violations[-_VIOLATIONS_SHOWN:]],
        }
        if self.bot:
            known = await self.bot.people()
            for phone in self.shown.values():
                phone.role, phone.language = known.get(phone.account.id, (phone.role, phone.language))
                self._touch(phone.account.id)

    def signs(self) -> Json:
        """Everything but the phones and the clock."""
        return {
            "panel": self._panel,
            "crowd": self.crowd.about(),
            "moving": self.driver.moving,
            "has_bot": self.bot is not None,
        }

    def _touch(self, chat_id: int | None) -> None:
        if chat_id in self.shown:
            for feed in self.feeds:
                feed.touch(chat_id)

    def _accepted(self, entry: Entry) -> None:
        if entry.chat_id is not None:
            self._touch(entry.chat_id)
            return
        for phone_id in self.shown:  # an answered tap names no chat, a menu may be everyone's
            self._touch(phone_id)

    def _sent(self, update: Json) -> None:
        for content in update.values():
            if isinstance(content, dict) and isinstance(sender := content.get("from"), dict):
                self._touch(sender["id"])
