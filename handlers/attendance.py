"""/attendance: the day's sessions and their numbers; the live card of one, its roll call, and corrections."""

from datetime import timedelta

from bot.access import Action, allowed
from bot.buttons.attendance import (
    AttendanceCall,
    AttendanceCorrect,
    AttendanceDay,
    AttendanceOpen,
    AttendanceShow,
)
from bot.context import Context
from bot.i18n import N_
from bot.messages import attendance_cards as attendance_cards_messages
from bot.messages import job as job_messages
from bot.messages import live_cards as live_cards_messages
from bot.programme import attendance
from bot.programme.attendance import AttendanceOutcome, SessionOn
from bot.routing import on_button, on_command
from bot.services import attendance as attendance_service
from bot.services.attendance import AttendanceAnswer
from bot.store import attendance as attendance_store
from bot.store.attendance import AttendanceList
from bot.store.excuse import ExcuseReason
from bot.store.mark import MarkState
from bot.views import attendance as attendance_view
from bot.views import attendance_person as attendance_person_view
from bot.views import fallback as fallback_view

_LISTS = {*AttendanceList, attendance_cards_messages.PERSON, attendance_cards_messages.REASONS}


async def show_today(context: Context, _arguments: str) -> None:
    """Show today's sessions, with their numbers."""
    await show_day(context, AttendanceDay(context.seminar.today(context.now())))


async def show_day(context: Context, pressed: AttendanceDay) -> None:
    """Show the sessions of a day, also of one that is over: corrections come afterwards."""
    seminar, on = context.seminar, pressed.on
    arguments = (seminar, on, context.member.id)
    told = await job_messages.figures(context, attendance_service.of_day, *arguments)
    if told is None:
        return
    scope, sessions = told
    beside = [one for one in (on - timedelta(days=1), on + timedelta(days=1)) if seminar.day_number_on(one) is not None]
    takes = allowed(Action.TAKE_ATTENDANCE, context.role, context.chat_kind)
    await context.show(
        attendance_view.day(context.locale, seminar, on, sessions, days=beside, takes=takes, scope=scope)
    )


async def open_card(context: Context, pressed: AttendanceOpen) -> None:
    """Open the live card of a session."""
    on = SessionOn(context.seminar.key, pressed.on, pressed.session)
    if attendance.taken(context.seminar, on) is None and await context.read(attendance_store.find, on) is None:
        await context.toast(attendance_view.gone(context.locale), alert=True)
        return
    await context.write(attendance_store.ensure, on)
    await _show(context, on, AttendanceList.MISSING, 0)


async def show(context: Context, pressed: AttendanceShow) -> None:
    """Show a page of a list, or what was said of a person."""
    row = await context.read(attendance_store.get, pressed.attendance)
    if row is None or pressed.shown not in _LISTS:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await _show(context, row.on, pressed.shown, pressed.page)


async def call(context: Context, pressed: AttendanceCall) -> None:
    """Roll call: a name was pressed."""
    me, now, here = context.member, context.now(), pressed.here == 1
    said = await context.write(
        attendance_service.call, me, context.seminar, pressed.attendance, pressed.person, here=here, now=now
    )
    await _tell(context, said)
    await show(context, AttendanceShow(pressed.attendance, AttendanceList.ROLL_CALL, pressed.page))


async def correct(context: Context, pressed: AttendanceCorrect) -> None:
    """Say in which state a person is; what was said before stays in the history."""
    if pressed.state not in set(MarkState) or pressed.reason not in {"", *ExcuseReason}:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    said = await context.write(
        attendance_service.correct,
        context.member,
        context.seminar,
        pressed.attendance,
        pressed.person,
        state=MarkState(pressed.state),
        reason=ExcuseReason(pressed.reason) if pressed.reason else None,
        now=context.now(),
    )
    await _tell(context, said)
    await show(context, AttendanceShow(pressed.attendance, attendance_cards_messages.PERSON, pressed.person))


async def _tell(context: Context, said: AttendanceAnswer) -> None:
    if said.outcome is AttendanceOutcome.NOT_YET and said.taken is not None:
        await context.toast(attendance_view.not_yet(context.locale, context.seminar, said.taken), alert=True)
    elif said.mark is not None:
        await context.toast(attendance_person_view.marked(context.locale, said.name, said.mark))
    elif said.outcome is AttendanceOutcome.GONE:
        await context.toast(attendance_view.not_expected(context.locale), alert=True)


async def _show(context: Context, on: SessionOn, shown: str, page: int) -> None:
    await live_cards_messages.show(context, attendance_cards_messages.CARDS, on.subject, shown, page)


ROUTES = (
    on_command("attendance", show_today, Action.SEE_NUMBERS, menu=N_("Attendance at sessions")),
    on_button(AttendanceDay, show_day, Action.SEE_NUMBERS),
    on_button(AttendanceOpen, open_card, Action.TAKE_ATTENDANCE),
    on_button(AttendanceShow, show, Action.TAKE_ATTENDANCE),
    on_button(AttendanceCall, call, Action.TAKE_ATTENDANCE),
    on_button(AttendanceCorrect, correct, Action.TAKE_ATTENDANCE),
)
