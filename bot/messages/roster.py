"""The roster as any conversation shows it: how many are on it and what can be done, and as a file to fill in."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from telegram import InputFile

from bot.arguments import NoArguments
from bot.context import Context
from bot.documents import roster_file
from bot.documents.refusals import FileRefusedError
from bot.screen import Screen
from bot.store import conversation
from bot.store import roster as roster_store
from bot.store import roster_link as roster_link_store
from bot.store.conversation import Prompt
from bot.store.roster import RosterCounts
from bot.views import roster as roster_view
from bot.views import roster_file as roster_file_view

AWAITS_FILE: Final = Prompt("roster.file", NoArguments)
_ENDS_AFTER: Final = timedelta(hours=12)  # a file is filled in on a computer, with breaks


async def home(context: Context) -> Screen:
    """How many are on the roster, with the buttons to everything about it."""
    counts, unknown = await context.read(_numbers, context.now())
    return roster_view.home(context.locale, counts, unknown)


async def send_file(context: Context) -> None:
    """Send the roster as a file to fill in, and take the next file as the changed one."""
    locale, seminar = context.locale, context.seminar
    entries = await context.read(roster_store.page, 0, size=roster_file.LISTED)
    people = [(one.id, one.facts) for one in entries]
    labels = roster_file_view.labels(locale, seminar)
    try:
        made = await roster_file.workbook(context.runtime.documents, seminar, people, locale.language, labels)
    except FileRefusedError:
        await context.reply(roster_file_view.not_made(locale))
        return
    document = InputFile(made, filename=f"{seminar.key}-roster.xlsx")
    await context.send("sendDocument", {"document": document, "caption": roster_file_view.caption(locale)})
    await listen(context)


async def listen(context: Context) -> None:
    """The next file in this chat is the roster; words and pictures are what they always are."""
    now = context.now()
    until = now + _ENDS_AFTER
    await context.write(conversation.listen, context.chat_id, AWAITS_FILE, NoArguments(), now, until=until)


def _numbers(connection: sqlite3.Connection, now: datetime) -> tuple[RosterCounts, int]:
    return roster_store.counts(connection, now), roster_link_store.unknown_count(connection)
