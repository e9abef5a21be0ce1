"""What people send by mistake, and what strangers try: one clear sentence each, and nothing is lost."""

import pytest

from rehearsal.telegram import GroupChat
from tests.kit import System


async def test_a_stranger_is_refused_kindly_in_four_languages_and_can_ask(http_system: System) -> None:
    organizer = await http_system.organizer()
    stranger = http_system.stranger("Nobody")
    await stranger.starts()
    assert len(stranger.chat[-1].text.strip().split("\n\n")) >= 4
    await stranger.presses("Ask an organizer")
    assert "Nobody" in organizer.chat[-1].text


@pytest.mark.parametrize("code", ["rubbish", "x" * 64, "../../etc/passwd", "' OR 1=1 --", "<b>"])
async def test_rubbish_after_start_is_answered_in_a_sentence(http_system: System, code: str) -> None:
    stranger = http_system.stranger("Nobody")
    await stranger.starts(code)
    assert "invitation link is not right" in stranger.chat[-1].text
    assert http_system.rows("SELECT * FROM person") == []


async def test_strangers_commands_show_nothing_of_the_seminar(http_system: System) -> None:
    for command in ("/today", "/stats", "/broadcast", "/invite", "/missing", "/lesson", "/nosuch"):
        stranger = http_system.stranger("Nobody")
        await stranger.sends(command)
        assert not stranger.shows(http_system.seminar.days[0].sessions[0].title.get("en"))
        assert "invitation link" in stranger.chat[-1].text


async def test_commands_in_a_group_are_answered_with_the_way_to_the_private_chat(http_system: System) -> None:
    teacher = await http_system.teacher()
    group = GroupChat(http_system.world, "Teachers", members=[teacher])
    await http_system.wait_idle()
    await teacher.sends("/today", chat=group)
    assert "private" in group.chat[-1].text
    before = len(group.chat)
    await teacher.sends("good morning everyone", chat=group)
    assert len(group.chat) == before + 1, "chatter of a group is not the bot's business"


async def test_dice_and_quizzes_where_something_for_many_is_asked_for(http_system: System) -> None:
    organizer = await http_system.organizer()
    await organizer.sends("/broadcast")
    await organizer.presses("Everyone")
    for send in (organizer.sends_dice, organizer.sends_quiz):
        await send()
        assert "This cannot be sent to many" in organizer.chat[-1].text
    assert http_system.rows("SELECT * FROM outbox WHERE kind = 'broadcast'") == []


async def test_a_text_of_ten_thousand_letters_is_too_long_for_a_name(http_system: System) -> None:
    owner = http_system.owner_account
    await owner.starts()
    await owner.presses("English")
    await owner.sends("ӯ" * 10_000)
    assert "too long" in owner.chat[-1].text


async def test_last_weeks_button_and_a_double_tap(http_system: System) -> None:
    teacher = await http_system.teacher()
    await http_system.at("2025-08-04 08:16")
    button = teacher.chat[-1]
    async with http_system.without_waiting():
        tap = await teacher.presses("✅ I am here")
        await teacher.taps_again(tap)
        await teacher.taps_again(tap)
    assert http_system.value("SELECT count(*) FROM checkin") == 1
    await http_system.at("2025-08-11 12:00")
    await teacher.presses_payload("here1:1", on=button)
    assert http_system.value("SELECT count(*) FROM checkin") == 1
    await teacher.presses_payload("nosuch9:1:2", on=button)
    assert teacher.toast is not None
    assert teacher.toast[1], "an old button is answered in a box that has to be read"
