"""/broadcasts: what was sent to many and what waits for its hour, with figures; each can be opened."""

import sqlite3
from typing import Final

from bot.access import Action
from bot.buttons.broadcast_card import BroadcastOpen, BroadcastPage
from bot.context import Context
from bot.i18n import N_
from bot.messages import broadcast_cards as broadcast_cards_messages
from bot.messages import live_cards as live_cards_messages
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_card as broadcast_card_store
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store.broadcast import BroadcastState
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views import broadcast_list as broadcast_list_view
from bot.views import fallback as fallback_view
from bot.views.broadcast_list import ListedBroadcast

_PAGE: Final = 8


async def begin(context: Context, _arguments: str) -> None:
    """Show the newest, and what waits for its hour."""
    await context.reply(await _listed(context, 0))


async def page(context: Context, pressed: BroadcastPage) -> None:
    """Show another page."""
    await context.show(await _listed(context, pressed.page))


async def opened(context: Context, pressed: BroadcastOpen) -> None:
    """Show the card of one below the list; what waits for its hour can be changed or dropped there."""
    broadcast = await context.read(broadcast_store.get, pressed.broadcast)
    if broadcast is None or broadcast.audience is None or broadcast.state is BroadcastState.DROPPED:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    elif broadcast.state is BroadcastState.SCHEDULED:
        people = await context.read(broadcast_audience_store.reach, broadcast.audience)
        is_own = broadcast.by_id == context.member.id
        screen = broadcast_draft_view.scheduled(context.locale, context.seminar, broadcast, people, is_own=is_own)
        await context.reply(screen)
    else:
        subject = broadcast_cards_messages.subject_of(broadcast.id)
        await live_cards_messages.show(
            context, broadcast_cards_messages.CARDS, subject, broadcast_cards_messages.CARD, 0
        )


async def _listed(context: Context, number: int) -> Screen:
    pages, shown, found = await context.read(_page, number)
    first = shown * _PAGE + 1
    return broadcast_list_view.listed(context.locale, context.seminar, found, shown, pages, first)


def _page(connection: sqlite3.Connection, number: int) -> tuple[int, int, list[ListedBroadcast]]:
    """How many pages there are, which one is shown, and what is on it; past the end it is the last."""
    total, _ = broadcast_card_store.listed(connection, 0, 0)
    pages = max(1, -(-total // _PAGE))
    shown = min(max(number, 0), pages - 1)
    _, found = broadcast_card_store.listed(connection, shown, _PAGE)
    return pages, shown, [ListedBroadcast(one, broadcast_progress_store.get(connection, one)) for one in found]


ROUTES = (
    on_command("broadcasts", begin, Action.BROADCAST, menu=N_("What was sent to many")),
    on_button(BroadcastPage, page, Action.BROADCAST),
    on_button(BroadcastOpen, opened, Action.BROADCAST),
)
