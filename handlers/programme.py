"""/programme: a day, a session, and what to change of it. Everything collects in a draft, which is published apart."""

from asyncio import to_thread
from datetime import date

from telegram import InputFile

from bot.access import Action
from bot.buttons.programme import (
    ProgrammeAttendance,
    ProgrammeCancel,
    ProgrammeClear,
    ProgrammeDay,
    ProgrammeDays,
    ProgrammeDeparture,
    ProgrammeFile,
    ProgrammeHour,
    ProgrammeHours,
    ProgrammeKind,
    ProgrammeKinds,
    ProgrammeOtherDay,
    ProgrammeOtherDays,
    ProgrammePlace,
    ProgrammePlaces,
    ProgrammeSession,
    ProgrammeTime,
)
from bot.context import Context
from bot.documents import programme_file, yaml_writing
from bot.documents.refusals import FileRefusedError
from bot.i18n import N_
from bot.programme import edits
from bot.programme.hours import with_hour
from bot.programme.model import Session, SessionKind
from bot.programme.typed import of_minutes
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import programme as programme_service
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_file as programme_file_service
from bot.services.programme_draft import Changes
from bot.views import fallback as fallback_view
from bot.views import programme as programme_view
from bot.views import programme_file as programme_file_view


async def begin(context: Context, arguments: str) -> None:
    """Reply with the days, or with the programme as a file (`/programme file`, `/programme yaml`)."""
    match arguments.strip().lower():
        case "file" | "yaml" as form:
            await _send_file(context, form)
        case _:
            await context.reply(await _days(context))


async def send_file(context: Context, _pressed: ProgrammeFile) -> None:
    """Send the programme as a file, and take the next file as the changed one."""
    await context.toast()
    await _send_file(context, "file")


async def show_days(context: Context, _pressed: ProgrammeDays) -> None:
    """Change the message into the days."""
    await context.show(await _days(context))


async def show_day(context: Context, pressed: ProgrammeDay) -> None:
    """Show the sessions of a day as the draft has them."""
    changes = await _changes(context)
    if (number := await _number(context, pressed.on)) is not None:
        await _leave(context)
        changed = len(changes.differences)
        await context.show(programme_view.day(context.locale, changes.seminar, pressed.on, number, changed=changed))


async def show_session(context: Context, pressed: ProgrammeSession) -> None:
    """Show a session and what can be changed of it."""
    await _leave(context)
    await _show(context, await _changes(context), pressed.session)


async def set_time(context: Context, pressed: ProgrammeTime) -> None:
    """Let it begin and end at the times that the button names."""
    start, end = of_minutes(pressed.start), of_minutes(pressed.end)
    if start is None or end is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await _edit(context, pressed.session, edits.Retimed(pressed.session, start, end))


async def show_other_days(context: Context, pressed: ProgrammeOtherDays) -> None:
    """Show the days to which a session can go."""
    changes, today = await _changes(context), context.seminar.today(context.now())
    if (one := await _session(context, changes, pressed.session)) is not None:
        await context.show(programme_view.other_days(context.locale, changes.seminar, one, today=today))


async def set_day(context: Context, pressed: ProgrammeOtherDay) -> None:
    """Let it be on another day, at its hours."""
    if (number := await _number(context, pressed.on)) is None:
        return
    if (one := await _session(context, await _changes(context), pressed.session)) is not None:
        await _edit(context, one.key, edits.Retimed(one.key, one.start, one.end, number))


async def show_places(context: Context, pressed: ProgrammePlaces) -> None:
    """Show the places of the folder."""
    changes = await _changes(context)
    if (one := await _session(context, changes, pressed.session)) is not None:
        await context.show(programme_view.places(context.locale, changes.seminar, one, pressed.page))


async def set_place(context: Context, pressed: ProgrammePlace) -> None:
    """Let it be at another place."""
    await _edit(context, pressed.session, edits.Placed(pressed.session, pressed.place or None))


async def cancel(context: Context, pressed: ProgrammeCancel) -> None:
    """Let it not happen, or happen after all."""
    await _edit(context, pressed.session, edits.Cancelled(pressed.session, pressed.cancelled == 1))


async def set_attendance(context: Context, pressed: ProgrammeAttendance) -> None:
    """Let it be written down who is there, or not."""
    await _edit(context, pressed.session, edits.AttendanceSet(pressed.session, pressed.attendance == 1))


async def show_kinds(context: Context, pressed: ProgrammeKinds) -> None:
    """Show the kinds that a session can be of."""
    changes = await _changes(context)
    if (one := await _session(context, changes, pressed.session)) is not None:
        await context.show(programme_view.kinds(context.locale, changes.seminar, one, changed=len(changes.differences)))


async def set_kind(context: Context, pressed: ProgrammeKind) -> None:
    """Let it be of another kind."""
    try:
        kind = SessionKind(pressed.kind)
    except ValueError:  # no button of ours
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    await _edit(context, pressed.session, edits.KindSet(pressed.session, kind))


