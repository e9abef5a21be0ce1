"""Invitations: for whom, the link to forward, and the links that work, each to be withdrawn."""

from collections.abc import Sequence
from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.access import Role
from bot.buttons.invite import ConfirmRevokeInvite, InviteList, MakeInvite, RevokeInvite
from bot.i18n import Html, Locale
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.invite import Link

_PAGE = 6  # links on one page


def roles(_: Locale, seminar: Seminar, links: Sequence[Link], page: int = 0) -> Screen:
    """Whom to invite? And the links that work now; a page past the end is the last one."""
    rows = [
        [MakeInvite(Role.TEACHER).button(_.plain("🎓 Teachers"))],
        [MakeInvite(Role.ORGANIZER).button(_.plain("🧭 An organizer"))],
        [MakeInvite(Role.COORDINATOR).button(_.plain("📊 A coordinator"))],
    ]
    text = _("🔗 Whom do you invite? A link for teachers works for all of them, one for the staff just once.")
    if not links:
        return Screen(text, rows)
    pages = -(-len(links) // _PAGE)
    page = min(max(page, 0), pages - 1)
    shown = links[page * _PAGE : (page + 1) * _PAGE]
    lines = [text, "", _("<b>Links that work now</b>"), *(_line(_, seminar, link) for link in shown)]
    back = [RevokeInvite(link.id).button(_.plain("✖️ Withdraw #{number}", number=link.id)) for link in shown]
    rows += in_rows(back, 2)
    return Screen("\n".join(lines), [*rows, *_pages(_, page, pages)])


def confirm_revocation(_: Locale, seminar: Seminar, link: Link) -> Screen:
    """Withdraw it?"""
    lines = [
        _("✖️ <b>Withdraw this link?</b>"),
        _line(_, seminar, link),
        "",
        _("Whoever opens it from now on reads that it was withdrawn. Whoever has come in with it stays."),
    ]
    if link.joining:
        lines.append(
            _.plural(
                "{n} person is still answering the first questions and will not come in.",
                "{n} people are still answering the first questions and will not come in.",
                link.joining,
            )
        )
    yes = ConfirmRevokeInvite(link.id).button(_.plain("✖️ Yes, withdraw it"))
    return Screen("\n".join(lines), [[yes], [InviteList(0).button(_.plain("‹ Back"))]])


def revoked(_: Locale) -> str:
    """A toast: done."""
    return _.plain("✓ Withdrawn.")


def works_no_more(_: Locale) -> str:
    """A toast: it has expired, was used or was withdrawn before."""
    return _.plain("That link does not work any more.")


def made(_: Locale, role: Role, days: int) -> Screen:
    """What the next message is, and how long its link works."""
    match role:
        case Role.TEACHER:
            text = _("🔗 Forward the next message to the teachers: its link works for all of them.")
        case Role.ORGANIZER:
            text = _("🔗 Forward the next message to one organizer: its link works once.")
        case _:
            text = _("🔗 Forward the next message to one coordinator: its link works once.")
    until = _.plural("It expires after {n} day.", "It expires after {n} days.", days)
    back = _("Should it reach the wrong hands: /invite withdraws it.")
    return Screen(f"{text} {until} {back}")


def to_forward(everyone: list[Locale], own: Locale, seminar: Seminar, link: str) -> Screen:
    """The message to forward, in every language; its button, which forwarding drops, copies the link."""
    lines = [
        f"<b>{escape(seminar.title.get(locale.language), quote=False)}</b>\n{_press(locale)}" for locale in everyone
    ]
    copy = InlineKeyboardButton(own.plain("📋 Copy the link"), copy_text=CopyTextButton(link))
    return Screen("\n\n".join([*lines, escape(link, quote=False)]), [[copy]])


def _line(_: Locale, seminar: Seminar, link: Link) -> Html:
    made_at = link.made_at.astimezone(seminar.zone)
    when = _("{day}, {time}", day=_.short_day(made_at.date()), time=_.time(made_at, seminar.zone))
    if link.by_command_line:
        made_by = _("made {when} on the bot's computer", when=when)
    elif link.maker is None:
        made_by = _("made {when}", when=when)
    else:
        made_by = _("made {when} by {name}", when=when, name=link.maker)
    until = _.short_day(link.expires_at.astimezone(seminar.zone).date())
    parts = [made_by, _use(_, link), _("works until {day}", day=until)]
    return Html(f"<b>#{link.id}</b> {_role(_, link.role)}\n{' · '.join(parts)}")


def _use(_: Locale, link: Link) -> Html:
    if link.uses_left is None:
        return _.plural("{n} person has come in", "{n} people have come in", link.came_in)
    if link.joining:
        return _("someone has opened it and is answering the first questions")
    return _("not used yet")


def _role(_: Locale, role: Role) -> str:
    match role:
        case Role.TEACHER:
            return _("🎓 for teachers")
        case Role.ORGANIZER:
            return _("🧭 for an organizer")
        case Role.OWNER:
            return _("🔑 for an owner of the bot")
        case _:
            return _("📊 for a coordinator")


def _pages(_: Locale, page: int, pages: int) -> list[list[InlineKeyboardButton]]:
    row = page_row(_, page, pages, InviteList)
    return [row] if row else []


def _press(_: Locale) -> str:
    return _("Open the link and press Start: your seminar companion in Telegram.")
