"""A number is given once: what is about it outlives its row."""

import pytest

from bot.access import Role
from bot.store import numbers
from tests.handlers.arriving import presses, says
from tests.kit import House

# Nothing outside of these tables speaks of their numbers, or their rows are never deleted.
_MAY_COME_AGAIN = {"invite", "broadcast", "departure", "inbox", "outbox", "heartbeat", "wipe"}


async def test_each_table_keeps_its_numbers_or_needs_none(house: House) -> None:
    found = house.rows("""
        SELECT t.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c ON c.name = 'id'
         WHERE t.type = 'table'
    """)
    assert {row["name"] for row in found} == numbers.TABLES | _MAY_COME_AGAIN
    triggers = house.rows("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%deleted'")
    assert {row["tbl_name"] for row in triggers} == numbers.TABLES
    assert {row["name"] for row in house.rows("SELECT name FROM deleted_number")} == numbers.TABLES
    with pytest.raises(KeyError):
        numbers.numbered("invite", "")


async def test_a_call_after_an_erasure_reaches_organizers(house: House) -> None:
    minji, ann, ben = await house.organizer("Minji"), await house.teacher("Ann"), await house.teacher("Ben")
    await says(house, ann, "/help")
    await presses(house, ann, "I am lost")
    await says(house, ann, "Exit 3")
    await says(house, ann, "/me")
    await presses(house, ann, "Erase my data")
    await presses(house, ann, "Erase, and say that I left")
    await says(house, ben, "/help")
    await presses(house, ben, "I feel unwell")
    assert minji.shows("🆘 Ben (Pamir) feels unwell.")
    assert ben.shows("The organizers know that you feel unwell.")
    await says(house, ben, "Room 12")
    assert minji.chat[-1].words == "✉️ Ben writes:\nRoom 12"


async def test_who_comes_after_somebody_who_never_came_in_is_somebody_else(house: House) -> None:
    one = await house.member("One", Role.ORGANIZER)
    number = house.value("SELECT id FROM person WHERE telegram_id = ?", one.id)
    await house.app.services.db.write(lambda db: db.execute("DELETE FROM person WHERE id = ?", (number,)) and None)
    two = await house.member("Two", Role.ORGANIZER)
    assert house.value("SELECT id FROM person WHERE telegram_id = ?", two.id) == number + 1
