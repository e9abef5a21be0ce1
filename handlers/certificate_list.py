"""/certificates: who has one, who can have one, who lacks what; to issue them, and all of them as one file."""

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import InputFile

from bot.access import ORGANIZERS, Action
from bot.buttons.certificate import (
    CertificateArchive,
    CertificateOverview,
    CertificatePeople,
    IssueAll,
    IssuePreview,
)
from bot.certificate_file import ARCHIVE_MOST, CertificateZip, OverviewJob, ReadyJob, standing
from bot.context import Context
from bot.i18n import N_
from bot.messages import certificate_design as certificate_design_messages
from bot.messages import job as job_messages
from bot.routing import on_button, on_command
from bot.services import certificate as certificate_service
from bot.store import certificate_standing as certificate_standing_store
from bot.store.certificate_standing import CertificateList, Overview
from bot.views import certificate as certificate_view
from bot.views import certificate_list as certificate_list_view
from bot.views import fallback as fallback_view

_HERE: Final = 5_000  # teachers; more of them are judged in the jobs' process
_AT_ONCE: Final = 25  # certificates in one transaction


async def certificates(context: Context, _arguments: str) -> None:
    """Show how many are on each list."""
    await _overview(context)


async def open_overview(context: Context, _pressed: CertificateOverview) -> None:
    """The same, by a button."""
    await _overview(context)


async def _overview(context: Context) -> None:
    issues = context.role in ORGANIZERS

    async def deliver(found: Overview) -> None:
        await context.show(certificate_list_view.overview(context.locale, context.seminar, found, issues=issues))

    await _counted(context, None, 0, deliver)


async def open_list(context: Context, pressed: CertificatePeople) -> None:
    """Show a page of a list."""
    if pressed.listed not in set(CertificateList):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    listed = CertificateList(pressed.listed)

    async def deliver(found: Overview) -> None:
        await context.show(certificate_list_view.people(context.locale, found, listed))

    await _counted(context, listed, pressed.page, deliver)


async def preview(context: Context, _pressed: IssuePreview) -> None:
    """Show what happens if everybody who can have one is issued it."""

    async def deliver(found: Overview) -> None:
        await context.show(certificate_list_view.preview(context.locale, found))

    await _counted(context, CertificateList.READY, 0, deliver)


async def issue_all(context: Context, pressed: IssueAll) -> None:
    """Issue one to each who can have one; where there are others than the preview told of, show that anew.

    The total stays the same while they are issued: after a crash, or pressed twice, the rest is issued.
    """

    async def issue(found: Overview) -> None:
        if certificate_list_view.total(found) != pressed.total:
            await context.show(certificate_list_view.preview(context.locale, found))
            return
        await job_messages.give(context, lambda: _issue(context), issued)

    async def issued(count: int) -> None:
        context.runtime.wake()
        await context.show(certificate_list_view.issued(context.locale, count))

    await _counted(context, CertificateList.READY, 0, issue)


async def _issue(context: Context) -> int:
    seminar, me, now = context.seminar, context.member, context.now()
    designs = await certificate_design_messages.designs(context)
    people = await context.runtime.jobs.run(ReadyJob(seminar, now))
    count = 0
    for first in range(0, len(people), _AT_ONCE):
        some = people[first : first + _AT_ONCE]
        count += await context.write(certificate_service.issue_some, seminar, some, designs, by=me, now=now)
        context.runtime.wake()
    return count


async def archive(context: Context, pressed: CertificateArchive) -> None:
    """Send the certificates that count, of a group or of all, as one file."""
    me, seminar, locale = context.member, context.seminar, context.locale
    numbers = await context.read(standing, seminar, me.id, pressed.group)
    if not numbers:
        await context.toast(certificate_list_view.gone(locale), alert=True)
        return
    if len(numbers) > ARCHIVE_MOST:
        await context.reply(certificate_list_view.too_many(locale, ARCHIVE_MOST))
        return

    async def make() -> bytes | None:
        return await context.runtime.jobs.run(CertificateZip(tuple(numbers), context.bot.username))

    async def deliver(made: bytes | None) -> None:
        if made is None:
            await context.reply(certificate_list_view.too_many(locale, ARCHIVE_MOST))
            return
        document = InputFile(made, filename=f"{seminar.key}.zip")
        caption = certificate_list_view.archive_caption(locale, len(numbers))
        await context.send("sendDocument", {"document": document, "caption": caption})

    await job_messages.give(context, make, deliver)


async def _counted(
    context: Context, listed: CertificateList | None, page: int, deliver: Callable[[Overview], Awaitable[None]]
) -> None:
    """Count, in the jobs' process where there are many, and hand it on."""
    seminar, me, now = context.seminar, context.member, context.now()
    if seminar.certificate is None:
        await context.reply(certificate_view.none_here(context.locale))
        return
    page = max(0, page)
    if await context.read(certificate_standing_store.teachers) <= _HERE:
        await deliver(await context.read(certificate_standing_store.overview, seminar, me.id, listed, page, now=now))
        return
    job = OverviewJob(seminar, me.id, listed, page, now)
    await job_messages.give(context, lambda: context.runtime.jobs.run(job), deliver)


ROUTES = (
    on_command("certificates", certificates, Action.SEE_CERTIFICATES, menu=N_("Certificates of the teachers")),
    on_button(CertificateOverview, open_overview, Action.SEE_CERTIFICATES),
    on_button(CertificatePeople, open_list, Action.SEE_CERTIFICATES),
    on_button(CertificateArchive, archive, Action.SEE_CERTIFICATES),
    on_button(IssuePreview, preview, Action.ISSUE_CERTIFICATES),
    on_button(IssueAll, issue_all, Action.ISSUE_CERTIFICATES),
)
