"""Lost: where they are by one press, one alert and one moving pin, numbers at once, and withdrawing a call."""

from rehearsal.telegram import Message
from tests.kit import System, User


def pins(someone: User) -> list[Message]:
    return [message for message in someone.chat if "location" in message.content]


async def test_who_is_lost_sends_where_they_are_by_one_press(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await system.jumps_to("2025-08-04 10:00")
    await teacher.calls_for_help("I am lost")
    answer = teacher.newest("The organizers know that you are lost.")
    assert "🗓 In the programme: 10:00–11:00 · Opening ceremony" in answer.words
    assert "📍 " in answer.words
    assert ": 119" in answer.words
    assert answer.labels == ["📋 119", "📋 112", "🚕 Show to a driver", "🙂 False alarm"]
    await teacher.presses("📋 119", on=answer)
    assert teacher.copied == ["119"]
    asked = teacher.newest("Where are you?")
    assert "📎 → Location" in asked.words
    await teacher.presses("🚕 Show to a driver", on=answer)
    assert teacher.shows("기사님")
    assert teacher.reply_keyboard is not None, "a message with buttons of its own leaves it"

    await teacher.presses("📍 Send where I am")
    assert teacher.reply_keyboard is None
    assert len(pins(minji)) == 1
    assert teacher.chat[-1].words.startswith("✓ Passed on to the organizers.")
    await teacher.calls_for_help("I am lost")  # once more: the same call, the question once more
    assert system.value("SELECT count(*) FROM help") == 1
    assert minji.count("Ann (Pamir) is lost.") == 1
    assert teacher.reply_keyboard is not None
    async with system.sending_stopped():
        await teacher.sends("By the river")  # typed instead
        await system.world.updates.confirmed.wait_for(lambda: not len(system.world.updates), 10)
    assert teacher.reply_keyboard is None
    assert minji.shows("By the river")
    assert teacher.chat[-1].words.startswith("✓ Passed on to the organizers."), "what takes it away cannot be edited"
    assert system.value("SELECT has_keyboard FROM person WHERE telegram_id = ?", teacher.id) == 0


async def test_a_live_location_is_one_pin_that_moves_and_its_end_is_told(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    shared = await teacher.shares_location(36.48, 127.28, 900)
    await teacher.moves(shared, 36.49, 127.29)
    [pin] = pins(minji)
    assert pin.content["location"]["latitude"] == 36.49  # type: ignore[index]
    assert system.value("SELECT count(*) FROM help") == 1
    assert not minji.shows("live location ended")
    await system.later(minutes=16)
    assert minji.count("Ann: the live location ended at 06:15. The pin shows the last place.") == 1
    assert teacher.count("The organizers do not see any more where you are") == 1
    await system.later(minutes=5)
    assert minji.count("the live location ended") == 1


async def test_a_place_is_passed_on_while_the_call_is_open_whatever_came_between(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    await teacher.sends("/today")
    await teacher.sends_location(36.48, 127.28)
    assert len(pins(minji)) == 1
    assert teacher.chat[-1].words.startswith("✓ Passed on to the organizers.")
    await system.later(hours=5)
    await teacher.shares_location(36.5, 127.3, 900)
    assert len(pins(minji)) == 2
    await minji.presses("✅ Settled", on=minji.newest("is lost"))
    await teacher.sends_location(36.48, 127.28)
    assert "Shall I pass this on" in teacher.chat[-1].words
    await system.later(minutes=20)
    assert not minji.shows("live location ended"), "nobody looks for who has been found"
    assert not teacher.shows("The organizers do not see any more where you are")


async def test_an_alert_that_comes_again_or_is_handed_over_is_answered_by_a_swipe(system: System) -> None:
    teacher, minji, jisoo = (
        await system.teacher("Ann"),
        await system.organizer("Minji"),
        await system.organizer("Jisoo"),
    )
    await teacher.calls_for_help("I am lost")
    await system.later(minutes=4)
    await minji.sends("I see you", reply_to=minji.newest("Nobody has taken this for 3 minutes."))
    assert teacher.shows("Minji, organizer, writes to you:\nI see you")
    await minji.presses("🙋 I'll take it")
    await minji.presses("🤝 Hand over")
    await minji.presses("Jisoo")
    await jisoo.sends("So do I", reply_to=jisoo.newest("Minji hands this over to you."))
    assert teacher.shows("Jisoo, organizer, writes to you:\nSo do I")


async def test_who_withdraws_a_call_ends_it_and_nobody_minds(system: System) -> None:
    teacher, minji, other = await system.teacher("Ann"), await system.organizer("Minji"), await system.teacher("Bob")
    await teacher.calls_for_help("I feel unwell")
    answer = teacher.newest("The organizers know that you feel unwell.")
    assert answer.labels == ["📋 119", "📋 112", "🙂 False alarm"]
    await other.sends("/help")
    await other.presses_payload("withdraw1:1", on=other.chat[-1])
    assert other.toast == ("This call is settled already.", False)
    await teacher.presses("🙂 False alarm", on=answer)
    assert teacher.shows("🙂 Good that all is well.")
    assert not teacher.shows("The organizers have marked this as settled")
    assert answer.words == "🙂 You have said that it was a false alarm."
    card = minji.newest("feels unwell")
    assert "🙂 A false alarm, says Ann." in card.words
    await teacher.presses_payload("withdraw1:1", on=answer)
    assert teacher.toast == ("This call is settled already.", False)
    await teacher.sends("Sorry!")  # no words of a call any more
    assert not minji.shows("Sorry!")
    await teacher.calls_for_help("I feel unwell")
    assert minji.count("feels unwell") == 2, "the next one is a new one"


async def test_who_is_found_before_they_press_anything_has_no_button_left(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer("Minji")
    await teacher.calls_for_help("I am lost")
    assert teacher.reply_keyboard is not None
    await minji.presses("✅ Settled")
    assert teacher.reply_keyboard is None
    await teacher.sends("/today")
    assert not teacher.shows("To send again where you are")


async def test_nobody_has_joined_and_the_numbers_are_said(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I am lost")
    answer = teacher.newest("No organizer can be reached here right now: please call.")
    assert answer.labels[:2] == ["📋 119", "📋 112"]
    assert teacher.shows("Where are you?")
