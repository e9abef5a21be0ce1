"""/progress: what I have done so far."""

from tests.kit import System


async def test_progress_counts_lessons_and_checkins(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/progress")
    assert "0 of 10 lessons done." in teacher.chat[-1].words
    await system.at("2025-08-04 08:20")
    await teacher.presses("here")
    await teacher.sends("/lesson")
    await teacher.presses("▶️ Begin")
    answer = await teacher.asks("/progress")
    assert "▶️ A strong password: card 1 of 4" in answer.words
    assert "You said you were here on 1 morning." in answer.words
    await teacher.presses("▶️ Go on learning", on=answer)
    assert "A strong password · 1 of 4" in answer.words
