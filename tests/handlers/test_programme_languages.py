"""A text that is corrected in one language is news to its readers alone."""

from rehearsal.telegram import Message
from tests.handlers.test_programme import opens, publishes
from tests.kit import System, User

OPENING = "10:00 Opening ceremony"


def notices(who: User) -> list[Message]:
    """The notices of a change, in any language."""
    return [message for message in who.chat if message.words.startswith("🔔")]


async def test_a_note_that_is_corrected_in_korean_is_told_to_readers_of_korean(system: System) -> None:
    organizer = await system.organizer()
    ko, tg = await system.teacher("Ko", language="ko"), await system.teacher("Tg", language="tg")
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("📝 Note")
    await organizer.sends("en: Bring a badge\ntg: Нишонаро гиред\nru: Возьмите бейдж\nko: 배지")
    await publishes(organizer)
    assert (len(notices(ko)), len(notices(tg))) == (1, 1)
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("📝 Note")
    await organizer.sends("en: Bring a badge\ntg: Нишонаро гиред\nru: Возьмите бейдж\nko: 이름표를 가져오세요")
    await organizer.presses("📝 Draft: 1 change")
    assert "✏️ other words in another language" in organizer.chat[-1].words
    await organizer.presses("📣 Publish …")
    assert "👥 1 person is told" in organizer.chat[-1].words
    await organizer.presses("✅ Publish")
    assert (len(notices(ko)), len(notices(tg))) == (2, 1)
    assert "이름표를 가져오세요" in notices(ko)[-1].words
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'programme.change'") == 3


async def test_a_move_is_told_in_every_language_and_says_nothing_of_the_words_of_another(system: System) -> None:
    organizer, tg = await system.organizer(), await system.teacher(language="tg")
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("📝 Note")
    await organizer.sends("en: A\ntg: Б\nru: В\nko: 가")
    await publishes(organizer)
    await opens(organizer, "• 4 August •", OPENING)
    await organizer.presses("📝 Note")
    await organizer.sends("en: A\ntg: Б\nru: В\nko: 나")
    await organizer.presses("+15")
    await publishes(organizer)
    assert "10:15–11:15" in notices(tg)[-1].words
    assert "📝" not in notices(tg)[-1].words
