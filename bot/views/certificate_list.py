"""Certificates as staff see them: how many, the lists of people, one person, and what is asked before one is issued."""

from collections.abc import Mapping
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.certificate import (
    CertificateArchive,
    CertificateExcept,
    CertificateFile,
    CertificateNoExcept,
    CertificateOverview,
    CertificatePeople,
    CertificatePerson,
    CertificateRevoke,
    IssueAll,
    IssueOne,
    IssuePreview,
)
from bot.certificate_lines import done_lines, lacking
from bot.i18n import Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.certificate import Certificate, Ending
from bot.store.certificate_exception import CertificateException
from bot.store.certificate_standing import PAGE, Candidate, CertificateList, Overview

_NAME: Final = 64
_LINE: Final = 160


def overview(_: Locale, seminar: Seminar, found: Overview, *, issues: bool) -> Screen:
    """How many are on each list. `issues`: the reader is an organizer."""
    words = _list_words(_)
    lines = [_("🎓 <b>Certificates</b>"), ""]
    lines += [f"{words[one]}: {found.counts[one]}" for one in CertificateList if found.counts[one]]
    if not sum(found.counts.values()):
        lines.append(_("There is no teacher yet."))
    buttons = [
        CertificatePeople(one, 0).button(f"{words[one]}: {found.counts[one]}")
        for one in CertificateList
        if found.counts[one]
    ]
    rows = in_rows(buttons, 1)
    if issues and found.counts[CertificateList.READY]:
        label = _.plain("🎓 Issue: {n}", n=found.counts[CertificateList.READY])
        rows.append([IssuePreview().button(label)])
    if found.counts[CertificateList.ISSUED] + found.counts[CertificateList.CORRECTED]:
        rows.append([CertificateArchive("").button(_.plain("📦 All as one file"))])
        if seminar.has_groups:
            groups = [CertificateArchive(one.key).button(f"📦 {one.title.get(_.language)}") for one in seminar.groups]
            rows += in_rows(groups, 2)
    return Screen("\n".join(lines), rows)


def people(_: Locale, found: Overview, listed: CertificateList) -> Screen:
    """A page of a list, each with a button."""
    lines = [f"<b>{_list_words(_)[listed]}</b>: {found.counts[listed]}", ""]
    buttons = []
    for number, one in enumerate(found.people, found.page * PAGE + 1):
        missing = lacking(_, one.standing) if listed is CertificateList.LACKING else ""
        said = f"{number}. {shortened(one.name, _NAME)}" + (f": {missing}" if missing else "")
        lines.append(escape(shortened(said, _NAME + _LINE), quote=False))
        buttons.append(CertificatePerson(one.id, listed, found.page).button(str(number)))
    rows = in_rows(buttons, 4)
    turn = page_row(_, found.page, found.pages(listed), lambda page: CertificatePeople(listed, page))
    rows += [turn] if turn else []
    rows.append([CertificateOverview().button(_.plain("‹ Certificates"))])
    return Screen("\n".join(lines), rows)


def person(
    _: Locale,
    candidate: Candidate,
    exception: CertificateException | None,
    certificate: Certificate | None,
    back: CertificatePeople,
    *,
    issues: bool,
) -> Screen:
    """What somebody has done, the decision about them, and their certificate. `issues`: the reader is an organizer."""
    lines: list[str] = [_("🎓 <b>{name}</b>", name=shortened(candidate.name, _NAME))]
    if candidate.latin_name:
        lines.append(escape(shortened(candidate.latin_name, _NAME), quote=False))
    lines += ["", *done_lines(_, candidate.standing)]
    missing = lacking(_, candidate.standing)
    if missing:
        lines.append(_("Still missing: {missing}", missing=missing))
    if exception is not None:
        by = exception.by or _.plain("an organizer")
        lines += ["", _("📝 By way of exception: {reason} ({by})", reason=exception.reason or "…", by=by)]
    if certificate is not None:
        lines += ["", *_certificate(_, candidate, certificate, issues=issues)]
    rows = _actions(_, candidate, certificate, back) if issues else []
    if certificate is not None and certificate.stands:
        files = [CertificateFile(certificate.id, "pdf").button(_.plain("🎓 PDF"))]
        files.append(CertificateFile(certificate.id, "badge").button(_.plain("🏅 Badge file")))
        rows.insert(0, files)
    rows.append([back.button(_.plain("‹ Back to the list"))])
    return Screen("\n".join(lines), rows)


