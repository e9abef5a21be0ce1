"""Any number of requests to be let in is one card on each organizer's phone."""

import sqlite3

from bot.messages import admission as admission_messages
from bot.store import admission as admission_store
from bot.store import outbox, person
from bot.store.outbox import Draft
from rehearsal.telegram import GroupChat
from tests.kit import OWNER, System


async def outsiders(system: System, count: int) -> None:
    """So many strangers who ask at the same moment, in one transaction instead of three taps each."""
    now = system.clock.now()
    asking = [system.stranger(f"Bot {number}") for number in range(1, count + 1)]

    def ask(connection: sqlite3.Connection) -> None:
        for someone in asking:
            someone.started = True
            admission_store.add(connection, someone.id, name=someone.name, username=None, language="en", now=now)
            admission_messages.tell_staff(connection, person.staff(connection, {OWNER}), now)

    await system.write(ask)
    system.app.wake()


async def test_three_hundred_requests_are_one_card_behind_a_call_for_help(system: System) -> None:
    minji, teacher = await system.organizer("Minji"), await system.teacher("Ann")
    await teacher.sends("/help")
    async with system.sending_stopped():
        await outsiders(system, 300)
        await teacher.presses("I feel unwell")
        await teacher.waits_for(lambda: teacher.waiting_taps == 0)
    card = next(one for one in minji.chat if "ask to be let in" in one.words)
    assert len(minji.chat) == 2
    assert "300 people ask to be let in." in card.words
    assert card.labels[0] == "Bot 300"
    for page in range(2, 39):
        await minji.presses(f"{page} of 38 ›")
    assert card.labels[3] == "Bot 1"
    await minji.presses("Bot 1", on=card)
    assert "Bot 1 (–) asks to be let in." in card.words
    await minji.presses("Let in as a teacher", on=card)
    assert "✅ Bot 1: let in by Minji." in card.words
    assert "299 people ask to be let in." in card.words
    assert "Bot 1" not in card.labels
    assert len(minji.chat) == 2
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'admission.card'") == 1


async def test_the_card_changes_without_a_sound_and_comes_anew_only_now_and_then(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.applicant("First")
    first = minji.chat[-1]
    assert "First (–) asks to be let in." in first.words
    await system.applicant("Second", username="second")
    assert minji.chat == [first]
    assert first.labels == ["Second · @second", "First"]
    await system.later(minutes=9)
    assert minji.chat == [first]
    await system.later(minutes=2)
    [second] = minji.chat
    assert second.id != first.id
    assert second.labels == ["Second · @second", "First"]
    await system.later(minutes=45)
    assert minji.chat == [second]


async def test_requests_that_are_answered_in_time_do_not_come_anew(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.applicant("First")
    second = await system.applicant("Second")
    [card] = minji.chat
    await minji.presses("Second")
    await minji.presses("Let in as a teacher")
    assert second.shows("An organizer has let you in.")
    assert "✅ Second: let in by Minji." in card.words
    assert "First (–) asks to be let in." in card.words
    await system.later(minutes=30)
    assert minji.chat == [card]


async def test_both_organizers_see_the_same_and_a_refusal_can_be_taken_back_from_either_card(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.applicant("First")
    second = await system.applicant("Second")
    await minji.presses("Second")
    await bora.presses("Second")
    await minji.presses("✖️ No")
    assert bora.shows("✖️ Refused by Minji.")
    await bora.presses("« All requests")
    assert bora.shows("✖️ Second: refused by Minji.")
    await bora.presses("Let Second in after all")
    assert second.shows("An organizer has let you in.")
    assert minji.shows("✅ Second: let in by Bora.")
    assert minji.shows("First (–) asks to be let in.")


async def test_an_opened_request_is_not_taken_away_by_the_next(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.applicant("First")
    await system.applicant("Second")
    await minji.presses("First")
    await system.applicant("Third")
    assert minji.shows("First (–) asks to be let in.")
    await minji.presses("« All requests")
    assert minji.labels() == ["Third", "Second", "First"]


async def test_a_card_survives_a_restart_and_a_deleted_one_comes_back(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.applicant("First")
    async with system.without_bot():
        pass
    await system.applicant("Second")
    [card] = minji.chat
    assert card.labels == ["Second", "First"]
    minji.remove(card)
    await system.applicant("Third")
    system.world.violations.clear()  # the card that is gone
    await system.later(minutes=11)
    await system.later(minutes=1)
    assert minji.labels() == ["Third", "Second", "First"]


async def test_messages_of_before_there_was_a_card_can_still_be_answered(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    now, karim = system.clock.now(), system.stranger("Karim")
    karim.started = True

    def ask(connection: sqlite3.Connection) -> None:
        request = admission_store.add(connection, karim.id, name="Karim", username=None, language="en", now=now)
        drafts = [
            Draft(
                f"admission:1:person-{one.id}", "admission:1", "admission.alert", one.telegram_id, one.id, 10, now,
                now.replace(month=12), f'{{"admission":{request.id}}}',
            )
            for one in person.staff(connection, ())
        ]  # fmt: skip
        outbox.enqueue(connection, drafts, now)

    await system.write(ask)
    await system.wait_idle()
    await minji.presses("Let in as a teacher")
    assert minji.shows("✅ Let in by Minji.")
    assert bora.shows("✅ Let in by Minji.")
    assert system.value("SELECT state FROM admission") == "admitted"


async def test_what_is_gone_is_said_and_a_group_sees_no_names(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.applicant("First")
    await system.applicant("Second")
    [card] = minji.chat
    await minji.presses_payload("askedby1:99:0", on=card)
    assert minji.toast == ("This request is gone.", False)
    assert card.labels == ["Second", "First"]
    group = GroupChat(system.world, "Staff", [minji])
    await minji.sends("/start", chat=group)
    await minji.presses_payload("asking1:0", on=group.chat[-1])
    assert not any("Second" in str(one.labels) for one in group.chat)
