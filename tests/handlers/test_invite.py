"""Organizers make links."""

import pytest

from bot.rehearsal.telegram import Account
from tests.kit import House


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.settled()


@pytest.mark.parametrize(
    ("label", "role", "uses"),
    [("Teachers", "teacher", None), ("An organizer", "organizer", 1), ("A coordinator", "coordinator", 1)],
)
async def test_a_link_is_made_to_forward_and_to_copy(house: House, label: str, role: str, uses: int | None) -> None:
    minji = await house.organizer()
    await minji.sends("/invite")
    await house.settled()
    await presses(house, minji, label)
    assert minji.shows("It expires after 30 days.")
    await presses(house, minji, "Copy the link")
    [link] = minji.copied
    assert link in minji.chat[-1].words
    assert len(minji.chat[-1].words.split("\n\n")) == 5
    [row] = house.rows("SELECT * FROM invite")
    assert (row["role"], row["uses_left"], row["made_by"]) == (role, uses, minji.id)
    assert link.split("=")[1] not in str(row)
    guest = house.stranger()
    await guest.opens(link)
    await house.settled()
    assert guest.shows("In which language shall we speak?")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", guest.id) == role


async def test_only_organizers_invite_and_only_to_roles_that_exist(house: House) -> None:
    teacher, minji = await house.teacher(), await house.organizer()
    await teacher.sends("/invite")
    await house.settled()
    assert teacher.shows("Sorry, this is not for your role.")
    await minji.sends("/invite")
    await house.settled()
    await minji.presses_payload("invite1:owner", on=minji.chat[-1])
    await house.settled()
    assert house.rows("SELECT * FROM invite") == []
