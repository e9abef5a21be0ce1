"""The card of a broadcast: pausing, stopping, correcting and taking back, and what its readers press."""

from collections.abc import Callable
from typing import Final

from telegram import Message

from bot.access import Action
from bot.buttons.broadcast import BroadcastGotIt
from bot.buttons.broadcast_card import (
    BroadcastAct,
    BroadcastCorrect,
    BroadcastCorrectNot,
    BroadcastCorrectSure,
    BroadcastShow,
)
from bot.context import Context
from bot.draft_screens import show_card as show_draft
from bot.inbound import captioned
from bot.messages import broadcast as broadcast_messages
from bot.messages import broadcast_cards as broadcast_cards_messages
from bot.messages import live_cards as live_cards_messages
from bot.routing import on_answer, on_button, on_edit, on_unanswered
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.services import broadcast_card as broadcast_card_service
from bot.services.broadcast_card import CORRECTION, Correction, Got
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store import person
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind, Version
from bot.store.claims import Row
from bot.store.conversation import Conversation
from bot.text import units
from bot.views import broadcast_card as broadcast_card_view
from bot.views import broadcast_correction as broadcast_correction_view
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views import fallback as fallback_view
from bot.views.broadcast_content import CAPTION_LIMIT, ENTITIES, LIMIT, signature_units

_CARDS: Final = broadcast_cards_messages.CARDS
_CHANGES: Final[dict[str, Callable[..., bool]]] = {
    "pause": broadcast_card_service.pause,
    "resume": broadcast_card_service.resume,
    "stop": broadcast_card_service.stop,
    "delete": broadcast_card_service.take_back,
}
# The media that Telegram can put in the place of one another, and where a message has them.
_MEDIA: Final = (
    ContentKind.ANIMATION,  # has a document, too
    ContentKind.VIDEO,
    ContentKind.AUDIO,
    ContentKind.DOCUMENT,
)


async def act(context: Context, pressed: BroadcastAct) -> None:
    """Pause, resume, stop or take it back, whosever it is; show what it says; or write to who has not confirmed."""
    if pressed.act == "words":
        await _show_words(context, pressed.broadcast)
    elif pressed.act == "write":
        await _write_to_missing(context, pressed.broadcast)
    elif (change := _CHANGES.get(pressed.act)) is not None:
        if not await context.write(change, pressed.broadcast, context.member, context.now()):
            await context.toast(broadcast_card_view.too_late(context.locale))
        await _show_card(context, pressed.broadcast)


async def show(context: Context, pressed: BroadcastShow) -> None:
    """Show the card, who has not confirmed, or ask before something is done."""
    if pressed.shown == broadcast_cards_messages.CORRECT:
        broadcast = await context.read(broadcast_store.get, pressed.broadcast)
        if broadcast is not None and len(broadcast.versions) == 1:
            await correct(context, BroadcastCorrect(broadcast.id, broadcast.versions[0].language))
            return
    shown = pressed.shown if pressed.shown in broadcast_cards_messages.LISTS else broadcast_cards_messages.CARD
    subject = broadcast_cards_messages.subject_of(pressed.broadcast)
    await live_cards_messages.show(context, _CARDS, subject, shown, pressed.page)


async def correct(context: Context, pressed: BroadcastCorrect) -> None:
    """Ask what it should say instead, in this language."""
    broadcast = await context.read(broadcast_store.get, pressed.broadcast)
    if broadcast is None or broadcast.taken_back_at is not None or _version(broadcast, pressed.language) is None:
        await context.toast(broadcast_card_view.too_late(context.locale))
        return
    await context.expect(
        CORRECTION,
        Correction(broadcast.id, pressed.language),
        ends_after=broadcast_card_service.CORRECTION_FOR,
    )
    await _show_card(context, broadcast.id)
    await context.reply(broadcast_correction_view.ask(context.locale, broadcast, pressed.language))


