"""Words that nobody asked for are offered to the organizers, and passed on only after a yes."""

from tests.kit import System
from tests.kit.buttons import payload_names


async def test_words_that_nobody_asked_for_are_offered_to_the_organizers(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.sends("The bus is gone")
    assert minji.chat == []
    offer = teacher.chat[-1]
    await teacher.presses("Yes, pass it on")
    assert minji.shows("Ann (")
    assert minji.shows("The bus is gone")
    assert teacher.shows("✓ Passed on")
    await teacher.presses_payload("pass1:1:1", on=offer)
    assert len(minji.chat) == 1


async def test_words_that_shall_not_be_passed_on_are_forgotten(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    message = await teacher.sends("never mind")
    offer = teacher.chat[-1]
    await teacher.presses("No")
    assert teacher.shows("I have not passed it on")
    assert system.rows("SELECT * FROM help_message") == []
    await teacher.presses_payload(f"pass1:{message.id}:1", on=offer)
    assert teacher.shows("I no longer have that message")
    assert minji.chat == []


async def test_after_a_call_is_settled_words_make_a_new_one(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("Something else")
    await teacher.sends("one")
    await minji.presses("Settled")
    await teacher.sends("two")
    assert "Shall I pass this on" in teacher.chat[-1].words
    await teacher.presses("Yes, pass it on")
    assert system.value("SELECT count(*) FROM help_call WHERE state = 'open'") == 1


async def test_a_poll_is_passed_on_as_what_it_asks(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    message = await teacher.sends_quiz()
    assert message.poll
    poll = {**message.poll, "type": "regular", "question": "Dinner at six or at seven?"}
    await teacher.sends_content({"poll": poll})
    await teacher.presses("Yes, pass it on")
    assert minji.shows("Ann (Pamir) writes:\n📊 Dinner at six or at seven?\n▫️ 0\n▫️ 1")


async def test_a_cry_for_help_brings_the_buttons_that_are_quickest(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    answer = await teacher.asks("Помогите, я потерялась!")
    assert payload_names(answer) == ["help", "help", "pass", "pass"]
    await teacher.presses("🧭 I am lost", on=answer)
    assert minji.shows("is lost")
