"""What a teacher reads of the way of a call or of words is so, and changes when it has changed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.receipt import stage_of
from bot.store.alert import AlertState
from bot.store.help import HelpCall, HelpKind
from bot.store.receipt import DeliveryStage, DeliveryStatus
from rehearsal.telegram import RefusedError, World
from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.methods import METHODS
from tests.kit import System

NOW = datetime(2025, 8, 4, tzinfo=UTC)


def call(state: AlertState) -> HelpCall:
    return HelpCall(1, 1, HelpKind.LOST, state, "Ann", 7, None, None, "Minji", 2, datetime(2025, 8, 4, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    ("way", "waited", "leaves_in", "stage"),
    [
        (DeliveryStatus(call(AlertState.OPEN), chats=(5,)), 1, 0.0, DeliveryStage.WAITING),
        (DeliveryStatus(call(AlertState.OPEN), chats=(5,)), 1, 11.0, DeliveryStage.HELD),
        (DeliveryStatus(call(AlertState.OPEN), chats=(5,)), 1, float("inf"), DeliveryStage.HELD),
        (DeliveryStatus(call(AlertState.OPEN), chats=(5,)), 16, 0.0, DeliveryStage.HELD),
        (DeliveryStatus(call(AlertState.OPEN)), 1, 0.0, DeliveryStage.HELD),
        (DeliveryStatus(call(AlertState.OPEN), arrived=True), 99, float("inf"), DeliveryStage.ARRIVED),
        (DeliveryStatus(call(AlertState.TAKEN), arrived=True), 99, 0.0, DeliveryStage.TAKEN),
        (DeliveryStatus(call(AlertState.SETTLED)), 1, 0.0, DeliveryStage.CLOSED),
        (DeliveryStatus(dead=True), 1, 0.0, DeliveryStage.REFUSED),
        (DeliveryStatus(call(AlertState.OPEN), arrived=True, refused=True), 1, 0.0, DeliveryStage.ARRIVED),
    ],
)
def test_how_far_it_is(way: DeliveryStatus, waited: int, leaves_in: float, stage: DeliveryStage) -> None:
    assert stage_of(way, NOW, NOW + timedelta(seconds=waited), lambda _chat: leaves_in) is stage


async def test_the_organizers_know_when_it_is_on_a_phone_and_somebody_has_it_when_they_took_it(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    read: list[str] = []
    system.world.on_accept.append(lambda one: read.append(f"{one.chat_id == teacher.id} {one.params.get('text')}"))
    await teacher.calls_for_help("I feel unwell")
    mine = [one for one in read if one.startswith("True")]
    [telling] = [number for number, one in enumerate(read) if "I am telling the organizers" in one]
    [alert] = [number for number, one in enumerate(read) if "feels unwell." in one]
    [known] = [number for number, one in enumerate(read) if "The organizers know" in one]
    assert telling < known > alert
    assert len(mine) == 3
    await minji.presses("I'll take it")
    assert teacher.shows("🙋 Minji is on it.")
    await minji.presses("Settled")
    assert not teacher.shows("🙋 Minji is on it.")
    assert system.rows("SELECT * FROM receipt") == []


async def test_while_nothing_leaves_the_truth_is_said_with_the_numbers_also_over_a_restart(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.sends("/help")
    async with system.sending_stopped():
        await teacher.presses("I am lost")
        await teacher.waits_for("No organizer can be reached here right now: please call.")
        await teacher.sends("At the big bridge")
        await teacher.waits_for("⏳ Kept: this goes on as soon as somebody can be reached here.")
        await teacher.sends("Near the lions")
        await teacher.waits_for(lambda: teacher.count("message above says whom") == 2)
        assert len([one for one in teacher.chat if system.seminar.contacts[0].phone in one.words]) == 1
        assert not teacher.shows("The organizers know")
        assert not teacher.shows("✓ Passed on")
        assert minji.chat == []
        async with system.without_bot():
            pass
    assert minji.shows("Ann writes:\nAt the big bridge")
    assert teacher.shows("The organizers know that you are lost.")
    assert teacher.shows("✓ Passed on to the organizers.")
    assert not teacher.shows("No organizer can be reached")


async def test_how_soon_a_message_can_leave_is_known(system: System) -> None:
    minji = await system.organizer()
    assert system.app.follow_up.leaves_in(minji.id) == 0
    system.app.limiter.pauses.pause(0, 30)
    assert system.app.follow_up.leaves_in(minji.id) > 10
    async with system.sending_stopped():
        assert system.app.follow_up.leaves_in(minji.id) == float("inf")


async def test_words_to_one_person_are_told_in_the_same_way(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    async with system.sending_stopped():
        await minji.sends("Stay there")
        await minji.waits_for("Ann cannot be reached here right now.")
        assert not minji.shows(system.seminar.contacts[0].phone)
    assert teacher.shows("Stay there")
    assert minji.shows("✓ Passed on to Ann.")


async def test_a_receipt_that_was_deleted_or_whose_words_are_erased_is_let_go(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    teacher.remove(teacher.chat[-1])
    await minji.presses("I'll take it")
    system.world.violations.clear()
    await teacher.sends("/me")
    await teacher.presses_payload("erase1", on=teacher.chat[-1])
    assert system.rows("SELECT * FROM receipt") == []


async def test_the_numbers_are_told_once_while_nobody_can_be_reached_and_again_when_they_are_far_up(
    system: System,
) -> None:
    teacher = await system.teacher("Ann")

    def with_numbers() -> int:
        return len([one for one in teacher.chat if one.from_bot and system.seminar.contacts[0].phone in one.words])

    await teacher.calls_for_help("I have a question")
    before = with_numbers()
    for words in ("When is dinner?", "And where?", "Hello?"):
        await teacher.sends(words)
    assert with_numbers() == before + 1
    short = "If it cannot wait: the message above says whom to turn to."
    assert [one.words.endswith(short) for one in teacher.chat if one.from_bot][-3:] == [False, True, True]
    await system.later(minutes=61)
    await teacher.calls_for_help("Something else")
    before = with_numbers()
    await teacher.sends("Is anybody there?")
    assert with_numbers() == before + 1


async def test_words_that_telegram_refuses_are_not_said_to_wait(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await teacher.calls_for_help("I am lost")
    await minji.presses("Write back")
    send = METHODS["sendMessage"]

    def play(world: World, call: ApiCall) -> object:
        if "Лев" in str(call.params.get("text")):
            raise RefusedError(400, "Bad Request: can't parse entities")
        return send(world, call)

    monkeypatch.setitem(METHODS, "sendMessage", play)
    refused = "⚠️ This could not be passed on: Telegram has refused it."
    await teacher.sends("Лев")
    assert teacher.chat[-1].words.startswith(refused)
    assert system.seminar.contacts[0].phone in teacher.chat[-1].words
    await minji.sends("Лев?")
    assert minji.shows(refused)
    assert not minji.shows(system.seminar.contacts[0].phone)
    assert system.value("SELECT count(*) FROM receipt WHERE letter_id IS NOT NULL") == 0
    system.world.violations.clear()
