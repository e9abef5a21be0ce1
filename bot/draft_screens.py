"""What the conversations about a draft to many have in common: its card, its previews, and whom it may be for."""

from contextlib import suppress

from telegram.error import TelegramError

from bot.context import Context
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_draft as broadcast_draft_store
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind, Version
from bot.store.conversation import Conversation
from bot.views import broadcast as broadcast_view
from bot.views import broadcast_audience as broadcast_audience_view
from bot.views import broadcast_card as broadcast_card_view
from bot.views import broadcast_content as broadcast_content_view
from bot.views import broadcast_draft as broadcast_draft_view


async def show_card(context: Context, number: int, *, below: bool = False) -> bool:
    """Show how a draft stands: whom it is for, what is awaited, or whether it shall go; False where it is none.

    In the message whose button was pressed, or `below` everything else.
    """
    card = await context.read(broadcast_draft_store.card, number, context.member.id)
    if card is None:
        return False
    show = context.reply if below else context.show
    if not card.people.recipients:
        await show(await audiences(context, number, nobody=True))
    elif not card.draft.versions:
        await show(broadcast_draft_view.write(context.locale, context.seminar, number, card.audience, card.people))
    else:
        card_id = await show(broadcast_draft_view.confirm(context.locale, context.seminar, card))
        await context.write(broadcast_store.set_card, number, context.member.id, card_id)
    return True


async def change_card(context: Context, number: int) -> None:
    """Let the card that asks whether a draft shall go say what is true now, where it stands."""
    card = await context.read(broadcast_draft_store.card, number, context.member.id)
    if card is not None and card.draft.card_id and card.draft.versions and card.people.recipients:
        screen = broadcast_draft_view.confirm(context.locale, context.seminar, card)
        await context.change(context.chat_id, card.draft.card_id, screen)


async def audiences(context: Context, number: int, *, nobody: bool = False) -> Screen:
    """Who should get it, with the number of each; `nobody` would get it as it was."""
    chosen = [Audience("all"), Audience("teachers")]
    if context.seminar.has_groups:
        chosen += [Audience("group", group.key) for group in context.seminar.groups]
    last = await context.read(broadcast_audience_store.last_used, context.member.id)
    if last is not None and last not in chosen:
        chosen.append(last)
    reached = await context.read(broadcast_audience_store.reach_of_each, chosen)
    return broadcast_audience_view.audiences(context.locale, context.seminar, number, reached, last, nobody=nobody)


async def preview(context: Context, draft: Broadcast, version: Version) -> None:
    """Show below what readers of a version get, in the one preview that follows its edits."""
    locale, author = context.runtime.locales[version.language or context.member.language], context.member.name
    screen = broadcast_content_view.message(locale, draft, version, author)
    if screen is None:
        return
    shown = await context.reply(screen)
    await context.write(broadcast_version_store.set_preview, draft.id, version.language, shown)
    if (note := broadcast_content_view.note(locale, draft, version, author)) is not None:
        await context.reply(note)


async def change_previews(context: Context, draft: Broadcast) -> None:
    """Let the previews of a draft show what its readers get now."""
    for version in draft.versions:
        if version.preview_id is None or version.kind is ContentKind.ALBUM:
            continue
        locale = context.runtime.locales[version.language or context.member.language]
        screen = broadcast_content_view.message(locale, draft, version, context.member.name)
        if screen is not None:
            await _change(context, version, screen)


async def draft_or_past(context: Context, number: int) -> Broadcast | None:
    """The draft of whoever acts; where it is none any more, they read what became of it."""
    broadcast = await context.read(broadcast_store.own, number, context.member.id)
    if broadcast is None or not broadcast.is_draft:
        await past(context, broadcast)
        return None
    return broadcast


async def draft_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """What came long after the last words about a draft is not taken for its content: it is still there."""
    number = broadcast_service.draft_of(awaited) or 0
    draft = await context.read(broadcast_store.own_draft, number, context.member.id)
    return broadcast_draft_view.lapsed(context.locale, draft.id) if draft is not None else None


async def draft_left(context: Context, awaited: Conversation, now: Conversation | None) -> Screen | None:
    """Something else came into the middle of a draft: it is still there."""
    number = broadcast_service.draft_of(awaited)
    draft = await context.read(broadcast_store.own_draft, number or 0, context.member.id)
    if draft is None or broadcast_service.draft_of(now) == number:
        return None
    return broadcast_draft_view.left(context.locale, draft.id)


async def past(context: Context, broadcast: Broadcast | None) -> None:
    """Show what became of a broadcast that is no draft any more; of somebody else's (None) nothing."""
    if broadcast is None:
        gone = broadcast_view.gone(context.locale)
        await (context.toast(gone) if context.incoming.callback_query else context.say(gone))
    elif broadcast.state is BroadcastState.DROPPED:
        await context.show(broadcast_draft_view.dropped(context.locale))
    elif broadcast.state is BroadcastState.SCHEDULED:
        await show_scheduled(context, broadcast)
    elif broadcast.card_id != context.message_id:
        # It has one card: no old question becomes another.
        await context.show(broadcast_view.gone_already(context.locale))
    elif broadcast.is_open:
        context.runtime.wake()
    else:
        progress = await context.read(broadcast_progress_store.get, broadcast)
        await context.show(
            broadcast_card_view.card(context.locale, context.seminar, broadcast, progress, context.now())
        )


async def show_scheduled(context: Context, broadcast: Broadcast) -> None:
    """Show what waits for its hour; the message that shows it becomes its card then."""
    assert broadcast.audience is not None
    people = await context.read(broadcast_audience_store.with_names, broadcast.audience)
    screen = broadcast_draft_view.scheduled(context.locale, context.seminar, broadcast, people)
    card_id = await context.show(screen)
    await context.write(broadcast_store.set_card, broadcast.id, context.member.id, card_id)


async def _change(context: Context, version: Version, screen: Screen) -> None:
    """Change a preview; one that cannot be changed stays as it was."""
    target = {"chat_id": context.chat_id, "message_id": version.preview_id}
    markup: dict[str, object] = {"reply_markup": screen.markup()}
    if version.kind is ContentKind.TEXT:
        method, params = "editMessageText", screen.edit_params()
    elif version.kind.has_caption:
        method, params = "editMessageCaption", {"caption": str(screen.text), "parse_mode": "HTML", **markup}
    else:
        method, params = "editMessageReplyMarkup", markup
    with suppress(TelegramError):
        await context.runtime.sender.call(method, {**target, **params})
