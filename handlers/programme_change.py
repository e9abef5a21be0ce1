"""Notices that the programme has changed: Seen, who has not, and one tap to remind them."""

from bot.access import Action
from bot.buttons.programme_change import ChangeRemind, ChangeSeen, ChangeUnseen
from bot.context import Context
from bot.routing import on_button
from bot.services import programme_publish as programme_publish_service
from bot.store import programme as programme_store
from bot.store import programme_notice as programme_notice_store
from bot.views import programme_change as programme_change_view


async def seen(context: Context, pressed: ChangeSeen) -> None:
    """Keep that somebody has seen what the notice told, and take the button away."""
    key, me = context.seminar.key, context.member
    now, was = context.now(), pressed.version - pressed.told
    if not 0 < was < pressed.version or await context.read(programme_store.get, key, pressed.version) is None:
        await context.toast(programme_change_view.unknown_version(context.locale), alert=True)
        return
    versions = (pressed.version, was)
    read = await context.read(programme_publish_service.read_with, context.seminar, me, versions, now)
    await context.write(programme_notice_store.see, me.id, key, read, now)
    await context.toast(programme_change_view.seen(context.locale))
    places = (pressed.place, pressed.other)
    await context.show_buttons(programme_change_view.after_seen(context.locale, context.seminar, pressed.day, places))


async def unseen(context: Context, pressed: ChangeUnseen) -> None:
    """Show a page of who has not seen a version."""
    await _show(context, pressed.version, pressed.page)


async def remind(context: Context, pressed: ChangeRemind) -> None:
    """Remind who has not seen a version, once for each list."""
    _, key = context.locale, context.seminar.key
    unseen = (await context.read(programme_notice_store.seen_list, key, pressed.version)).unseen
    if await context.write(
        programme_publish_service.remind, context.seminar, pressed.version, pressed.reminded, now=context.now()
    ):
        context.runtime.wake()
        await context.toast(programme_change_view.reminding(_, unseen))
    else:
        await context.toast(programme_change_view.reminded_already(_))
    await _show(context, pressed.version, 0)


async def _show(context: Context, version: int, page: int) -> None:
    key = context.seminar.key
    if await context.read(programme_store.get, key, version) is None:
        await context.toast(programme_change_view.unknown_version(context.locale), alert=True)
        return
    seen_list = await context.read(programme_notice_store.seen_list, key, version, page)
    await context.show(programme_change_view.unseen(context.locale, context.seminar, version, seen_list))


ROUTES = (
    on_button(ChangeSeen, seen, Action.SEE_PROGRAMME),
    on_button(ChangeUnseen, unseen, Action.CHANGE_PROGRAMME),
    on_button(ChangeRemind, remind, Action.CHANGE_PROGRAMME),
)
