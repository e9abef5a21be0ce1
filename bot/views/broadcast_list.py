"""All broadcasts that were confirmed: what waits for its hour, and what was sent, by whom and to whom."""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from bot.broadcast_lines import moment, short
from bot.buttons.broadcast_card import BroadcastOpen, BroadcastPage
from bot.i18n import Html, Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_progress import BroadcastProgress

_NAME: Final = 40
_IN_A_ROW: Final = 4


class ListedBroadcast(NamedTuple):
    """A broadcast and how far it has come."""

    broadcast: Broadcast
    progress: BroadcastProgress


def listed(_: Locale, seminar: Seminar, found: Sequence[ListedBroadcast], page: int, pages: int, first: int) -> Screen:
    """A page of them, numbered from `first` on; each can be opened."""
    if not found:
        return Screen(_("📣 No message to many has been sent yet. To write one: /broadcast"))
    lines: list[str] = [_("📣 <b>Broadcasts</b>")]
    for number, one in enumerate(found, first):
        lines.append(Html(f"\n<b>{number}.</b> {escape(_line(_, seminar, one), quote=False)}"))
        lines.append(_figures(_, one))
    opens = [BroadcastOpen(one.broadcast.id).button(f"{number}") for number, one in enumerate(found, first)]
    turns = page_row(_, page, pages, BroadcastPage)
    return Screen("\n".join(lines), [*in_rows(opens, _IN_A_ROW), *([turns] if turns else [])])


def _line(_: Locale, seminar: Seminar, one: ListedBroadcast) -> str:
    broadcast = one.broadcast
    at = broadcast.options.due_at or broadcast.confirmed_at
    said = [moment(_, seminar, at).split(" · ")[0]] if at is not None else []
    if broadcast.audience is not None:
        said.append(short(_, seminar, broadcast.audience))
    if one.progress.author:
        said.append(shortened(one.progress.author, _NAME))
    return " · ".join(said)


def _figures(_: Locale, one: ListedBroadcast) -> str:
    broadcast, progress = one.broadcast, one.progress
    if broadcast.state is BroadcastState.SCHEDULED:
        return _("🕘 Scheduled")
    states = {
        BroadcastState.SENDING: _("⏸ Paused") if broadcast.paused_at else _("⏳ On its way"),
        BroadcastState.STOPPED: _("⏹ Stopped"),
        BroadcastState.TAKEN_BACK: _("🗑 Taken back"),
    }
    said = [states[broadcast.state]] if broadcast.state in states else []
    said.append(_("✅ {n} of {m}", n=progress.sent, m=progress.total))
    if broadcast.options.confirmable:
        said.append(_("👍 {n}", n=progress.confirmed))
    return Html(" · ".join(said))