def _certificate(_: Locale, candidate: Candidate, certificate: Certificate, *, issues: bool) -> list[str]:
    on = _.full_day(certificate.issued_at.date())
    lines: list[str] = [_("Number {serial}, issued on {day}", serial=certificate.serial, day=on)]
    if certificate.ended_as is Ending.REVOKED and certificate.ended_at is not None:
        ended = _.full_day(certificate.ended_at.date())
        lines.append(_("⛔️ Revoked on {day}", day=ended))
        if issues and certificate.reason:
            lines.append(escape(certificate.reason, quote=False))
    elif candidate.listed is CertificateList.CORRECTED:
        printed = " · ".join(filter(None, (certificate.name, certificate.latin_name)))
        lines.append(_("✏️ The name was corrected since. Printed: {name}", name=shortened(printed, _NAME * 2)))
    return lines


def _actions(
    _: Locale, candidate: Candidate, certificate: Certificate | None, back: CertificatePeople
) -> list[list[InlineKeyboardButton]]:
    place = (candidate.id, back.listed, back.page)
    if certificate is None:
        rows = []
        if candidate.qualifies:
            rows.append([IssueOne(*place, 0).button(_.plain("🎓 Issue it"))])
        if candidate.excepted:
            rows.append([CertificateNoExcept(*place).button(_.plain("↩️ End the exception"))])
        elif not candidate.standing.met:
            rows.append([CertificateExcept(*place).button(_.plain("📝 Make an exception"))])
        return rows
    rows = []
    if candidate.listed in {CertificateList.CORRECTED, CertificateList.REVOKED}:
        rows.append([IssueOne(*place, certificate.id).button(_.plain("🎓 Issue it again"))])
    if certificate.stands:
        rows.append([CertificateRevoke(certificate.id, back.listed, back.page).button(_.plain("⛔️ Revoke"))])
    return rows


def preview(_: Locale, found: Overview) -> Screen:
    """What issuing to all means, before it is done."""
    ready, total = found.counts[CertificateList.READY], _total(found)
    lines: list[str] = [
        _.plural("🎓 {n} teacher gets a certificate:", "🎓 {n} teachers get a certificate:", ready),
        "",
        *(escape(f"• {shortened(one.name, _NAME)}", quote=False) for one in found.people),
        *(["…"] if ready > len(found.people) else []),
        "",
        _("Each gets a message. What is printed then does not change any more; a copy can correct a wrong name."),
    ]
    rows = [[IssueAll(total).button(_.plain("✅ Issue them"))]] if ready else []
    rows.append([CertificateOverview().button(_.plain("‹ Certificates"))])
    return Screen("\n".join(lines), rows)


def total(found: Overview) -> int:
    """What a preview is known by: those that can be issued and those that were; it stays while they are issued."""
    return _total(found)


def issued(_: Locale, count: int) -> Screen:
    """So many were issued just now."""
    text = _.plural("🎓 {n} certificate is issued.", "🎓 {n} certificates are issued.", count)
    return Screen(text, [[CertificateOverview().button(_.plain("🎓 Certificates"))]])


def ask_exception(_: Locale, name: str, limit: int) -> Screen:
    """Why does this teacher get one?"""
    who = shortened(name, _NAME)
    return Screen(
        _("📝 Why does <b>{name}</b> get a certificate? At most {n} characters; organizers read it.", name=who, n=limit)
    )


def ask_revocation(_: Locale, serial: str, limit: int) -> Screen:
    """Why is it revoked?"""
    text = _(
        "⛔️ Why is {serial} revoked? At most {n} characters; organizers read it, the holder does not. "
        "Whoever verifies it reads from then on that it was revoked.",
        serial=serial,
        n=limit,
    )
    return Screen(text)


def reason_too_long(_: Locale, limit: int) -> Screen:
    """The reason does not fit."""
    return Screen(_("That is too long. Please write at most {n} characters.", n=limit))


def unanswered(_: Locale) -> Screen:
    """The reason did not come in time."""
    return Screen(
        _("🎓 No reason came, so nothing has changed."),
        [[CertificateOverview().button(_.plain("🎓 Certificates"))]],
    )


def gone(_: Locale) -> str:
    """A toast: the person or the certificate is not there, or not for this reader."""
    return _.plain("There is nothing here any more.")


def too_many(_: Locale, most: int) -> Screen:
    """An archive would be too large."""
    text = _("📦 One file holds at most {n} certificates and 50 MB. Please choose a group.", n=most)
    return Screen(text, [[CertificateOverview().button(_.plain("🎓 Certificates"))]])


def archive_caption(_: Locale, count: int) -> str:
    """Under the archive."""
    return str(_.plural("📦 {n} certificate", "📦 {n} certificates", count))


def _total(found: Overview) -> int:
    return sum(n for one, n in found.counts.items() if one is not CertificateList.LACKING)


def _list_words(_: Locale) -> Mapping[CertificateList, str]:
    return {
        CertificateList.READY: _.plain("Can be issued"),
        CertificateList.LACKING: _.plain("Something is missing"),
        CertificateList.ISSUED: _.plain("Issued"),
        CertificateList.CORRECTED: _.plain("Name corrected since"),
        CertificateList.REVOKED: _.plain("Revoked"),
    }