async def words(context: Context, message: Message) -> None:
    """Show what it would say, and ask whether that shall take the place of what has arrived."""
    about = CORRECTION.of(context.awaits)
    broadcast = await context.read(broadcast_store.get, about.broadcast) if about is not None else None
    version = _version(broadcast, about.language) if broadcast is not None and about is not None else None
    if about is None or broadcast is None or version is None:
        await context.expect_nothing()
        await context.say(fallback_view.old_button(context.locale))
        return
    came = _correction(about, message)
    if (refused := await _refused(context, broadcast, came, message)) is not None:
        nothing = Correction(broadcast.id, about.language)
        await context.expect(CORRECTION, nothing, ends_after=broadcast_card_service.CORRECTION_FOR)
        await context.reply(refused)
        return
    await context.expect(CORRECTION, came, ends_after=broadcast_card_service.CORRECTION_FOR)
    phones = await context.read(broadcast_progress_store.sent_in, broadcast, about.language)
    await context.reply(broadcast_correction_view.confirm(context.locale, broadcast.id, came.source, phones))


async def edited(context: Context, message: Message) -> bool:
    """The new words are changed before they are confirmed: what is above the button is what goes."""
    about = CORRECTION.of(context.awaits)
    if about is None or about.source != message.message_id:
        return False
    broadcast = await context.read(broadcast_store.get, about.broadcast)
    came = _correction(about, message)
    if broadcast is None or came == about:
        return True
    refused = await _refused(context, broadcast, came, message)
    kept = came if refused is None else Correction(about.broadcast, about.language)
    await context.expect(CORRECTION, kept, ends_after=broadcast_card_service.CORRECTION_FOR)
    if refused is not None:
        await context.reply(refused)
    return True


async def make_correction(context: Context, pressed: BroadcastCorrectSure) -> None:
    """Change what has arrived, once."""
    me, now = context.member, context.now()
    number = await context.write(broadcast_card_service.correct, context.chat_id, pressed.source, me, now)
    if number is None:
        await context.toast(broadcast_card_view.too_late(context.locale))
    context.runtime.wake()
    subject = broadcast_cards_messages.subject_of(pressed.broadcast)
    await live_cards_messages.show(context, _CARDS, subject, broadcast_cards_messages.CARD, 0)


async def leave(context: Context, pressed: BroadcastCorrectNot) -> None:
    """Leave it as it is."""
    about = CORRECTION.of(context.awaits)
    if about is None or about.broadcast != pressed.broadcast:
        await context.toast(broadcast_card_view.too_late(context.locale))  # it was made, or has lapsed
        return
    await context.expect_nothing()
    await context.show(broadcast_correction_view.left(context.locale))


async def lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after a correction was started: nothing was changed."""
    about = CORRECTION.of(awaited)
    return broadcast_correction_view.lapsed(context.locale, about.broadcast) if about is not None else None


async def left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a correction: nothing was changed."""
    about, new = CORRECTION.of(awaited), CORRECTION.of(now)
    if about is None or (new is not None and new.broadcast == about.broadcast):
        return None
    return broadcast_correction_view.lapsed(context.locale, about.broadcast)


async def got_it(context: Context, pressed: BroadcastGotIt) -> None:
    """A reader has got it: the button becomes a tick."""
    got = await context.write(broadcast_card_service.got_it, pressed.broadcast, context.member, context.now())
    if got is Got.GONE:
        await context.toast(broadcast_card_view.taken_back_meanwhile(context.locale), alert=True)
    elif got is Got.PREVIEW:
        await context.toast(broadcast_draft_view.only_a_preview(context.locale), alert=True)
    else:
        await context.toast(broadcast_card_view.thanks(context.locale))
        await context.show_buttons(broadcast_card_view.confirmed_button(context.locale, pressed.broadcast))


async def _show_card(context: Context, number: int) -> None:
    """Turn the card back to its first page, with what is true now."""
    context.runtime.wake()
    subject = broadcast_cards_messages.subject_of(number)
    await live_cards_messages.show(context, _CARDS, subject, broadcast_cards_messages.CARD, 0)


