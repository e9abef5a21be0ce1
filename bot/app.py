"""The only place where the parts are wired together."""

import asyncio
import logging
import random
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any, Final, cast

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest

import handlers
from bot import menu
from bot.buttons.help import AskHelp
from bot.clock import Clock
from bot.context import Context
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.fanout import Fanout
from bot.delivery.rendering import Renderer
from bot.documents.process import DocumentProcess
from bot.i18n import Locales
from bot.intake import backlog
from bot.intake.poller import Poller, TokenRejectedError
from bot.intake.worker import Worker
from bot.jobs.process import JobProcess
from bot.messages import operator_alert as operator_alert_messages
from bot.messages import upcoming as upcoming_messages
from bot.messages.attendance_screens import CodeScreens
from bot.messages.broadcast_cards import BroadcastCards
from bot.messages.follow_up import FollowUp
from bot.messages.live_cards import LiveCards
from bot.messages.registry import LIVE_CARDS, MESSAGE_TYPES, planners
from bot.messages.staff_group_watch import GroupWatch
from bot.messages.today_cards import TodayCards
from bot.operations.current_version import CurrentVersion
from bot.operations.retention import Retention
from bot.programme.current import CurrentSeminar
from bot.programme.model import Seminar
from bot.rate_limiter import RateLimiter
from bot.router import Router
from bot.runtime import Runtime
from bot.sender import Sender
from bot.services import follow_up as follow_up_service
from bot.services.alert_escalation import Escalations
from bot.services.catch_up import Presence
from bot.services.staff_group import GROUP
from bot.settings import Settings
from bot.startup import CannotStart, introduce, prepared
from bot.store import broadcast as broadcast_store
from bot.store import departure as departure_store
from bot.store.database import Database
from bot.store.fanout import Occurrence
from bot.store.help import HelpKind
from bot.transport import ReqwestRequest

_LOG = logging.getLogger(__name__)

_POLLING_CONFLICT: Final = "another program uses this bot's token; stop it, and sending goes on by itself"
_URGENT: Final = frozenset(AskHelp(kind).pack() for kind in HelpKind if kind.urgent)  # handled before all else


