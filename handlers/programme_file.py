"""The programme as a file that an organizer sends: read, and made a draft of, or refused with every reason."""

from telegram import Message

from bot.access import Action
from bot.buttons.programme import ProgrammeReadFile
from bot.context import Context
from bot.documents import programme_file
from bot.documents.programme_file import ReadFile
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.documents.workbook_package import MAX_BYTES
from bot.programme.table import FileBase, Stamp
from bot.routing import on_answer, on_button
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_file as programme_file_service
from bot.services.programme_draft import Changes
from bot.services.programme_file import AWAITS_FILE, SentFile
from bot.store.conversation import Conversation
from bot.views import programme_file as programme_file_view
from bot.views import programme_publish as programme_publish_view


async def answer(context: Context, message: Message) -> None:
    """The file that was asked for."""
    assert message.document is not None  # `_fits`
    file = message.document
    await _take(context, SentFile(message.message_id, file.file_id, file.file_name or "", file.file_size or 0))


async def read_offered(context: Context, pressed: ProgrammeReadFile) -> None:
    """The file that was sent unasked, after a press."""
    sent = programme_file_service.offered(context.awaits)
    if sent is None or sent.message != pressed.message:
        await context.toast(programme_file_view.forgotten(context.locale), alert=True)
        return
    await context.toast()
    await _take(context, sent)


async def _take(context: Context, sent: SentFile) -> None:
    """Read it whole or not at all, and show the draft that it makes."""
    try:
        found, base = await _read(context, sent, await context.file(sent.file_id, sent.size, largest=MAX_BYTES))
    except FileRefusedError as error:
        await _listen(context)
        await context.reply(programme_file_view.refused(context.locale, error.refusal))
        return
    if found.problems:
        await _listen(context)
        await context.reply(programme_file_view.problems(context.locale, found.problems, found.problem_count))
        return
    folder, me, now, number = context.runtime.current.folder, context.member, context.now(), base.stamp.version
    changes = await context.write(programme_draft_service.take_file, folder, me, found.document, base=number, now=now)
    await _show(context, changes, found, number)


async def _read(context: Context, sent: SentFile, data: bytes) -> tuple[ReadFile, FileBase]:
    """What the file makes of the version that it was made from. Raises FileRefusedError."""
    made_from: Stamp | None = None
    for _again in range(2):  # nearly every file was made from what runs; another one is judged anew
        base = await context.read(programme_file_service.base_of, context.runtime.current.folder, made_from)
        if base is None:
            break
        found = await programme_file.read(context.runtime.documents, sent.name, data, base, context.locale.language)
        if isinstance(found, ReadFile):
            return found, base
        made_from = found
    raise FileRefusedError(FileRefusal.OTHER_PROGRAMME)


async def _show(context: Context, changes: Changes, found: ReadFile, number: int) -> None:
    _ = context.locale
    if changes.is_older_draft:
        await _listen(context)
        await context.reply(programme_file_view.draft_first(_))
        return
    if found.unread or not found.is_told:
        await context.reply(programme_file_view.notes(_, version=number, is_told=found.is_told, unread=found.unread))
    if not changes.mark:
        await context.reply(programme_file_view.same(_, number))
    elif changes.is_stale:
        changed = len(changes.differences)
        await context.reply(
            programme_publish_view.stale(
                _, context.seminar, changes.published, changes.mark, changes.newest, changed=changed
            )
        )
    else:
        await context.reply(programme_publish_view.draft(_, changes.seminar, changes.differences, changes.mark))


async def _listen(context: Context) -> None:
    """The next file is the corrected one."""
    await context.write(programme_file_service.listen, context.chat_id, context.now())


def _fits(message: Message, _awaited: Conversation) -> bool:
    """A file, but in reply to nothing: that may be for whoever asked, and is offered to be read where it is not."""
    if message.reply_to_message is not None:
        return False
    return message.document is not None and programme_file_service.may_be_programme(message.document.file_name or "")


ROUTES = (
    on_answer(AWAITS_FILE, answer, Action.CHANGE_PROGRAMME, text_only=False, fits=_fits),
    on_button(ProgrammeReadFile, read_offered, Action.CHANGE_PROGRAMME),
)
