"""Teachers call for help and organizers answer, through the bot."""

from rehearsal.telegram import GroupChat
from tests.kit import System
from tests.kit.media import PIXEL


async def test_unwell_reaches_every_organizer_at_one_tap(system: System) -> None:
    teacher, minji, boss = await system.teacher("Ann <3"), await system.organizer(), await system.owner()
    coordinator = await system.coordinator()
    await teacher.sends("/help")
    for line in ("Organizer on duty (Day and night, for anything): +82 10 0000 0001", "fire brigade", ": 119", ": 112"):
        assert teacher.shows(line)
    await teacher.presses("I feel unwell")
    assert teacher.shows("The organizers know that you feel unwell.")
    group = system.seminar.groups[0].title.get("en")
    for organizer in (minji, boss):
        assert organizer.shows(f"Ann <3 ({group}) feels unwell.")
    assert coordinator.chat == []
    await teacher.sends("Fever, room 12")
    await teacher.sends_photo(PIXEL, "the hall")
    assert minji.shows("Ann <3 writes:\nFever, room 12")
    assert [one.content for one in minji.chat if "photo" in one.content]
    assert teacher.shows("✓ Passed on to the organizers.")
    assert system.value("SELECT count(*) FROM help") == 1


async def test_a_call_is_taken_once_and_everyone_sees_it(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await bora.presses_payload("take1:1", on=bora.chat[0])
    assert bora.toast == ("Minji is on it already.", False)
    await minji.taps_again()
    assert minji.toast is None
    assert minji.shows("🙋 Minji is on it.")
    assert bora.shows("🙋 Minji is on it.")
    assert teacher.count("Minji is taking care of it.") == 1
    await teacher.sends("I see a big bridge")
    assert minji.shows("I see a big bridge")
    assert not bora.shows("I see a big bridge")
    await bora.presses("Settled")
    assert minji.shows("✅ Settled by Bora.")
    assert teacher.shows("marked this as settled")
    await minji.presses_payload("close1:1", on=minji.chat[0])
    assert minji.toast == ("Bora has settled it already.", False)
    assert system.rows("SELECT * FROM conversation") == []


async def test_of_two_who_take_a_call_at_once_one_has_it(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await teacher.calls_for_help("I am lost")
    async with system.without_waiting():
        await minji.presses("I'll take it")
        await bora.presses("I'll take it")
    taker = system.value("SELECT name FROM alert JOIN person ON person.id = taken_by")
    slower = minji if taker == "Bora" else bora
    assert slower.toast == (f"{taker} is on it already.", False)
    assert teacher.count("is taking care of it") == 1


async def test_tapping_twice_calls_once(system: System) -> None:
    teacher, minji = await system.teacher(), await system.organizer()
    await teacher.sends("/help")
    async with system.without_waiting():
        await teacher.presses("I feel unwell")
        await teacher.taps_again()
    assert len(minji.chat) == 1
    assert system.value("SELECT count(*) FROM help") == 1


async def test_a_question_waits_for_its_words_and_is_never_cut(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I have a question")
    assert minji.chat == []
    question = "<b>Where & when?</b> " + "жук " * 1_990 + "END"
    await teacher.sends(question)
    assert "❓ Ann (" in minji.chat[0].words
    assert "<b>Where & when?</b>" in minji.chat[0].words
    assert minji.chat[-1].words.endswith("END")
    assert "".join(one.words for one in minji.chat).count("ж") == 1_990


async def test_buttons_about_what_is_gone_say_so(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.sends("/help")
    await minji.sends("/help")
    await minji.presses_payload("take1:99", on=minji.chat[-1])
    assert minji.toast == ("That is no longer here.", False)
    await teacher.presses_payload("reply1:99", on=teacher.chat[-1])
    await teacher.presses_payload("help1:nonsense", on=teacher.chat[-1])
    assert teacher.toast == ("That is no longer here.", False)
    assert system.rows("SELECT * FROM help") == []


async def test_a_teacher_cannot_take_or_write_as_an_organizer(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bob")
    await teacher.sends("/help")
    for payload in ("take1:1", "close1:1", "write1:2"):
        await teacher.presses_payload(payload, on=teacher.chat[-1])
        assert teacher.toast == ("Sorry, this is not for your role.", True)
    assert other.chat == []


async def test_an_organizer_in_a_group_is_sent_to_the_private_chat(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    group = GroupChat(system.world, "Staff", [minji])
    await minji.sends("/start", chat=group)
    await minji.presses_payload("write1:1", on=group.chat[-1])
    assert minji.toast == ("Please do this in our private chat.", True)
    assert teacher.chat == []


async def test_a_call_without_any_organizer_is_kept_for_the_first(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I am lost")
    assert teacher.shows("No organizer can be reached here right now: please call.")
    assert teacher.shows(system.seminar.contacts[0].phone)
    assert system.value("SELECT state FROM alert") == "open"


async def test_a_pinned_message_or_an_empty_one_is_no_word(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I feel unwell")
    shown = len(teacher.chat)
    await teacher.sends("\u0000")
    await teacher.sends("/today")
    await teacher.sends("\u0000")
    assert len(teacher.chat) == shown + 4
    assert len(minji.chat) == 1