async def set_departure(context: Context, pressed: ProgrammeDeparture) -> None:
    """Let it leave at its start, or not. Where nobody knows from where, the places are shown."""
    changes = await _changes(context)
    one = await _session(context, changes, pressed.session)
    if one is None:
        return
    await _edit(context, one.key, edits.DepartureSet(one.key, pressed.departure == 1))
    if pressed.departure == 1 and one.place is None:
        await context.show(programme_view.places(context.locale, changes.seminar, one, 0))


async def clear(context: Context, pressed: ProgrammeClear) -> None:
    """Let nobody in particular speak, or take the note away."""
    session = pressed.session
    await _leave(context)
    await _edit(
        context, session, edits.SpeakerSet(session, None) if pressed.what == "speaker" else edits.Noted(session, None)
    )


async def show_hours(context: Context, pressed: ProgrammeHours) -> None:
    """Show when the bot writes on a day."""
    await _show_hours(context, await _changes(context), pressed.on)


async def set_hour(context: Context, pressed: ProgrammeHour) -> None:
    """Let the bot write something at another hour on a day, or at the usual ones."""
    number = await _number(context, pressed.on)
    if number is None:
        return
    at = of_minutes(pressed.minute)
    hours = (await _changes(context)).seminar.hours_of(number)
    try:
        its = with_hour(hours, pressed.what, at) if at is not None else None
    except ValueError:  # no button of ours
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    changes = await _edited(context, edits.HoursSet(number, its))
    if changes is not None:
        await _show_hours(context, changes, pressed.on)


async def _send_file(context: Context, form: str) -> None:
    _ = context.locale
    base = await context.read(programme_file_service.template, context.runtime.current.folder)
    runs, number = base.seminar, base.stamp.version
    await context.write(programme_file_service.listen, context.chat_id, context.now())
    if form == "yaml":
        made, caption = await to_thread(yaml_writing.write, runs, base.stamp), programme_file_view.caption_of_text
    else:
        labels, caption = programme_file_view.labels(_, runs), programme_file_view.caption
        try:
            made = await programme_file.workbook(context.runtime.documents, base, _.language, labels)
        except FileRefusedError:
            await context.reply(programme_file_view.not_made(_))
            return
    document = InputFile(made, filename=f"{runs.key}-{number}.{'yaml' if form == 'yaml' else 'xlsx'}")
    await context.send("sendDocument", {"document": document, "caption": caption(_, number)})


async def _leave(context: Context) -> None:
    """What was asked about the programme is not awaited any more; what another feature asked is."""
    if context.awaits is not None and context.awaits.waits_for.startswith("programme."):
        await context.expect_nothing()


async def _edit(context: Context, key: str, edit: edits.Edit) -> None:
    """Keep an edit of a session in the draft and show the session."""
    changes = await _edited(context, edit)
    if changes is not None:
        await _show(context, changes, key)


async def _edited(context: Context, edit: edits.Edit) -> Changes | None:
    try:
        return await context.write(
            programme_draft_service.edit, context.runtime.current.folder, context.member, edit, now=context.now()
        )
    except edits.EditError as error:
        await context.toast(programme_view.refused(context.locale, error.refusal), alert=True)
        return None


async def _days(context: Context) -> Screen:
    changes, now = await _changes(context), context.now()
    offer = await context.read(programme_service.offered, context.runtime.current.folder)
    return programme_view.days(
        context.locale,
        context.seminar,
        today=context.seminar.today(now),
        newest=changes.newest,
        changed=len(changes.differences),
        offers=offer is not None,
    )


async def _changes(context: Context) -> Changes:
    folder = context.runtime.current.folder
    return await context.read(programme_draft_service.get, folder, context.member)


async def _show(context: Context, changes: Changes, key: str) -> None:
    if (one := await _session(context, changes, key)) is not None:
        await context.show(
            programme_view.session(
                context.locale,
                changes.seminar,
                one,
                changed=len(changes.differences),
                is_changed=changes.changes(key),
            )
        )


async def _show_hours(context: Context, changes: Changes, on: date) -> None:
    if (number := await _number(context, on)) is not None:
        changed = len(changes.differences)
        await context.show(programme_view.hours(context.locale, changes.seminar, on, number, changed=changed))


async def _session(context: Context, changes: Changes, key: str) -> Session | None:
    one = changes.seminar.session(key)
    if one is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    return one


async def _number(context: Context, on: date) -> int | None:
    number = context.seminar.day_number_on(on)
    if number is None:
        await context.toast(context.locale.plain("That day is not in the programme any more."))
    return number


ROUTES = (
    on_command("programme", begin, Action.CHANGE_PROGRAMME, menu=N_("Change the programme")),
    on_button(ProgrammeFile, send_file, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeDays, show_days, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeDay, show_day, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeSession, show_session, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeTime, set_time, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeOtherDays, show_other_days, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeOtherDay, set_day, Action.CHANGE_PROGRAMME),
    on_button(ProgrammePlaces, show_places, Action.CHANGE_PROGRAMME),
    on_button(ProgrammePlace, set_place, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeCancel, cancel, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeAttendance, set_attendance, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeKinds, show_kinds, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeKind, set_kind, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeDeparture, set_departure, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeClear, clear, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeHours, show_hours, Action.CHANGE_PROGRAMME),
    on_button(ProgrammeHour, set_hour, Action.CHANGE_PROGRAMME),
)
