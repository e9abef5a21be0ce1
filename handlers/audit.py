"""/audit: what staff did, the newest first; by whom, about whom, what and on which day; and as a file."""

import sqlite3
from asyncio import to_thread
from datetime import UTC, date, datetime, timedelta
from typing import Final

from telegram import InputFile

from bot.access import Action
from bot.buttons.audit import AuditChoose, AuditFile, AuditShow
from bot.context import Context
from bot.i18n import N_
from bot.programme.model import Seminar
from bot.routing import on_button, on_command
from bot.store import audit as audit_store
from bot.store import person
from bot.store.audit import AuditFilter
from bot.views import audit as audit_view
from bot.views import fallback as fallback_view

_MOST: Final = 50_000  # lines of a file
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_END: Final = datetime(9999, 1, 1, tzinfo=UTC)


async def audit(context: Context, _arguments: str) -> None:
    """Reply with the newest."""
    everything = AuditShow(0, 0, "", "", 0)
    page, about = await context.read(_page, _filter(everything, context.seminar), 0)
    await context.reply(audit_view.trail(context.locale, context.seminar, page, everything, about=about))


async def show(context: Context, pressed: AuditShow) -> None:
    """Show a page."""
    if not await _known(context, pressed.on):
        return
    page, about = await context.read(_page, _filter(pressed, context.seminar), pressed.page)
    await context.show(audit_view.trail(context.locale, context.seminar, page, pressed, about=about))


async def choose(context: Context, pressed: AuditChoose) -> None:
    """Ask by whom, what or on which day."""
    if not await _known(context, pressed.on):
        return
    match pressed.which:
        case "by":
            authors = await context.read(audit_store.authors)
            await context.show(audit_view.choose_author(context.locale, authors, pressed))
        case "feature":
            features = await context.read(audit_store.features)
            await context.show(audit_view.choose_feature(context.locale, features, pressed))
        case "on":
            days = _days(context.seminar, await context.read(audit_store.span))
            await context.show(audit_view.choose_day(context.locale, days, pressed))


async def send_file(context: Context, pressed: AuditFile) -> None:
    """Send the entries as a file."""
    if not await _known(context, pressed.on):
        return
    await context.toast()
    seminar, locale = context.seminar, context.locale
    shown = AuditShow(pressed.by, pressed.about, pressed.feature, pressed.on, 0)
    entries = await context.read(audit_store.newest, _filter(shown, seminar), _MOST)
    made = await to_thread(audit_view.file, locale, seminar, entries)
    name = f"audit-{seminar.today(context.now()):%Y-%m-%d}.csv"
    caption = audit_view.caption(locale, len(entries), most=_MOST)
    await context.send("sendDocument", {"document": InputFile(made, filename=name), "caption": caption})


async def _known(context: Context, on: str) -> bool:
    """Whether a button's date is one, or none; an old or forged one is answered."""
    try:
        known = on == "" or date.fromisoformat(on).isoformat() == on
    except ValueError:
        known = False
    if not known:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    return known


def _filter(shown: AuditShow, seminar: Seminar) -> AuditFilter:
    since, until = _BEGINNING, _END
    if shown.on:
        since = datetime.combine(date.fromisoformat(shown.on), datetime.min.time(), seminar.zone)
        until = since + timedelta(days=1)
    return AuditFilter(shown.by, shown.about, shown.feature, since, until)


def _page(connection: sqlite3.Connection, wanted: AuditFilter, number: int) -> tuple[audit_store.AuditPage, str]:
    """The page, and the name of whom it is about."""
    about = person.by_id(connection, wanted.about) if wanted.about else None
    return audit_store.page(connection, wanted, number), about.name if about else ""


def _days(seminar: Seminar, span: tuple[datetime, datetime] | None) -> list[date]:
    """The days between the first and the newest entry, the newest first."""
    if span is None:
        return []
    first, last = (moment.astimezone(seminar.zone).date() for moment in span)
    return [last - timedelta(days=n) for n in range((last - first).days + 1)]


ROUTES = (
    on_command("audit", audit, Action.AUDIT, menu=N_("What the organizers did")),
    on_button(AuditShow, show, Action.AUDIT),
    on_button(AuditChoose, choose, Action.AUDIT),
    on_button(AuditFile, send_file, Action.AUDIT),
)
