"""A version in each language: who has none is named, what is older is called out, and each can be looked at."""

from tests.kit import System


async def test_it_does_not_go_until_each_language_has_a_version_or_another_is_accepted(system: System) -> None:
    organizer, english = await system.organizer("Minji"), await system.teacher("Ann")
    tajik, russian = await system.teacher("Bo", language="tg"), await system.teacher("Cy", language="ru")
    await organizer.drafts_broadcast("Автобус в девять", "Teachers")
    await organizer.presses("🌐 Languages")
    await organizer.presses("Русский")
    assert "⚠️ Тоҷикӣ: 1 person" in organizer.chat[-1].words
    await organizer.presses("‹ Back")
    card = organizer.chat[-1]
    assert "⚠️ Тоҷикӣ: 1 person has no version yet." in card.words
    assert not any(label.startswith("📣 Send") for label in card.labels)
    await organizer.presses_payload("send2:1:2", card)
    assert not russian.shows("Автобус"), "a forged press does not send it either"
    await organizer.presses("✍️ English", on=card)
    await organizer.sends("The bus leaves at nine")
    card = organizer.chat[-1]
    await organizer.presses("Тоҷикӣ ← Русский", on=card)
    assert "↪️ Тоҷикӣ: 1 person will get Русский." in card.words
    await organizer.presses("👁 English", on=card)
    assert organizer.chat[-1].words == "The bus leaves at nine"
    await organizer.presses("📣 Send to 3", on=card)
    said = [one.chat[-1].words for one in (english, russian, tajik)]
    assert said == ["The bus leaves at nine", "Автобус в девять", "Автобус в девять"]


async def test_a_version_that_has_not_followed_a_change_is_called_older(system: System) -> None:
    organizer, english = await system.organizer("Minji"), await system.teacher("Ann")
    russian = await system.teacher("Cy", language="ru")
    await organizer.drafts_broadcast("Bus at nine", "Teachers")
    written = next(one for one in organizer.chat if one.words == "Bus at nine")
    await organizer.presses("🌐 Languages")
    await organizer.presses("English")
    await organizer.presses("✍️ Русский")
    await organizer.sends("Автобус в девять")
    card = organizer.chat[-1]
    assert "Older than" not in card.words
    await organizer.edits(written, "Bus at ten")
    assert "🕰 Older than the last change: Русский" in card.words
    await organizer.presses("🟰 They all say the same", on=card)
    assert "Older than" not in card.words
    await organizer.edits(written, "Bus at eleven")
    await organizer.presses("🌐 Languages", on=card)
    assert "🕰 Русский: 1 person" in card.words
    await organizer.presses("✍️ Русский", on=card)
    await organizer.sends("Автобус в одиннадцать")
    card = organizer.chat[-1]
    assert "Older than" not in card.words
    await organizer.sends("Words that nobody asked for")
    await system.restarts()
    await organizer.presses("📣 Send to 2", on=card)
    assert [one.chat[-1].words for one in (english, russian)] == ["Bus at eleven", "Автобус в одиннадцать"]


async def test_one_language_can_be_for_all_again(system: System) -> None:
    organizer, tajik = await system.organizer("Minji"), await system.teacher("Bo", language="tg")
    await organizer.drafts_broadcast("Bus at nine", "Teachers")
    card = organizer.chat[-1]
    await organizer.presses("🌐 Languages", on=card)
    await organizer.presses("English", on=card)
    await organizer.presses("🌐 One message for all", on=card)
    await organizer.presses("‹ Back", on=card)
    await organizer.presses("📣 Send to 1", on=card)
    assert tajik.chat[-1].words == "Bus at nine"
