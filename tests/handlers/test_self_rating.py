"""Teachers say what they can do, on the first day and on the last; the staff see numbers of five or more."""

from rehearsal.telegram import Message
from tests.kit import System, User

STEPS = ["Not yet", "With help", "By myself", "With confidence", "I can teach others"]
TOO_FEW = "too few pairs to show"


async def answer(who: User, steps: list[int], on: Message) -> None:
    """Press one step a statement, from the invitation on."""
    await who.presses("Begin", on=on)
    for step in steps:
        await who.presses(STEPS[step - 1], on=on)


async def rates_before(teacher: User, system: System) -> Message:
    """The first day, with a second thought, one statement that is skipped, and the reminder; gives the message."""
    await system.at("2025-08-04 19:29")
    assert "Where do you begin?" not in teacher.chat[-1].words
    await system.at("2025-08-04 19:31")
    invitation = teacher.newest("Where do you begin?\n6 short statements, two minutes.")
    assert "The staff see only numbers of many, never your answers." in invitation.words
    await teacher.presses("Begin", on=invitation)
    assert invitation.words.startswith("📏 1 of 6 · ICT in education policy\n\nI know which rules hold")
    assert invitation.labels == [*STEPS, "Skip ›"]
    await teacher.presses("With help", on=invitation)
    await teacher.presses("‹ Back", on=invitation)
    assert invitation.labels == ["Not yet", "✅ With help", *STEPS[2:], "Next ›"]
    await teacher.presses("Not yet", on=invitation)
    await teacher.taps_again()
    assert "2 of 6 · Curriculum and assessment" in invitation.words
    await teacher.presses("Skip ›", on=invitation)
    for step in (2, 2, 3, 3):
        await teacher.presses(STEPS[step - 1], on=invitation)
    assert "• ICT in education policy: Not yet\n• Curriculum and assessment: —" in invitation.words
    assert "You can change it until 6 August, 19:30." in invitation.words
    await teacher.presses("Go on", on=invitation)
    assert "2 of 6" in invitation.words
    return invitation


async def test_a_teacher_rates_the_own_skills_before_and_after(system: System) -> None:
    teacher, coordinator = await system.teacher(), await system.coordinator()
    others = [await system.teacher(name) for name in ("Нилуфар", "Зебо", "Мадина", "Фарзона")]
    assert (await teacher.asks("/rate")).words == "📏 You will be asked what you can do on Monday, 4 August."
    invitation = await rates_before(teacher, system)
    for one in others:
        await answer(one, [1, 2, 3, 4, 5, 1], one.newest("Where do you begin?"))
    await system.at("2025-08-05 19:31")
    assert "Where do you begin?" in teacher.chat[-1].words  # one is missing; the others are left in peace
    assert "Where do you begin?" not in others[0].chat[-1].words

    latecomers = []
    for moment, name in (("2025-08-05 20:00", "Шаҳло"), ("2025-08-10 09:00", "Гулнора")):
        await system.jumps_to(moment)
        latecomers.append(system.stranger(name))
        await latecomers[-1].joins(await system.invitation())
        await system.later(minutes=61)
        await answer(latecomers[-1], [1] * 6, latecomers[-1].newest("Where do you begin?"))
    await teacher.presses(STEPS[4], on=invitation)
    assert teacher.toast == ("This question is closed. Your answers stay as they are.", True)
    assert system.value("SELECT count(*) FROM self_rating WHERE person_id = 1") == 5
    assert (await coordinator.asks("/ratings")).words.count(TOO_FEW) == 6

    await system.jumps_to("2025-08-17 12:00")
    last = teacher.newest("And what can you do now?\nThe same 6 statements")
    await answer(teacher, [4, 4, 4, 4, 2, 4], last)
    assert "• ICT in education policy: Not yet → With confidence\n• Curriculum and assessment: — → " in last.words
    assert "• Organization and administration: By myself → With help" in last.words
    for one in (*others, *latecomers):
        await answer(one, [4] * 6, one.newest("And what can you do now?"))

    numbers = await coordinator.asks("/ratings")
    assert "Answered on the first day: 6, on the last day: 7\nJoined later, not compared: 1" in numbers.words
    assert "ICT in education policy · 6 pairs\nwithout help: 0 (0%) → 6 (100%)\n" in numbers.words
    assert "Curriculum and assessment · 5 pairs\nwithout help: 0 (0%) → 5 (100%)" in numbers.words
    policy = (
        "Organization and administration · 6 pairs\nwithout help: 5 (83%) → 5 (83%)\nhigher: 1 · same: 0 · lower: 5"
    )
    assert policy in numbers.words
    await coordinator.sends("/pictures")
    await coordinator.presses("📏 Before and after")
    assert "ICT in education policy: 1.0 → 4.0 (6 pairs)" in coordinator.chat[-1].words
    for one in others[:2]:
        await one.erases_everything()
    await coordinator.presses("🔄 Refresh", on=numbers)
    assert numbers.words.count(TOO_FEW) == 6
    await system.jumps_to("2025-08-25 09:00")
    own = await teacher.asks("/rate")
    assert "→ With confidence" in own.words
    assert own.labels == []
