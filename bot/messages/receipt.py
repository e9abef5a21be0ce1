"""Tells people how far their call, their words or their request is, and changes that message when it is further.

"The organizers know" is said when it is on the phone of one of them. Until then it is said to be on its way, while it
can leave at once and somebody can be reached; where it cannot, or has not arrived soon, that is said, with the phone
numbers.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.context import Context
from bot.i18n import Locale, Locales
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.sender import Sender, reaction_params
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store import receipt as receipt_store
from bot.store import relay_answer as relay_answer_store
from bot.store.alert import AlertState
from bot.store.database import Database
from bot.store.receipt import DeliveryStage, DeliveryStatus, Receipt, ReceiptSubject
from bot.views import receipt as receipt_view

_LOG = logging.getLogger(__name__)
_AT_ONCE_SECONDS: Final = 10.0  # a message that can leave within these is on its way
_ARRIVES_WITHIN: Final = timedelta(seconds=15)  # what has not arrived by then may not do so for long
_POLL_SECONDS: Final = 2.0  # between two checks while something is on its way
_HELD_SECONDS: Final = 15.0  # and while it is held
_CONTACTS_NEAR: Final = timedelta(hours=1)  # so long the phone numbers of a message are still near
_KEPT_FOR: Final = timedelta(days=30)
# Of the emoji that Telegram lets bots react with (there is no tick): it is seen to, and the other side has it.
ARRIVED: Final = "👌"
_REACTIONS: Final = {DeliveryStage.WAITING: "👀", DeliveryStage.ARRIVED: ARRIVED}

LeavesIn = Callable[[int], float]  # seconds until a message to this chat can leave; infinite while nothing is sent


def stage_of(status: DeliveryStatus, since: datetime, now: datetime, leaves_in: LeavesIn) -> DeliveryStage:
    """How far something is that was passed on at `since`."""
    if status.call is not None and status.call.state is AlertState.SETTLED:
        return DeliveryStage.CLOSED
    if status.call is not None and status.call.state is AlertState.TAKEN:
        return DeliveryStage.TAKEN
    if status.arrived:
        return DeliveryStage.ARRIVED
    if status.refused or status.dead:
        return DeliveryStage.REFUSED
    goes = now - since < _ARRIVES_WITHIN and any(leaves_in(chat_id) <= _AT_ONCE_SECONDS for chat_id in status.chats)
    return DeliveryStage.WAITING if goes else DeliveryStage.HELD


async def can_reach_staff(context: Context) -> bool:
    """Whether what is for the organizers can leave at once, and one of them can be reached."""
    runtime = context.runtime
    staff = await context.read(person.staff, runtime.settings.owners)
    return any(runtime.leaves_in(one.telegram_id) <= _AT_ONCE_SECONDS for one in staff)


async def show_for_call(context: Context, number: int, *, new_message: bool) -> None:
    """Tell how far a call for help is: in a new message, or in place of the one whose button made it."""
    await _answer(context, ReceiptSubject(call=number), new_message=new_message)


async def show_for_words(context: Context, message_id: int, *, new_message: bool = True) -> None:
    """Tell how far what someone wrote in message `message_id` is."""
    chat_id = context.chat_id
    message = await context.read(help_message_store.find, chat_id, message_id)
    if message is not None:
        await _answer(context, ReceiptSubject(message=message.id), new_message=new_message)


async def react_to_words(context: Context, message_id: int) -> None:
    """Tell by a reaction on what someone wrote in message `message_id` how far it is; in words, where that is refused.

    In words, too, where it is for all organizers, or cannot leave now: a reaction does not say that.
    """
    chat_id, now, runtime = context.chat_id, context.now(), context.runtime
    runtime.wake()
    message = await context.read(help_message_store.find, chat_id, message_id)
    if message is None:
        return
    if await context.read(relay_answer_store.is_gathered, message):
        if not await context.react(message_id, _REACTIONS[DeliveryStage.WAITING]):
            await context.reply(receipt_view.gathered(context.locale))
        return
    subject = ReceiptSubject(message=message.id)
    status = await context.read(receipt_store.delivery_status, subject)
    stage = stage_of(status, now, now, runtime.leaves_in) if status is not None else None
    emoji = _REACTIONS.get(stage) if stage is not None and message.help_id is None else None
    if emoji is None or stage is None or not await context.react(message_id, emoji):
        await _answer(context, subject, new_message=True)
    elif stage is DeliveryStage.WAITING:
        person_id, shown = context.member.id, stage
        await context.write(
            receipt_store.save,
            chat_id,
            message_id,
            subject,
            person_id=person_id,
            shown=shown,
            now=now,
            reaction=True,
        )
        runtime.wake()


async def show_for_request(context: Context, number: int, *, new_message: bool = False) -> None:
    """Tell someone how far their request to be let in is."""
    await _answer(context, ReceiptSubject(admission=number), new_message=new_message)


async def _answer(context: Context, subject: ReceiptSubject, *, new_message: bool) -> None:
    runtime, now = context.runtime, context.now()
    runtime.wake()
    status = await context.read(receipt_store.delivery_status, subject)
    if status is None:
        return
    stage = stage_of(status, now, now, runtime.leaves_in)
    if new_message and status.refused and stage is DeliveryStage.REFUSED:
        return  # it was refused at once, and a message of its own has said so by now
    above = None if new_message else context.message_id
    is_short = _may_be_short(context.seminar, status, stage) and await context.read(
        receipt_store.has_contacts_above, context.chat_id, above, now - _CONTACTS_NEAR
    )
    screen = (
        receipt_view.held_too(context.locale)
        if is_short
        else _screen(context.locale, context.seminar, subject, status, stage, now=now)
    )
    shown_in = await (context.reply(screen) if new_message else context.show(screen))
    if shown_in and not _is_last(status, stage):
        person_id = context.person.id if context.person is not None else None
        await context.write(
            receipt_store.save, context.chat_id, shown_in, subject, person_id=person_id, shown=stage, now=now
        )
        runtime.wake()


class Receipts:
    """Changes the messages that say how far something is. `update` is called periodically."""

    def __init__(
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        locales: Locales,
        *,
        seminar: Callable[[], Seminar],
        leaves_in: LeavesIn,
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._seminar = seminar
        self._leaves_in = leaves_in

    async def update(self) -> float | None:
        """Change what has another stage; return in how many seconds to check again, None when nothing is open."""
        outdated = await self._db.read(_outdated)
        # The oldest first: the later ones of a chat refer to the numbers under an earlier one.
        waits = [await self._bring_up_to_date(*one) for one in reversed(outdated)]
        return min((wait for wait in waits if wait is not None), default=None)

    async def delete_old(self) -> None:
        """What nobody has taken for a month is not changed any more."""
        await self._db.write(receipt_store.delete_before, before=self._clock.now() - _KEPT_FOR)

    async def _bring_up_to_date(self, receipt: Receipt, status: DeliveryStatus | None) -> float | None:
        if status is None:
            await self._db.write(receipt_store.delete, receipt=receipt)
            return None
        stage = stage_of(status, receipt.made_at, self._clock.now(), self._leaves_in)
        if receipt.reaction:
            return await self._react(receipt, status, stage)
        if stage is not receipt.shown:
            screen = await self._render(receipt, status, stage)
            if not await self._edit(receipt, screen):
                return _HELD_SECONDS
            await self._db.write(receipt_store.set_stage, receipt=receipt, stage=stage, last=_is_last(status, stage))
        return {DeliveryStage.WAITING: _POLL_SECONDS, DeliveryStage.HELD: _HELD_SECONDS}.get(stage)

    async def _react(self, receipt: Receipt, status: DeliveryStatus, stage: DeliveryStage) -> float | None:
        """Change a reaction once somebody has the words, or is not to get them; while they wait it stays."""
        if stage in {DeliveryStage.WAITING, DeliveryStage.HELD}:
            return _POLL_SECONDS if stage is DeliveryStage.WAITING else _HELD_SECONDS
        emoji = None if stage is DeliveryStage.REFUSED else _REACTIONS[DeliveryStage.ARRIVED]
        try:
            await self._sender.call("setMessageReaction", reaction_params(receipt.chat_id, receipt.message_id, emoji))
            if emoji is None and not status.refused:  # else a message of its own says what to do
                screen = await self._render(receipt, status, stage)
                await self._sender.reply(screen.method, {"chat_id": receipt.chat_id, **screen.params()})
        except (BadRequest, Forbidden):
            pass  # what was written is gone, or the chat takes no reactions any more
        except TelegramError as error:
            _LOG.warning("A reaction to someone's words waits: %s", error)
            return _HELD_SECONDS
        await self._db.write(receipt_store.delete, receipt=receipt)
        return None

    async def _render(self, receipt: Receipt, status: DeliveryStatus, stage: DeliveryStage) -> Screen:
        locale, now = self._locales[receipt.language], self._clock.now()
        if _may_be_short(self._seminar(), status, stage) and await self._db.read(
            receipt_store.has_contacts_above, receipt.chat_id, receipt.message_id, now - _CONTACTS_NEAR
        ):
            return receipt_view.held_too(locale)
        return _screen(locale, self._seminar(), receipt.about, status, stage, now=now)

    async def _edit(self, receipt: Receipt, screen: Screen) -> bool:
        """Change the message; return False when it has to be tried again."""
        target = {"chat_id": receipt.chat_id, "message_id": receipt.message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except (BadRequest, Forbidden):
            return True  # it shows this already, or is gone: nothing will change that
        except TelegramError as error:
            _LOG.warning("A message about what became of someone's words waits: %s", error)
            return False
        return True


def _outdated(connection: sqlite3.Connection) -> list[tuple[Receipt, DeliveryStatus | None]]:
    return [(one, receipt_store.delivery_status(connection, one.about)) for one in receipt_store.outdated(connection)]


def _may_be_short(seminar: Seminar, status: DeliveryStatus, stage: DeliveryStage) -> bool:
    """Whether these are words to organizers who cannot be reached: one list of the phone numbers is enough."""
    return stage is DeliveryStage.HELD and _is_mine(status) and bool(seminar.contacts)


def _is_mine(status: DeliveryStatus) -> bool:
    """Whether the words are for organizers, not an organizer's to somebody."""
    return status.message is not None and status.message.author_id == status.message.person_id


def _screen(
    locale: Locale,
    seminar: Seminar,
    subject: ReceiptSubject,
    status: DeliveryStatus,
    stage: DeliveryStage,
    *,
    now: datetime,
) -> Screen:
    if stage is DeliveryStage.REFUSED and status.refused:
        return receipt_view.refused(locale)
    if stage is DeliveryStage.REFUSED:
        return receipt_view.dead(locale, seminar.contacts if _is_mine(status) else ())
    if subject.admission is not None:
        return receipt_view.request(locale, stage, seminar.contacts)
    if status.message is None and status.call is not None:
        return receipt_view.call(locale, status.call, stage, seminar, now)
    return receipt_view.written(locale, status, stage, seminar.contacts)


def _is_last(status: DeliveryStatus, stage: DeliveryStage) -> bool:
    """Whether no other stage can follow: what has arrived goes on only as a call that somebody takes."""
    return stage in {DeliveryStage.CLOSED, DeliveryStage.REFUSED} or (
        stage is DeliveryStage.ARRIVED and status.call is None
    )
