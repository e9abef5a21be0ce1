"""At a start the database becomes the seminar's; one that is over, and in which nobody is, was chosen by mistake."""

import sqlite3
from datetime import datetime

from bot.learning.options import Change
from bot.operations import answered
from bot.programme import readiness
from bot.programme.model import Seminar
from bot.settings import Settings
from bot.store import lesson_option as lesson_option_store
from bot.store import person
from bot.store import seminar as seminar_store
from bot.store.database import Database


class SeminarOverError(Exception):
    """The seminar has ended and nobody is in it; the message asks for a first day."""


async def adopt_seminar(db: Database, seminar: Seminar, settings: Settings, now: datetime) -> None:
    """Let the database be this seminar's, as its files are now. Call it before anything else reads or writes.

    What people chose in quizzes and is another thing since is logged.

    Raises SeminarOverError for one that has ended, unless there is somebody to look after: members, who still have
    certificates to fetch and words to erase, or owners whom the settings name.
    """

    def adopt(connection: sqlite3.Connection) -> list[tuple[Change, int]]:
        seminar_store.adopt(connection, seminar.key, seminar.first)
        today = seminar.today(now)
        if readiness.is_over(seminar, today) and not settings.owners and not person.anybody(connection):
            raise SeminarOverError(readiness.first_day_wanted(seminar, today))
        return lesson_option_store.follow(connection, seminar)

    answered.tell(await db.write(adopt), seminar, settings.seminar)