async def _show_words(context: Context, number: int) -> None:
    """Show each version as its readers see it."""
    broadcast = await context.read(broadcast_store.get, number)
    if broadcast is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    about = broadcast_messages.BroadcastTo(number)
    row = Row(0, "", "", "", 0, None, "", "", "", 0, 0)
    signed = await context.read(broadcast_messages.load, about, row)
    for version in broadcast.versions:
        locale = context.runtime.locales[version.language or context.locale.language]
        screen = broadcast_messages.screen(locale, signed, version.language or locale.language) if signed else None
        if screen is not None:
            await context.reply(screen)


async def _write_to_missing(context: Context, number: int) -> None:
    """Begin a message to those who have not confirmed this one."""
    audience = Audience("all", unconfirmed=number)
    if not (await context.read(broadcast_audience_store.reach, audience)).recipients:
        await context.toast(broadcast_card_view.all_confirmed(context.locale), alert=True)
        return
    draft = await context.write(
        broadcast_service.begin_to, context.member.id, audience, chat_id=context.chat_id, now=context.now()
    )
    await show_draft(context, draft.id, below=True)


def _version(broadcast: Broadcast, language: str) -> Version | None:
    return next((one for one in broadcast.versions if one.language == language), None)


async def _refused(context: Context, broadcast: Broadcast, came: Correction, message: Message) -> Screen | None:
    """Why this cannot take the place of what has arrived, or None."""
    version = _version(broadcast, came.language)
    if version is None or context.part is not None or not broadcast_card_service.can_follow(version, came):
        # Of an album or a text that the phone has cut no part is taken for the whole.
        return broadcast_correction_view.not_correctable(context.locale, broadcast.id)
    limit = LIMIT if version.kind is ContentKind.TEXT else CAPTION_LIMIT
    holds_signature = version.kind is ContentKind.TEXT or version.kind.has_caption  # an album's is in the note
    by_id = broadcast.by_id if broadcast.options.signed and holds_signature else None
    author = await context.read(person.by_id, by_id) if by_id is not None else None
    room = limit - (signature_units(author.name) if author is not None else 0)
    length, marks = units(message.text or message.caption or ""), len(message.entities or message.caption_entities)
    if length > room:
        return broadcast_correction_view.too_long(context.locale, broadcast.id, length, room)
    if marks > ENTITIES:
        return broadcast_correction_view.too_colourful(context.locale, broadcast.id, marks, ENTITIES)
    return None


def _correction(about: Correction, message: Message) -> Correction:
    """What was sent, as the correction of the same version."""
    kind, file_id, file = "", "", ""
    if message.photo:
        kind, file_id, file = ContentKind.PHOTO, message.photo[-1].file_id, message.photo[-1].file_unique_id
    else:
        for one in _MEDIA:
            if (medium := getattr(message, one.value)) is not None:
                kind, file_id, file = one, medium.file_id, medium.file_unique_id
                break
    text = captioned(message)
    is_other = not kind and message.text is None  # a place, a voice message: nothing that can take its place
    return Correction(
        about.broadcast,
        about.language,
        source=message.message_id,
        text="" if is_other else text,
        media="other" if is_other else str(kind),
        file_id=file_id,
        file=file,
    )


ROUTES = (
    on_button(BroadcastAct, act, Action.BROADCAST),
    on_button(BroadcastShow, show, Action.BROADCAST),
    on_button(BroadcastCorrect, correct, Action.BROADCAST),
    on_answer(CORRECTION, words, Action.BROADCAST, text_only=False, parts=True),
    on_unanswered(CORRECTION, lapsed=lapsed, left=left),
    on_edit(edited, Action.BROADCAST),
    on_button(BroadcastCorrectSure, make_correction, Action.BROADCAST),
    on_button(BroadcastCorrectNot, leave, Action.BROADCAST),
    on_button(BroadcastGotIt, got_it, Action.SEE_PROGRAMME),
)
