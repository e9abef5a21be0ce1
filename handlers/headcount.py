"""/headcount: who is here? One card that every organizer may have open, the roll call on it, and the teachers' taps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.access import Action
from bot.buttons.headcount import (
    HeadcountBefore,
    HeadcountClose,
    HeadcountMark,
    HeadcountPing,
    HeadcountReopen,
    HeadcountShow,
    HeadcountStart,
)
from bot.context import Context
from bot.i18n import N_
from bot.messages import headcount_cards as headcount_cards_messages
from bot.messages import live_cards as live_cards_messages
from bot.programme.model import Seminar, Session
from bot.routing import on_button, on_command
from bot.services import headcount as headcount_service
from bot.services.headcount import Outcome
from bot.store import headcount as headcount_store
from bot.store import headcount_list as headcount_list_store
from bot.store.headcount import Departing, Headcount
from bot.store.headcount_list import HeadcountList
from bot.store.mark import MarkState
from bot.views import fallback as fallback_view
from bot.views import headcount as headcount_view

_LATE: Final = timedelta(hours=1)  # that what leaves may be; an older offer would ask everyone about what has left


async def choose(context: Context, _arguments: str) -> None:
    """Ask whom to count, and show what is under way."""
    seminar = context.seminar
    groups = ["", *(group.key for group in seminar.groups)] if seminar.has_groups else [""]
    people, running = await context.read(headcount_list_store.choices, groups, context.now())
    await context.reply(headcount_view.audiences(context.locale, seminar, people, running))


async def start(context: Context, pressed: HeadcountStart) -> None:
    """Count all teachers or those of a group; whoever counts them already is joined."""
    if pressed.group and context.seminar.group(pressed.group) is None:
        await context.toast(headcount_view.gone(context.locale), alert=True)
        return
    groups = (pressed.group,) if pressed.group else ()
    if not await context.read(headcount_store.expected_of, groups):
        await context.toast(headcount_view.nobody(context.locale), alert=True)
        return
    await _start(context, groups, None)


async def start_before(context: Context, pressed: HeadcountBefore) -> None:
    """Count before a departure, once, whoever presses. What was cancelled or has left can only be looked at."""
    seminar, departing = context.seminar, Departing(pressed.on, pressed.session)
    session = seminar.session(pressed.session)
    if session is not None and _may_start_before(session, departing, seminar, context.now()):
        await _start(context, session.groups, departing)
        return
    started = await context.read(headcount_store.before, seminar.key, departing)
    if started is None:
        await context.toast(headcount_view.gone(context.locale), alert=True)
    else:
        await _show(context, started, HeadcountList.MISSING, 0)


def _may_start_before(session: Session, departing: Departing, seminar: Seminar, now: datetime) -> bool:
    if not session.departure or session.cancelled or seminar.date_of(session.day) != departing.date:
        return False
    return now < seminar.moment(session.day, session.start) + _LATE


async def _start(context: Context, groups: Sequence[str], before: Departing | None) -> None:
    me, seminar, now = context.member, context.seminar, context.now()
    headcount = await context.write(headcount_service.start, me, seminar, groups, before, now=now)
    await _show(context, headcount, HeadcountList.MISSING, 0)


async def show(context: Context, pressed: HeadcountShow) -> None:
    """Show a page of one of the lists."""
    headcount = await context.read(headcount_store.get, pressed.headcount)
    if headcount is None or pressed.shown not in set(HeadcountList):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await _show(context, headcount, HeadcountList(pressed.shown), pressed.page)


async def mark(context: Context, pressed: HeadcountMark) -> None:
    """Roll call: a name was pressed."""
    me, now, here, locale = context.member, context.now(), pressed.here == 1, context.locale
    said = await context.write(headcount_service.call, me, pressed.headcount, pressed.person, here=here, now=now)
    match said.outcome:
        case Outcome.OVER:
            await context.toast(headcount_view.over(locale), alert=True)
        case Outcome.GONE:
            await context.toast(headcount_view.not_expected(locale))
        case _:
            is_here = said.mark is not None and said.mark.state is MarkState.PRESENT
            await context.toast(headcount_view.marked(locale, said.name, here=is_here))
    if said.headcount is not None:
        await _show(context, said.headcount, HeadcountList.ROLL_CALL, pressed.page)


async def remind(context: Context, pressed: HeadcountPing) -> None:
    """Remind the missing."""
    said, people = await context.write(headcount_service.remind, pressed.headcount, now=context.now())
    if said.headcount is None:
        await context.toast(headcount_view.gone(context.locale), alert=True)
        return
    await context.toast(
        {
            Outcome.DONE: headcount_view.reminded(context.locale, people),
            Outcome.OVER: headcount_view.over(context.locale),
            Outcome.TOO_SOON: headcount_view.too_soon(context.locale, context.seminar, said.headcount),
        }.get(said.outcome, headcount_view.nobody_to_remind(context.locale)),
        alert=said.outcome is not Outcome.DONE,
    )
    await _show(context, said.headcount, HeadcountList.MISSING, 0)


async def close(context: Context, pressed: HeadcountClose) -> None:
    """Close it, for everyone who has it open."""
    said = await context.write(headcount_service.close, context.member, pressed.headcount, now=context.now())
    await _show_again(context, said.headcount)


async def reopen(context: Context, pressed: HeadcountReopen) -> None:
    """Open it again."""
    said, people = await context.write(headcount_service.reopen, context.member, pressed.headcount, now=context.now())
    if said.outcome is Outcome.OVER:
        await context.toast(headcount_view.too_late_to_reopen(context.locale), alert=True)
    elif people:
        await context.toast(headcount_view.reminded(context.locale, people))
    await _show_again(context, said.headcount)


async def _show_again(context: Context, headcount: Headcount | None) -> None:
    if headcount is None:
        await context.toast(headcount_view.gone(context.locale), alert=True)
    else:
        await _show(context, headcount, HeadcountList.MISSING, 0)


async def _show(context: Context, headcount: Headcount, shown_list: HeadcountList, page: int) -> None:
    await live_cards_messages.show(context, headcount_cards_messages.CARDS, headcount.subject, shown_list, page)


ROUTES = (
    on_command("headcount", choose, Action.COUNT, menu=N_("Count who is here")),
    on_button(HeadcountStart, start, Action.COUNT),
    on_button(HeadcountBefore, start_before, Action.COUNT),
    on_button(HeadcountShow, show, Action.COUNT),
    on_button(HeadcountMark, mark, Action.COUNT),
    on_button(HeadcountPing, remind, Action.COUNT),
    on_button(HeadcountClose, close, Action.COUNT),
    on_button(HeadcountReopen, reopen, Action.COUNT),
)
