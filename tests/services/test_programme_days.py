"""Drafts that were started before the operator made the folder longer or shorter: nothing of them is lost."""

import sqlite3
from dataclasses import replace

import pytest

from bot.access import Role
from bot.programme.edits import Moved
from bot.programme.model import Day, Seminar
from bot.services import programme as programme_service
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Published
from tests import loaded
from tests.clocks import START
from tests.kit import SEMINAR as FOLDER
from tests.services.conftest import Join

SEMINAR = loaded.seminar(FOLDER)
LONGER = replace(SEMINAR, days=(*SEMINAR.days, Day(SEMINAR.days_count + 1, None, ())))
SHORTER = replace(SEMINAR, days=SEMINAR.days[:-1])
FIRST = next(day for day in SEMINAR.days if day.sessions).sessions[0]
FOLDERS = pytest.mark.parametrize("folder", [LONGER, SHORTER], ids=["a day more", "a day less"])


@FOLDERS
def test_a_draft_is_published_once_after_its_folder_got_other_days(
    db: sqlite3.Connection, join: Join, folder: Seminar
) -> None:
    programme_service.adopt_folder(db, SEMINAR, START)
    minji = join("Minji", Role.ORGANIZER)
    for minutes in (5, 10):  # the first makes the folder's change an offer, the second waits over the restart
        changes = programme_draft_service.edit(db, SEMINAR, minji, Moved(FIRST.key, minutes), START)
        if minutes == 5:
            programme_publish_service.publish(db, SEMINAR, minji, changes.mark, base=1, now=START)
    programme_service.adopt_folder(db, folder, START)
    changes = programme_draft_service.get(db, folder, minji)
    assert [one.key for one in changes.differences if hasattr(one, "key")] == [FIRST.key]
    made = [
        programme_publish_service.publish(db, folder, minji, changes.mark, base=2, now=START) for _press in range(2)
    ]
    assert [isinstance(one, Published) and (one.version.number, one.is_new) for one in made] == [(3, True), (3, False)]
    runs = programme_service.version(db, folder, 3)
    assert runs.days_count == folder.days_count
    assert programme_draft_service.get(db, folder, minji).mark == ""


@FOLDERS
def test_an_earlier_version_is_brought_back_after_its_folder_got_other_days(
    db: sqlite3.Connection, join: Join, folder: Seminar
) -> None:
    programme_service.adopt_folder(db, SEMINAR, START)
    minji = join("Minji", Role.ORGANIZER)
    changes = programme_draft_service.edit(db, SEMINAR, minji, Moved(FIRST.key, 5), START)
    programme_publish_service.publish(db, SEMINAR, minji, changes.mark, base=1, now=START)
    programme_service.adopt_folder(db, folder, START)
    for _press in range(2):
        back = programme_draft_service.bring_back(db, folder, minji, 1, START)
        assert back is not None
        assert not back.is_older_draft
    mark = programme_draft_service.get(db, folder, minji).mark
    made = programme_publish_service.publish(db, folder, minji, mark, base=2, now=START)
    assert isinstance(made, Published)
    assert made.after.days == folder.days
