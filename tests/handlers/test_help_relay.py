"""Messages between who called for help and the organizers, also as replies."""

from tests.kit import System


async def test_the_same_message_twice_is_passed_on_once(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("Something else")
    message = await teacher.sends("Hello there")
    await teacher.taps_again(message)
    assert minji.count("Hello there") == 1
    await teacher.sends("/today")
    await teacher.taps_again(message)
    assert "✓ Passed on" in teacher.chat[-1].words
    assert minji.count("Hello there") == 1


async def test_words_of_a_call_that_are_handled_twice_are_not_the_last_of_it(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await teacher.taps_again(await teacher.sends("By the river"))
    await teacher.sends("It is dark")
    assert minji.count("By the river") == 1
    assert minji.shows("It is dark")


async def test_words_pass_both_ways_with_confirmation(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I have a question")
    await teacher.sends("When is dinner?")
    await minji.presses("Write back")
    await minji.sends("\u0000")
    await minji.sends("At seven")
    assert minji.shows("✓ Passed on to Ann.")
    assert teacher.shows("Minji, organizer, writes to you:\nAt seven")
    await teacher.presses("Answer")
    await teacher.sends("\u0000")
    await teacher.sends("Thank you")
    assert teacher.shows("✓ Passed on to Minji.")
    assert minji.shows("Ann writes:\nThank you")
    await minji.sends("Anything else")
    assert "Shall I pass this on" in minji.chat[-1].words


async def test_a_reply_to_a_message_answers_it(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.sends("Stay there", reply_to=minji.chat[0])
    assert minji.chat[-1].reactions == ["👌"]
    await teacher.sends("/today")
    relayed = next(one for one in teacher.chat if "Stay there" in one.words)
    await teacher.sends("I stay", reply_to=relayed)
    assert minji.shows("Ann writes:\nI stay")
    assert not bora.shows("I stay")
    await minji.blocks()
    await teacher.sends("Anybody?", reply_to=relayed)
    assert bora.shows("Anybody?")
    await teacher.sends("/today")
    await teacher.sends("about this", reply_to=teacher.chat[0])
    assert "Shall I pass this on" in teacher.chat[-1].words


async def test_a_reply_wins_over_who_was_to_be_written_to(system: System) -> None:
    ann, bob, minji = await system.teacher("Ann"), await system.teacher("Bob"), await system.organizer()
    for teacher in (ann, bob):
        await teacher.calls_for_help("I am lost")
    from_ann, from_bob = minji.chat
    await minji.presses("Write back", on=from_ann)
    await minji.sends("Bob, stay", reply_to=from_bob)
    assert bob.shows("Bob, stay")
    assert not ann.shows("Bob, stay")
    await minji.sends("Ann, go")
    assert ann.shows("Ann, go")
    assert not bob.shows("Ann, go")
