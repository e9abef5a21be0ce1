"""/upcoming: what the bot will send by itself until tomorrow night, and skipping, sending or postponing it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.upcoming import (
    UpcomingDay,
    UpcomingHours,
    UpcomingPostpone,
    UpcomingPreview,
    UpcomingReader,
    UpcomingRetime,
    UpcomingSend,
    UpcomingShow,
    UpcomingSkip,
    UpcomingUndo,
)
from bot.context import Context
from bot.i18n import N_
from bot.languages import Language
from bot.messages import upcoming as upcoming_messages
from bot.messages import upcoming_preview as upcoming_preview_messages
from bot.messages.registry import MESSAGE_TYPES, planners
from bot.messages.upcoming import Planned
from bot.programme.typed import read_span
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.services import upcoming as upcoming_service
from bot.services.upcoming import TIME, Decided, Found, TimeOf
from bot.store.audience import Reader
from bot.store.conversation import Conversation
from bot.store.fanout import Occurrence
from bot.store.upcoming import Decision, Stage, UpcomingItem
from bot.views import fallback as fallback_view
from bot.views import upcoming as upcoming_view

_ENDS_AFTER: Final = timedelta(minutes=30)  # so long what is written next is the time that was asked for
_LONGEST_POSTPONEMENT: Final = 24 * 60  # minutes


async def begin(context: Context, _arguments: str) -> None:
    """Show what is sent today, or tomorrow when today has nothing more."""
    coming = await context.read(upcoming_service.listing, _planned(context), None, page=0)
    await context.reply(upcoming_view.day(context.locale, context.seminar, coming, _titles(context)))


async def show_day(context: Context, pressed: UpcomingDay) -> None:
    """Show a page of a day as it is now."""
    coming = await context.read(upcoming_service.listing, _planned(context), pressed.on, page=pressed.page)
    await context.show(upcoming_view.day(context.locale, context.seminar, coming, _titles(context)))


async def show_hours(context: Context, pressed: UpcomingHours) -> None:
    """Show at what hours the bot speaks on a day."""
    number = context.seminar.day_number_on(pressed.on)
    if number is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await context.show(upcoming_view.hours(context.locale, context.seminar, number))


async def show(context: Context, pressed: UpcomingShow) -> None:
    """Show one message as it stands now; a question for its time is over then."""
    about = TIME.of(context.awaits)
    if about is not None and about.item == pressed.item:
        await context.expect_nothing()
    if (found := await _find(context, pressed.item)) is not None:
        await context.show(_screen(context, found.item))


async def choose_reader(context: Context, pressed: UpcomingReader) -> None:
    """Show it in a language, or first ask of which group its reader is."""
    language = _language(context, pressed.language)
    found = await _find(context, pressed.item) if language is not None else None
    if language is None or found is None:
        return
    if MESSAGE_TYPES[found.occurrence.kind].by_group and context.seminar.has_groups:
        await context.show(
            upcoming_view.groups(context.locale, context.seminar, found.item, _titles(context), language)
        )
    else:
        await _preview(context, found, Reader(language, None))


async def preview(context: Context, pressed: UpcomingPreview) -> None:
    """Send the very message that a reader of this language and group will get."""
    language = _language(context, pressed.language)
    found = await _find(context, pressed.item) if language is not None else None
    if language is not None and found is not None:
        await _preview(context, found, Reader(language, pressed.group or None))


async def skip(context: Context, pressed: UpcomingSkip) -> None:
    """It is not sent."""
    await _decide(context, pressed.item, pressed.revision, Decision.SKIP)


async def send(context: Context, pressed: UpcomingSend) -> None:
    """It is sent in a few seconds, and not again at its hour."""
    await _decide(context, pressed.item, pressed.revision, Decision.NOW)


async def postpone(context: Context, pressed: UpcomingPostpone) -> None:
    """It is sent so many minutes later."""
    later = timedelta(minutes=min(max(pressed.minutes, 1), _LONGEST_POSTPONEMENT))
    await _decide(context, pressed.item, pressed.revision, Decision.POSTPONE, lambda _, due_at: due_at + later)


async def undo(context: Context, pressed: UpcomingUndo) -> None:
    """It is sent as planned after all."""
    await _decide(context, pressed.item, pressed.revision, Decision.KEEP)


async def ask_time(context: Context, pressed: UpcomingRetime) -> None:
    """Wait for the time at which it is to be sent."""
    if (found := await _find(context, pressed.item)) is None:
        return
    if found.item.revision != pressed.revision or found.item.stage not in {Stage.PLANNED, Stage.POSTPONED}:
        await _answer(context, pressed.item, Decided(found.item.stage, found.item.by, is_outdated=True))
        return
    await context.expect(TIME, TimeOf(pressed.item, pressed.revision), ends_after=_ENDS_AFTER)
    await context.reply(upcoming_view.ask_time(context.locale, found.item, _titles(context)))


async def take_time(context: Context, message: Message) -> None:
    """A time was written: send it then, on its own day."""
    about = TIME.of(context.awaits)
    if about is None:
        return
    at, end = read_span(message.text or "") or (None, None)
    if at is None or end is not None:
        await context.reply(upcoming_view.not_a_time(context.locale, about.item))
        return
    seminar = context.seminar

    def moment(one: Occurrence, due_at: datetime) -> datetime:
        del due_at
        number = (seminar.today(one.due_at) - seminar.first).days + 1
        return seminar.moment(number, at)

    decided = await _decided(context, about.item, about.revision, Decision.POSTPONE, moment)
    if decided.refused is None:
        await context.expect_nothing()
    said = _said(context, decided)
    if said:
        await context.say(said)
    if decided.refused is None and (found := await _find(context, about.item)) is not None:
        await context.reply(_screen(context, found.item))


async def time_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """A time that comes long after the question changes nothing."""
    about = TIME.of(awaited)
    return upcoming_view.time_lapsed(context.locale, about.item) if about is not None else None


# --- parts ----------------------------------------------------------------------------------------------------------


def _planned(context: Context) -> Planned:
    return upcoming_messages.planned(context.seminar, context.now(), planners(context.runtime.settings.owners))


def _titles(context: Context) -> dict[str, str]:
    return {name: message_type.title(context.locale) for name, message_type in MESSAGE_TYPES.items()}


def _language(context: Context, code: str) -> Language | None:
    return next((one for one in context.seminar.languages if one == code), None)


def _screen(context: Context, one: UpcomingItem) -> Screen:
    return upcoming_view.item(context.locale, context.seminar, one, _titles(context))


async def _find(context: Context, token: str) -> Found | None:
    """What a button means, or None after saying that it is not to come any more."""
    found = await context.read(upcoming_service.find, _planned(context), token)
    if found is None:
        await context.toast(upcoming_view.gone(context.locale), alert=True)
    return found


async def _preview(context: Context, found: Found, reader: Reader) -> None:
    loaded = await context.read(upcoming_preview_messages.load, found.occurrence, reader)
    screen = None
    if loaded is not None:
        locales, now = context.runtime.locales, context.now()
        screen = upcoming_preview_messages.render(context.seminar, locales, found.occurrence, loaded, now)
    if screen is None:
        await context.toast(upcoming_view.nobody(context.locale), alert=True)
    else:
        await context.reply(screen)


async def _decide(
    context: Context,
    token: str,
    revision: int,
    decision: Decision,
    moment: Callable[[Occurrence, datetime], datetime] | None = None,
) -> None:
    await _answer(context, token, await _decided(context, token, revision, decision, moment))


async def _decided(
    context: Context,
    token: str,
    revision: int,
    decision: Decision,
    moment: Callable[[Occurrence, datetime], datetime] | None,
) -> Decided:
    decided = await context.write(
        upcoming_service.decide,
        _planned(context),
        token,
        decision,
        context.member,
        revision=revision,
        moment=moment,
    )
    context.runtime.wake()
    return decided


async def _answer(context: Context, token: str, decided: Decided) -> None:
    """Say why nothing was decided, where that is so, and show how it stands now."""
    if said := _said(context, decided):
        await context.toast(said, alert=True)
    if decided.stage is not None and (found := await _find(context, token)) is not None:
        await context.show(_screen(context, found.item))


def _said(context: Context, decided: Decided) -> str:
    """Why a decision was not taken; empty where it was."""
    locale = context.locale
    if decided.stage is None or (decided.is_outdated and decided.stage in {Stage.SENDING, Stage.GONE}):
        return upcoming_view.gone(locale)
    if decided.is_outdated:
        return upcoming_view.outdated(locale, decided.by)
    if decided.refused is None:
        return ""
    return upcoming_view.refused(locale, context.seminar, decided.refused.limit, decided.refused.bound)


ROUTES = (
    on_command("upcoming", begin, Action.DECIDE, menu=N_("What I will send")),
    on_button(UpcomingDay, show_day, Action.DECIDE),
    on_button(UpcomingHours, show_hours, Action.DECIDE),
    on_button(UpcomingShow, show, Action.DECIDE),
    on_button(UpcomingReader, choose_reader, Action.DECIDE),
    on_button(UpcomingPreview, preview, Action.DECIDE),
    on_button(UpcomingSkip, skip, Action.DECIDE),
    on_button(UpcomingSend, send, Action.DECIDE),
    on_button(UpcomingPostpone, postpone, Action.DECIDE),
    on_button(UpcomingRetime, ask_time, Action.DECIDE),
    on_button(UpcomingUndo, undo, Action.DECIDE),
    on_answer(TIME, take_time, Action.DECIDE),
    on_unanswered(TIME, lapsed=time_lapsed),
)
