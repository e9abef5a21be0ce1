"""What a teacher says when a session begins: I am here."""

from bot.access import Action
from bot.buttons.attendance import AttendanceHere
from bot.context import Context
from bot.programme.attendance import AttendanceOutcome, SessionOn
from bot.routing import on_button
from bot.services import attendance as attendance_service
from bot.views import attendance_answer as attendance_answer_view


async def here(context: Context, pressed: AttendanceHere) -> None:
    """One tap: the message says so from then on."""
    locale, seminar = context.locale, context.seminar
    on = SessionOn(seminar.key, pressed.on, pressed.session)
    said = await context.write(attendance_service.answer, context.member, seminar, on, now=context.now())
    taken, mark = said.taken, said.mark
    if taken is None:
        await context.toast(attendance_answer_view.gone(locale), alert=True)
    elif said.outcome is AttendanceOutcome.OVER:
        await context.show(attendance_answer_view.over(locale, taken))
    elif said.outcome is AttendanceOutcome.NOT_YET:
        # The button stays: it is the one for the new time, too.
        await context.toast(attendance_answer_view.not_yet(locale, seminar, taken), alert=True)
    elif mark is None:
        await context.toast(attendance_answer_view.of_others(locale), alert=True)
    elif said.outcome is AttendanceOutcome.CORRECTED:
        await context.toast(attendance_answer_view.corrected(locale, mark), alert=True)
    else:
        await context.show(attendance_answer_view.marked(locale, seminar, taken, mark))


ROUTES = (on_button(AttendanceHere, here, Action.BE_COUNTED),)
