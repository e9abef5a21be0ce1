"""Any number of requests to be let in is one card on each organizer's phone."""

import sqlite3

from bot.messages import admission as delivery
from bot.store import admission, outbox, person
from bot.store.outbox import Draft
from rehearsal.telegram import Account, GroupChat
from tests.handlers.arriving import presses
from tests.kit import OWNER, System


async def knocks(system: System, name: str, username: str = "") -> Account:
    someone = system.stranger(name, username=username)
    await someone.starts()
    await system.wait_idle()
    await presses(system, someone, "Ask an organizer")
    return someone


async def crowd(system: System, count: int) -> None:
    """So many strangers who ask at the same moment, in one transaction instead of three taps each."""
    now = system.clock.now()
    asking = [system.stranger(f"Bot {number}") for number in range(1, count + 1)]

    def ask(connection: sqlite3.Connection) -> None:
        for someone in asking:
            someone.started = True
            admission.ask(connection, someone.id, name=someone.name, username=None, language="en", now=now)
            delivery.tell_staff(connection, person.staff(connection, {OWNER}), now)

    await system.app.runtime.db.write(ask)
    system.app.wake()


async def test_three_hundred_requests_are_one_card_behind_a_call_for_help(system: System) -> None:
    minji, teacher = await system.organizer("Minji"), await system.teacher("Ann")
    await teacher.sends("/help")
    await system.wait_idle()
    system.app.dispatcher.halt("held")
    await crowd(system, 300)
    await teacher.presses("I feel unwell")
    await teacher.waits_for(lambda: teacher.waiting_taps == 0)
    system.app.dispatcher.resume("held")
    await system.wait_idle()
    card = next(one for one in minji.chat if "ask to be let in" in one.words)
    assert len(minji.chat) == 2
    assert "300 people ask to be let in." in card.words
    assert card.labels[0] == "Bot 300"
    for page in range(2, 39):
        await presses(system, minji, f"{page} of 38 ›")
    assert card.labels[3] == "Bot 1"
    await minji.presses("Bot 1", on=card)
    await system.wait_idle()
    assert "Bot 1 (–) asks to be let in." in card.words
    await minji.presses("Let in as a teacher", on=card)
    await system.wait_idle()
    assert "✅ Bot 1: let in by Minji." in card.words
    assert "299 people ask to be let in." in card.words
    assert "Bot 1" not in card.labels
    assert len(minji.chat) == 2
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'admission.card'") == 1


async def test_the_card_changes_without_a_sound_and_comes_anew_only_now_and_then(system: System) -> None:
    minji = await system.organizer("Minji")
    await knocks(system, "First")
    first = minji.chat[-1]
    assert "First (–) asks to be let in." in first.words
    await knocks(system, "Second", "second")
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
    await knocks(system, "First")
    second = await knocks(system, "Second")
    [card] = minji.chat
    await presses(system, minji, "Second")
    await presses(system, minji, "Let in as a teacher")
    assert second.shows("An organizer has let you in.")
    assert "✅ Second: let in by Minji." in card.words
    assert "First (–) asks to be let in." in card.words
    await system.later(minutes=30)
    assert minji.chat == [card]


async def test_both_organizers_see_the_same_and_a_refusal_can_be_taken_back_from_either_card(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await knocks(system, "First")
    second = await knocks(system, "Second")
    await presses(system, minji, "Second")
    await presses(system, bora, "Second")
    await presses(system, minji, "✖️ No")
    assert bora.shows("✖️ Refused by Minji.")
    await presses(system, bora, "« All requests")
    assert bora.shows("✖️ Second: refused by Minji.")
    await presses(system, bora, "Let Second in after all")
    assert second.shows("An organizer has let you in.")
    assert minji.shows("✅ Second: let in by Bora.")
    assert minji.shows("First (–) asks to be let in.")


async def test_an_opened_request_is_not_taken_away_by_the_next(system: System) -> None:
    minji = await system.organizer("Minji")
    await knocks(system, "First")
    await knocks(system, "Second")
    await presses(system, minji, "First")
    await knocks(system, "Third")
    assert minji.shows("First (–) asks to be let in.")
    await presses(system, minji, "« All requests")
    assert minji.labels() == ["Third", "Second", "First"]


async def test_a_card_survives_a_restart_and_a_deleted_one_comes_back(system: System) -> None:
    minji = await system.organizer("Minji")
    await knocks(system, "First")
    async with system.without_bot():
        pass
    await knocks(system, "Second")
    [card] = minji.chat
    assert card.labels == ["Second", "First"]
    minji.remove(card)
    await knocks(system, "Third")
    system.world.violations.clear()  # the card that is gone
    await system.later(minutes=11)
    await system.later(minutes=1)
    assert minji.labels() == ["Third", "Second", "First"]


async def test_messages_of_before_there_was_a_card_can_still_be_answered(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    now, karim = system.clock.now(), system.stranger("Karim")
    karim.started = True

    def ask(connection: sqlite3.Connection) -> None:
        found, _ = admission.ask(connection, karim.id, name="Karim", username=None, language="en", now=now)
        drafts = [
            Draft(
                f"admission:1:person-{one.id}", "admission:1", "admission.alert", one.telegram_id, one.id, 10, now,
                now.replace(month=12), {"admission": found.id},
            )
            for one in person.staff(connection, ())
        ]  # fmt: skip
        outbox.enqueue(connection, drafts, now)

    await system.app.runtime.db.write(ask)
    await system.wait_idle()
    await presses(system, minji, "Let in as a teacher")
    assert minji.shows("✅ Let in by Minji.")
    assert bora.shows("✅ Let in by Minji.")
    assert system.value("SELECT state FROM admission") == "admitted"


async def test_what_is_gone_is_said_and_a_group_sees_no_names(system: System) -> None:
    minji = await system.organizer("Minji")
    await knocks(system, "First")
    await knocks(system, "Second")
    [card] = minji.chat
    await minji.presses_payload("askedby1:99:0", on=card)
    await system.wait_idle()
    assert minji.toast == ("This request is gone.", False)
    assert card.labels == ["Second", "First"]
    group = GroupChat(system.world, "Staff", [minji])
    await minji.sends("/start", chat=group)
    await system.wait_idle()
    await minji.presses_payload("asking1:0", on=group.chat[-1])
    await system.wait_idle()
    assert not any("Second" in str(one.labels) for one in group.chat)
