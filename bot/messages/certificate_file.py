"""How the files of a certificate come to a chat: made in the jobs' process at each press."""

import asyncio
from contextlib import suppress
from typing import Final

from telegram import InputFile
from telegram.error import BadRequest

from bot.badge import signed
from bot.certificate_file import CertificatePdf, load
from bot.context import Context
from bot.messages import job as job_messages
from bot.store import certificate as certificate_store
from bot.store.certificate import Certificate
from bot.store.invite import make_link
from bot.views import certificate as certificate_view

KINDS: Final = ("pdf", "badge")


async def send(context: Context, certificate: Certificate, kind: str) -> None:
    """Send the PDF or the badge file of a certificate."""
    if kind == "badge":
        await _send_badge(context, certificate)
        return
    username, caption = context.bot.username, certificate_view.pdf_caption(context.locale, certificate)

    async def make() -> bytes | None:
        return await context.runtime.jobs.run(CertificatePdf(certificate.id, username))

    async def deliver(made: bytes | None) -> None:
        if made is not None:
            document = InputFile(made, filename=f"{certificate.serial}.pdf")
            await context.send("sendDocument", {"document": document, "caption": caption})

    await job_messages.give(context, make, deliver)


async def _send_badge(context: Context, certificate: Certificate) -> None:
    await context.toast()
    loaded = await context.read(load, certificate.id)
    seed = await context.write(certificate_store.signing_seed, context.now())
    if loaded is None:
        return
    link = make_link(context.bot.username, certificate_store.start_code(certificate.code))
    made = await asyncio.to_thread(signed, certificate, loaded.design, seed, link)
    document = InputFile(made.encode(), filename=f"{certificate.serial}.jwt")
    with suppress(BadRequest):
        await context.send(
            "sendDocument", {"document": document, "caption": certificate_view.badge_caption(context.locale)}
        )
