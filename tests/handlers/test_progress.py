"""/progress: what I have done so far."""

from tests.kit import House


async def test_progress_counts_lessons_and_checkins(house: House) -> None:
    teacher = await house.teacher()
    await teacher.sends("/progress")
    await house.wait_idle()
    assert "0 of 10 lessons done." in teacher.chat[-1].words
    await house.at("2025-08-04 08:20")
    await teacher.presses("here")
    await house.wait_idle()
    await teacher.sends("/lesson")
    await house.wait_idle()
    await teacher.presses("▶️ Begin")
    await house.wait_idle()
    await teacher.sends("/progress")
    await house.wait_idle()
    answer = teacher.chat[-1]
    assert "▶️ A strong password: card 1 of 4" in answer.words
    assert "You said you were here on 1 morning." in answer.words
    await teacher.presses("▶️ Go on learning", on=answer)
    await house.wait_idle()
    assert "A strong password · 1 of 4" in answer.words
