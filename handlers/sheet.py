"""/sheets: attendance sheets of a day or a session, as PDF to print and sign."""

from datetime import date

from telegram import InputFile

from bot import sheet_lines
from bot.access import Action
from bot.buttons.sheet import SheetDay, SheetMake
from bot.context import Context
from bot.documents.attendance_sheet import SheetPdf
from bot.i18n import N_
from bot.messages import job as job_messages
from bot.people_filter import PeopleFilter
from bot.programme import attendance
from bot.routing import on_button, on_command
from bot.services import sheet as sheet_service
from bot.services.sheet import SheetJob
from bot.store import scope as scope_store
from bot.store.sheet import Sheet, SheetKind, SheetOf
from bot.views import sheet as sheet_view

_Made = tuple[Sheet, int, bytes]


async def sheets(context: Context, _arguments: str) -> None:
    """The sheets of today; before and after the seminar, of its first or last day."""
    seminar = context.seminar
    today = seminar.today(context.now())
    await _show(context, min(max(today, seminar.first), seminar.last))


async def day(context: Context, pressed: SheetDay) -> None:
    """The sheets of another day."""
    await _show(context, pressed.on)


async def make(context: Context, pressed: SheetMake) -> None:
    """Make the sheet of what is true now, and send it."""
    kind = SheetKind.SESSION if pressed.session else SheetKind.DAY
    of = SheetOf(context.seminar.key, pressed.on, kind, pressed.session, PeopleFilter(), max(pressed.part, 0))

    async def made() -> _Made | None:
        draft = await context.runtime.jobs.run(SheetJob(context.seminar, of, context.member.id))
        if draft is None or not draft.lines:
            return None
        kept, lines = await context.write(sheet_service.keep, draft, context.member, context.now())
        told = sheet_lines.told(context.locale, context.seminar, kept, lines)
        return kept, len(lines), await context.runtime.jobs.run(SheetPdf(told, context.seminar.look.logo))

    async def deliver(file: _Made | None) -> None:
        if file is None:
            await context.reply(sheet_view.nothing(context.locale))
            return
        kept, people, content = file
        document = InputFile(content, filename=_name(kept))
        words = sheet_view.caption(context.locale, context.seminar, kept, people)
        await context.send("sendDocument", {"document": document, "caption": words, "parse_mode": "HTML"})
        if (following := sheet_view.more(context.locale, kept)) is not None:
            await context.reply(following)

    await job_messages.give(context, made, deliver)


def _name(sheet: Sheet) -> str:
    about = f"-{sheet.of.about}" if sheet.of.about else ""
    return f"attendance-{sheet.of.date.isoformat()}{about}-{sheet.id}.pdf"


async def _show(context: Context, on: date) -> None:
    scope = await context.read(scope_store.get, context.member.id)
    sessions = attendance.of_day(context.seminar, on)
    await context.show(sheet_view.day(context.locale, context.seminar, on, sessions, scope=scope))


ROUTES = (
    on_command("sheets", sheets, Action.SEE_SHEETS, menu=N_("Attendance sheets to print and sign")),
    on_button(SheetDay, day, Action.SEE_SHEETS),
    on_button(SheetMake, make, Action.SEE_SHEETS),
)
