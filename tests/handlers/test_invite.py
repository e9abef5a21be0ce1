"""Organizers make links."""

import pytest

from bot.access import Role
from tests.kit import System


@pytest.mark.parametrize(
    ("label", "role", "uses"),
    [("Teachers", "teacher", None), ("An organizer", "organizer", 1), ("A coordinator", "coordinator", 1)],
)
async def test_a_link_is_made_to_forward_and_to_copy(system: System, label: str, role: str, uses: int | None) -> None:
    minji = await system.organizer()
    await minji.sends("/invite")
    await minji.presses(label)
    if role != "teacher":
        assert minji.shows("for one person whom you know?")
        assert system.rows("SELECT * FROM invite") == []
        await minji.presses("Yes, make the link")
    assert minji.shows("It expires after 30 days.")
    await minji.presses("Copy the link")
    [link] = minji.copied
    assert link in minji.chat[-1].words
    assert len(minji.chat[-1].words.split("\n\n")) == 5
    [row] = system.rows("SELECT * FROM invite")
    assert (row["role"], row["uses_left"], row["made_by"]) == (role, uses, minji.id)
    assert link.split("=")[1] not in str(row)
    guest = system.stranger()
    await guest.opens(link)
    assert guest.shows("In which language shall we speak?")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", guest.id) == role


async def test_only_organizers_invite_and_only_to_roles_that_exist(system: System) -> None:
    teacher, minji = await system.teacher(), await system.organizer()
    await teacher.sends("/invite")
    assert teacher.shows("Sorry, this is not for your role.")
    await minji.sends("/invite")
    for payload in ("invite1:owner", "invitestaff1:owner", "invitestaff1:teacher"):
        await minji.presses_payload(payload, on=minji.chat[-1])
    assert system.rows("SELECT * FROM invite") == []


async def test_the_links_that_work_are_listed_and_withdrawn_after_a_confirmation(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    teachers, staff = await system.invitation(), await system.invitation(Role.ORGANIZER, made_by=minji)
    await system.stranger("Ann").joins(teachers)
    await bora.sends("/invite")
    assert bora.chat[-1].words.endswith(
        "Links that work now\n"
        "#2 🧭 for an organizer\nmade 4 August, 06:00 by Minji · not used yet · works until 3 September\n"
        "#1 🎓 for teachers\nmade 4 August, 06:00 on the bot's computer · 1 person has come in · "
        "works until 3 September"
    )
    await bora.presses("Withdraw #2")
    assert bora.shows("Withdraw this link?")
    await bora.presses("‹ Back")
    assert system.rows("SELECT * FROM invite WHERE revoked_at IS NOT NULL") == []
    await bora.presses("Withdraw #2")
    await bora.presses("Yes, withdraw it")
    assert bora.toast == ("✓ Withdrawn.", False)
    assert "#2" not in bora.chat[-1].words
    await bora.presses("Withdraw #1")
    await bora.presses("Yes, withdraw it")
    assert "Links that work now" not in bora.chat[-1].words
    for code in (teachers, staff):
        late = system.stranger("Late")
        await late.starts(code)
        assert late.shows("The organizers have withdrawn this invitation. Please ask them for a new one.")
        assert late.labels() == ["🙋 Ask an organizer"]
    assert system.value("SELECT count(*) FROM person WHERE state = 'active'") == 3


async def test_who_opened_a_link_and_has_not_come_in_does_not_come_in_once_it_is_withdrawn(system: System) -> None:
    minji = await system.organizer()
    code = await system.invitation(Role.ORGANIZER, made_by=minji)
    wrong = system.stranger("Wrong")
    await wrong.starts(code)
    await wrong.presses("English")
    await minji.sends("/invite")
    assert minji.shows("someone has opened it and is answering the first questions")
    await minji.presses("Withdraw #1")
    assert minji.shows("1 person is still answering the first questions and will not come in.")
    await minji.presses("Yes, withdraw it")
    await wrong.presses("Wrong")
    assert wrong.toast == ("Please open your invitation link again.", False)
    await wrong.starts(code)
    assert wrong.shows("withdrawn this invitation")
    assert system.value("SELECT count(*) FROM person") == 1


async def test_a_link_that_works_no_more_is_not_withdrawn_twice(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.invitation()
    await minji.sends("/invite")
    await bora.sends("/invite")
    for who in (minji, bora):
        await who.presses("Withdraw #1")
    await minji.presses("Yes, withdraw it")
    await bora.presses("Yes, withdraw it")
    assert bora.toast == ("That link does not work any more.", False)
    await bora.presses_payload("revoke1:1", on=bora.chat[-1])
    assert bora.toasts[-2:] == [("That link does not work any more.", False)] * 2


async def test_many_links_are_paged_and_one_of_somebody_who_left_has_no_name(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.invitation(Role.TEACHER, made_by=bora)
    for _ in range(6):
        await system.invitation()
    await bora.erases_everything()
    await minji.sends("/invite")
    await minji.presses("2 of 2 ›")
    assert "#1 🎓 for teachers\nmade 4 August, 06:00 · 0 people have come in" in minji.chat[-1].words
    await minji.presses("‹ 1 of 2")
    assert "#7" in minji.chat[-1].words


async def test_a_code_works_however_it_was_typed(system: System) -> None:
    code, bot = await system.invitation(), system.world.me["username"]
    for text in (f"/start\n{code}", f"/start\t{code}", f"/start@{bot}\n{code}", f"/start: {code}.", f"/start {code} !"):
        someone = system.stranger()
        await someone.sends(text)
        assert someone.shows("In which language"), text
