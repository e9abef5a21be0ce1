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
from tests.kit import OWNER, System


async def blocks(system: System, who: Account) -> None:
    await who.blocks()
    await system.wait_idle()


async def unblocks(system: System, who: Account) -> None:
    await who.unblocks()
    await system.wait_idle()


def count(who: Account, words: str) -> int:
    return sum(words in one.words for one in who.chat)


async def test_a_call_while_the_only_organizer_is_away_waits_for_their_return(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await blocks(system, minji)
    await says(system, teacher, "/help")
    await presses(system, teacher, "I feel unwell")
    await says(system, teacher, "Room 12")
    assert count(teacher, "No organizer can be reached here right now") == 1
    assert count(teacher, system.seminar.contacts[0].phone) == 1
    assert teacher.shows("⏳ Kept: this goes on as soon as somebody can be reached here.")
    assert not teacher.shows("✓ Passed on")
    await unblocks(system, minji)
    assert [count(minji, "Ann"), count(minji, "Room 12")] == [2, 1]
    assert teacher.shows("The organizers know that you feel unwell.")
    assert teacher.shows("✓ Passed on to the organizers.")
    await blocks(system, minji)
    await unblocks(system, minji)
    await opens(system, minji)
    assert [count(minji, "feels unwell"), count(minji, "Room 12")] == [1, 1]


async def test_a_question_of_before_there_was_an_organizer_waits_for_the_first(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I have a question")
    await says(system, teacher, "When is dinner? " + "жук " * 1_200)
    assert teacher.shows("Your words are kept and go to them as soon as that changes.")
    minji = system.stranger("Minji")
    await comes_in(system, minji, await link(system, Role.ORGANIZER), group=False)
    assert count(minji, "When is dinner?") == 1
    assert sum(one.words.count("ж") for one in minji.chat) == 1_200
    assert teacher.shows("✓ Passed on to the organizers.")


async def test_a_teacher_who_is_made_an_organizer_and_an_owner_get_what_is_open(system: System) -> None:
    ann, bob = await system.teacher("Ann"), await system.teacher("Bob")
    await says(system, ann, "/help")
    await presses(system, ann, "I am lost")
    await opens(system, bob, await link(system, Role.ORGANIZER))
    await presses(system, bob, "Accept")
    assert bob.shows("is lost.")
    owner = Account.get(system.world, OWNER)
    await comes_in(system, owner, "", group=False)
    assert owner.shows("is lost.")
    assert [count(bob, "is lost."), count(owner, "is lost.")] == [1, 1]


async def test_a_stranger_who_asks_while_nobody_is_there_reads_the_truth_and_is_heard_later(system: System) -> None:
    someone = system.stranger("Karim")
    await opens(system, someone)
    await presses(system, someone, "Ask an organizer")
    assert someone.shows("Your request is kept and goes to them as soon as that changes.")
    assert someone.shows(system.seminar.contacts[0].phone)
    minji = system.stranger("Minji")
    await comes_in(system, minji, await link(system, Role.ORGANIZER), group=False)
    await system.wait_idle()
    assert count(minji, "Karim (–) asks to be let in.") == 1
    assert someone.shows("✓ I have asked the organizers.")


async def test_an_answer_to_an_organizer_who_is_gone_goes_to_the_others(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "Write back")
    await says(system, minji, "Where are you?")
    await presses(system, teacher, "Answer")
    system.app.dispatcher.halt("held")
    await teacher.sends("At the gate")
    await teacher.waits_for(lambda: teacher.shows("Minji cannot be reached here right now"))
    await minji.blocks()
    await system.app.worker.wait_idle()
    system.app.dispatcher.resume("held")
    await system.wait_idle()
    assert count(bora, "At the gate") == 1
    assert teacher.shows("✓ Passed on to the organizers.")
    await unblocks(system, minji)
    assert count(bora, "At the gate") == 1
    assert system.value("SELECT count(*) FROM help") == 2


async def test_what_an_organizer_wrote_waits_for_who_has_blocked_the_bot(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "Write back")
    system.app.dispatcher.halt("held")
    await minji.sends("Stay there")
    await minji.waits_for(lambda: minji.shows("Ann cannot be reached here right now."))
    await teacher.blocks()
    await system.app.worker.wait_idle()
    system.app.dispatcher.resume("held")
    await system.wait_idle()
    assert not minji.shows("✓ Passed on to Ann.")
    await unblocks(system, teacher)
    assert count(teacher, "Stay there") == 1
    assert minji.shows("✓ Passed on to Ann.")


async def test_who_comes_late_is_not_flooded_with_what_a_colleague_has(system: System) -> None:
    minji, teachers = await system.organizer("Minji"), [await system.teacher(f"T{number}") for number in range(4)]
    for teacher in teachers[:2]:
        await says(system, teacher, "/help")
        await presses(system, teacher, "I have a question")
        await says(system, teacher, f"Where is the bus of {teacher.name}?")
        await says(system, teacher, f"And the hall of {teacher.name}?")
    await says(system, teachers[2], "/help")
    await presses(system, teachers[2], "I am lost")
    await system.jumps_to("2025-08-06 06:00")
    await says(system, teachers[3], "/help")
    await presses(system, teachers[3], "I have a question")
    await says(system, teachers[3], "Where is lunch?")
    bora = system.stranger("Bora")
    await comes_in(system, bora, await link(system, Role.ORGANIZER), group=False)
    said = [one.words for one in bora.chat if one.words[0] in "🆘❓✉"]
    assert said == ["🆘 T2 (Pamir) is lost.\n🕓 4 August, 06:00", "❓ T3 (Pamir) asks:\nWhere is lunch?"]
    await blocks(system, minji)
    await system.later(minutes=1)
    assert bora.shows("Where is the bus of T0?"), "the only one who has it cannot be reached any more"
    assert bora.shows("And the hall of T1?")


async def test_what_comes_late_says_of_when_it_is(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await blocks(system, minji)
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await system.at("2025-08-04 06:30")
    await says(system, teacher, "Exit 3")
    await unblocks(system, minji)
    alert, relayed = minji.chat[-2:]
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 06:00"
    assert relayed.words == "✉️ Ann writes:\nExit 3", "this is of now"
    await system.jumps_to("2025-08-05 06:50")
    await presses(system, minji, "I'll take it")
    assert alert.words == "🆘 Ann (Pamir) is lost.\n🕓 4 August, 06:00\n🙋 Minji is on it."


async def test_a_row_that_expired_is_made_again_while_its_call_is_open_and_one_that_was_refused_is_not(
    system: System,
) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    assert count(minji, "is lost.") == 1
    states = []
    for state in ("expired", "dead", "unknown", "sent"):
        change = "UPDATE outbox SET state = ? WHERE kind = 'help.alert'"
        await system.app.runtime.db.write(methodcaller("execute", change, (state,)))
        await system.wait_idle()
        states.append(system.value("SELECT count(*) FROM outbox WHERE kind = 'help.alert'"))
    assert states == [2, 2, 2, 2]
    assert system.rows("SELECT key FROM outbox WHERE kind = 'help.alert' ORDER BY id")[1]["key"].endswith(":again-1")


async def test_the_list_of_who_is_missing_comes_to_who_returns_in_its_time(system: System) -> None:
    await system.teacher("Ann")
    minji = await system.organizer()
    await system.at("2025-08-04 09:00")
    await blocks(system, minji)
    await system.at("2025-08-04 09:30")
    assert not minji.shows("has not answered")
    await unblocks(system, minji)
    assert count(minji, "1 of 1 has not answered") == 1
    await blocks(system, minji)
    await unblocks(system, minji)
    assert count(minji, "1 of 1 has not answered") == 1


async def test_who_writes_can_be_reached_whatever_was_thought(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.app.runtime.db.write(
        person.set_reachable,
        minji.id,
        reachable=False,
    )
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    assert not minji.shows("is lost.")
    await says(system, minji, "Hello?")
    assert minji.shows("is lost.")


async def test_calls_of_somebody_in_trouble_go_before_everything_else(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await says(system, teacher, "a bridge")
    await presses(system, minji, "I'll take it")
    await presses(system, minji, "Write back")
    await says(system, minji, "Stay")
    kinds = {row["kind"]: row["priority"] for row in system.rows("SELECT kind, priority FROM outbox")}
    assert kinds == dict.fromkeys(("help.alert", "help.words", "help.taken", "help.written"), Priority.SOS)
    await presses(system, minji, "Settled")
    other = await system.teacher("Bob")
    await says(system, other, "When is dinner?")
    await presses(system, other, "Yes, pass it on")
    assert (
        system.value("SELECT priority FROM outbox WHERE kind = 'help.alert' ORDER BY id DESC LIMIT 1") == Priority.ALERT
    )


async def test_keeping_twice_adds_nothing(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await says(system, teacher, "/help")
    await presses(system, teacher, "I have a question")
    await says(system, teacher, "When?")
    await presses(system, minji, "Write back")
    await says(system, minji, "At seven")
    before = system.rows("SELECT id, key, state FROM outbox")

    def keep(connection: sqlite3.Connection) -> int:
        return promise.keep(connection, {OWNER}, system.clock.now() + timedelta(days=1))

    assert await system.app.runtime.db.write(keep) == 0
    assert system.rows("SELECT id, key, state FROM outbox") == before


async def test_a_hard_day_comes_to_who_returns(system: System) -> None:
    teacher, minji = await system.teacher("Ann"), await system.organizer()
    await system.at("2025-08-04 20:31")
    await blocks(system, minji)
    await presses(system, teacher, "😞")
    assert teacher.shows("No organizer can be reached here right now; they read it as soon as that changes.")
    await says(system, teacher, "Everything hurts")
    await unblocks(system, minji)
    assert count(minji, "Ann had a hard day") == 1
    assert count(minji, "Everything hurts") == 1


async def test_an_answer_that_has_not_left_for_an_organizer_who_leaves_goes_to_the_others(system: System) -> None:
    teacher, minji, bora = await system.teacher("Ann"), await system.organizer("Minji"), await system.organizer("Bora")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "Write back")
    await says(system, minji, "Where are you?")
    await presses(system, teacher, "Answer")
    await says(system, minji, "/me")
    system.app.dispatcher.halt("held")
    await teacher.sends("At the gate")
    await teacher.waits_for(lambda: teacher.shows("Minji cannot be reached here right now"))
    await minji.presses_payload("erase1", on=minji.chat[-1])
    await system.app.worker.wait_idle()
    system.app.dispatcher.resume("held")
    await system.wait_idle()
    assert count(bora, "At the gate") == 1
