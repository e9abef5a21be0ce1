"""Who of the roster has not joined; a link for each, sheets of QR codes to print, and who of the roster a member is."""

from telegram import InputFile

from bot.access import Action
from bot.buttons.roster import (
    RosterAskSheet,
    RosterCopy,
    RosterIs,
    RosterIsNot,
    RosterLink,
    RosterMatch,
    RosterPerson,
    RosterRemove,
    RosterRevoke,
    RosterRevokeAll,
    RosterSheet,
    RosterUnknown,
    RosterWaiting,
)
from bot.context import Context
from bot.documents import roster_file
from bot.documents.refusals import FileRefusedError
from bot.documents.roster_file import CARDS, SheetOrder
from bot.i18n import Locale
from bot.messages import roster as roster_messages
from bot.routing import on_button
from bot.services import roster_link as roster_link_service
from bot.store import invite as invite_store
from bot.store import person
from bot.store import roster as roster_store
from bot.store import roster_link as roster_link_store
from bot.store.roster import PAGE, RosterEntry
from bot.views import roster_file as roster_file_view
from bot.views import roster_link as roster_link_view

_COPIED = 4  # pages in one text

# --- who has not joined ---------------------------------------------------------------------------------------------


async def waiting(context: Context, pressed: RosterWaiting) -> None:
    """Show a page of those who have not joined."""
    await _show_waiting(context, pressed.page)


async def copy(context: Context, pressed: RosterCopy) -> None:
    """Reply with their names as a text to copy."""
    await context.toast()
    page = max(pressed.page, 0)
    entries = await context.read(roster_store.waiting_from, page * PAGE, PAGE * _COPIED)
    await context.reply(roster_link_view.to_copy(context.locale, context.seminar, entries))


async def show(context: Context, pressed: RosterPerson) -> None:
    """Show one entry."""
    await _show(context, pressed.entry, pressed.page)


async def remove(context: Context, pressed: RosterRemove) -> None:
    """Ask, or forget the entry."""
    entry_id, my_id, now = pressed.entry, context.member.id, context.now()
    entry = await context.read(roster_store.get, entry_id)
    if entry is None or entry.person_id is not None:
        await context.toast(roster_link_view.gone(context.locale))
        await _show_waiting(context, pressed.page)
    elif not pressed.sure:
        await context.show(roster_link_view.confirm_removal(context.locale, entry, pressed.page))
    else:
        await context.write(roster_link_service.remove, entry_id, my_id, now)
        context.runtime.wipe()
        await _show_waiting(context, pressed.page)


