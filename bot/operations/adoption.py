"""At a start the database becomes the seminar's; one that is over, and in which nobody is, was chosen by mistake."""

import logging
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.learning.options import Change
from bot.operations import answered
from bot.programme import readiness
from bot.programme.current import CurrentSeminar
from bot.programme.model import Seminar
from bot.services import programme as programme_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Offer
from bot.settings import Settings
from bot.store import lesson_option as lesson_option_store
from bot.store import person
from bot.store import seminar as seminar_store
from bot.store.database import Database
from bot.store.preview import preview

_LOG = logging.getLogger(__name__)


class SeminarOverError(Exception):
    """The seminar has ended and nobody is in it; the message asks for a first day."""


async def adopt_seminar(db: Database, seminar: Seminar, settings: Settings, now: datetime) -> CurrentSeminar:
    """Let the database be this seminar's, as its files are now. Call it before anything else reads or writes.

    Returns it as it runs: with the newest version of its programme, which may be another than its files'. What people
    chose in quizzes and is another thing since is logged.

    Raises SeminarOverError for one that has ended, unless there is somebody to look after: members, who still have
    certificates to fetch and words to erase, or owners whom the settings name.
    """

    def adopt(connection: sqlite3.Connection) -> list[tuple[Change, int]]:
        seminar_store.adopt(connection, seminar.key, seminar.first)
        today = seminar.today(now)
        if readiness.is_over(seminar, today) and not settings.owners and not person.anybody(connection):
            raise SeminarOverError(readiness.first_day_wanted(seminar, today))
        programme_publish_service.adopt_folder(connection, seminar, now)
        return lesson_option_store.follow(connection, seminar)

    answered.tell(await db.write(adopt), seminar, settings.seminar)
    current = CurrentSeminar(seminar)
    newest = await db.read(programme_service.newer_than, seminar, current.version)
    assert newest is not None  # the folder's is a version at least since this start
    current.follow(*newest)
    _tell(current, await db.read(programme_service.offered, seminar))
    return current


def check(database: Path, seminar: Seminar, folder: Path) -> list[str]:
    """A warning where a start would only offer this programme to organizers; the database is only read."""

    def found(connection: sqlite3.Connection) -> list[str]:
        newest = programme_service.would_be_offered(connection, seminar)
        if newest is None:
            return []
        what = f"organizers have changed the programme in the chat, and their version {newest.number} runs"
        return [f"{folder / 'programme.yaml'}: warning: {what}; a start offers them this one, and changes nothing"]

    return preview(database, found)


def _tell(current: CurrentSeminar, offer: Offer | None) -> None:
    """Say which version of the programme runs, and whether the folder's is another one."""
    if current.seminar.days == current.folder.days:
        _LOG.info("Version %d of the programme runs. It is what the folder holds.", current.version)
    elif offer is None:
        _LOG.info(
            "Version %d of the programme runs, from the chat; the folder holds another.",
            current.version,
        )
    else:
        _LOG.warning(
            "Version %d of the programme runs. The folder was changed after organizers had published from the chat: "
            "they can take or leave its programme in /programme.",
            current.version,
        )
