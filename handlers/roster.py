"""/roster: the office's list of who was invited, as a file that goes out, comes back, is shown and then taken."""

from telegram import Message

from bot.access import Action
from bot.buttons.roster import RosterAskRemove, RosterFileToFillIn, RosterHome, RosterReadFile, RosterTake
from bot.context import Context
from bot.documents import roster_file
from bot.documents.refusals import FileRefusedError
from bot.documents.workbook_package import MAX_BYTES
from bot.i18n import N_
from bot.messages import roster as roster_messages
from bot.messages.roster import AWAITS_FILE
from bot.routing import on_answer, on_button, on_command
from bot.services import programme_file as programme_file_service
from bot.services import roster as roster_service
from bot.services.programme_file import SentFile
from bot.store.conversation import Conversation
from bot.views import programme_file as programme_file_view
from bot.views import roster_file as roster_file_view


async def begin(context: Context, arguments: str) -> None:
    """Reply with how many are on the roster, or with the file to fill in (`/roster file`)."""
    if arguments.strip().lower() == "file":
        await roster_messages.send_file(context)
    else:
        await context.reply(await roster_messages.home(context))


async def home(context: Context, _pressed: RosterHome) -> None:
    """Change the message into how many are on the roster."""
    await context.show(await roster_messages.home(context))


async def send_file(context: Context, _pressed: RosterFileToFillIn) -> None:
    """Send the roster as a file to fill in, and take the next file as the changed one."""
    await context.toast()
    await roster_messages.send_file(context)


async def answer(context: Context, message: Message) -> None:
    """The file that was asked for."""
    assert message.document is not None  # `_fits`
    file = message.document
    await _read(context, SentFile(message.message_id, file.file_id, file.file_name or "", file.file_size or 0))


async def read_offered(context: Context, pressed: RosterReadFile) -> None:
    """The file that was sent unasked, after a press."""
    sent = programme_file_service.offered(context.awaits)
    if sent is None or sent.message != pressed.message:
        await context.toast(programme_file_view.forgotten(context.locale), alert=True)
        return
    await context.toast()
    await _read(context, sent)


async def take(context: Context, pressed: RosterTake) -> None:
    """Take the file that was shown."""
    my_id, removes = context.member.id, pressed.removes == 1
    done = await context.write(roster_service.take, my_id, pressed.mark, removes=removes, now=context.now())
    if done is None:
        await context.toast(roster_file_view.forgotten(context.locale), alert=True)
    else:
        await context.show(roster_file_view.taken(context.locale, done))


async def ask_remove(context: Context, pressed: RosterAskRemove) -> None:
    """Ask whether to forget who has not joined and is not in the file."""
    my_id, now = context.member.id, context.now()
    plan = await context.read(roster_service.kept, my_id, pressed.mark, now)
    if plan is None:
        await context.toast(roster_file_view.forgotten(context.locale), alert=True)
    else:
        await context.show(roster_file_view.confirm_removal(context.locale, plan, pressed.mark))


async def _read(context: Context, sent: SentFile) -> None:
    """Read the file, and show what it would do."""
    runtime, locale, seminar, now, my_id = (
        context.runtime, context.locale, context.seminar, context.now(), context.member.id,
    )  # fmt: skip
    try:
        data = await context.file(sent.file_id, sent.size, largest=MAX_BYTES)
        file = await roster_file.read(runtime.documents, sent.name, data, seminar)
    except FileRefusedError as error:
        await roster_messages.listen(context)
        await context.reply(roster_file_view.refused(locale, error.refusal))
        return
    plan = await context.read(roster_service.plan, file.rows, file.cells)
    mark = await context.write(roster_service.keep, my_id, file, now)
    await roster_messages.listen(context)
    await context.reply(roster_file_view.preview(locale, seminar, file, plan, mark))


def _fits(message: Message, _awaited: Conversation) -> bool:
    """A file, but in reply to nothing: that may be for whoever asked."""
    if message.reply_to_message is not None or message.document is None:
        return False
    return roster_service.may_be_roster(message.document.file_name or "")


ROUTES = (
    on_command("roster", begin, Action.MANAGE_PEOPLE, menu=N_("Who was invited")),
    on_button(RosterHome, home, Action.MANAGE_PEOPLE),
    on_button(RosterFileToFillIn, send_file, Action.MANAGE_PEOPLE),
    on_answer(AWAITS_FILE, answer, Action.MANAGE_PEOPLE, text_only=False, fits=_fits),
    on_button(RosterReadFile, read_offered, Action.MANAGE_PEOPLE),
    on_button(RosterTake, take, Action.MANAGE_PEOPLE),
    on_button(RosterAskRemove, ask_remove, Action.MANAGE_PEOPLE),
)
