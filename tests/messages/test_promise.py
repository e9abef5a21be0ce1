"""What was said to be passed on reaches somebody, whoever comes back, joins or is made an organizer, once."""

import sqlite3
from datetime import timedelta
from operator import methodcaller

from bot.access import Role
from bot.delivery.message_types import Priority
from bot.messages import promise
from bot.store import person
from rehearsal.telegram import Account
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import OWNER, House


async def blocks(house: House, who: Account) -> None:
    who.blocks()
    await house.wait_idle()


async def unblocks(house: House, who: Account) -> None:
    who.unblocks()
    await house.wait_idle()


def count(who: Account, words: str) -> int:
    return sum(words in one.words for one in who.chat)


async def test_a_call_while_the_only_organizer_is_away_waits_for_their_return(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await blocks(house, minji)
    await says(house, teacher, "/help")
    await presses(house, teacher, "I feel unwell")
    await says(house, teacher, "Room 12")
    assert count(teacher, "No organizer can be reached here right now") == 1
    assert count(teacher, house.seminar.contacts[0].phone) == 1
    assert teacher.shows("⏳ Kept: this goes on as soon as somebody can be reached here.")
    assert not teacher.shows("✓ Passed on")
    await unblocks(house, minji)
    assert [count(minji, "Ann"), count(minji, "Room 12")] == [2, 1]
    assert teacher.shows("The organizers know that you feel unwell.")
    assert teacher.shows("✓ Passed on to the organizers.")
    await blocks(house, minji)
    await unblocks(house, minji)
    await opens(house, minji)
    assert [count(minji, "feels unwell"), count(minji, "Room 12")] == [1, 1]


async def test_a_question_of_before_there_was_an_organizer_waits_for_the_first(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I have a question")
    await says(house, teacher, "When is dinner? " + "жук " * 1_200)
    assert teacher.shows("Your words are kept and go to them as soon as that changes.")
    minji = house.stranger("Minji")
    await comes_in(house, minji, await link(house, Role.ORGANIZER), group=False)
    assert count(minji, "When is dinner?") == 1
    assert sum(one.words.count("ж") for one in minji.chat) == 1_200
    assert teacher.shows("✓ Passed on to the organizers.")


async def test_a_teacher_who_is_made_an_organizer_and_an_owner_get_what_is_open(house: House) -> None:
    ann, bob = await house.teacher("Ann"), await house.teacher("Bob")
    await says(house, ann, "/help")
    await presses(house, ann, "I am lost")
    await opens(house, bob, await link(house, Role.ORGANIZER))
    await presses(house, bob, "Accept")
    assert bob.shows("is lost.")
    owner = house.world.accounts[OWNER]
    await comes_in(house, owner, "", group=False)
    assert owner.shows("is lost.")
    assert [count(bob, "is lost."), count(owner, "is lost.")] == [1, 1]


async def test_a_stranger_who_asks_while_nobody_is_there_reads_the_truth_and_is_heard_later(house: House) -> None:
    someone = house.stranger("Karim")
    await opens(house, someone)
    await presses(house, someone, "Ask an organizer")
    assert someone.shows("Your request is kept and goes to them as soon as that changes.")
    assert someone.shows(house.seminar.contacts[0].phone)
    minji = house.stranger("Minji")
    await comes_in(house, minji, await link(house, Role.ORGANIZER), group=False)
    await house.wait_idle()
    assert count(minji, "Karim (–) asks to be let in.") == 1
    assert someone.shows("✓ I have asked the organizers.")


async def test_an_answer_to_an_organizer_who_is_gone_goes_to_the_others(house: House) -> None:
    teacher, minji, bora = await house.teacher("Ann"), await house.organizer("Minji"), await house.organizer("Bora")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "Write back")
    await says(house, minji, "Where are you?")
    await presses(house, teacher, "Answer")
    house.app.dispatcher.halt("held")
    await teacher.sends("At the gate")
    await teacher.waits_for(lambda: teacher.shows("Minji cannot be reached here right now"))
    minji.blocks()
    await house.app.worker.wait_idle()
    house.app.dispatcher.resume("held")
    await house.wait_idle()
    assert count(bora, "At the gate") == 1
    assert teacher.shows("✓ Passed on to the organizers.")
    await unblocks(house, minji)
    assert count(bora, "At the gate") == 1
    assert house.value("SELECT count(*) FROM help") == 2


async def test_what_an_organizer_wrote_waits_for_who_has_blocked_the_bot(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "Write back")
    house.app.dispatcher.halt("held")
    await minji.sends("Stay there")
    await minji.waits_for(lambda: minji.shows("Ann cannot be reached here right now."))
    teacher.blocks()
    await house.app.worker.wait_idle()
    house.app.dispatcher.resume("held")
    await house.wait_idle()
    assert not minji.shows("✓ Passed on to Ann.")
    await unblocks(house, teacher)
    assert count(teacher, "Stay there") == 1
    assert minji.shows("✓ Passed on to Ann.")


async def test_who_comes_late_is_not_flooded_with_what_a_colleague_has(house: House) -> None:
    minji, teachers = await house.organizer("Minji"), [await house.teacher(f"T{number}") for number in range(4)]
    for teacher in teachers[:2]:
        await says(house, teacher, "/help")
        await presses(house, teacher, "I have a question")
        await says(house, teacher, f"Where is the bus of {teacher.name}?")
        await says(house, teacher, f"And the hall of {teacher.name}?")
    await says(house, teachers[2], "/help")
    await presses(house, teachers[2], "I am lost")
    await house.jumps_to("2025-08-06 06:00")
    await says(house, teachers[3], "/help")
    await presses(house, teachers[3], "I have a question")
    await says(house, teachers[3], "Where is lunch?")
    bora = house.stranger("Bora")
    await comes_in(house, bora, await link(house, Role.ORGANIZER), group=False)
    said = [one.words for one in bora.chat if one.words[0] in "🆘❓✉"]
    assert said == ["🆘 T2 (Pamir) is lost.\n🕓 4 August, 06:00", "❓ T3 (Pamir) asks:\nWhere is lunch?"]
    await blocks(house, minji)
    await house.later(minutes=1)
    assert bora.shows("Where is the bus of T0?"), "the only one who has it cannot be reached any more"
    assert bora.shows("And the hall of T1?")


async def test_what_comes_late_says_of_when_it_is(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await blocks(house, minji)
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await house.at("2025-08-04 06:30")
    await says(house, teacher, "Exit 3")
    await unblocks(house, minji)
    alert, relayed = minji.chat[-2:]
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 06:00"
    assert relayed.words == "✉️ Ann writes:\nExit 3", "this is of now"
    await house.jumps_to("2025-08-05 06:50")
    await presses(house, minji, "I'll take it")
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 4 August, 06:00\n🙋 Minji is on it."


async def test_a_row_that_expired_is_made_again_while_its_call_is_open_and_one_that_was_refused_is_not(
    house: House,
) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    assert count(minji, "is lost.") == 1
    states = []
    for state in ("expired", "dead", "unknown", "sent"):
        change = "UPDATE outbox SET state = ? WHERE kind = 'help.alert'"
        await house.app.services.db.write(methodcaller("execute", change, (state,)))
        await house.wait_idle()
        states.append(house.value("SELECT count(*) FROM outbox WHERE kind = 'help.alert'"))
    assert states == [2, 2, 2, 2]
    assert house.rows("SELECT key FROM outbox WHERE kind = 'help.alert' ORDER BY id")[1]["key"].endswith(":again-1")


async def test_the_list_of_who_is_missing_comes_to_who_returns_in_its_time(house: House) -> None:
    await house.teacher("Ann")
    minji = await house.organizer()
    await house.at("2025-08-04 09:00")
    await blocks(house, minji)
    await house.at("2025-08-04 09:30")
    assert not minji.shows("has not answered")
    await unblocks(house, minji)
    assert count(minji, "1 of 1 has not answered") == 1
    await blocks(house, minji)
    await unblocks(house, minji)
    assert count(minji, "1 of 1 has not answered") == 1


async def test_who_writes_can_be_reached_whatever_was_thought(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await house.app.services.db.write(
        lambda db: person.set_reachable(db, minji.id, reachable=False),
    )
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    assert not minji.shows("is lost.")
    await says(house, minji, "Hello?")
    assert minji.shows("is lost.")


async def test_calls_of_somebody_in_trouble_go_before_everything_else(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await says(house, teacher, "a bridge")
    await presses(house, minji, "I'll take it")
    await presses(house, minji, "Write back")
    await says(house, minji, "Stay")
    kinds = {row["kind"]: row["priority"] for row in house.rows("SELECT kind, priority FROM outbox")}
    assert kinds == dict.fromkeys(("help.alert", "help.words", "help.taken", "help.written"), Priority.SOS)
    await presses(house, minji, "Settled")
    other = await house.teacher("Bob")
    await says(house, other, "When is dinner?")
    await presses(house, other, "Yes, pass it on")
    assert (
        house.value("SELECT priority FROM outbox WHERE kind = 'help.alert' ORDER BY id DESC LIMIT 1") == Priority.ALERT
    )


async def test_keeping_twice_adds_nothing(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await says(house, teacher, "/help")
    await presses(house, teacher, "I have a question")
    await says(house, teacher, "When?")
    await presses(house, minji, "Write back")
    await says(house, minji, "At seven")
    before = house.rows("SELECT id, key, state FROM outbox")

    def keep(connection: sqlite3.Connection) -> int:
        return promise.keep(connection, {OWNER}, house.clock.now() + timedelta(days=1))

    assert await house.app.services.db.write(keep) == 0
    assert house.rows("SELECT id, key, state FROM outbox") == before


async def test_a_hard_day_comes_to_who_returns(house: House) -> None:
    teacher, minji = await house.teacher("Ann"), await house.organizer()
    await house.at("2025-08-04 20:31")
    await blocks(house, minji)
    await presses(house, teacher, "😞")
    assert teacher.shows("No organizer can be reached here right now; they read it as soon as that changes.")
    await says(house, teacher, "Everything hurts")
    await unblocks(house, minji)
    assert count(minji, "Ann had a hard day") == 1
    assert count(minji, "Everything hurts") == 1


async def test_an_answer_that_has_not_left_for_an_organizer_who_leaves_goes_to_the_others(house: House) -> None:
    teacher, minji, bora = await house.teacher("Ann"), await house.organizer("Minji"), await house.organizer("Bora")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "Write back")
    await says(house, minji, "Where are you?")
    await presses(house, teacher, "Answer")
    await says(house, minji, "/me")
    house.app.dispatcher.halt("held")
    await teacher.sends("At the gate")
    await teacher.waits_for(lambda: teacher.shows("Minji cannot be reached here right now"))
    await minji.presses_payload("erase1", on=minji.chat[-1])
    await house.app.worker.wait_idle()
    house.app.dispatcher.resume("held")
    await house.wait_idle()
    assert count(bora, "At the gate") == 1
