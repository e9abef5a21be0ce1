"""/certificate: what I still need for one, and mine."""

from bot.access import Action
from bot.buttons.certificate import MyCertificate, MyCertificateFile
from bot.context import Context
from bot.i18n import N_
from bot.messages import certificate_file as certificate_file_messages
from bot.routing import on_button, on_command
from bot.services import certificate as certificate_service
from bot.store import certificate as certificate_store
from bot.views import certificate as certificate_view


async def certificate(context: Context, _arguments: str) -> None:
    """Show how far the person is, or the certificate."""
    await _show(context)


async def open_mine(context: Context, _pressed: MyCertificate) -> None:
    """Show it under a button."""
    await _show(context)


async def send_mine(context: Context, pressed: MyCertificateFile) -> None:
    """Send the person's own certificate that counts."""
    found = await context.read(certificate_store.newest, context.member.id, context.seminar.key)
    if found is None or not found.stands or pressed.what not in certificate_file_messages.KINDS:
        await context.toast(certificate_view.no_certificate(context.locale), alert=True)
        return
    await certificate_file_messages.send(context, found, pressed.what)


async def _show(context: Context) -> None:
    me, seminar, now = context.member, context.seminar, context.now()
    found = await context.read(certificate_service.see, seminar, me.id, me, now)
    if found is None:  # no teacher, or no teacher any more, who keeps what was issued
        kept = await context.read(certificate_store.newest, me.id, seminar.key)
        if kept is not None and kept.stands:
            await context.reply(certificate_view.ready(context.locale, kept))
        elif seminar.certificate is None:
            await context.reply(certificate_view.none_here(context.locale))
        else:
            await context.reply(certificate_view.for_teachers(context.locale))
        return
    excepted = found.exception is not None
    await context.reply(
        certificate_view.mine(context.locale, found.candidate.standing, found.certificate, excepted=excepted)
    )


ROUTES = (
    on_command("certificate", certificate, Action.LEARN, menu=N_("My certificate")),
    on_button(MyCertificate, open_mine, Action.LEARN),
    on_button(MyCertificateFile, send_mine, Action.LEARN),
)
