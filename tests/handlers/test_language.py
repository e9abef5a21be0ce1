"""People change the language that the bot speaks with them."""

from tests.kit import System


async def test_the_present_language_is_marked(system: System) -> None:
    teacher = await system.teacher(language="ru")
    answer = await teacher.asks("/language")
    assert [label for label in answer.labels if label.startswith("✓")] == ["✓ Русский"]
    await teacher.presses("한국어", on=answer)
    assert "✓ 한국어" in (await teacher.asks("/language")).labels


async def test_a_language_is_changed_from_the_page_and_by_command(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.sends("/me")
    await teacher.presses("🌐 Language")
    await teacher.presses("Русский")
    assert system.value("SELECT language FROM person") == "ru"
    await teacher.sends("/language")
    assert len(teacher.chat[-1].words.split("\n")) == 4
    await teacher.presses("English")
    assert teacher.shows("From now on I will write to you in this language.")
    assert ("me", "My data") in teacher.commands


async def test_someone_who_joins_can_change_the_language_and_a_stranger_cannot(system: System) -> None:
    someone = system.stranger()
    await someone.sends("/language")
    await someone.presses("Русский")
    assert someone.toast == ("Press /start to go on.", False)
    assert system.rows("SELECT * FROM person") == []
    owner = system.owner_account
    await owner.starts()
    await owner.sends("/language")
    await owner.presses("한국어", on=owner.chat[-1])
    assert system.value("SELECT language FROM person") == "ko"
    await owner.presses_payload("speak1:xx", on=owner.chat[-1])
    assert system.value("SELECT language FROM person") == "ko"
