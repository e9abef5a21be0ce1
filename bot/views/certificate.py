"""A certificate as its holder, and whoever verifies one, sees it."""

from html import escape
from typing import Any

from bot.buttons.certificate import MyCertificate, MyCertificateFile
from bot.certificate_lines import done_lines, hours, lacking
from bot.i18n import Locale
from bot.programme.certificate import Standing
from bot.screen import Screen
from bot.store.certificate import Certificate, Ending


def none_here(_: Locale) -> Screen:
    """This seminar gives none."""
    return Screen(_("🎓 This seminar gives no certificates."))


def for_teachers(_: Locale) -> Screen:
    """Who asks is no teacher and has none."""
    return Screen(_("🎓 The certificates of this seminar are for its teachers."))


def mine(_: Locale, standing: Standing, certificate: Certificate | None, *, excepted: bool) -> Screen:
    """What the reader has done and what is missing, or the certificate that they have."""
    if certificate is not None and certificate.stands:
        return ready(_, certificate)
    lines = [_("🎓 <b>Your certificate</b>"), "", *done_lines(_, standing)]
    missing = lacking(_, standing)
    if certificate is not None:
        lines += ["", _("Your certificate {serial} was revoked. Please ask an organizer.", serial=certificate.serial)]
    elif excepted or not missing:
        lines += ["", _("You have done all that it takes. Organizers issue the certificates; it comes here then.")]
    else:
        lines += ["", _("Still missing: {missing}", missing=missing)]
        coming = standing.attendance.coming if standing.attendance else 0
        if coming:
            lines.append(_("{hours} of sessions are still to come.", hours=hours(_, coming)))
    return Screen("\n".join(lines))


def ready(_: Locale, certificate: Certificate) -> Screen:
    """It is there, and comes by a press."""
    text = _("🎓 <b>Your certificate is ready.</b> Number {serial}", serial=certificate.serial)
    if certificate.issue > 1:
        text = _("🎓 <b>Your corrected certificate is ready.</b> Number {serial}", serial=certificate.serial)
    name = _("It is issued to <b>{name}</b>.", name=certificate.name)
    rows = [
        [MyCertificateFile("pdf").button(_.plain("🎓 Get it (PDF)"))],
        [MyCertificateFile("badge").button(_.plain("🏅 Badge file"))],
    ]
    return Screen(f"{text}\n{name}", rows)


def revoked(_: Locale, certificate: Certificate) -> Screen:
    """It counts no more."""
    text = _("🎓 Your certificate {serial} was revoked. Please ask an organizer.", serial=certificate.serial)
    return Screen(text, [[MyCertificate().button(_.plain("🎓 My certificate"))]])


def no_certificate(_: Locale) -> str:
    """A toast: there is none to send."""
    return _.plain("You have no certificate that counts. /certificate shows what is missing.")


def pdf_caption(_: Locale, certificate: Certificate) -> str:
    """Under the PDF."""
    return _.plain("🎓 {serial}. Its QR code opens this chat, where anybody can verify it.", serial=certificate.serial)


def badge_caption(_: Locale) -> str:
    """Under the badge file."""
    return _.plain(
        "🏅 The same as an Open Badges 3.0 credential. Upload it where you collect badges; it is verified without me."
    )


# --- to verify one --------------------------------------------------------------------------------------------------


def unknown(_: Locale) -> Screen:
    """No certificate has this code."""
    return Screen(_("❌ I know no certificate with this code. If it stands on one, I have not issued it."))


def too_often(_: Locale) -> Screen:
    """The same account has verified very many."""
    return Screen(_("⏳ You have verified many certificates. Please try again in ten minutes."))


def verified(_: Locale, certificate: Certificate, design: dict[str, Any]) -> Screen:
    """What is true of it: genuine, replaced or revoked, with all that is printed on it."""
    ended = _.full_day(certificate.ended_at.date()) if certificate.ended_at else ""
    if certificate.ended_as is Ending.REVOKED:
        lines: list[str] = [_("⛔️ <b>This certificate was revoked</b> on {day}. It does not count.", day=ended)]
    elif certificate.ended_as is Ending.REPLACED:
        lines = [_("♻️ <b>This copy was replaced by a newer one</b> on {day}.", day=ended)]
    else:
        lines = [_("✅ <b>This certificate is genuine.</b>")]
    lines += ["", _("Number: {serial}", serial=certificate.serial)]
    if certificate.issue > 1:
        lines[-1] += " · " + _("copy {n}", n=certificate.issue)
    if certificate.name:
        latin = certificate.latin_name
        name = certificate.name if latin in {"", certificate.name} else f"{certificate.name} · {latin}"
        lines.append(_("Issued to: <b>{name}</b>", name=name))
    else:
        lines.append(
            _("Whose it is, is not kept any more: its holder had their data erased. The number and the rest are right.")
        )
    facts = design["facts"]

    def said(name: str) -> str:
        texts = facts[name]
        return str(texts.get(_.language) or next(iter(texts.values())))

    lines += [
        _("Seminar: {title}", title=said("title")),
        f"{escape(said('place'), quote=False)}, {facts['first']} – {facts['last']}",
        _("Hours of sessions: {hours}", hours=hours(_, certificate.minutes)),
    ]
    if certificate.lessons:
        lines.append(_("Lessons done: {n}", n=certificate.lessons))
    if certificate.competencies:
        named = "; ".join(one.get(_.language) or next(iter(one.values()), "") for one in certificate.competencies)
        lines.append(_("Competencies: {competencies}", competencies=named))
    lines.append(_("Issued by: {issuer}", issuer=said("issuer")))
    lines.append(_("Signed by: {signatory}", signatory=f"{said('signatory')}, {said('post')}"))
    lines.append(_("Issued on: {day}", day=_.full_day(certificate.issued_at.date())))
    return Screen("\n".join(lines))
