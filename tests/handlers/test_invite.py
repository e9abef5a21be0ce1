"""Organizers make links."""

import pytest

from bot.access import Role
from bot.store import invite
from rehearsal.telegram import Account
from tests.handlers.arriving import comes_in, link, opens, says
from tests.kit import House


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.wait_idle()


async def made(house: House, by: Account, role: Role) -> str:
    now, maker = house.clock.now(), by.id
    return await house.app.services.db.write(lambda c: invite.create(c, role, days=30, now=now, made_by=maker))


@pytest.mark.parametrize(
    ("label", "role", "uses"),
    [("Teachers", "teacher", None), ("An organizer", "organizer", 1), ("A coordinator", "coordinator", 1)],
)
async def test_a_link_is_made_to_forward_and_to_copy(house: House, label: str, role: str, uses: int | None) -> None:
    minji = await house.organizer()
    await minji.sends("/invite")
    await house.wait_idle()
    await presses(house, minji, label)
    if role != "teacher":
        assert minji.shows("for one person whom you know?")
        assert house.rows("SELECT * FROM invite") == []
        await presses(house, minji, "Yes, make the link")
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
    await house.wait_idle()
    assert guest.shows("In which language shall we speak?")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", guest.id) == role


async def test_only_organizers_invite_and_only_to_roles_that_exist(house: House) -> None:
    teacher, minji = await house.teacher(), await house.organizer()
    await teacher.sends("/invite")
    await house.wait_idle()
    assert teacher.shows("Sorry, this is not for your role.")
    await minji.sends("/invite")
    await house.wait_idle()
    for payload in ("invite1:owner", "invitestaff1:owner", "invitestaff1:teacher"):
        await minji.presses_payload(payload, on=minji.chat[-1])
        await house.wait_idle()
    assert house.rows("SELECT * FROM invite") == []


async def test_the_links_that_work_are_listed_and_withdrawn_after_a_confirmation(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    teachers, staff = await link(house), await made(house, minji, Role.ORGANIZER)
    await comes_in(house, house.stranger("Ann"), teachers)
    await says(house, bora, "/invite")
    assert bora.chat[-1].words.endswith(
        "Links that work now\n"
        "#2 🧭 for an organizer\nmade 4 August, 06:00 by Minji · not used yet · works until 3 September\n"
        "#1 🎓 for teachers\nmade 4 August, 06:00 on the bot's computer · 1 person has come in · "
        "works until 3 September"
    )
    await presses(house, bora, "Withdraw #2")
    assert bora.shows("Withdraw this link?")
    await presses(house, bora, "‹ Back")
    assert house.rows("SELECT * FROM invite WHERE revoked_at IS NOT NULL") == []
    await presses(house, bora, "Withdraw #2")
    await presses(house, bora, "Yes, withdraw it")
    assert bora.toast == ("✓ Withdrawn.", False)
    assert "#2" not in bora.chat[-1].words
    await presses(house, bora, "Withdraw #1")
    await presses(house, bora, "Yes, withdraw it")
    assert "Links that work now" not in bora.chat[-1].words
    for code in (teachers, staff):
        late = house.stranger("Late")
        await opens(house, late, code)
        assert late.shows("The organizers have withdrawn this invitation. Please ask them for a new one.")
        assert late.labels() == ["🙋 Ask an organizer"]
    assert house.value("SELECT count(*) FROM person WHERE state = 'active'") == 3


async def test_who_opened_a_link_and_has_not_come_in_does_not_come_in_once_it_is_withdrawn(house: House) -> None:
    minji = await house.organizer()
    code = await made(house, minji, Role.ORGANIZER)
    wrong = house.stranger("Wrong")
    await opens(house, wrong, code)
    await presses(house, wrong, "English")
    await says(house, minji, "/invite")
    assert minji.shows("someone has opened it and is answering the first questions")
    await presses(house, minji, "Withdraw #1")
    assert minji.shows("1 person is still answering the first questions and will not come in.")
    await presses(house, minji, "Yes, withdraw it")
    await presses(house, wrong, "Wrong")
    assert wrong.toast == ("Please open your invitation link again.", False)
    await opens(house, wrong, code)
    assert wrong.shows("withdrawn this invitation")
    assert house.value("SELECT count(*) FROM person") == 1


async def test_a_link_that_works_no_more_is_not_withdrawn_twice(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    await link(house)
    await says(house, minji, "/invite")
    await says(house, bora, "/invite")
    for who in (minji, bora):
        await presses(house, who, "Withdraw #1")
    await presses(house, minji, "Yes, withdraw it")
    await presses(house, bora, "Yes, withdraw it")
    assert bora.toast == ("That link does not work any more.", False)
    await bora.presses_payload("revoke1:1", on=bora.chat[-1])
    await house.wait_idle()
    assert bora.toasts[-2:] == [("That link does not work any more.", False)] * 2


async def test_many_links_are_paged_and_one_of_somebody_who_left_has_no_name(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    await made(house, bora, Role.TEACHER)
    for _ in range(6):
        await link(house)
    await says(house, bora, "/me")
    await presses(house, bora, "Erase my data")
    await presses(house, bora, "Erase without my name")
    await says(house, minji, "/invite")
    await presses(house, minji, "2 of 2 ›")
    assert "#1 🎓 for teachers\nmade 4 August, 06:00 · 0 people have come in" in minji.chat[-1].words
    await presses(house, minji, "‹ 1 of 2")
    assert "#7" in minji.chat[-1].words


async def test_a_code_works_however_it_was_typed(house: House) -> None:
    code, bot = await link(house), house.world.me["username"]
    for text in (f"/start\n{code}", f"/start\t{code}", f"/start@{bot}\n{code}", f"/start: {code}.", f"/start {code} !"):
        someone = house.stranger()
        await says(house, someone, text)
        assert someone.shows("In which language"), text
