"""Numbers by topic, with limits that stay while one walks from one to the next; and asked for in words."""

from bot.buttons.stats import StatsDrop, StatsMeaning, StatsOf
from bot.stats_words import StatsTopic
from tests.kit import System


async def test_a_coordinator_walks_through_the_numbers(system: System) -> None:
    bora = await system.coordinator("Bora")
    people = [await system.teacher(f"T{n}", group="pamir") for n in range(3)]
    other = await system.teacher("Other", group="zarafshon")
    await system.at("2025-08-04 08:16")
    for one in people[:2]:
        await one.presses("✅ I am here")
    await system.at("2025-08-04 11:16")
    await people[0].presses("🙋 I am here")
    await system.at("2025-08-04 13:00")
    screen = await bora.asks("/stats")
    await bora.presses("🔎 More numbers", on=screen)
    assert "📊 Overview" in screen.words
    assert "👥 Teachers: 4" in screen.words
    assert "Today\n☀️ 2 of 4 (50%)" in screen.words
    assert "📋 At sessions: 1 of 4 (25%)" in screen.words
    assert "As of 13:00" in screen.words
    await bora.presses("👥 By group", on=screen)
    assert "Pamir: 👥 3 · ✅ 2 of 3 (67%) · 📋 1 of 3 (33%)" in screen.words
    assert "Zarafshon: 👥 1 · ✅ 0 of 1 (0%)" in screen.words
    await bora.presses("ℹ️ What it counts", on=screen)
    assert "👥 members now" in screen.words
    await bora.presses("‹ Back", on=screen)
    # In words: the limits stay from topic to topic, until they are taken away.
    answer = await bora.asks("/stats группа Pamir today")
    assert "🔎 Of: Pamir · 4 August" in answer.words
    assert "👥 Teachers: 3" in answer.words
    await bora.presses("📋 Attendance", on=answer)
    assert "🔎 Of: Pamir · 4 August" in answer.words
    assert "✅ 1 of 3 (33%) · late 0, excused 0, unmarked 2" in answer.words
    await bora.presses("✖️ Everybody", on=answer)
    assert "🔎 Of: all teachers · 4 August" in answer.words
    assert "✅ 1 of 4 (25%)" in answer.words
    await bora.presses("✖️ All days", on=answer)
    assert "🔎 Of" not in answer.words
    for topic in StatsTopic:
        await bora.presses_payload(StatsOf(topic.value, 0, 0).pack(), on=answer)
        assert "As of 13:00" in answer.words
    await bora.presses_payload(StatsOf("quiz", 0, 0).pack(), on=answer)
    await bora.presses_payload(StatsMeaning("quiz", 0).pack(), on=answer)
    await bora.presses_payload(StatsDrop("all", 99, "days").pack(), on=answer)
    await bora.presses_payload(StatsOf("all", 99, 0).pack(), on=answer)
    assert "You may not see the numbers of these people" in answer.words
    await bora.presses("📊 Overview", on=answer)
    assert "👥 Teachers: 4" in answer.words
    assert other.chat


async def test_what_is_not_understood_is_offered_as_buttons(system: System) -> None:
    bora = await system.coordinator("Bora", language="ru")
    await system.teacher("Ann", group="pamir")
    answer = await bora.asks("/stats Pmair сегодня <b>")
    assert "Не удалось понять: pmair, b" in answer.words
    await bora.presses("👥 Памир", on=answer)
    assert "🔎 О ком и о чём: Памир · 4 августа" in answer.words
    again = await bora.asks("/stats абракадабра")
    await bora.presses("📊 Без этих слов", on=again)
    assert "Учителей: 1" in again.words
