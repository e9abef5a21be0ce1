"""/pictures: the numbers as pictures for a phone, made by the jobs' process."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from telegram import InputFile
from telegram.error import BadRequest

from bot import competency_charts, picture_charts
from bot.access import Action, allowed
from bot.buttons.picture import PictureKind, PictureLook, PictureOf
from bot.charts.job import Draw
from bot.charts.model import Chart, Look
from bot.context import Context
from bot.i18n import N_, Html, Locale
from bot.messages import job as job_messages
from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services.picture import ReadFigures
from bot.store import picture as picture_store
from bot.store import picture_look, uploaded_file
from bot.store import scope as scope_store
from bot.store import self_rating_figures as self_rating_figures_store
from bot.views import picture as picture_view

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture that is ready to be sent: its bytes, or Telegram's id of the same picture, sent before."""

    name: str
    edition: str
    drawing: Draw
    content: bytes | str
    caption: Html


async def menu(context: Context, _arguments: str) -> None:
    """Reply with the pictures that there are."""
    await context.reply(await _menu(context, await _look(context)))


async def change_look(context: Context, pressed: PictureLook) -> None:
    """Make pictures light or dark from now on."""
    look = Look(pressed.look) if pressed.look in set(Look) else Look.LIGHT
    await context.write(picture_look.put, context.member.id, look.value)
    await context.show(await _menu(context, look))


async def make(context: Context, pressed: PictureOf) -> None:
    """Make a picture of the numbers as they are now, and send it."""
    if pressed.kind not in set(PictureKind):
        await context.reply(await _menu(context, await _look(context)))
        return
    kind = PictureKind(pressed.kind)
    await job_messages.give(
        context, partial(_made, context, kind, pressed.filter_id), partial(_send, context, kind, pressed.filter_id)
    )


async def _made(context: Context, kind: PictureKind, filter_id: int) -> _Picture | None:
    """The picture; None where there is nothing to draw."""
    told = await _chart(context, kind, filter_id)
    if told is None:
        return None
    chart, lines = told
    look = await _look(context)
    drawing = Draw(chart, look)
    name = f"picture:{kind}:{context.locale.language}:{look}:{filter_id}:{_sees_names(context)}"
    edition = hashlib.sha256(repr(chart).encode()).hexdigest()
    content: bytes | str | None = await context.read(uploaded_file.get, name, edition)
    if content is None:
        content = await context.runtime.jobs.run(drawing)
    at = context.locale.time(context.now(), context.seminar.zone)
    return _Picture(name, edition, drawing, content, picture_view.caption(context.locale, kind, lines, at))


async def _chart(context: Context, kind: PictureKind, filter_id: int) -> tuple[Chart, list[Html]] | None:
    match kind:
        case PictureKind.ATTENDANCE:
            named = _sees_names(context)
            return await _drawn(
                context, filter_id, picture_store.attendance, partial(picture_charts.attendance, named=named)
            )
        case PictureKind.DAYS:
            return await _drawn(context, filter_id, picture_store.days, picture_charts.days)
        case PictureKind.LESSONS:
            return await _drawn(context, filter_id, picture_store.lessons, picture_charts.lessons)
        case PictureKind.COMPETENCIES:
            return await _drawn(context, filter_id, picture_store.lessons, competency_charts.competencies)
        case PictureKind.CHANGE:
            return await _drawn(context, filter_id, self_rating_figures_store.pictured, competency_charts.change)
        case PictureKind.QUIZZES:
            return await _drawn(context, filter_id, picture_store.questions, picture_charts.questions)


async def _drawn(
    context: Context,
    filter_id: int,
    read: Callable[[sqlite3.Connection, Seminar, FigureFilter, datetime], F],
    draw: Callable[[Locale, Seminar, FigureFilter, F, date], tuple[Chart, list[Html]] | None],
) -> tuple[Chart, list[Html]] | None:
    """What `draw` makes of the figures that `read` finds; None where the reader may see nobody of the filter."""
    seminar, now = context.seminar, context.now()
    told = await context.runtime.jobs.run(ReadFigures(read, seminar, now, context.member.id, filter_id))
    return draw(context.locale, seminar, *told, seminar.today(now)) if told is not None else None


async def _send(context: Context, kind: PictureKind, filter_id: int, picture: _Picture | None) -> None:
    if picture is None:
        await context.reply(picture_view.nothing(context.locale, kind))
        return
    markup = Screen("", picture_view.again(context.locale, kind, filter_id)).markup()
    params = {"caption": str(picture.caption), "parse_mode": "HTML", "reply_markup": markup}
    content = picture.content
    if isinstance(content, str):
        with suppress(BadRequest):  # Telegram may have forgotten it
            await context.send_photo({"photo": content, **params})
            return
        content = await context.runtime.jobs.run(picture.drawing)
    photo = InputFile(content, filename=f"{kind}.png")
    if (file_id := await context.send_photo({"photo": photo, **params})) is not None:
        await context.write(uploaded_file.put, picture.name, picture.edition, file_id)


async def _menu(context: Context, look: Look) -> Screen:
    scope = await context.read(scope_store.get, context.member.id)
    return picture_view.menu(context.locale, context.seminar, look, scope)


async def _look(context: Context) -> Look:
    chosen = await context.read(picture_look.get, context.member.id)
    return Look(chosen) if chosen in set(Look) else Look.LIGHT


def _sees_names(context: Context) -> bool:
    return allowed(Action.MANAGE_PEOPLE, context.role, context.chat_kind)


ROUTES = (
    on_command("pictures", menu, Action.SEE_NUMBERS, menu=N_("The numbers as pictures")),
    on_button(PictureOf, make, Action.SEE_NUMBERS),
    on_button(PictureLook, change_look, Action.SEE_NUMBERS),
)
