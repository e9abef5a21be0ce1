"""The versions of the programme: who published what, when and why; bringing one back; and what the folder offers."""

from typing import Final

from bot.access import Action
from bot.buttons.programme import (
    ProgrammeBringBack,
    ProgrammeHistory,
    ProgrammeLeaveOffer,
    ProgrammeOffer,
    ProgrammeTakeOffer,
    ProgrammeVersion,
)
from bot.context import Context
from bot.routing import on_button
from bot.services import programme as programme_service
from bot.services import programme_draft as programme_draft_service
from bot.services.programme_draft import Changes
from bot.store import programme as programme_store
from bot.views import programme as programme_view
from bot.views import programme_change as programme_change_view
from bot.views import programme_publish as programme_publish_view

_PAGE: Final = 5


async def show(context: Context, pressed: ProgrammeHistory) -> None:
    """Show a page of versions, the newest first."""
    key = context.seminar.key
    versions = await context.read(programme_store.history, key, before=pressed.before, limit=_PAGE + 1)
    page = versions[:_PAGE]
    lines = [programme_view.version_line(context.locale, context.seminar, one) for one in page]
    more = len(versions) > _PAGE
    await context.show(programme_publish_view.history(context.locale, lines, page, more=more))


async def show_version(context: Context, pressed: ProgrammeVersion) -> None:
    """Show what a version changed, and what bringing it back would change."""
    shown = await context.read(programme_draft_service.look_at, context.runtime.current.folder, pressed.version)
    if shown is None:
        await context.toast(programme_change_view.unknown_version(context.locale), alert=True)
        return
    line = programme_view.version_line(context.locale, context.seminar, shown.version)
    await context.show(
        programme_publish_view.version(context.locale, shown.after, line, shown.version, shown.changed, back=shown.back)
    )


async def bring_back(context: Context, pressed: ProgrammeBringBack) -> None:
    """Make a draft of an earlier version: it is published as any other."""
    folder, me = context.runtime.current.folder, context.member
    changes = await context.write(programme_draft_service.bring_back, folder, me, pressed.version, now=context.now())
    if changes is None:
        await context.toast(programme_change_view.unknown_version(context.locale), alert=True)
    else:
        await _show_draft(context, changes)


async def show_offer(context: Context, _pressed: ProgrammeOffer) -> None:
    """Show how the folder differs from what runs."""
    offer = await context.read(programme_service.offered, context.runtime.current.folder)
    if offer is None:
        await context.toast(programme_publish_view.no_offer(context.locale), alert=True)
        return
    await context.show(
        programme_publish_view.offer(context.locale, context.runtime.current.folder, offer.differences, offer.key)
    )


async def take_offer(context: Context, pressed: ProgrammeTakeOffer) -> None:
    """Make a draft of what the folder holds."""
    folder, me = context.runtime.current.folder, context.member
    changes = await context.write(programme_draft_service.take_offer, folder, me, pressed.mark, now=context.now())
    if changes is None:
        await context.toast(programme_publish_view.no_offer(context.locale), alert=True)
    else:
        await _show_draft(context, changes)


async def leave_offer(context: Context, pressed: ProgrammeLeaveOffer) -> None:
    """Leave what the folder holds, until it is changed again."""
    folder, me = context.runtime.current.folder, context.member
    await context.write(programme_service.decline_offer, folder, pressed.mark)
    changes = await context.read(programme_draft_service.get, folder, me)
    await context.show(
        programme_view.days(
            context.locale,
            context.seminar,
            today=context.seminar.today(context.now()),
            newest=changes.newest,
            changed=len(changes.differences),
            offers=False,
        )
    )


async def _show_draft(context: Context, changes: Changes) -> None:
    """Show the draft that was made; one that was there already comes first, and stays."""
    _ = context.locale
    if not changes.mark:
        await context.show(programme_publish_view.nothing(_))
        return
    if changes.is_older_draft:
        await context.toast(programme_publish_view.draft_first(_), alert=True)
        return
    await context.show(programme_publish_view.draft(_, changes.seminar, changes.differences, changes.mark))


ROUTES = (
    on_button(ProgrammeHistory, show, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeVersion, show_version, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeBringBack, bring_back, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeOffer, show_offer, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeTakeOffer, take_offer, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeLeaveOffer, leave_offer, Action.CHANGE_PROGRAMME),
)
