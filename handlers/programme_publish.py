"""The draft of the programme: what it changes, a collision with another's, and publishing it with a reason."""

from datetime import timedelta
from typing import Final

from telegram import Message

from bot.access import Action
from bot.arguments import NoArguments
from bot.buttons.programme import (
    ProgrammeConfirm,
    ProgrammeDraft,
    ProgrammeDrop,
    ProgrammePublish,
    ProgrammeRebase,
)
from bot.context import Context
from bot.programme.draft_warnings import draft_warnings
from bot.programme.markup import utf16_length
from bot.programme.typed import read_text
from bot.routing import on_answer, on_button, on_unanswered
from bot.screen import Screen
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Published
from bot.services.programme_draft import Changes
from bot.store.conversation import Conversation, Prompt
from bot.text import clean_words
from bot.views import programme_publish as programme_publish_view
from bot.views import programme_typed as programme_typed_view

_REASON: Final = Prompt("programme.reason", NoArguments)
_ENDS_AFTER: Final = timedelta(hours=1)
_LIMIT: Final = 300  # UTF-16 units of a reason


async def show(context: Context, _pressed: ProgrammeDraft) -> None:
    """Show the draft, or what others have published since it was started."""
    await _leave(context)
    await context.show(_screen(context, await _changes(context)))


async def drop(context: Context, pressed: ProgrammeDrop) -> None:
    """Throw the draft away."""
    await _leave(context)
    folder, me = context.runtime.current.folder, context.member
    changes = await context.write(programme_draft_service.drop, folder, me, pressed.mark, context.now())
    await context.toast(
        programme_publish_view.draft_changed(context.locale)
        if changes.mark
        else programme_publish_view.dropped(context.locale)
    )
    await context.show(_screen(context, changes))


async def rebase(context: Context, pressed: ProgrammeRebase) -> None:
    """Put the draft on top of what the organizer has just read, and show it so."""
    folder, me = context.runtime.current.folder, context.member
    changes = await context.write(
        programme_draft_service.rebase, folder, me, pressed.mark, newest=pressed.newest, now=context.now()
    )
    await context.show(_screen(context, changes))


async def confirm(context: Context, _pressed: ProgrammeConfirm) -> None:
    """Show what publishing does and whom it is told, and wait for a reason."""
    changes = await _changes(context)
    if not changes.mark or changes.is_stale:
        await context.show(_screen(context, changes))
        return
    await context.expect(_REASON, NoArguments(), ends_after=_ENDS_AFTER)
    await context.show(await _confirmation(context, changes))


async def reason(context: Context, message: Message) -> None:
    """Keep the reason, and ask again whether to publish."""
    words = clean_words(message.text or "")
    texts = read_text(words, context.seminar.languages).texts if words else {}
    longest = max((utf16_length(text) for text in texts.values()), default=0)
    if not longest or longest > _LIMIT:
        _ = context.locale
        await context.say(
            programme_typed_view.too_long(_, longest, _LIMIT) if longest else programme_typed_view.no_text(_)
        )
        return
    folder, me = context.runtime.current.folder, context.member
    changes = await context.write(programme_draft_service.set_reason, folder, me, texts)
    if not changes.mark or changes.is_stale:
        await context.expect_nothing()
        await context.reply(_screen(context, changes))
        return
    await context.reply(await _confirmation(context, changes))


async def publish(context: Context, pressed: ProgrammePublish) -> None:
    """Publish exactly what the message shows, once. Where it is another by now, or others came first, show that."""
    folder, me, now = context.runtime.current.folder, context.member, context.now()
    outcome = await context.write(
        programme_publish_service.publish, folder, me, pressed.mark, base=pressed.base, now=now
    )
    if not isinstance(outcome, Published):
        if outcome is None:
            await context.toast(programme_publish_view.draft_changed(context.locale), alert=True)
        await context.show(_screen(context, await _changes(context)))
        return
    await context.runtime.follow_programme()
    context.runtime.wake()
    await _leave(context)
    reach = await context.read(programme_publish_service.reach, outcome, now)
    await context.show(
        programme_publish_view.published(context.locale, outcome.after, outcome.differences, outcome.version, reach)
    )


async def lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after the question why: the draft is still there, if it is."""
    return programme_publish_view.lapsed(context.locale) if (await _changes(context)).mark else None


async def _leave(context: Context) -> None:
    if context.awaits is not None and context.awaits.waits_for == _REASON.name:
        await context.expect_nothing()


async def _changes(context: Context) -> Changes:
    folder = context.runtime.current.folder
    return await context.read(programme_draft_service.get, folder, context.member)


def _screen(context: Context, changes: Changes) -> Screen:
    _ = context.locale
    if not changes.mark:
        return programme_publish_view.nothing(_)
    if changes.is_stale:
        changed = len(changes.differences)
        return programme_publish_view.stale(
            _, context.seminar, changes.published, changes.mark, changes.newest, changed=changed
        )
    return programme_publish_view.draft(_, changes.seminar, changes.differences, changes.mark)


async def _confirmation(context: Context, changes: Changes) -> Screen:
    folder, me = context.runtime.current.folder, context.member
    reach = await context.read(programme_draft_service.reach, folder, me, changes, context.now())
    return programme_publish_view.confirm(
        context.locale,
        changes.seminar,
        changes.differences,
        changes.mark,
        changes.base,
        doubts=draft_warnings(changes.seminar, changes.differences, context.now()),
        reach=reach,
        reason=changes.reason,
    )


ROUTES = (
    on_button(ProgrammeDraft, show, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeDrop, drop, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeRebase, rebase, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeConfirm, confirm, Action.CHANGE_PROGRAMME),
    on_answer(_REASON, reason, Action.CHANGE_PROGRAMME),
    on_unanswered(_REASON, lapsed=lapsed),
    on_button(ProgrammePublish, publish, Action.CHANGE_PROGRAMME),
)
