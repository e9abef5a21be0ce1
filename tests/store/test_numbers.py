"""A number is given once: what is about it outlives its row."""

import pytest

from bot.access import Role
from bot.store import numbers
from tests.kit import System

# Nothing outside of these tables speaks of their numbers, or their rows are never deleted.
_MAY_COME_AGAIN = {
    *("invite", "broadcast", "departure", "headcount", "mark", "inbox", "outbox", "heartbeat", "wipe"),
    *("attendance", "excuse", "accounted_undone", "audit", "duty", "duty_request", "duty_note"),
    *("people_list", "person_note", "transfer", "figure_filter", "certificate", "sheet", "certificate_exception"),
    "signing_key",  # there is one row
    "alert",  # its buttons outlive it, and SQLite gives no number of it twice
}


async def test_each_table_keeps_its_numbers_or_needs_none(system: System) -> None:
    found = system.rows("""
        SELECT t.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c ON c.name = 'id'
         WHERE t.type = 'table'
    """)
    assert {row["name"] for row in found} == numbers.TABLES | _MAY_COME_AGAIN
    triggers = system.rows(
        "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%UPDATE deleted_number%'"
    )
    assert {row["tbl_name"] for row in triggers} == numbers.TABLES
    assert {row["name"] for row in system.rows("SELECT name FROM deleted_number")} == numbers.TABLES
    with pytest.raises(KeyError):
        numbers.numbered("invite", "")


async def test_a_call_after_an_erasure_reaches_organizers(system: System) -> None:
    minji, ann, ben = await system.organizer("Minji"), await system.teacher("Ann"), await system.teacher("Ben")
    await ann.calls_for_help("I am lost")
    await ann.sends("Exit 3")
    await ann.erases_everything("Erase, and say that I left")
    await ben.calls_for_help("I feel unwell")
    assert minji.shows("🆘 Ben (Pamir) feels unwell.")
    assert ben.shows("The organizers know that you feel unwell.")
    await ben.sends("Room 12")
    assert minji.chat[-1].words == "✉️ Ben writes:\nRoom 12"


async def test_who_comes_after_somebody_who_never_came_in_is_somebody_else(system: System) -> None:
    one = await system.member("One", Role.ORGANIZER)
    number = system.value("SELECT id FROM person WHERE telegram_id = ?", one.id)
    await system.write(lambda db: db.execute("DELETE FROM person WHERE id = ?", (number,)) and None)
    two = await system.member("Two", Role.ORGANIZER)
    assert system.value("SELECT id FROM person WHERE telegram_id = ?", two.id) == number + 1