class App:
    """The bot at work: its parts run as tasks from `open` to the end of its block."""

    def __init__(
        self, settings: Settings, clock: Clock, db: Database, current: CurrentSeminar, request: BaseRequest | None
    ) -> None:
        chance = random.Random()  # noqa: S311 - jitter, not secrets
        self.limiter = RateLimiter(clock, rate=settings.rate, rested=db.is_new)
        self.router = Router(handlers.ROUTES, handlers.FALLBACKS)
        self._failures: dict[int, Exception] = {}
        self._listened = asyncio.Event()
        polling = request or ReqwestRequest(connections=1)  # its own, so that a waiting poll takes nobody's turn
        self.application = self._application(settings, request or ReqwestRequest(), polling)
        bot: Bot = self.application.bot
        self._current = current
        locales = Locales.load(current.folder.languages)
        sender = Sender(bot, self.limiter, clock, db)
        self.dispatcher = Dispatcher(
            db=db,
            sender=sender,
            limiter=self.limiter,
            clock=clock,
            renderer=Renderer(MESSAGE_TYPES, self._seminar, locales, paid=settings.allow_paid_broadcast),
            random=chance,
            on_dead=partial(operator_alert_messages.tell_undelivered, owners=settings.owners),
        )
        self.planners = planners(settings.owners)
        self._presence = Presence(self.planners, MESSAGE_TYPES.catch_up)
        self.fanout = Fanout(
            db,
            clock,
            self._seminar,
            self.planners,
            made=self.dispatcher.wake,
            notice=self._notice,
            override=upcoming_messages.overridden,
            at_most_once=MESSAGE_TYPES.at_most_once,
            counted=MESSAGE_TYPES.counted,
        )
        self.retention = Retention(db, clock, self._seminar)
        self.live_cards = LiveCards(
            db, sender, clock, locales, LIVE_CARDS, seminar=self._seminar, owners=settings.owners
        )
        self.cards = BroadcastCards(db, clock, self.live_cards.wake)
        self.codes = CodeScreens(
            db, sender, clock, locales, seminar=self._seminar, owners=settings.owners, username=lambda: bot.username
        )
        self.follow_up = FollowUp(
            db,
            sender,
            clock,
            locales,
            seminar=self._seminar,
            redeliver=lambda connection, now: follow_up_service.make_missing(
                connection, self._seminar(), settings.owners, now
            ),
            dispatcher=self.dispatcher,
        )
        self.escalations = Escalations(db, clock, self._seminar, settings.owners, self.wake)
        self.group_watch = GroupWatch(db, sender, clock, GROUP, settings.owners, lambda: bot.id, self.dispatcher.wake)
        self.today_cards = TodayCards(db, sender, clock, locales, current)
        self._shown = (self.cards, self.live_cards, self.codes, self.today_cards)
        self.version = CurrentVersion(db, clock, current)
        self.runtime = Runtime(
            settings=settings,
            clock=clock,
            db=db,
            current=current,
            locales=locales,
            sender=sender,
            documents=DocumentProcess(),
            jobs=JobProcess(db.path),
            wake=self.wake,
            requeue=self.dispatcher.requeue,
            leaves_in=self.follow_up.leaves_in,
            wipe=self.retention.wipe,
            follow_programme=self.version.follow,
        )
        self.application.bot_data = self.runtime
        current.listeners.append(self.wake)
        self.worker = Worker(
            db=db,
            bot=bot,
            clock=clock,
            random=chance,
            handle=self._handle,
            on_unhandled=partial(operator_alert_messages.tell_unhandled, owners=settings.owners),
            woken=self.dispatcher.wake,
        )
        self.poller = Poller(
            bot=bot,
            request=polling,
            db=db,
            clock=clock,
            random=chance,
            arrived=self.worker.wake,
            on_conflict=self._conflict_changed,
            urgent=_URGENT,
        )

    @classmethod
    @asynccontextmanager
    async def open(
        cls, settings: Settings, clock: Clock, *, request: BaseRequest | None = None
    ) -> AsyncIterator["App"]:
        """The running bot, until the block ends; what is under way then gets 10 s to end.

        Raises CannotStart with one sentence. `request` replaces the way to Telegram.
        """
        async with AsyncExitStack() as stack:
            db, current = await stack.enter_async_context(prepared(settings, clock.now()))
            app = cls(settings, clock, db, current, request)
            await introduce(app.application, db)
            stack.push_async_callback(app.application.shutdown)
            stack.push_async_callback(app.runtime.jobs.close)
            await app.dispatcher.recover()
            stack.push_async_callback(app._end)
            app._begin()
            yield app

    async def wait_idle(self) -> None:
        """Return when every stored update is handled, every due event is fanned out and every due row is sent."""
        for before in (self.worker, self.runtime.jobs.background, self.version, self.fanout, self.escalations):
            await before.wait_idle()
        seen = self.runtime.db.changes
        for part in (self.follow_up, self.group_watch, self.dispatcher, *self._shown):
            await part.wait_idle()
        # Following up may make rows, and then tells what became of them.
        if self.runtime.db.changes != seen:
            for part in (self.follow_up, *((self.group_watch, self.dispatcher) if self.group_watch.is_on else ())):
                await part.wait_idle()
        await self.retention.wait_idle()

    async def failed(self) -> None:
        """Return never, unless a part fails: then raise what it raised. Raises CannotStart for a rejected token."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            try:
                await task
            except TokenRejectedError as error:
                raise CannotStart(str(error)) from error

    def wake(self) -> None:
        """Something that people wait for was written: look at it now."""
        for part in (self.fanout, self.follow_up, self.group_watch, self.dispatcher, self.escalations, *self._shown):
            part.wake()

    def _seminar(self) -> Seminar:
        return self._current.seminar

    def _application(
        self, settings: Settings, request: BaseRequest, polling: BaseRequest
    ) -> Application[Any, Context, Any, Any, Any, Any]:
        application = (
            ApplicationBuilder()
            .token(settings.token.get_secret_value())
            .base_url(f"{settings.api_url}/bot")
            .base_file_url(f"{settings.api_url}/file/bot")
            .request(request)
            .get_updates_request(polling)
            .updater(None)
            .job_queue(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        application.add_handler(self.router)
        application.add_error_handler(self._caught)
        return cast(Application[Any, Context, Any, Any, Any, Any], application)

    async def _handle(self, update: Update) -> None:
        """Run the handlers, and raise what they raised: the inbox wants to know how an update ended."""
        await self.application.process_update(update)
        user, chat = update.effective_user, update.effective_chat
        if user is not None and not user.is_bot and chat is not None and chat.id == user.id:
            self.today_cards.touched(user.id)
        if (error := self._failures.pop(update.update_id, None)) is not None:
            raise error

    async def _caught(self, update: object, context: Any) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._failures[update.update_id] = context.error
        if await handlers.on_error(update, context) and isinstance(update, Update):
            self._failures.pop(update.update_id, None)

    def _notice(self, connection: sqlite3.Connection, now: datetime) -> Iterable[Occurrence]:
        departure_store.forget_told(connection)
        if broadcast_store.begin_due(connection, now):
            self.cards.wake()
        if not self.poller.connected:
            self._presence.gone()
            return ()
        return self._presence.notice(connection, self.runtime.seminar, now)

    async def _conflict_changed(self, in_conflict: bool) -> None:
        if in_conflict:
            _LOG.error("Sending has stopped: %s", _POLLING_CONFLICT)
            self.dispatcher.halt(_POLLING_CONFLICT)
            now, owners = self.runtime.clock.now(), self.runtime.settings.owners
            with suppress(sqlite3.Error):  # a database that fails is reported where it is used
                await self.runtime.db.write(operator_alert_messages.tell_of_conflict, since=now, owners=owners)
        else:
            _LOG.warning("The token is this bot's alone again.")
            self.dispatcher.resume(_POLLING_CONFLICT)

    def _begin(self) -> None:
        self.dispatcher.send_sos_only()
        parts = (self.poller, self.worker, self.dispatcher, self.follow_up, *self._shown, self.retention, self.version)
        self._tasks = [asyncio.create_task(run()) for run in (self._plan, *(part.run for part in parts))]
        self._asides = [asyncio.create_task(self._listen()), asyncio.create_task(self._publish_menus())]

    async def _plan(self) -> None:
        """Plan and escalate, once it is known what people did while the bot was away."""
        await self._listened.wait()
        await asyncio.gather(self.fanout.run(), self.escalations.run(), self.group_watch.run())

    async def _listen(self) -> None:
        await backlog.members_handled(self.poller, self.runtime.db)
        self._listened.set()
        self.dispatcher.send_all()

    async def _publish_menus(self) -> None:
        try:
            await menu.publish(self.runtime, self.router)
        except TelegramError as error:
            _LOG.warning("The command menus could not be set: %s", error.message)

    async def _end(self) -> None:
        """Take nothing new, finish what is under way, in the order in which work flows."""
        for task in (*self._asides, *self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