async def _show_waiting(context: Context, page: int) -> None:
    count = await context.read(roster_store.waiting_count)
    page = min(max(page, 0), max(0, -(-count // PAGE) - 1))
    entries = await context.read(roster_store.waiting, page)
    await context.show(roster_link_view.waiting(context.locale, entries, count, page, context.now()))


async def _show(context: Context, entry_id: int, page: int) -> None:
    entry = await context.read(roster_store.get, entry_id)
    if entry is None:
        await context.toast(roster_link_view.gone(context.locale))
        await _show_waiting(context, page)
    else:
        await context.show(roster_link_view.person(context.locale, context.seminar, entry, page, context.now()))


# --- links ----------------------------------------------------------------------------------------------------------


async def make_link(context: Context, pressed: RosterLink) -> None:
    """Make a link for one person, and a message around it that can be forwarded."""
    entry_id, me, days, now = pressed.entry, context.member, context.runtime.settings.invite_days, context.now()
    entry = await context.read(roster_store.get, entry_id)
    made = await context.write(roster_link_service.make, [entry] if entry else [], me, days=days, now=now)
    if not made:
        await context.toast(roster_link_view.gone(context.locale))
        return
    await context.toast()
    entry, link = made[0].entry, invite_store.make_link(context.bot.username, made[0].code)
    await context.reply(roster_link_view.link_made(context.locale, entry, days))
    theirs = _locale(context, entry)
    await context.reply(roster_link_view.to_forward(theirs, context.locale, context.seminar, entry, link))


async def revoke(context: Context, pressed: RosterRevoke) -> None:
    """Withdraw the link of one person."""
    my_id, now = context.member.id, context.now()
    done = await context.write(roster_link_service.revoke, pressed.entry, my_id, now)
    await context.toast(roster_link_view.revoked(context.locale, int(done)))
    await _show(context, pressed.entry, pressed.page)


async def revoke_all(context: Context, pressed: RosterRevokeAll) -> None:
    """Ask, or withdraw all links that nobody has used."""
    if not pressed.sure:
        await context.show(roster_link_view.confirm_revocation(context.locale))
        return
    my_id, now, links = context.member.id, context.now(), 0
    while some := await context.write(roster_link_service.revoke_some, my_id, now):
        links += some
    await context.toast(roster_link_view.revoked(context.locale, links))
    await context.show(await roster_messages.home(context))


async def ask_sheet(context: Context, pressed: RosterAskSheet) -> None:
    """Ask whether to make a sheet of QR codes, which makes new links."""
    count = await context.read(roster_store.waiting_count)
    days = context.runtime.settings.invite_days
    await context.show(roster_link_view.ask_sheet(context.locale, count, max(pressed.part, 0), days))


async def make_sheet(context: Context, pressed: RosterSheet) -> None:
    """Make the sheet, then the links on it: while there is no sheet, those made before still work."""
    await context.toast()
    me, days, now, seminar, locale = (
        context.member, context.runtime.settings.invite_days, context.now(), context.seminar, context.locale,
    )  # fmt: skip
    part = max(pressed.part, 0)
    entries = await context.read(roster_store.waiting, part, size=CARDS)
    codes = {one.id: invite_store.new_code() for one in entries}
    username = context.bot.username
    cards = [
        roster_link_view.sheet_card(_locale(context, one), seminar, one, username, codes[one.id]) for one in entries
    ]
    words = roster_link_view.sheet_words(locale, seminar, locale.short_day(seminar.today(now)))
    try:
        pdf = await roster_file.sheet(context.runtime.documents, SheetOrder(words, cards)) if cards else b""
    except FileRefusedError:
        await context.reply(roster_file_view.not_made(locale))
        return
    made = await context.write(roster_link_service.make, entries, me, days=days, now=now, codes=codes)
    if not made:
        await _show_waiting(context, 0)
        return
    name = f"{seminar.key}-invitations{f'-{part + 1}' if part else ''}.pdf"
    caption = roster_link_view.sheet_caption(locale, len(made), days)
    await context.send("sendDocument", {"document": InputFile(pdf, filename=name), "caption": caption})


def _locale(context: Context, entry: RosterEntry) -> Locale:
    """In which language the person reads, or the seminar's first."""
    languages = context.seminar.languages
    return context.runtime.locales[entry.language if entry.language in languages else languages[0]]


# --- who is who -----------------------------------------------------------------------------------------------------


async def unknown(context: Context, pressed: RosterUnknown) -> None:
    """Show a page of members of whom it is not known who of the roster they are."""
    count = await context.read(roster_link_store.unknown_count)
    page = min(max(pressed.page, 0), max(0, -(-count // roster_link_store.PAGE) - 1))
    people = await context.read(roster_link_store.unknown, page)
    await context.show(roster_link_view.unknown(context.locale, people, count, page))


async def match(context: Context, pressed: RosterMatch) -> None:
    """Show who of the roster a member may be, or is."""
    person_id = pressed.person
    someone = await context.read(person.by_id, person_id)
    if someone is None or not someone.active:
        await context.toast(roster_link_view.gone(context.locale))
        return
    entry = await context.read(roster_store.for_person, person_id)
    if entry is not None:
        await context.show(roster_link_view.matched(context.locale, someone.id, someone.name, entry))
        return
    entries = await context.read(roster_link_store.candidates, someone.name)
    await context.show(roster_link_view.candidates(context.locale, someone.id, someone.name, entries))


async def is_entry(context: Context, pressed: RosterIs) -> None:
    """The member is this entry."""
    person_id, entry_id, my_id, now = pressed.person, pressed.entry, context.member.id, context.now()
    await context.write(roster_link_service.match, entry_id, person_id, my_id, now)
    someone = await context.read(person.by_id, person_id)
    entry = await context.read(roster_store.for_person, person_id)
    if someone is None or entry is None or entry.id != entry_id:
        await context.toast(roster_link_view.gone(context.locale))
        return
    await context.show(roster_link_view.matched(context.locale, someone.id, someone.name, entry))


async def is_not(context: Context, pressed: RosterIsNot) -> None:
    """The member is not that entry after all: show who else they may be."""
    my_id, now = context.member.id, context.now()
    await context.write(roster_link_service.unmatch, pressed.person, my_id, now)
    await match(context, RosterMatch(pressed.person))


ROUTES = (
    on_button(RosterWaiting, waiting, Action.MANAGE_PEOPLE),
    on_button(RosterCopy, copy, Action.MANAGE_PEOPLE),
    on_button(RosterPerson, show, Action.MANAGE_PEOPLE),
    on_button(RosterRemove, remove, Action.MANAGE_PEOPLE),
    on_button(RosterLink, make_link, Action.MANAGE_PEOPLE),
    on_button(RosterRevoke, revoke, Action.MANAGE_PEOPLE),
    on_button(RosterRevokeAll, revoke_all, Action.MANAGE_PEOPLE),
    on_button(RosterAskSheet, ask_sheet, Action.MANAGE_PEOPLE),
    on_button(RosterSheet, make_sheet, Action.MANAGE_PEOPLE),
    on_button(RosterUnknown, unknown, Action.MANAGE_PEOPLE),
    on_button(RosterMatch, match, Action.MANAGE_PEOPLE),
    on_button(RosterIs, is_entry, Action.MANAGE_PEOPLE),
    on_button(RosterIsNot, is_not, Action.MANAGE_PEOPLE),
)
