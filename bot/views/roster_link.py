"""Who of the roster has not joined, links for them and sheets of QR codes, and who of it a member is."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.buttons.roster import (
    RosterAskSheet,
    RosterCopy,
    RosterHome,
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
from bot.documents.roster_file import CARDS, SheetCard, SheetWords
from bot.i18n import Html, Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, page_row
from bot.store.invite import make_link
from bot.store.roster import PAGE, RosterEntry
from bot.store.roster_link import CANDIDATES
from bot.store.roster_link import PAGE as UNKNOWN_PAGE

_LABEL = 30
_COPIED = 3_800  # characters of a text to copy


def waiting(_: Locale, entries: Sequence[RosterEntry], count: int, page: int, now: datetime) -> Screen:
    """A page of those who have not joined; `count` of all."""
    if not count:
        return Screen(_("✓ Everybody on the roster has joined."), [_home(_)])
    pages = -(-count // PAGE)
    lines = [
        _.plural("⏳ <b>{n} person has not joined</b>", "⏳ <b>{n} people have not joined</b>", count),
        *(f"• {_line(one)}{' 🔗' if one.has_link(now) else ''}" for one in entries[:PAGE]),
        "",
        _("🔗 means: a link was made, and nobody has come in by it."),
    ]
    rows = [[RosterPerson(one.id, page).button(shortened(one.name, _LABEL))] for one in entries[:PAGE]]
    turn = page_row(_, page, pages, RosterWaiting)
    copy = RosterCopy(page).button(_.plain("📋 As a text to copy"))
    return Screen("\n".join(lines), [*rows, *([turn] if turn else []), [copy], _home(_)])


def to_copy(_: Locale, seminar: Seminar, entries: Sequence[RosterEntry]) -> Screen:
    """Names and phone numbers as one plain message, and what to write to each: for other ways than this bot."""
    head = _(
        "{title}: please open the invitation link that you were given and press Start. It is your companion for the "
        "seminar in Telegram.",
        title=seminar.title.get(_.language),
    )
    lines, left = [head, ""], _COPIED - len(head)
    for one in entries:
        line = escape(" · ".join(filter(None, (one.name, one.latin_name, one.phone, one.school))), quote=False)
        left -= len(line) + 1
        if left < 0:
            lines.append("…")
            break
        lines.append(line)
    return Screen("\n".join(lines))


def person(_: Locale, seminar: Seminar, entry: RosterEntry, page: int, now: datetime) -> Screen:
    """What the list says of somebody, and their link."""
    group = seminar.group(entry.group_key)
    facts = [
        entry.latin_name,
        entry.school,
        entry.district,
        group.title.get(_.language) if group is not None else "",
        _.plain("room {number}", number=entry.room) if entry.room else "",
        entry.phone,
        entry.flight,
        entry.diet,
    ]
    lines = [f"<b>{escape(entry.name, quote=False)}</b>", *(escape(one, quote=False) for one in facts if one), ""]
    if entry.person_id is not None:
        return Screen("\n".join([*lines, _("✓ Has joined.")]), [_back(_, page)])
    lines.append(
        _("🔗 Has a link, and nobody has come in by it.") if entry.has_link(now) else _("Has no link that works.")
    )
    rows = [[RosterLink(entry.id).button(_.plain("🔗 Make a new link"))]]
    if entry.has_link(now):
        rows.append([RosterRevoke(entry.id, page).button(_.plain("✖️ Withdraw the link"))])
    rows.append([RosterRemove(entry.id, page, 0).button(_.plain("🗑 Take off the roster"))])
    return Screen("\n".join(lines), [*rows, _back(_, page)])


def confirm_removal(_: Locale, entry: RosterEntry, page: int) -> Screen:
    """Forget one entry?"""
    text = _("🗑 <b>Take {name} off the roster?</b> The link stops working.", name=entry.name)
    yes = RosterRemove(entry.id, page, 1).button(_.plain("🗑 Yes"))
    return Screen(text, [[yes], [RosterPerson(entry.id, page).button(_.plain("‹ Back"))]])


def link_made(_: Locale, entry: RosterEntry, days: int) -> Screen:
    """What the next message is."""
    text = _("🔗 Forward the next message to {name}: its link works once, for nobody else.", name=entry.name)
    until = _.plural("It expires after {n} day.", "It expires after {n} days.", days)
    before = _("Links made before for the same person do not work any more.")
    return Screen(f"{text} {until} {before}")


def to_forward(_: Locale, own: Locale, seminar: Seminar, entry: RosterEntry, link: str) -> Screen:
    """The message to forward, in the language of its reader; its button, which forwarding drops, copies the link."""
    lines = [
        f"<b>{escape(seminar.title.get(_.language), quote=False)}</b>",
        _("{name}, open the link and press Start: your seminar companion in Telegram.", name=entry.name),
        "",
        escape(link, quote=False),
    ]
    copy = InlineKeyboardButton(own.plain("📋 Copy the link"), copy_text=CopyTextButton(link))
    return Screen("\n".join(lines), [[copy]])


def ask_sheet(_: Locale, count: int, part: int, days: int) -> Screen:
    """Make a sheet of QR codes? `count` have not joined; a sheet is a part of them."""
    first, last = part * CARDS + 1, min(count, (part + 1) * CARDS)
    if first > last:
        return Screen(_("✓ Everybody on the roster has joined."), [_home(_)])
    some = last - first + 1
    lines = [
        _("🖨 <b>QR codes to print and cut out</b>"),
        _.plural("A PDF for {n} person who has not joined.", "A PDF for {n} people who have not joined.", some),
        "",
        _("⚠️ This makes new links for them: sheets and links made for them before stop working."),
        _.plural("The links expire after {n} day.", "The links expire after {n} days.", days),
    ]
    label = _.plain("🖨 Make it") if count <= CARDS else _.plain("🖨 Make {first}–{last}", first=first, last=last)
    rows = [[RosterSheet(part).button(label)]]
    turn = page_row(_, part, -(-count // CARDS), RosterAskSheet)
    return Screen("\n".join(lines), [*rows, *([turn] if turn else []), _home(_)])


def sheet_caption(_: Locale, people: int, days: int) -> str:
    """Under the sheet."""
    made = _.plural("QR codes for {n} person.", "QR codes for {n} people.", people)
    until = _.plural("They work once each, for {n} day.", "They work once each, for {n} days.", days)
    before = _.plain("Sheets made before for these people do not work any more.")
    return f"{made} {until} {before}"


def sheet_words(_: Locale, seminar: Seminar, day: str) -> SheetWords:
    """The words of a sheet."""
    footer = _.plain(
        "{title} · made on {day} · sheets made before do not work any more",
        title=seminar.title.get(_.language),
        day=day,
    )
    return SheetWords(_.plain("Invitations"), footer, _.language)


def sheet_card(_: Locale, seminar: Seminar, entry: RosterEntry, username: str, code: str) -> SheetCard:
    """One person's card, in their language."""
    group = seminar.group(entry.group_key)
    return SheetCard(
        entry.name,
        entry.latin_name,
        entry.school,
        group.title.get(_.language) if group is not None else "",
        make_link(username, code),
        _.plain("Point the camera here, then press Start in Telegram."),
    )


