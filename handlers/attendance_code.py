"""/code: the code of the session that runs, on an organizer's phone or as a page for a projector."""

import asyncio

import orjson
from telegram import InputFile

from bot.access import Action
from bot.buttons.attendance import CodeOpen, CodePage, CodeStop
from bot.context import Context
from bot.documents.refusals import FileRefusedError
from bot.i18n import N_
from bot.messages import attendance_screens as attendance_screens_messages
from bot.programme import attendance, attendance_code
from bot.programme.attendance import SessionOn
from bot.projector_page import links, projector_page
from bot.routing import on_button, on_command
from bot.store import attendance as attendance_store
from bot.store import attendance_screen as attendance_screen_store
from bot.views import attendance as attendance_view
from bot.views import attendance_code as attendance_code_view


async def code(context: Context, _arguments: str) -> None:
    """Show the code of the session that runs; where several do, ask whose."""
    seminar, now = context.seminar, context.now()
    running = attendance.open_now(seminar, now)
    if len(running) == 1:
        await _show(context, running[0].on)
    elif running:
        await context.reply(attendance_code_view.choices(context.locale, running))
    else:
        coming = (one for one in attendance.of_day(seminar, seminar.today(now)) if one.opens > now)
        await context.reply(attendance_code_view.no_session(context.locale, seminar, next(coming, None)))


async def open_code(context: Context, pressed: CodeOpen) -> None:
    """Show the code of this session."""
    await _show(context, SessionOn(context.seminar.key, pressed.on, pressed.session))


async def _show(context: Context, on: SessionOn) -> None:
    seminar, now = context.seminar, context.now()
    taken = attendance.taken(seminar, on)
    if taken is None:
        await context.toast(attendance_view.gone(context.locale), alert=True)
        return
    if not taken.is_open(now):
        coming = taken if now < taken.opens else None
        await context.reply(attendance_code_view.no_session(context.locale, seminar, coming))
        return
    row = await context.write(attendance_store.ensure, on)
    window = attendance_code.window(now)
    screen = attendance_code_view.code(context.locale, row, taken, attendance_code.digits(row.secret, window))
    params = await attendance_screens_messages.code_params(screen, row, window, context.bot.username)
    message_id = await context.send("sendPhoto", params)
    if message_id:
        await context.write(
            attendance_screen_store.add,
            context.chat_id,
            message_id,
            person_id=context.member.id,
            attendance_id=row.id,
            shown=window,
        )
        context.runtime.wake()


async def stop(context: Context, pressed: CodeStop) -> None:
    """Show no code in this message any more."""
    me, number = context.member.id, pressed.attendance
    await context.write(
        attendance_screen_store.end, context.chat_id, context.message_id, person_id=me, attendance_id=number
    )
    context.runtime.wake()


async def page(context: Context, pressed: CodePage) -> None:
    """Send the page for a projector; its QR codes are made in a process of their own."""
    row = await context.read(attendance_store.get, pressed.attendance)
    taken = attendance.taken(context.seminar, row.on) if row is not None else None
    if row is None or taken is None:
        await context.toast(attendance_view.gone(context.locale), alert=True)
        return
    await context.toast(attendance_code_view.page_is_made(context.locale))
    username, seminar = context.bot.username, context.seminar
    addresses = await asyncio.to_thread(links, taken, row.secret, username)
    try:
        codes = orjson.loads(await context.runtime.documents.run("qr", data=orjson.dumps(addresses)))
    except FileRefusedError:  # the process was too slow, or was stopped
        await context.reply(attendance_code_view.page_failed(context.locale))
        return
    made = await asyncio.to_thread(
        projector_page, context.locale, seminar, taken, row.secret, username=username, codes=codes
    )
    name = f"{taken.on.session}-{taken.on.date.isoformat()}.html"
    caption = attendance_code_view.page_caption(context.locale, taken)
    document = InputFile(made, filename=name)
    await context.send("sendDocument", {"document": document, "caption": str(caption.text), "parse_mode": "HTML"})


ROUTES = (
    on_command("code", code, Action.TAKE_ATTENDANCE, menu=N_("A code for the screen")),
    on_button(CodeOpen, open_code, Action.TAKE_ATTENDANCE),
    on_button(CodeStop, stop, Action.TAKE_ATTENDANCE),
    on_button(CodePage, page, Action.TAKE_ATTENDANCE),
)
