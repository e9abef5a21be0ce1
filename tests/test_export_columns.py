"""The columns of files with data: each is read, has words in every language, and is kept from whom it is not for."""

import re
import sqlite3

import pytest

from bot.access import ORGANIZERS, STAFF, Role
from bot.export_columns import LABELS, TABLES, seen, withheld
from bot.export_words import about, tables
from bot.languages import LANGUAGES
from bot.people_filter import FigureFilter
from bot.programme.loading import load
from bot.services import export as export_service
from bot.store import export_rows, migrations
from bot.store.export import ExportReader
from tests.loaded import _SEMINARS
from tests.views.longest import NOON
from tests.views.samples import CATALOGUES

_PRIVATE = {"name", "latin_name", "username", "telegram_id", "phone", "mood", "words", "text", "error"}
_SEMINAR = load(_SEMINARS / "sejong-2025")


def test_the_query_of_each_table_gives_its_columns() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    migrations.migrate(connection)
    asked = export_service.asked(_SEMINAR, FigureFilter(), reader_id=1, role=Role.OWNER, now=NOON)
    reader = ExportReader(connection, asked)
    for name, columns in TABLES.items():
        assert list(reader.rows(name, tuple(column.name for column in columns))) == []
        assert reader.count(name, 10) == 0
    with pytest.raises(ValueError, match="not in list"):
        list(reader.rows("people", ("weather",)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_and_columns_have_words_that_a_workbook_takes(language: str) -> None:
    made = tables(CATALOGUES[language], _SEMINAR, tuple(LABELS), Role.OWNER, {"agenda": "Agenda"})
    told = about(CATALOGUES[language], _SEMINAR, tuple(LABELS), Role.COORDINATOR, chosen="x", now=NOON)
    labels = [table.label for table in made] + [told.label]

    assert len({label.lower() for label in labels}) == len(LABELS) + 1
    assert all(0 < len(label) <= 31 and not re.search(r"[\[\]:*?/\\']", label) for label in labels)
    for table in made:
        assert len({column.label for column in table.columns}) == len(table.columns)
        assert all(column.definition and column.words.keys() is not None for column in table.columns)
    assert len(set(told.left_out)) == len(told.left_out) >= 9


def test_what_is_not_for_coordinators_is_left_out_with_a_reason() -> None:
    for name, columns in TABLES.items():
        hidden = {column for column in columns if column not in seen(name, Role.COORDINATOR)}
        assert all(column.withheld and column.seen_by == ORGANIZERS for column in hidden)
        assert all(column.seen_by == STAFF and not column.withheld for column in set(columns) - hidden)
        assert not {"name", "username", "telegram_id", "phone", "mood", "words"} & {
            one.name for one in seen(name, Role.COORDINATOR)
        }
    assert withheld(tuple(LABELS), Role.ORGANIZER) == ()
    assert {one.name for one in seen("alerts", Role.COORDINATOR)} & {"person", "group", "kind"} == set()
    assert {one.name for one in seen("questions", Role.COORDINATOR)} & {"person", "group"} == set()


def test_a_broadcast_is_told_without_its_formatting() -> None:
    said = export_rows._unmarked('<b>Bus</b> at 9 &lt;sharp&gt; &amp; <a href="https://example.com">here</a>')
    assert said == "Bus at 9 <sharp> & here"
