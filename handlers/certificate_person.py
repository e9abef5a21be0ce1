"""One person's certificate as staff see it: exceptions, a corrected copy, to revoke one, and its files."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Message

from bot.access import ORGANIZERS, Action
from bot.buttons.certificate import (
    CertificateExcept,
    CertificateFile,
    CertificateNoExcept,
    CertificatePeople,
    CertificatePerson,
    CertificateRevoke,
    IssueOne,
)
from bot.context import Context
from bot.messages import certificate_design as certificate_design_messages
from bot.messages import certificate_file as certificate_file_messages
from bot.routing import on_answer, on_button, on_unanswered
from bot.screen import Screen
from bot.services import certificate as certificate_service
from bot.store import certificate as certificate_store
from bot.store.certificate import Certificate
from bot.store.certificate_exception import REASON_LIMIT
from bot.store.certificate_standing import Candidate
from bot.store.conversation import Conversation, Prompt
from bot.text import clean_words
from bot.views import certificate_list as certificate_list_view
from bot.views import fallback as fallback_view

_ENDS_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReasonFor:
    """A reason about this person, or of revoking this certificate (0: it is about an exception)."""

    person: int
    certificate: int
    listed: str
    page: int


_REASON = Prompt("certificate.reason", ReasonFor)


async def show(context: Context, pressed: CertificatePerson) -> None:
    """Show what somebody has done, and the certificate."""
    await _show(context, pressed.person, CertificatePeople(pressed.listed, pressed.page))


async def issue_one(context: Context, pressed: IssueOne) -> None:
    """Issue one, or a copy with what is known of the person now."""
    me, seminar, now = context.member, context.seminar, context.now()
    if seminar.certificate is not None:
        designs = await certificate_design_messages.designs(context)
        follows = pressed.certificate
        await context.write(
            certificate_service.issue_one, seminar, pressed.person, designs, follows=follows, by=me, now=now
        )
        context.runtime.wake()
    await _show(context, pressed.person, CertificatePeople(pressed.listed, pressed.page))


async def ask_exception(context: Context, pressed: CertificateExcept) -> None:
    """Ask why somebody gets one although something is missing."""
    found = await _candidate(context, pressed.person)
    if found is not None:
        about = ReasonFor(pressed.person, 0, pressed.listed, pressed.page)
        await context.expect(_REASON, about, ends_after=_ENDS_AFTER)
        await context.reply(certificate_list_view.ask_exception(context.locale, found.name, REASON_LIMIT))


async def end_exception(context: Context, pressed: CertificateNoExcept) -> None:
    """Take an exception back."""
    me, seminar, now = context.member, context.seminar, context.now()
    await context.write(certificate_service.end_exception, seminar, pressed.person, by=me, now=now)
    await _show(context, pressed.person, CertificatePeople(pressed.listed, pressed.page))


async def ask_revocation(context: Context, pressed: CertificateRevoke) -> None:
    """Ask why a certificate is revoked."""
    found = await context.read(certificate_store.by_id, pressed.certificate)
    if found is None or not found.stands or found.person_id is None:
        await context.toast(certificate_list_view.gone(context.locale), alert=True)
        return
    about = ReasonFor(found.person_id, found.id, pressed.listed, pressed.page)
    await context.expect(_REASON, about, ends_after=_ENDS_AFTER)
    await context.reply(certificate_list_view.ask_revocation(context.locale, found.serial, REASON_LIMIT))


async def give_reason(context: Context, message: Message) -> None:
    """The reason: it is so from here on."""
    reason, about = clean_words(message.text or ""), _REASON.of(context.awaits)
    me, seminar, now, awaits = context.member, context.seminar, context.now(), context.awaits
    if about is None or not reason:
        await context.reply(fallback_view.needs_text(context.locale))
        return
    if len(reason) > REASON_LIMIT:
        await context.reply(certificate_list_view.reason_too_long(context.locale, REASON_LIMIT))
        return
    if about.certificate:
        await context.write(certificate_service.revoke, about.certificate, reason, by=me, now=now, awaits=awaits)
        context.runtime.wake()
    else:
        await context.write(certificate_service.except_, seminar, about.person, reason, by=me, now=now, awaits=awaits)
    await _show(context, about.person, CertificatePeople(about.listed, about.page))


async def nothing_came(context: Context, _awaited: Conversation) -> Screen | None:
    """Words long after they were asked for: they are no reason."""
    return certificate_list_view.unanswered(context.locale)


async def send_file(context: Context, pressed: CertificateFile) -> None:
    """Send somebody's certificate, where the reader may be told of them."""
    found = await context.read(certificate_store.by_id, pressed.certificate)
    holder = await _candidate(context, found.person_id) if found is not None and found.person_id else None
    if found is None or holder is None or pressed.what not in certificate_file_messages.KINDS:
        await context.toast(certificate_list_view.gone(context.locale), alert=True)
        return
    await certificate_file_messages.send(context, found, pressed.what)


async def _candidate(context: Context, person_id: int) -> Candidate | None:
    """Somebody whom the reader may be told of, or None after saying that nothing is here."""
    found = await context.read(certificate_service.see, context.seminar, person_id, context.member, context.now())
    if found is None:
        await context.toast(certificate_list_view.gone(context.locale), alert=True)
        return None
    return found.candidate


async def _show(context: Context, person_id: int, back: CertificatePeople) -> None:
    found = await context.read(certificate_service.see, context.seminar, person_id, context.member, context.now())
    if found is None:
        await context.toast(certificate_list_view.gone(context.locale), alert=True)
        return
    certificate: Certificate | None = found.certificate
    screen = certificate_list_view.person(
        context.locale,
        found.candidate,
        found.exception,
        certificate,
        back,
        issues=context.role in ORGANIZERS,
    )
    await context.show(screen)


ROUTES = (
    on_button(CertificatePerson, show, Action.SEE_CERTIFICATES),
    on_button(CertificateFile, send_file, Action.SEE_CERTIFICATES),
    on_button(IssueOne, issue_one, Action.ISSUE_CERTIFICATES),
    on_button(CertificateExcept, ask_exception, Action.ISSUE_CERTIFICATES),
    on_button(CertificateNoExcept, end_exception, Action.ISSUE_CERTIFICATES),
    on_button(CertificateRevoke, ask_revocation, Action.ISSUE_CERTIFICATES),
    on_answer(_REASON, give_reason, Action.ISSUE_CERTIFICATES),
    on_unanswered(_REASON, lapsed=nothing_came),
)