def confirm_revocation(_: Locale) -> Screen:
    """Withdraw all links?"""
    text = _(
        "✖️ <b>Withdraw all personal links that nobody has used?</b> Printed sheets stop working. Whoever has joined "
        "stays."
    )
    return Screen(text, [[RosterRevokeAll(1).button(_.plain("✖️ Yes, withdraw all"))], _home(_)])


def revoked(_: Locale, links: int) -> str:
    """A toast: so many links let nobody in any more."""
    return str(_.plural("✓ {n} link withdrawn.", "✓ {n} links withdrawn.", links))


def gone(_: Locale) -> str:
    """A toast: the entry is not on the roster any more, or has joined."""
    return _.plain("That has changed meanwhile: look at the list again.")


def unknown(_: Locale, people: Sequence[tuple[int, str]], count: int, page: int) -> Screen:
    """A page of members of whom it is not known who of the roster they are."""
    if not count:
        return Screen(_("✓ Of everybody who has joined it is known who of the roster they are."), [_home(_)])
    text = _("🧩 <b>Who is who?</b> These teachers came by another link than their own. Press one to find their entry.")
    rows = [[RosterMatch(number).button(shortened(name, _LABEL))] for number, name in people]
    turn = page_row(_, page, -(-count // UNKNOWN_PAGE), RosterUnknown)
    return Screen(text, [*rows, *([turn] if turn else []), _home(_)])


def candidates(_: Locale, person_id: int, name: str, entries: Sequence[RosterEntry]) -> Screen:
    """Who of the roster a member may be."""
    entries = entries[:CANDIDATES]
    if entries:
        text = _("🧩 Who of the roster is <b>{name}</b>?", name=name)
        text = Html("\n".join([text, *(f"• {_line(one)}" for one in entries)]))
    else:
        text = _("🧩 Nobody on the roster who has not joined is called like <b>{name}</b>.", name=name)
    rows = [[RosterIs(person_id, one.id).button(shortened(_told_apart(one), _LABEL))] for one in entries]
    return Screen(text, [*rows, [RosterUnknown(0).button(_.plain("‹ Back"))]])


def matched(_: Locale, person_id: int, name: str, entry: RosterEntry) -> Screen:
    """The member is this entry."""
    text = _("✓ <b>{name}</b> is {entry} on the roster.", name=name, entry=Html(_line(entry)))
    undo = RosterIsNot(person_id).button(_.plain("↩️ Not the same"))
    return Screen(text, [[undo], [RosterUnknown(0).button(_.plain("🧩 Who is who"))]])


def _line(one: RosterEntry) -> str:
    said = " · ".join(filter(None, (one.name, one.latin_name, one.phone, one.school)))
    return escape(shortened(said, 150), quote=False)


def _told_apart(one: RosterEntry) -> str:
    return f"{shortened(one.name, 18)} · {one.school or one.phone or one.latin_name}".rstrip(" ·")


def _home(_: Locale) -> list[InlineKeyboardButton]:
    return [RosterHome().button(_.plain("👥 The roster"))]


def _back(_: Locale, page: int) -> list[InlineKeyboardButton]:
    return [RosterWaiting(page).button(_.plain("‹ Back"))]
